//! The commit message of a command: subject, the full text where the subject cannot hold it, and the trailers that attest its entries.
//! PURE. Free text is folded, made inert and indented, so that it can neither move a host nor pass for a trailer.

use sha2::{Digest, Sha256};

use crate::document::inert::inert;
use crate::domain::event::Event;
use crate::domain::head_line::{begins_block, lead, link_labels};
use crate::domain::incident_id::IncidentId;
use crate::domain::text::{cut_at_word, one_line, tidy};
use crate::domain::zone::Zone;

/// How many characters a subject has at most.
const SUBJECT_LENGTH: usize = 72;

/// How free text is set off from the trailers. Four blanks: git takes no such line for a comment, a divider or a trailer of its own.
const INDENT: &str = "    ";

/// The trailer that says that the clock was given from outside.
pub const CLOCK_SUPPLIED: (&str, &str) = ("Clock", "supplied");

/// The trailer that says that the entry was kept for a while, because it could not be committed when it was recorded.
pub const KEPT: (&str, &str) = ("Kept", "folded in");

/// The message of one command's commit. `entry_lines` are the entries as they stand in the document, one for each event.
///
/// # Source
/// Spec §2 "One commit per command" and §6 `verify`; git's documentation of `interpret-trailers`.
pub fn message(id: &IncidentId, events: &[Event], entry_lines: &[String], zone: Zone, clock_supplied: bool) -> String {
    let (name, text) = events.first().map_or(("edit", String::new()), |event| (event.name(), subject_text(event, zone)));
    let text = inert(&tidy(&text));
    // The command's own name may be a closing word too: `resolve: https://…/issues/3`.
    let line = first_line(&text);
    let whole = format!("{id} {}", inert(&format!("{name}: {}", link_labels(&line))));
    let subject = cut_at_word(whole.trim_end(), SUBJECT_LENGTH);
    let further = further_texts(events, zone);
    let mut message = format!("{subject}\n");
    let is_all = subject == whole.trim_end() && link_labels(&line) == line && text.lines().count() < 2;
    if !is_all || !further.is_empty() {
        message.push('\n');
        message.push_str(&indented(&text));
        message.extend(further.iter().map(|text| indented(text)));
    }
    message.push('\n');
    for (key, value) in event_trailers(id, events, entry_lines, zone, clock_supplied) {
        message.extend([key, ": ", &value, "\n"]);
    }
    message
}

/// The message of the commit that keeps somebody's uncommitted edits by hand, made before the command's own.
pub fn hand_edit_message(id: &IncidentId, files: &[&str]) -> String {
    let files = files.iter().map(|file| one_line(file)).collect::<Vec<_>>().join(", ");
    let body = if files.is_empty() { String::new() } else { format!("{}\n", indented(&inert(&files)).trim_end()) };
    let gap = if body.is_empty() { "" } else { "\n" };
    format!("{id} edit: by hand\n{gap}{body}\nIncident: {id}\nEvent: edit\n")
}

/// The message of the commit that says why what another commit did may stand.
pub fn judgment_message(incidents: &[IncidentId], judged: &str, reason: &str, clock_supplied: bool) -> String {
    let reason = inert(&one_line(reason));
    let about = incidents.first().map_or_else(|| "verify".to_owned(), ToString::to_string);
    let subject = cut_at_word(&format!("{about} accept: {reason}"), SUBJECT_LENGTH);
    let named = incidents.iter().fold(String::new(), |lines, id| format!("{lines}Incident: {id}\n"));
    let clock = if clock_supplied { format!("{}: {}\n", CLOCK_SUPPLIED.0, CLOCK_SUPPLIED.1) } else { String::new() };
    format!("{}\n\n{named}Event: accept\nAccepts: {judged}\nReason: {reason}\n{clock}", subject.trim_end())
}

