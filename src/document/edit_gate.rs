//! The judge of every front matter edit: the wanted change and nothing else, comments and line ends as they were.
//! PURE: reads the YAML before and after; knows nothing of how the edit was made.

use crate::document::field::Field;
use crate::document::header::read_fields_strictly;
use crate::document::yaml_layout::comment_texts;

/// What a key shall hold after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This text.
    Text(String),
    /// These items, in this order.
    List(Vec<String>),
    /// Nothing: the key is gone.
    Absent,
}

/// Holds an edit of one key against what was wanted.
///
/// # Errors
/// What the edit did beside or instead of what was wanted, lower case.
pub fn judge(before: &str, after: &str, name: &str, wanted: &Wanted) -> Result<(), String> {
    let read = |yaml: &str| read_fields_strictly(yaml, 1).map_err(|broken| format!("the result could not be read: {}", broken.message));
    let (old, new) = (read(before)?, read(after)?);
    let others = |fields: &[Field]| -> Vec<_> {
        fields.iter().filter(|field| field.name != name).map(|field| (field.name.clone(), field.value.to_string())).collect()
    };
    if others(&old) != others(&new) {
        return Err("another key would change".to_owned());
    }
    let place = |fields: &[Field]| fields.iter().position(|field| field.name == name);
    if let (Some(old_place), Some(new_place)) = (place(&old), place(&new))
        && old_place != new_place
    {
        return Err("the order of the keys would change".to_owned());
    }
    let found = new.iter().find(|field| field.name == name);
    if !holds(found, wanted) {
        return Err("the key would not hold what was wanted".to_owned());
    }
    if comment_texts(before) != comment_texts(after) {
        return Err("a comment would change".to_owned());
    }
    if has_mixed_line_ends(after) && !has_mixed_line_ends(before) {
        return Err("the line ends would be mixed".to_owned());
    }
    Ok(())
}

fn holds(field: Option<&Field>, wanted: &Wanted) -> bool {
    match (field, wanted) {
        (None, Wanted::Absent) => true,
        (Some(field), Wanted::Text(text)) => field.text().is_ok_and(|found| found.as_ref() == Some(text)),
        (Some(field), Wanted::List(items)) => field.list().is_ok_and(|found| found == *items),
        _ => false,
    }
}

fn has_mixed_line_ends(text: &str) -> bool {
    let crlf = text.matches("\r\n").count();
    crlf > 0 && crlf < text.matches('\n').count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::*;

    #[test]
    fn whatever_was_not_wanted_is_named() {
        let before = "a: 1 # one\nb: x\nc: [p, q]\n";
        let text = |text: &str| Wanted::Text(text.to_owned());
        let cases = [
            ("a: 1 # one\nb: y\nc: [p, q]\n", "b", text("y"), None),
            ("a: 1 # one\nc: [p, q]\n", "b", Wanted::Absent, None),
            ("a: 1 # one\nb: x\nc: [q]\n", "c", Wanted::List(vec!["q".to_owned()]), None),
            ("a: 1 # one\nb: y\nc: [p, q]\n", "b", text("z"), Some("the key would not hold")),
            ("a: 1 # one\nb: y\nc: [p]\n", "b", text("y"), Some("another key")),
            ("a: 1 # one\nb: y\nc: [p, q]\nd: 1\n", "b", text("y"), Some("another key")),
            ("b: y\na: 1 # one\nc: [p, q]\n", "b", text("y"), Some("the order")),
            ("a: 1\nb: y\nc: [p, q]\n", "b", text("y"), Some("a comment")),
            ("a: 1 # one\nb: y\nc: [p, q] # two\n", "b", text("y"), Some("a comment")),
            ("a: 1 # one\r\nb: y\nc: [p, q]\n", "b", text("y"), Some("the line ends")),
            ("a: 1 # one\nb: y: z\nc: [p, q]\n", "b", text("y: z"), Some("the result could not be read")),
            ("a: 1 # one\nb: x\nc: [p, q]\n", "b", Wanted::Absent, Some("the key would not hold")),
        ];
        for (after, name, wanted, why) in cases {
            let judged = judge(before, after, name, &wanted);
            match why {
                None => assert_eq!(judged, Ok(()), "{after}"),
                Some(why) => assert!(judged.clone().is_err_and(|error| error.contains(why)), "{after}: {judged:?}"),
            }
        }
    }
}
