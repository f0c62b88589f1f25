//! `timeline`: the running log, one line an entry.
//! Reads; changes nothing.

use crate::commands::session::Session;
use crate::context::Context;
use crate::document::json::show::timeline;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::nearest::nearest;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::terminal::pager::Pager;

/// Show an incident's timeline, one line an entry
///
/// On a terminal under a heading for each day; piped, every line carries its date. An entry that was declared void is marked.
/// Of an entry with several lines the first is shown, and `…`; `show` has all of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident timeline INC-K7QFM --since \"2 hours ago\"
         qpp-incident timeline --kind update --json
Next:    qpp-incident correct ENTRY TEXT, if something in it is wrong")]
pub struct Args {
    /// The incident; left out, the only one that is not closed
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    /// Entries of this kind alone, such as update, closed, "approval asked", or plain; may be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Entries from this time on
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
}

/// Which entries are wanted.
struct Wanted {
    kinds: Vec<Option<EntryKind>>,
    since: Option<Timestamp>,
}

impl Wanted {
    fn fits(&self, found: &TimelineEntry) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&found.entry.kind)) && self.since.is_none_or(|since| found.entry.at >= since)
    }
}

/// Runs `timeline`.
///
/// # Errors
/// The document cannot be read, or the kind or the time is none.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let target = session.target_to_read(session.choose_to_read(args.name.as_deref())?);
    let document = &target.sound()?.incident;
    let zone = document.zone();
    let since = args.since.as_deref().map(|since| session.time(since, zone)).transpose()?.map(Timestamp::floor_to_minute);
    let kinds = args.kind.iter().map(|kind| read_kind(kind)).collect::<Result<_, _>>()?;
    let wanted = Wanted { kinds, since };
    if context.options.json {
        context.ui.json(&timeline(document, |found| wanted.fits(found)))?;
    } else {
        let entries: Vec<&TimelineEntry> = document.timeline().entries.iter().filter(|found| wanted.fits(found)).collect();
        if entries.is_empty() {
            context.ui.note("no timeline entry fits");
        }
        let text = if context.ui.is_terminal() { by_day(&entries, zone) } else { dated(&entries, zone) };
        let environment = &context.environment;
        context.ui.page(&text, Pager::choose(environment.get("PAGER"), environment.get("LESS")).as_ref())?;
    }
    for unread in &document.timeline().unread {
        context.ui.warning(&format!("{}/incident.md:{}: no timeline entry: {}", target.path, unread.line, unread.why));
    }
    let kept = session.kept_of(&target.path).len();
    if kept > 0 {
        let (entries, them) = if kept == 1 { ("entry is", "it") } else { ("entries are", "them") };
        context.ui.warning(&format!("{kept} {entries} kept and not yet in the document: the next command that can commits {them}"));
    }
    Ok(ExitStatus::Done)
}

fn read_kind(typed: &str) -> Result<Option<EntryKind>, CommandError> {
    let wanted = typed.trim().to_lowercase().replace(['-', '_'], " ");
    if wanted == "plain" {
        return Ok(None);
    }
    let found = EntryKind::ALL.iter().find(|kind| kind.word().to_lowercase() == wanted);
    found.map(|kind| Some(*kind)).ok_or_else(|| {
        let near = nearest(&wanted, EntryKind::ALL.iter().map(|kind| kind.word())).unwrap_or_default();
        CommandError::usage("unknown-kind", format!("`{typed}` is not a kind of timeline entry; the nearest is `{near}`"))
    })
}

/// The lines under a heading for each day.
fn by_day(entries: &[&TimelineEntry], zone: Zone) -> String {
    let mut lines = Vec::new();
    let mut day = None;
    for found in entries {
        let date = zone.date(found.entry.at);
        if day != Some(date) {
            lines.extend(day.map(|_| String::new()));
            lines.push(date.to_string());
            day = Some(date);
        }
        lines.push(format!("  {}  {}", zone.minute(found.entry.at), line(found, zone)));
    }
    lines.join("\n")
}

