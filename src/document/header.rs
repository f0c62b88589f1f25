//! The front matter of an incident as typed values, and the strict YAML reading that every small file shares.
//! PURE. The only user of the YAML crate, so that another engine can replace it here: budgets against hostile input,
//! no anchors, no merge keys, no duplicate keys, no guessing of types. Reading only; edits are `document::header_edit`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use serde_yaml::{Location, Spanned};

use crate::document::broken::BrokenDocument;
use crate::document::field::Field;
use crate::document::flat_yaml::flat_fields;
use crate::document::front_matter::FrontMatter;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::{Key, KeyShape};
use crate::domain::nearest::nearest;
use crate::domain::person::Person;
use crate::domain::severity::Severity;
use crate::domain::status::Status;
use crate::domain::text::one_line;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// The front matter of an incident document, sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    id: IncidentId,
    title: String,
    status: Status,
    severity: Option<Severity>,
    zone: Zone,
    restored: Option<u8>,
    texts: BTreeMap<Key, String>,
    lists: BTreeMap<Key, Vec<String>>,
    instants: BTreeMap<Key, Timestamp>,
    lines: BTreeMap<Key, usize>,
    extra: Map<String, Value>,
}

impl Header {
    /// Reads the YAML of an incident's front matter, whose first line is line `first_line` of the file.
    ///
    /// # Errors
    /// It is no strict YAML, `id`, `title` or `status` is missing, or a known key holds what it cannot hold.
    pub fn parse(yaml: &str, first_line: usize) -> Result<Self, BrokenDocument> {
        let mut reading = Reading::default();
        for field in read_fields(yaml, first_line)? {
            reading.take(field)?;
        }
        reading.finish(first_line)
    }

    /// Reads the front matter of a whole document.
    ///
    /// # Errors
    /// As [`FrontMatter::split`] and [`Header::parse`].
    pub fn of_document(text: &str) -> Result<Self, BrokenDocument> {
        let parts = FrontMatter::split(text)?;
        Self::parse(parts.yaml_of(text), parts.first_line)
    }

    /// `id`
    pub fn id(&self) -> IncidentId {
        self.id.clone()
    }

    /// `title`, never empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// `status`
    pub fn status(&self) -> Status {
        self.status
    }

    /// `severity`, if it is set.
    pub fn severity(&self) -> Option<Severity> {
        self.severity
    }

    /// `timezone`, or the default zone.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// `restored`, in percent, if it is set.
    pub fn restored(&self) -> Option<u8> {
        self.restored
    }

    /// A key's text as it stands in the file (of an instant too); `None` when it has no value or holds a list.
    pub fn text(&self, key: Key) -> Option<&str> {
        self.texts.get(&key).map(String::as_str)
    }

    /// A key's list; empty when it has no value or holds a text.
    pub fn list(&self, key: Key) -> &[String] {
        self.lists.get(&key).map_or(&[], Vec::as_slice)
    }

    /// A key's instant.
    pub fn instant(&self, key: Key) -> Option<Timestamp> {
        self.instants.get(&key).copied()
    }

    /// The person that a text key names.
    pub fn person(&self, key: Key) -> Option<Person> {
        self.text(key).and_then(|text| read_person(text).ok())
    }

    /// The people that a list key names.
    pub fn people(&self, key: Key) -> Vec<Person> {
        self.list(key).iter().filter_map(|text| read_person(text).ok()).collect()
    }

    /// Keys that the tool does not know, in the order of the file.
    pub fn extra(&self) -> &Map<String, Value> {
        &self.extra
    }

    /// The 1-based line in the file on which a key stands.
    pub fn line(&self, key: Key) -> Option<usize> {
        self.lines.get(&key).copied()
    }
}

/// The person that a text of a front matter names; one without an address has a name only.
///
/// # Errors
/// The text is empty or a broken `Name <email>`: what is wrong with it.
pub fn read_person(text: &str) -> Result<Person, String> {
    match text.parse::<Person>() {
        Ok(person) => Ok(person),
        Err(_) if !text.trim().is_empty() && !text.contains(['<', '>', '\n']) => Ok(Person::new(text, None)),
        Err(error) => Err(error.to_string()),
    }
}