/// What the `Entry:` trailer holds: the first 16 hex digits of the SHA-256 of the entry's lines, line ends as LF and trailing blanks cut.
///
/// # Examples
/// ```
/// use qpp_incident::document::commit_message::entry_digest;
/// assert_eq!(entry_digest("- 00:10 EST: Restarted.  \r\n  More.\r\n"), entry_digest("- 00:10 EST: Restarted.\n  More."));
/// assert_eq!(entry_digest("- 00:10 EST: Restarted.").len(), 16);
/// ```
pub fn entry_digest(entry_text: &str) -> String {
    format!("{:016x}", entry_hash(entry_text))
}

/// The same 16 digits as a number: what tells one entry from another.
pub fn entry_hash(entry_text: &str) -> u64 {
    let mut hash = Sha256::new();
    let mut last = 0;
    for (index, line) in entry_text.split('\n').map(str::trim_end).enumerate().filter(|(_, line)| !line.is_empty()) {
        (last..index).for_each(|_| hash.update(b"\n"));
        hash.update(line.as_bytes());
        last = index;
    }
    hash.finalize().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The trailers of a message, in order: those of its last paragraph, if that is a block of trailers.
///
/// # Source
/// git's documentation of `interpret-trailers`: all lines are trailers, or one is git's own and a quarter are trailers.
pub fn trailers(message: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = message.lines().map(str::trim_end).collect();
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let start = lines.iter().take(end).rposition(|line| line.is_empty()).map_or(0, |blank| blank + 1);
    if start == 0 {
        return Vec::new(); // the first paragraph is the subject
    }
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut others, mut own) = (0_usize, false);
    for line in lines.iter().take(end).skip(start) {
        match (line.starts_with([' ', '\t']), found.last_mut(), trailer(line)) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (false, _, Some(pair)) => {
                own |= pair.0 == "Signed-off-by";
                found.push(pair);
            }
            _ if line.starts_with("(cherry picked from commit ") => own = true,
            _ => others += 1,
        }
    }
    if others == 0 || (own && found.len() * 3 >= others) { found } else { Vec::new() }
}

fn trailer(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let sound = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    sound.then(|| (key.to_owned(), value.trim().to_owned()))
}

/// What the subject says, if it has room for it. A list or code at the start is words there, and so is a link.
fn first_line(text: &str) -> String {
    if begins_block(text) { lead(text) } else { one_line(text.lines().next().unwrap_or_default()) }
}

/// The texts of the events after the first, those that have one.
fn further_texts(events: &[Event], zone: Zone) -> Vec<String> {
    let texts = events.iter().skip(1).map(|event| inert(&tidy(&event.entry(zone).text)));
    texts.filter(|text| !text.trim().is_empty()).collect()
}

/// The entry's text, or what it is when it says nothing more: `Acknowledged by Grace Hopper`.
fn subject_text(event: &Event, zone: Zone) -> String {
    let entry = event.entry(zone);
    if entry.text.trim().is_empty() {
        let what = event.kind().map_or_else(|| event.name().to_owned(), |kind| kind.word().to_owned());
        format!("{what} by {}", event.by.name)
    } else {
        entry.text
    }
}

fn event_trailers(
    id: &IncidentId,
    events: &[Event],
    entry_lines: &[String],
    zone: Zone,
    clock_supplied: bool,
) -> Vec<(&'static str, String)> {
    let mut trailers = vec![("Incident", id.to_string())];
    for (index, event) in events.iter().enumerate() {
        trailers.push(("Event", event.name().to_owned()));
        trailers.push(("Occurred-At", zone.rfc3339(event.occurred_at)));
        trailers.extend(entry_lines.get(index).map(|entry| ("Entry", entry_digest(entry))));
    }
    if clock_supplied {
        trailers.push((CLOCK_SUPPLIED.0, CLOCK_SUPPLIED.1.to_owned()));
    }
    trailers
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{INDENT}{line}\n") }).collect()
}

#[cfg(test)]
mod tests;
