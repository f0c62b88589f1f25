//! The front matter that nearly every incident has, read line by line: `key: value` and lists of plain texts.
//! PURE. It answers only where nobody could read the lines otherwise, and declines everything else: the strict reader in
//! `document::header` then decides. It is there because ten thousand documents are listed at once.

use serde_json::Value;

use crate::document::field::Field;

/// The longest text that is read here.
const LONGEST: usize = 1_000;

/// The words that YAML takes, or once took, for something else than a text.
const WORDS: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];

/// The keys with their values, when every line is of those forms; none for all else, be it sound or broken.
///
/// # Examples
/// ```
/// use qpp_incident::document::flat_yaml::flat_fields;
/// let fields = flat_fields("id: INC-K7QFM\nteams:\n  - QPP-FE\n", 2).unwrap();
/// assert_eq!((fields[1].name.as_str(), fields[1].line), ("teams", 3));
/// assert_eq!(flat_fields("id: &anchor x\n", 2), None);
/// ```
pub fn flat_fields(yaml: &str, first_line: usize) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut open_list = false;
    for (number, line) in yaml.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        if let Some(item) = line.strip_prefix("  - ") {
            let field = fields.last_mut().filter(|_| open_list)?;
            append(&mut field.value, text(item)?)?;
            continue;
        }
        let (name, value) = line.split_once(':')?;
        if !is_key(name) || fields.iter().any(|field| field.name == name) {
            return None;
        }
        let value = if value.is_empty() { Value::Null } else { scalar(value.strip_prefix(' ')?)? };
        open_list = value.is_null();
        fields.push(Field { name: name.to_owned(), value, line: first_line + number, column: 1 });
    }
    (!fields.is_empty()).then_some(fields)
}

fn append(list: &mut Value, item: &str) -> Option<()> {
    if list.is_null() {
        *list = Value::Array(Vec::new());
    }
    list.as_array_mut()?.push(item.into());
    Some(())
}

fn is_key(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    plain && name.starts_with(|first: char| first.is_ascii_lowercase()) && !is_word(name)
}

fn is_word(text: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A value on a key's line: a plain text, an instant, or a number that JSON prints as it stands.
fn scalar(value: &str) -> Option<Value> {
    if is_small_number(value) {
        return value.parse::<u64>().ok().map(Value::from);
    }
    if value == "[]" {
        return Some(Value::Array(Vec::new()));
    }
    if is_instant(value) || is_date(value) { Some(value.into()) } else { text(value).map(Value::from) }
}

fn is_small_number(value: &str) -> bool {
    let digits = (1..=9).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    digits && (value == "0" || !value.starts_with('0'))
}

/// `2026-11-22`
fn is_date(value: &str) -> bool {
    is_of_form(value.as_bytes(), b"0000-00-00")
}

/// `2026-11-22T23:50:00-05:00`, seconds and offset written out.
fn is_instant(value: &str) -> bool {
    let Some((time, offset)) = value.as_bytes().split_at_checked(19) else { return false };
    let is_offset = offset == b"Z" || is_of_form(offset, b"-00:00") || is_of_form(offset, b"+00:00");
    is_of_form(time, b"0000-00-00T00:00:00") && is_offset
}

/// True for bytes that are digits where the form has zeros, and as the form elsewhere.
fn is_of_form(bytes: &[u8], form: &[u8]) -> bool {
    let is_as = |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
    bytes.len() == form.len() && bytes.iter().zip(form).all(is_as)
}

/// A text that is no more than its letters: it begins with one, and nothing in it could end it or mean something.
fn text(value: &str) -> Option<&str> {
    let begins = value.starts_with(|first: char| first.is_ascii_alphabetic());
    let bytes = value.as_bytes();
    let plain = bytes.iter().all(|byte| (b' '..=b'~').contains(byte) || !byte.is_ascii()) && !value.contains(UNSURE);
    let ends = bytes.last().is_some_and(|last| !matches!(last, b' ' | b':'));
    let splits = bytes.windows(2).any(|pair| pair == b": " || pair == b" #");
    (begins && plain && ends && !splits && value.len() <= LONGEST && !is_word(value)).then_some(value)
}

/// Characters outside of ASCII that are line ends, marks or none at all to some readers.
const UNSURE: [char; 6] = ['\u{85}', '\u{a0}', '\u{2028}', '\u{2029}', '\u{feff}', '\u{fffd}'];

#[cfg(test)]
mod tests;