/// The lines each with its date.
fn dated(entries: &[&TimelineEntry], zone: Zone) -> String {
    let lines: Vec<String> = entries.iter().map(|found| format!("{}  {}", zone.date_minute(found.entry.at), line(found, zone))).collect();
    lines.join("\n")
}

/// What an entry says in one line: `Approved P4X: go ahead — Pat Lee (recorded by Grace Hopper)`.
fn line(found: &TimelineEntry, zone: Zone) -> String {
    let entry = &found.entry;
    let mut parts = Vec::new();
    parts.extend(found.void.then(|| "[void]".to_owned()));
    let first = entry.first_line();
    if let Some(kind) = entry.kind {
        let reference = entry.reference.map_or_else(String::new, |reference| format!(" {reference}"));
        let colon = if first.is_empty() { "" } else { ":" };
        parts.push(format!("{kind}{reference}{colon}"));
    }
    parts.extend((!first.is_empty()).then_some(first));
    parts.extend(entry.text.contains('\n').then(|| "…".to_owned()));
    parts.extend(entry.evidence.iter().cloned());
    parts.extend(entry.logged_at.map(|at| {
        let when = if zone.date(at) == zone.date(entry.at) { zone.minute(at) } else { zone.date_minute(at) };
        format!("(logged {when})")
    }));
    parts.extend(entry.by.as_ref().map(|by| format!("— {by}")));
    parts.extend(entry.recorded_by.as_ref().map(|recorder| format!("(recorded by {recorder})")));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::document::incident_document::IncidentDocument;

    const TEXT: &str = "---\nid: INC-K7QFM\ntitle: x\nstatus: open\n---\n# x\n\n## Timeline\n\n### 2026-11-22\n\n- 23:58 EST: **Opened.** Many errors. — Jeff Lee\n\n### 2026-11-23\n\n- 00:04 EST: **Acknowledged.** — Grace Hopper\n- 00:10 EST: Restarted.\n  Twice. \n- 00:40 EST: **Approved P4X.** Go. [chat](https://chat.example/1) (logged 01:00) — Pat Lee (recorded by Grace Hopper)\n- 00:50 EST: **Void.** 2026-11-23 00:10 EST \"Restarted.\": not here.\n";

    #[test]
    fn lines_stand_under_their_days_or_carry_them() {
        let document = IncidentDocument::parse(TEXT).unwrap();
        let entries: Vec<&TimelineEntry> = document.timeline().entries.iter().collect();
        let lines = [
            "Opened: Many errors. — Jeff Lee",
            "Acknowledged — Grace Hopper",
            "[void] Restarted. …",
            "Approved P4X: Go. https://chat.example/1 (logged 01:00 EST) — Pat Lee (recorded by Grace Hopper)",
            "Void: 2026-11-23 00:10 EST \"Restarted.\": not here.",
        ];
        let [opened, acknowledged, void, approved, voided] = lines;
        let wanted = format!(
            "2026-11-22\n  23:58 EST  {opened}\n\n2026-11-23\n  00:04 EST  {acknowledged}\n  00:10 EST  {void}\n  00:40 EST  {approved}\n  00:50 EST  {voided}"
        );
        assert_eq!(by_day(&entries, document.zone()), wanted);
        let plain = dated(&entries, document.zone());
        assert_eq!(plain.lines().next(), Some(format!("2026-11-22 23:58 EST  {opened}").as_str()));
        assert_eq!(plain.lines().count(), 5);
    }

    #[test]
    fn kinds_are_read_as_people_type_them() {
        assert_eq!(read_kind("Approval-Asked").unwrap(), Some(EntryKind::ApprovalAsked));
        assert_eq!(read_kind("plain").unwrap(), None);
        assert!(read_kind("aproved").unwrap_err().message.contains("the nearest is `Approved`"));
    }
}
