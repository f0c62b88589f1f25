//! Real answers against the schemas of `docs/schema/`, and against those that others publish (`tests/data/schemas/`): the part of JSON
//! Schema (2020-12, and draft 4) that those files use, and no more. Strict: a keyword that is not understood here is a failure, so that no schema says what is not checked.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

/// Keywords that only describe.
const SILENT: &[&str] = &["$schema", "$defs", "definitions", "id", "title", "description", "default"];

/// Fails when a value does not fit `docs/schema/NAME.json`, and says where.
#[track_caller]
pub fn assert_fits(name: &str, value: &Value) {
    assert_fits_of("docs/schema", name, value);
}

/// The same of `tests/data/schemas/NAME.json`, which somebody else has published.
#[track_caller]
pub fn assert_fits_published(name: &str, value: &Value) {
    assert_fits_of("tests/data/schemas", name, value);
}

#[track_caller]
fn assert_fits_of(folder: &'static str, name: &str, value: &Value) {
    let misfits = Schemas { folder, files: BTreeMap::new() }.misfits(name, value);
    assert!(misfits.is_empty(), "does not fit {folder}/{name}.json:\n{}\n{value:#}", misfits.join("\n"));
}

/// The schema files of a folder that were read.
struct Schemas {
    folder: &'static str,
    files: BTreeMap<String, Value>,
}

impl Schemas {
    fn misfits(&mut self, name: &str, value: &Value) -> Vec<String> {
        let file = format!("{name}.json");
        let schema = self.file(&file);
        self.check(&file, &schema, value, "$")
    }

    fn file(&mut self, file: &str) -> Value {
        let read = || {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(self.folder).join(file);
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        self.files.entry(file.to_owned()).or_insert_with(read).clone()
    }

    fn check(&mut self, file: &str, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let keywords = schema.as_object().unwrap_or_else(|| panic!("{file}: a schema is an object: {schema}"));
        let mut misfits = Vec::new();
        for (keyword, wanted) in keywords.iter().filter(|(keyword, _)| !SILENT.contains(&keyword.as_str())) {
            match keyword.as_str() {
                "$ref" => misfits.extend(self.referred(file, wanted, value, at)),
                "oneOf" => {
                    let fitting = wanted.as_array().unwrap().iter().filter(|choice| self.check(file, choice, value, at).is_empty()).count();
                    misfits.extend((fitting != 1).then(|| format!("{at}: fits {fitting} of the choices of oneOf")));
                }
                "anyOf" => misfits.extend(self.any_of(file, wanted, value, at)),
                "properties" | "additionalProperties" => {}
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        misfits.extend(self.check(file, wanted, item, &format!("{at}[{index}]")));
                    }
                }
                _ => misfits.extend(plain(keyword, wanted, value, at)),
            }
        }
        if let Some(object) = value.as_object() {
            misfits.extend(self.members(file, keywords, object, at));
        }
        misfits
    }

    fn referred(&mut self, file: &str, reference: &Value, value: &Value, at: &str) -> Vec<String> {
        let reference = reference.as_str().unwrap();
        let (other, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let other = if other.is_empty() { file.to_owned() } else { other.to_owned() };
        let schema = self.file(&other).pointer(pointer).cloned().unwrap_or_else(|| panic!("{file}: no {reference}"));
        self.check(&other, &schema, value, at)
    }

    fn any_of(&mut self, file: &str, choices: &Value, value: &Value, at: &str) -> Vec<String> {
        let all: Vec<Vec<String>> = choices.as_array().unwrap().iter().map(|choice| self.check(file, choice, value, at)).collect();
        if all.iter().any(Vec::is_empty) { Vec::new() } else { all.into_iter().max_by_key(|misfits| deepest(misfits)).unwrap_or_default() }
    }

    fn members(&mut self, file: &str, schema: &Map<String, Value>, object: &Map<String, Value>, at: &str) -> Vec<String> {
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties");
        let mut misfits = Vec::new();
        for (key, value) in object {
            let schema = properties.and_then(|properties| properties.get(key)).or(others);
            match schema {
                Some(Value::Bool(false)) => misfits.push(format!("{at}.{key}: not in the schema")),
                Some(schema @ Value::Object(_)) => misfits.extend(self.check(file, schema, value, &format!("{at}.{key}"))),
                _ => {}
            }
        }
        misfits
    }
}

/// How deep the deepest misfit lies: of several choices the one that fits furthest is the one that was meant.
fn deepest(misfits: &[String]) -> usize {
    misfits.iter().map(|misfit| misfit.split(": ").next().unwrap_or_default().matches(['.', '[']).count()).max().unwrap_or_default()
}

