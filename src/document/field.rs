//! One top-level key of a front matter or settings file, with its place.
//! PURE: a value; `document::header` reads it from YAML.

use std::fmt;

use serde_json::Value;

use crate::document::broken::BrokenDocument;

/// One top-level key and what it holds, in the order of the file.
///
/// A scalar is a number or boolean only if JSON would print it as it stands in the file; all others keep their letters, so
/// that `1.10`, `007`, `12e34567` and `no` are texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// 1-based line of the key in the file.
    pub line: usize,
    /// 1-based column of the key, in characters.
    pub column: usize,
}

impl Field {
    /// An error at this key.
    pub fn broken(&self, why: &impl fmt::Display) -> BrokenDocument {
        BrokenDocument { line: self.line, column: self.column, message: format!("`{}`: {why}", self.name) }
    }

    /// The value as one text; `None` when there is none.
    ///
    /// # Errors
    /// The key holds a list or a map.
    pub fn text(&self) -> Result<Option<String>, BrokenDocument> {
        text_of(&self.value).map_err(|NotOneText| self.broken(&"one text is expected, not a list or a map"))
    }

    /// The value as a list of texts; none when there is no value.
    ///
    /// # Errors
    /// The key holds a scalar or a map, or an item is empty or no scalar.
    pub fn list(&self) -> Result<Vec<String>, BrokenDocument> {
        let items = match &self.value {
            Value::Null => return Ok(Vec::new()),
            Value::Array(items) => items,
            _ => return Err(self.broken(&"a list is expected, one `- item` a line")),
        };
        let text =
            |item: &Value| text_of(item).ok().flatten().ok_or_else(|| self.broken(&"an item of the list is empty or is not one text"));
        items.iter().map(text).collect()
    }
}

/// A list or a map where one text is expected.
struct NotOneText;

/// A scalar's text; `None` for null.
fn text_of(value: &Value) -> Result<Option<String>, NotOneText> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Bool(_) | Value::Number(_) => Ok(Some(value.to_string())),
        Value::Array(_) | Value::Object(_) => Err(NotOneText),
    }
}
