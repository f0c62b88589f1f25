//! The written form of a timeline entry, and how a line is read back.
//! PURE: the grammar of `docs/format.md`; which lines of a document are entries is decided in `timeline_section`.

use chrono::{NaiveDate, NaiveTime};

use crate::document::escape::{escape_entry, escape_prose, unescape_entry, unescape_prose};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::head_line::begins_block;
use crate::domain::reference::Reference;
use crate::domain::text::{one_line, tidy};
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// What a line must be read against: its day, the document's zone and people.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The day heading above it.
    pub date: NaiveDate,
    /// The document's zone.
    pub zone: Zone,
    /// Whether a name is somebody's of this document.
    pub is_known: &'a dyn Fn(&str) -> bool,
}

/// Why a bullet is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEntry {
    /// It does not begin with a time.
    #[error("it does not begin with a time such as `23:58 EST: `")]
    NoTime,
    /// The time is none, or not one of the zone.
    #[error("{0}")]
    BadTime(String),
}

/// The entry as it is written: a head line that holds everything, then the further lines indented by two blanks.
/// A text that begins with a list, code or a quotation stands whole below the head line.
/// Ends without a line end; lines end in LF.
///
/// # Examples
/// ```
/// use qpp_incident::document::entry_line::write_entry;
/// use qpp_incident::domain::{entry::Entry, zone::Zone};
/// let mut entry = Entry::new("2026-11-23T05:10:00Z".parse()?, "Restarted the auth database.");
/// entry.by = Some("Grace Hopper".to_owned());
/// assert_eq!(write_entry(&entry, Zone::default()), "- 00:10 EST: Restarted the auth database. — Grace Hopper");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_entry(entry: &Entry, zone: Zone) -> String {
    let text = tidy(&entry.text);
    let escaped = if begins_block(&text) { below_head(&text) } else { escape_entry(&text) };
    let mut lines = escaped.split('\n');
    let mut parts = Vec::new();
    if let Some(kind) = entry.kind {
        parts.push(entry.reference.map_or_else(|| format!("**{kind}.**"), |reference| format!("**{kind} {reference}.**")));
    }
    parts.extend(lines.next().filter(|head| !head.is_empty()).map(str::to_owned));
    parts.extend(entry.evidence.iter().map(|url| evidence_link(url)));
    parts.extend(entry.logged_at.map(|logged| format!("(logged {})", logged_when(entry.at, logged, zone))));
    if let Some(by) = &entry.by {
        parts.push(format!("— {by}"));
        parts.extend(entry.recorded_by.as_ref().map(|recorder| format!("(recorded by {recorder})")));
    }
    let mut out = format!("- {}: {}", zone.minute(entry.at), parts.join(" "));
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str("  ");
            out.push_str(line);
        }
    }
    out
}

/// A text whose first line cannot share the line with a time: what can interrupt a paragraph follows at once, the rest after a blank line.
fn below_head(text: &str) -> String {
    let gap = if text.starts_with(['-', '*', '+']) || text.starts_with("1.") { "\n" } else { "\n\n" };
    format!("{gap}{}", escape_prose(text))
}

/// A link to a piece of evidence, named by its host.
pub fn evidence_link(url: &str) -> String {
    let url = inert_url(url);
    let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let host = host.rsplit('@').next().unwrap_or(host);
    format!("[{}]({url})", host.replace(['[', ']', '`', '\\', '*'], ""))
}

/// A URL with everything percent-encoded that could end the link or the line.
pub fn inert_url(url: &str) -> String {
    one_line(url).chars().fold(String::new(), |mut out, c| {
        if c.is_whitespace() || "()<>\"`\\|[]".contains(c) {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
        out
    })
}

fn logged_when(at: Timestamp, logged: Timestamp, zone: Zone) -> String {
    let day = if zone.date(at) == zone.date(logged) { String::new() } else { format!("{} ", zone.date(logged)) };
    let word = if zone.is_repeated(logged) { format!(" {}", zone.abbreviation(logged)) } else { String::new() };
    format!("{day}{}{word}", zone.clock(logged))
}

/// When an entry happened, from its lines: all that tells an entry from another bullet.
///
/// # Errors
/// It does not fit the grammar, or its time is none of the zone.
pub fn entry_time(source: &str, date: NaiveDate, zone: Zone) -> Result<Timestamp, NotAnEntry> {
    let (when, _) = split_head(source)?;
    read_when(when, date, zone)
}

/// Reads an entry from its lines: the bullet's source from its marker on, further lines included.
///
/// # Errors
/// It does not fit the grammar, or its time is none of the zone.
pub fn read_entry(source: &str, reading: Reading<'_>) -> Result<Entry, NotAnEntry> {
    let (when, said) = split_head(source)?;
    let at = read_when(when, reading.date, reading.zone)?;
    let lines = source.lines().skip(1).map(str::trim_end);
    let (said, by, recorded_by) = split_author(said, reading.is_known);
    let (said, logged_at) = split_logged(said, at, reading.zone);
    let (said, evidence) = split_evidence(said);
    let (kind, reference, said) = split_kind(said);
    let rest: Vec<&str> = lines.map(|line| line.strip_prefix("  ").unwrap_or_else(|| line.trim_start_matches(' '))).collect();
    let rest = rest.join("\n");
    let text = match (said.is_empty(), rest.trim_end()) {
        (_, "") => unescape_entry(said),
        (true, rest) => unescape_prose(rest.trim_start_matches('\n')),
        (false, rest) => unescape_entry(&format!("{said}\n{rest}")),
    };
    Ok(Entry { at, logged_at, kind, reference, text, evidence, by, recorded_by })
}

/// The time of a bullet's head line and what follows it.
fn split_head(source: &str) -> Result<(&str, &str), NotAnEntry> {
    let head = source.lines().next().unwrap_or_default().trim_end().trim_start_matches(' ');
    let head = head.strip_prefix("- ").or_else(|| head.strip_prefix("* ")).or_else(|| head.strip_prefix("+ "));
    head.and_then(split_time).ok_or(NotAnEntry::NoTime)
}

/// `23:58 EST` and what follows the colon. The colon ends the time: it is the first that a blank or the end follows.
fn split_time(head: &str) -> Option<(&str, &str)> {
    let at = head.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = head.get(at + 1..).unwrap_or_default();
        after.is_empty() || after.starts_with(' ')
    })?;
    let (when, said) = head.split_at_checked(at)?;
    when.starts_with(|c: char| c.is_ascii_digit()).then(|| (when, said.trim_start_matches(':').trim()))
}

