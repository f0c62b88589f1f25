//! The entry that a merge writes for each key of which one value had to give way (M6).
//! PURE. From the texts alone, so that two clones write the same bytes; read back by the replay, by `check`, and by the next merge.

use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::instant_words::instant_words;
use crate::domain::text::one_line;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording::MERGE_AUTHOR;
use crate::domain::zone::Zone;

/// A value and who stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The value in words.
    pub value: String,
    /// Who set it, in words.
    pub who: String,
}

/// A key that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The key.
    pub key: String,
    /// What stands.
    pub stands: Voice,
    /// What gives way.
    pub gives_way: Voice,
    /// When the later of the two was set.
    pub at: Timestamp,
}

/// What is said of a value that nobody's entry set.
pub const BY_HAND: &str = "by hand";

impl Verdict {
    /// The entry.
    pub fn entry(&self) -> Entry {
        let text = format!("{}{}), not {} ({}).", self.opening(), self.stands.who, self.gives_way.value, self.gives_way.who);
        Entry { kind: Some(EntryKind::Merge), by: Some(MERGE_AUTHOR.to_owned()), ..Entry::new(self.at, &text) }
    }

    /// Whether an entry says the same already, whoever stands for the values.
    pub fn is_said_by(&self, entry: &Entry) -> bool {
        let not = format!("), not {} (", self.gives_way.value);
        entry.kind == Some(EntryKind::Merge) && entry.text.strip_prefix(&self.opening()).is_some_and(|rest| rest.contains(&not))
    }

    fn opening(&self) -> String {
        format!("{}: {} stands (", self.key, self.stands.value)
    }
}

/// A value of the front matter in words: an instant in the document's zone, a list with commas, nothing as `none`.
pub fn words(value: &serde_json::Value, zone: Zone) -> String {
    match value {
        serde_json::Value::Null => "none".to_owned(),
        serde_json::Value::String(text) => match text.parse::<Timestamp>() {
            Ok(at) => instant_words(at, zone),
            Err(_) if text.trim().is_empty() => "none".to_owned(),
            Err(_) => one_line(text),
        },
        other => one_line(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::entry_line::write_entry;

    #[test]
    fn the_entry_names_key_values_and_people_and_is_known_again() {
        let voice = |value: &str, who: &str| Voice { value: value.to_owned(), who: who.to_owned() };
        let at = "2026-11-23T05:10:41Z".parse().unwrap();
        let verdict = Verdict { key: "severity".to_owned(), stands: voice("SEV-1", "Ada Byron"), gives_way: voice("SEV-3", "Pat Lee"), at };
        let entry = verdict.entry();
        let line = "- 00:10 EST: **Merge.** severity: SEV-1 stands (Ada Byron), not SEV-3 (Pat Lee). — qpp-incident";
        assert_eq!(write_entry(&entry, Zone::default()), line);
        assert!(verdict.is_said_by(&entry));
        assert!(!Verdict { gives_way: voice("SEV-2", "Pat Lee"), ..verdict }.is_said_by(&entry));
    }
}
