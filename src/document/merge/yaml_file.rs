//! `teams.yaml` and `config.yaml` put together key by key, and in them maps within maps and the teams by their names.
//! PURE. Of two changed values the greater in bytes stands; the other is kept in a comment beside it, so that nothing is lost.

use serde_json::Value;

use crate::document::broken::BrokenDocument;
use crate::document::header::read_fields;
use crate::document::merge::keys::{self, Side};
use crate::document::merge::three::Three;
use crate::document::merge::yaml_list;
use crate::document::merge::yaml_parts::Parts;

/// Of two values that nobody's entry set, the greater in bytes.
pub fn by_bytes(_key: &str, values: &Three<Value>) -> Side {
    let bytes = |value: &Value| if value.is_null() { String::new() } else { value.to_string() };
    if bytes(&values.ours) >= bytes(&values.theirs) { Side::Ours } else { Side::Theirs }
}

/// Puts the versions together; their lines end in LF.
///
/// # Errors
/// A side is no strict YAML.
pub fn merge(texts: &Three<&str>) -> Result<String, BrokenDocument> {
    read_fields(texts.ours, 1)?;
    read_fields(texts.theirs, 1)?;
    let merged = merge_map(texts, 0)?;
    read_fields(&merged, 1)?;
    Ok(merged)
}

/// The lines of a map at no indent; how deep it stands bounds the work on hostile input.
fn merge_map(texts: &Three<&str>, depth: usize) -> Result<String, BrokenDocument> {
    let base = texts.base.and_then(|base| Parts::read(base, 1).ok());
    let mut sides = Three { base, ours: Parts::read(texts.ours, 1)?, theirs: Parts::read(texts.theirs, 1)? };
    if depth < 8 {
        settle_inner(&mut sides, depth)?;
    }
    Ok(keys::merge(&sides, &by_bytes).with_the_others())
}

/// Gives both sides the merged text of each key that holds a map or a list of maps on both, so that it is decided.
fn settle_inner(sides: &mut Three<Parts>, depth: usize) -> Result<(), BrokenDocument> {
    let names: Vec<String> = sides.ours.values.keys().cloned().collect();
    for name in names {
        let (Some(ours), Some(theirs)) = (sides.ours.inner(&name), sides.theirs.inner(&name)) else { continue };
        if ours == theirs {
            continue;
        }
        let base = sides.base.as_ref().and_then(|base| base.inner(&name));
        let inner = Three { base: base.as_deref(), ours: ours.as_str(), theirs: theirs.as_str() };
        let is_map = |side: &Parts| side.values.get(&name).is_some_and(Value::is_object);
        let merged = if let Some(agreed) = inner.agreed() {
            (*agreed).to_owned()
        } else if is_map(&sides.ours) && is_map(&sides.theirs) {
            merge_map(&inner, depth + 1)?
        } else if let Some(merged) = yaml_list::merge(&inner, &|map| merge_map(map, depth + 1))? {
            merged
        } else {
            continue;
        };
        sides.ours.replace_inner(&name, &merged);
        sides.theirs.replace_inner(&name, &merged);
        let same = sides.ours.values.get(&name).cloned().unwrap_or_default();
        sides.theirs.values.insert(name, same);
    }
    Ok(())
}