/// A header while its fields are read.
#[derive(Default)]
struct Reading {
    id: Option<IncidentId>,
    status: Option<Status>,
    severity: Option<Severity>,
    zone: Zone,
    restored: Option<u8>,
    texts: BTreeMap<Key, String>,
    lists: BTreeMap<Key, Vec<String>>,
    instants: BTreeMap<Key, Timestamp>,
    lines: BTreeMap<Key, usize>,
    extra: Map<String, Value>,
}

impl Reading {
    fn take(&mut self, field: Field) -> Result<(), BrokenDocument> {
        let Some(key) = Key::ALL.iter().copied().find(|key| key.name() == field.name) else {
            self.extra.insert(field.name, field.value);
            return Ok(());
        };
        self.lines.insert(key, field.line);
        if key.shape() == KeyShape::List {
            let items = field.list()?;
            if matches!(key, Key::Responders | Key::BusinessOwners) {
                items.iter().try_for_each(|item| read_person(item).map(drop)).map_err(|why| field.broken(&why))?;
            }
            self.lists.insert(key, items);
        } else if let Some(text) = field.text()?.filter(|text| !text.trim().is_empty()) {
            self.check(key, &text).map_err(|why| field.broken(&why))?;
            self.texts.insert(key, text);
        }
        Ok(())
    }

    /// Reads what a text key means; `Err` is what is wrong with it.
    fn check(&mut self, key: Key, text: &str) -> Result<(), String> {
        fn parsed<T: std::str::FromStr<Err: fmt::Display>>(text: &str) -> Result<T, String> {
            text.parse().map_err(|error: T::Err| error.to_string())
        }
        match key {
            Key::Id => self.id = Some(parsed(text)?),
            Key::Status => self.status = Some(parsed(text)?),
            Key::Severity => self.severity = Some(parsed(text)?),
            Key::Timezone => self.zone = parsed(text)?,
            Key::Restored => {
                let percent = text.trim().parse().ok().filter(|percent: &u8| *percent <= 100);
                self.restored = Some(percent.ok_or_else(|| format!("`{text}` is not a percentage from 0 to 100"))?);
            }
            Key::Reporter | Key::Commander => drop(read_person(text)?),
            _ if key.shape() == KeyShape::Instant => drop(self.instants.insert(key, parsed(text)?)),
            _ => {}
        }
        Ok(())
    }

    fn finish(self, first_line: usize) -> Result<Header, BrokenDocument> {
        let missing = |key: Key| {
            let line = self.lines.get(&key).copied().unwrap_or(first_line.saturating_sub(1).max(1));
            BrokenDocument { line, column: 1, message: format!("`{key}` is missing from the front matter") }
        };
        Ok(Header {
            id: self.id.clone().ok_or_else(|| missing(Key::Id))?,
            title: self.texts.get(&Key::Title).cloned().ok_or_else(|| missing(Key::Title))?,
            status: self.status.ok_or_else(|| missing(Key::Status))?,
            severity: self.severity,
            zone: self.zone,
            restored: self.restored,
            texts: self.texts,
            lists: self.lists,
            instants: self.instants,
            lines: self.lines,
            extra: self.extra,
        })
    }
}

/// Reads a map: its keys in order with their places. A YAML of blanks and comments has none. Plain lines are read by
/// [`flat_fields`], all else by [`read_fields_strictly`]; where both can, they read the same.
///
/// # Errors
/// As [`read_fields_strictly`].
pub fn read_fields(yaml: &str, first_line: usize) -> Result<Vec<Field>, BrokenDocument> {
    flat_fields(yaml, first_line).map_or_else(|| read_fields_strictly(yaml, first_line), Ok)
}