fn read_when(when: &str, date: NaiveDate, zone: Zone) -> Result<Timestamp, NotAnEntry> {
    let (clock, word) = when.split_once(' ').map_or((when, None), |(clock, word)| (clock, Some(word.trim())));
    let time = read_clock(clock).ok_or(NotAnEntry::NoTime)?;
    match word {
        Some(word) => zone.resolve(date, time, Some(word)).map_err(|error| NotAnEntry::BadTime(error.to_string())),
        None => Ok(zone.resolve_leniently(date, time)),
    }
}

/// `23:58`, two digits each.
pub fn read_clock(clock: &str) -> Option<NaiveTime> {
    let (hour, minute) = clock.split_once(':')?;
    let two = |digits: &str| (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten();
    NaiveTime::from_hms_opt(two(hour)?, two(minute)?, 0)
}

/// Takes `— Name (recorded by Name)` from the end, if the name is somebody's of this document.
fn split_author<'a>(said: &'a str, is_known: &dyn Fn(&str) -> bool) -> (&'a str, Option<String>, Option<String>) {
    let none = (said, None, None);
    let Some((before, author)) = said.rsplit_once("— ") else { return none };
    if !(before.is_empty() || before.ends_with(' ')) {
        return none;
    }
    let (name, recorded_by) = match author.split_once(" (recorded by ") {
        Some((name, recorder)) => (name, recorder.strip_suffix(')')),
        None => (author, None),
    };
    if name.is_empty() || !is_known(name) || (recorded_by.is_none() && author != name) {
        return none;
    }
    (before.trim_end(), Some(name.to_owned()), recorded_by.map(str::to_owned))
}

fn split_logged(said: &str, at: Timestamp, zone: Zone) -> (&str, Option<Timestamp>) {
    let found = said.strip_suffix(')').and_then(|body| body.rsplit_once("(logged "));
    let Some((before, when)) = found.filter(|(before, _)| before.is_empty() || before.ends_with(' ')) else { return (said, None) };
    match read_logged(when, at, zone) {
        Some(logged) => (before.trim_end(), Some(logged)),
        None => (said, None),
    }
}

fn read_logged(when: &str, at: Timestamp, zone: Zone) -> Option<Timestamp> {
    let mut words: Vec<&str> = when.split(' ').collect();
    let date = words.first().and_then(|word| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok());
    if date.is_some() {
        words.remove(0);
    }
    let date = date.unwrap_or_else(|| zone.date(at));
    match words.as_slice() {
        [clock] => Some(zone.resolve_leniently(date, read_clock(clock)?)),
        [clock, word] => zone.resolve(date, read_clock(clock)?, Some(word)).ok(),
        _ => None,
    }
}

/// Takes the links at the end of the head line, in their order.
pub fn split_evidence(said: &str) -> (&str, Vec<String>) {
    let mut rest = said;
    let mut evidence = Vec::new();
    while let Some((before, url)) = last_link(rest) {
        evidence.insert(0, url.to_owned());
        rest = before;
    }
    (rest, evidence)
}

fn last_link(said: &str) -> Option<(&str, &str)> {
    let body = said.strip_suffix(')')?;
    let (label, url) = body.rsplit_once("](")?;
    let (before, label) = label.rsplit_once('[')?;
    let sound = !label.contains(']') && url.contains("://") && !url.contains([' ', '(', ')', '<', '>']);
    (sound && (before.is_empty() || before.ends_with(' '))).then(|| (before.trim_end(), url))
}

fn split_kind(said: &str) -> (Option<EntryKind>, Option<Reference>, &str) {
    let none = (None, None, said);
    let Some((bold, rest)) = said.strip_prefix("**").and_then(|said| said.split_once(".**")) else { return none };
    if !(rest.is_empty() || rest.starts_with(' ')) {
        return none;
    }
    if let Ok(kind) = bold.parse() {
        return (Some(kind), None, rest.trim_start());
    }
    let with_reference = bold.rsplit_once(' ').and_then(|(word, reference)| {
        let kind: EntryKind = word.parse().ok()?;
        let reference: Reference = reference.parse().ok()?;
        (kind.reference_kind() == Some(reference.kind)).then_some((kind, reference))
    });
    with_reference.map_or(none, |(kind, reference)| (Some(kind), Some(reference), rest.trim_start()))
}

#[cfg(test)]
mod tests;
