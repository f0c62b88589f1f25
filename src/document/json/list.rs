//! A row of `list --json`: the front matter, the path, the clocks while it is not closed, and why it could not be read.
//! PURE.

use serde_json::{Map, Value, json};

use crate::document::broken::BrokenFile;
use crate::document::header::Header;
use crate::document::json::header;
use crate::domain::incident_id::IncidentId;

/// An incident whose front matter was read; `clocks` is null for a closed one.
pub fn row(read: &Header, path: &str, clocks: Value) -> Value {
    finish(header::header(read), path, clocks, None)
}

/// An incident that cannot be read: its id is the folder's.
pub fn unread_row(id: &IncidentId, path: &str, broken: &BrokenFile) -> Value {
    let mut object = header::unread();
    object.insert("id".to_owned(), json!(id));
    finish(object, path, Value::Null, Some(broken))
}

fn finish(keys: Map<String, Value>, path: &str, clocks: Value, broken: Option<&BrokenFile>) -> Value {
    let mut object = Map::from_iter([("schema".to_owned(), json!(1))]);
    object.extend(keys);
    object.insert("path".to_owned(), json!(format!("{path}/incident.md")));
    object.insert("clocks".to_owned(), clocks);
    let place =
        |broken: &BrokenFile| json!({ "line": broken.broken.line, "column": broken.broken.column, "message": broken.broken.message });
    object.insert("broken".to_owned(), broken.map_or(Value::Null, place));
    Value::Object(object)
}