/// A keyword that looks at the value alone.
fn plain(keyword: &str, wanted: &Value, value: &Value, at: &str) -> Option<String> {
    let fits = match keyword {
        "type" => wanted.as_str().map_or_else(|| wanted.as_array().unwrap().iter().any(|one| is(one, value)), |_| is(wanted, value)),
        "enum" => wanted.as_array().unwrap().contains(value),
        "const" => wanted == value,
        "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= wanted.as_u64().unwrap()),
        "uniqueItems" => value.as_array().is_none_or(|items| (1..items.len()).all(|at| !items[at..].contains(&items[at - 1]))),
        "format" => value.as_str().is_none_or(|text| has_format(wanted.as_str().unwrap(), text)),
        "required" => {
            let missing = |key: &&Value| value.as_object().is_some_and(|object| !object.contains_key(key.as_str().unwrap()));
            let missing: Vec<String> = wanted.as_array().unwrap().iter().filter(missing).map(ToString::to_string).collect();
            return (!missing.is_empty()).then(|| format!("{at}: misses {}", missing.join(", ")));
        }
        other => panic!("the keyword `{other}` is not understood by this validator"),
    };
    (!fits).then(|| format!("{at}: {value} does not fit {keyword} {wanted}"))
}

fn is(wanted: &Value, value: &Value) -> bool {
    match wanted.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the type `{other}` is not understood by this validator"),
    }
}

fn has_format(format: &str, text: &str) -> bool {
    match format {
        "date-time" => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        "date" => text.parse::<chrono::NaiveDate>().is_ok(),
        "uri" => {
            text.split_once(':').is_some_and(|(scheme, _)| scheme.starts_with(|c: char| c.is_ascii_alphabetic())) && is_printable(text)
        }
        "uri-reference" => is_printable(text),
        other => panic!("the format `{other}` is not understood by this validator"),
    }
}

/// What may stand in a URI at all.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

mod tests {
    use serde_json::json;

    use super::*;

    fn misfits(schema: Value, value: &Value) -> Vec<String> {
        let mut schemas = Schemas { folder: "docs/schema", files: BTreeMap::from([("x.json".to_owned(), schema)]) };
        schemas.misfits("x", value)
    }

    #[test]
    fn each_keyword_refuses_what_does_not_fit() {
        let cases = [
            (json!({ "type": "string" }), json!(1)),
            (json!({ "type": ["integer", "null"] }), json!(1.5)),
            (json!({ "enum": ["a", null] }), json!("b")),
            (json!({ "const": 1 }), json!(2)),
            (json!({ "minimum": 1 }), json!(0)),
            (json!({ "maximum": 1 }), json!(2)),
            (json!({ "format": "date-time" }), json!("2026-11-22")),
            (json!({ "format": "date" }), json!("soon")),
            (json!({ "required": ["a"] }), json!({})),
            (json!({ "properties": {}, "additionalProperties": false }), json!({ "a": 1 })),
            (json!({ "properties": { "a": { "type": "null" } } }), json!({ "a": 1 })),
            (json!({ "items": { "type": "null" } }), json!([null, 1])),
            (json!({ "anyOf": [{ "type": "null" }, { "type": "string" }] }), json!(1)),
            (json!({ "additionalProperties": { "type": "null" } }), json!({ "a": 1 })),
            (json!({ "oneOf": [{ "type": "integer" }, { "minimum": 1 }] }), json!(1)),
            (json!({ "minItems": 1 }), json!([])),
            (json!({ "uniqueItems": true }), json!([1, 2, 1])),
            (json!({ "format": "uri" }), json!("a/b")),
            (json!({ "format": "uri-reference" }), json!("a b")),
            (json!({ "$ref": "#/$defs/a", "$defs": { "a": { "type": "null" } } }), json!(1)),
        ];
        for (schema, value) in cases {
            assert_eq!(misfits(schema.clone(), &value).len(), 1, "{schema} {value}");
            assert!(schema.get("properties").is_none() || misfits(schema, &json!({})).is_empty());
        }
    }

    #[test]
    fn the_place_is_named() {
        let schema = json!({ "type": "array", "items": { "properties": { "a": { "enum": [1] } } } });
        assert_eq!(misfits(schema, &json!([{ "a": 1 }, { "a": 2 }])), ["$[1].a: 2 does not fit enum [1]"]);
    }

    #[test]
    #[should_panic(expected = "`pattern` is not understood")]
    fn a_keyword_that_is_not_checked_is_no_part_of_a_schema() {
        misfits(json!({ "pattern": "x" }), &json!("x"));
    }
}