/// Reads a map by the YAML engine and its strict options.
///
/// # Errors
/// It is no YAML, no map, over a budget, or uses anchors, merge keys, unknown tags or a key twice.
pub fn read_fields_strictly(yaml: &str, first_line: usize) -> Result<Vec<Field>, BrokenDocument> {
    let tree: Tree = serde_yaml::from_str_with_options(yaml, options()).map_err(|error| broken(&error, first_line))?;
    let entries = match tree {
        Tree::Map(entries) => entries,
        Tree::Typed(Value::Null) => return Ok(Vec::new()),
        _ => return Err(BrokenDocument { line: first_line, column: 1, message: "`key: value` lines are expected".to_owned() }),
    };
    let field = |(key, value): (Spanned<String>, Spanned<Tree>)| {
        let (line, column) = place(key.referenced, first_line);
        Field { name: key.value, value: json(value, yaml), line, column }
    };
    Ok(entries.into_iter().map(field).collect())
}

/// Reads a whole YAML text as a type, under the same strict options.
///
/// # Errors
/// As [`read_fields`], or the type refuses a value; an unknown key is named with the nearest known one.
pub fn parse_strict<T: DeserializeOwned>(yaml: &str, first_line: usize) -> Result<T, BrokenDocument> {
    serde_yaml::from_str_with_options(yaml, options()).map_err(|error| broken(&error, first_line))
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        merge_keys: serde_yaml::MergeKeyPolicy::Error,
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::Error,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        reject_unsupported_tags: true,
        with_snippet: false, // a message must not print neighbouring lines into a log
        budget: serde_yaml::budget! {
            max_events: 20_000,
            max_nodes: 10_000,
            max_depth: 16,
            max_anchors: 0,
            max_aliases: 0,
            max_merge_keys: 0,
            max_documents: 1,
            max_total_scalar_bytes: 1_048_576,
            max_buffered_comment_events: 10_000,
        },
    }
}

fn place(location: Location, first_line: usize) -> (usize, usize) {
    let number = |number: u64| usize::try_from(number).unwrap_or(1).max(1);
    (first_line + number(location.line()) - 1, number(location.column()))
}

fn broken(error: &serde_yaml::Error, first_line: usize) -> BrokenDocument {
    use serde_yaml::MessageFormatter as _;
    let (line, column) = error.location().map_or((first_line, 1), |location| place(location, first_line));
    let message = match error.without_snippet() {
        serde_yaml::Error::SerdeUnknownField { field, expected, .. } => {
            let nearest = nearest(field, expected.iter().copied()).unwrap_or_default();
            format!("unknown key `{}`; the nearest is `{nearest}`", one_line(field))
        }
        other => one_line(&serde_yaml::UserMessageFormatter.format_message(other)),
    };
    BrokenDocument { line, column, message }
}

/// What stands in a YAML text, scalars typed as the reader guesses them.
enum Tree {
    Typed(Value),
    List(Vec<Spanned<Tree>>),
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
}

impl<'de> serde::Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Typed(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Typed(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Typed(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Typed(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        // JSON has no infinity: zero is never printed as the text that made it, so `json` keeps the text.
        Ok(Tree::Typed(serde_json::Number::from_f64(value).unwrap_or_else(|| 0.into()).into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Typed(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}

/// The value in which a scalar that JSON would print otherwise than it stands in the YAML is its text.
fn json(tree: Spanned<Tree>, yaml: &str) -> Value {
    let span = tree.referenced.span();
    match tree.value {
        Tree::Typed(value @ (Value::Bool(_) | Value::Number(_))) => {
            let range = span.byte_offset().zip(span.byte_len()).and_then(|(start, length)| {
                let start = usize::try_from(start).ok()?;
                yaml.get(start..start.checked_add(usize::try_from(length).ok()?)?)
            });
            let raw = range.map(str::trim).unwrap_or_default();
            let printed = value.to_string();
            if raw.is_empty() || printed == raw { value } else { raw.into() }
        }
        Tree::Typed(value) => value,
        Tree::List(items) => items.into_iter().map(|item| json(item, yaml)).collect(),
        Tree::Map(entries) => entries.into_iter().map(|(key, value)| (key.value, json(value, yaml))).collect::<Map<_, _>>().into(),
    }
}

#[cfg(test)]
mod tests;
