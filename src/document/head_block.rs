//! The head block: the one generated piece of the body, written anew by every command.
//! PURE: from the header and the entries alone, so that a merge and a repair write the same bytes.

use std::ops::Range;

use crate::document::header::Header;
use crate::document::outline::{Block, BlockKind, Outline, line_end};
use crate::domain::entry::Entry;
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::domain::text::one_line;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording::MERGE_AUTHOR;

/// How long after an entry the next update is due, in seconds.
///
/// # Source
/// The process, "Communication methods": "at least once every 2 hours".
pub const UPDATE_INTERVAL: i64 = 2 * 60 * 60;

const OPENING: &str = "**Status:**";
const COMMANDER: &str = "**Incident Commander:**";
const DATE: &str = "**Date:**";
const AUTHORS: &str = "**Authors:** ";

/// Where the head block stands: the first paragraph that begins as one, under the title and before any section. Lines typed right
/// above it have become part of it.
pub fn find(text: &str, outline: &Outline) -> Option<Range<usize>> {
    let title = outline.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(1, _))).unwrap_or_default();
    let from_title = outline.blocks.iter().skip(title);
    let mut before_sections = from_title.take_while(|block| !matches!(block.kind, BlockKind::Heading(2.., _)));
    before_sections.find(|block| is_one(text, block)).map(|block| block.range.clone())
}

fn is_one(text: &str, block: &Block) -> bool {
    let lines = text.get(block.range.clone()).unwrap_or_default();
    match block.kind {
        BlockKind::Paragraph => lines.starts_with(OPENING) || is_whole(lines),
        BlockKind::Item(_) => is_whole(lines),
        _ => false,
    }
}

/// Whether the lines of a block are among others: two of them tell it, since a person may have taken one away.
pub fn is_whole(lines: &str) -> bool {
    lines.lines().any(|line| line.starts_with(OPENING)) && lines.lines().filter(|line| is_generated(line)).count() > 1
}

/// Whether a line is one of the three that are written anew.
pub fn is_generated(line: &str) -> bool {
    [OPENING, COMMANDER, DATE].iter().any(|opening| line.starts_with(opening))
}

/// What somebody typed right above a block, and between its lines or right below them: it is not ours to take away.
pub fn typed_lines(block: &str) -> (Vec<&str>, Vec<&str>) {
    let first = block.lines().position(is_generated).unwrap_or_default();
    (block.lines().take(first).collect(), block.lines().skip(first).filter(|line| !is_generated(line)).collect())
}

/// The authors as the head block lists them, in one string; names may hold commas. Only the line of the date lists them: a
/// room's or a commander's name stands in another.
pub fn authors(block: &str) -> Option<&str> {
    let dated = block.lines().rev().find(|line| line.starts_with(DATE)).or_else(|| block.lines().last());
    dated.and_then(|line| line.split_once(AUTHORS)).map(|(_, names)| names.trim_end())
}

/// Whether a name is one of those that an authors' line lists.
pub fn lists(authors: &str, name: &str) -> bool {
    authors.match_indices(name).any(|(at, _)| {
        let before = authors.get(..at).unwrap_or_default();
        let after = authors.get(at + name.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(", ")) && (after.is_empty() || after.starts_with(", "))
    })
}

/// The text with its head block written anew from what it says.
pub fn refresh(text: &str, outline: &Outline, header: &Header, entries: &[&Entry]) -> String {
    let eol = line_end(text);
    let block = render(header, entries).replace('\n', eol);
    if let Some(range) = find(text, outline) {
        let head = text.get(..range.start).unwrap_or_default();
        let old = text.get(range.clone()).unwrap_or_default();
        let tail = text.get(range.end..).unwrap_or_default();
        let end = if old.ends_with('\n') { eol } else { "" };
        let (above, below) = typed_lines(old);
        let above: String = above.into_iter().flat_map(|line| [line, eol]).collect();
        let below: String = below.into_iter().flat_map(|line| [eol, line]).collect();
        return format!("{head}{above}{block}{below}{end}{tail}");
    }
    let title = outline.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(1, _)));
    let at = title.map(|block| block.range.end).or_else(|| outline.blocks.first().map(|block| block.range.start)).unwrap_or(text.len());
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let gap = if head.ends_with('\n') { eol.to_owned() } else { format!("{eol}{eol}") };
    let after = if tail.starts_with(eol) || tail.is_empty() { "" } else { eol };
    format!("{head}{gap}{block}{eol}{after}{tail}")
}

/// `mitigated (60 % restored)`: the status, with what it restored while that says something.
pub fn status_words(header: &Header) -> String {
    match header.restored() {
        Some(percent) if header.status() == Status::Mitigated => format!("{} ({percent} % restored)", header.status()),
        _ => header.status().to_string(),
    }
}

/// The three lines, without a final line end.
pub fn render(header: &Header, entries: &[&Entry]) -> String {
    let status = status_words(header);
    let severity = header.severity().map_or_else(|| "unset".to_owned(), |severity| severity.to_string());
    let mut first = format!("{OPENING} {status} · **Severity:** {severity}");
    if let Some(due) = next_update(header, entries) {
        first = format!("{first} · **Next update by:** {due}");
    }
    let commander = header.person(Key::Commander).map_or_else(|| "none yet".to_owned(), |person| person.to_string());
    let mut second = format!("{COMMANDER} {commander}");
    if let Some(chat) = header.text(Key::Chat) {
        second = format!("{second} · **Chat:** {}", inline(chat));
    }
    let date = started(header, entries).map_or_else(|| "unknown".to_owned(), |at| header.zone().date(at).to_string());
    format!("{first}\n{second}\n{DATE} {date} · {AUTHORS}{}", author_names(header, entries).join(", "))
}

/// The incident's day: of the opening, else of the report, else of the first entry.
pub fn started(header: &Header, entries: &[&Entry]) -> Option<Timestamp> {
    header.instant(Key::OpenedAt).or_else(|| header.instant(Key::ReportedAt)).or_else(|| entries.first().map(|entry| entry.at))
}

fn next_update(header: &Header, entries: &[&Entry]) -> Option<String> {
    if header.status() == Status::Closed {
        return None;
    }
    let last = entries.iter().map(|entry| entry.logged_at.unwrap_or(entry.at)).max()?;
    let due = last.plus_seconds(UPDATE_INTERVAL);
    let zone = header.zone();
    Some(if zone.date(due) == zone.date(last) { zone.minute(due) } else { zone.date_minute(due) })
}

/// Everybody whose name stands in an entry, as who acted or who recorded it; without entries the reporter.
pub fn author_names(header: &Header, entries: &[&Entry]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let written = entries.iter().flat_map(|entry| entry.by.iter().chain(&entry.recorded_by));
    for name in written {
        if !names.contains(name) && name != MERGE_AUTHOR {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        names.extend(header.person(Key::Reporter).map(|person| person.name));
    }
    names
}

/// A value in a line of markdown: one line, raw HTML inert.
fn inline(value: &str) -> String {
    crate::document::escape::escape_entry(&one_line(value))
}
