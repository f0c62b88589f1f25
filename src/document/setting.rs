//! How one value of a settings file is read: what is absent or left empty is the default, texts are parsed.
//! PURE: for serde's `deserialize_with`, in `document::config` and `document::teams`.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};

use crate::document::broken::BrokenDocument;
use crate::document::front_matter::{MAX_BYTES, without_bom};
use crate::document::header::{parse_strict, read_fields};

/// A settings file's whole text as a type; one of blanks and comments is the default.
///
/// # Errors
/// It is no strict YAML, over 64 kB, has an unknown key, or a value does not fit.
pub fn read_settings<T: DeserializeOwned + Default>(text: &str) -> Result<T, BrokenDocument> {
    let yaml = without_bom(text);
    if yaml.len() > MAX_BYTES {
        return Err(BrokenDocument { line: 1, column: 1, message: "the file is over 64 kB".to_owned() });
    }
    if read_fields(yaml, 1)?.is_empty() { Ok(T::default()) } else { parse_strict(yaml, 1) }
}

/// The value, or its type's default where the key is left empty.
///
/// # Errors
/// The value does not fit.
pub fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The value that a text means, or none where the key is left empty.
///
/// # Errors
/// The text does not parse.
pub fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.filter(|text| !text.trim().is_empty()).map(|text| text.trim().parse()).transpose().map_err(D::Error::custom)
}
