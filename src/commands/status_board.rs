//! The board: every incident that is not closed, and those closed whose RCA is not done, the most urgent first.
//! Prints; decides nothing. What belongs on it was read in `listed`.

use serde_json::{Value, json};

use crate::commands::escalation;
use crate::commands::listed::Listed;
use crate::commands::session::Session;
use crate::commands::sharing::not_live_yet;
use crate::document::duties::Duty;
use crate::document::header::Header;
use crate::document::json::clocks::duty;
use crate::document::json::person;
use crate::domain::clock::ClockName;
use crate::domain::key::Key;
use crate::domain::text::{cut, one_line};
use crate::domain::timestamp::Timestamp;
use crate::error::CommandError;
use crate::terminal::frame::{shown_width, wrap};
use crate::terminal::sanitize::{sanitize, sanitize_line};
use crate::terminal::table::Table;
use crate::terminal::ui::Ui;

/// So many characters of a title must be left for it to be recognised.
const SHORTEST_TITLE: usize = 20;

/// What belongs on the board: what cannot be read first, then by what is due first; closed ones last.
pub fn most_urgent_first(all: Vec<Listed>) -> Vec<Listed> {
    let mut board: Vec<Listed> = all.into_iter().filter(|listed| !listed.is_closed() || !listed.duties().is_empty()).collect();
    board.sort_by_key(|listed| (listed.is_closed(), listed.read.is_ok(), first_due(listed).is_none(), first_due(listed)));
    board
}

fn first_due(listed: &Listed) -> Option<Timestamp> {
    listed.duties().first().map(|duty| duty.due)
}

/// What is shown of an incident's duties: all that presses, else the next.
fn shown(listed: &Listed) -> Vec<&Duty> {
    let pressing: Vec<&Duty> = listed.duties().iter().filter(|duty| duty.is_pressing()).collect();
    if pressing.is_empty() { listed.duties().iter().take(1).collect() } else { pressing }
}

/// Prints the board: as a table with a row for each thing that is due where that fits the terminal, else with its lines under each
/// incident, else as one line for each incident on one screen.
///
/// # Errors
/// Standard output takes no more.
pub fn print(board: &[Listed], session: &Session<'_>) -> Result<(), CommandError> {
    let ui = &session.context.ui;
    if board.is_empty() {
        ui.note("no incident is open, and nothing is due");
    } else {
        let text = ui.width().map_or_else(|| table(board, session, usize::MAX), |width| narrow(board, session, width));
        match ui.width().zip(ui.height()).filter(|(_, height)| text.lines().count() >= *height) {
            Some((width, height)) => ui.data(&fitted(board.iter().map(|listed| line(listed, session)).collect(), width, height))?,
            None => ui.styled(&text)?,
        }
    }
    note_kept(session);
    if let Some(not_live) = not_live_yet(&session.store) {
        ui.note(&not_live);
    }
    Ok(())
}

/// As a table whose rows are one line each, the titles cut to so many characters.
fn table(board: &[Listed], session: &Session<'_>, longest_title: usize) -> String {
    let mut table = Table::new(&["Id", "Status", "Sev", "Title", "Due", "What", "Who acts"]);
    for listed in board {
        rows(listed, session, longest_title, &mut table);
    }
    table.render(None, session.context.ui.is_colored())
}

/// For a terminal of so many columns: titles give way first, and who acts never does.
fn narrow(board: &[Listed], session: &Session<'_>, width: usize) -> String {
    let whole = table(board, session, usize::MAX);
    let too_wide = widest(&whole).saturating_sub(width);
    if too_wide == 0 {
        return whole;
    }
    let longest = board.iter().filter_map(|listed| listed.read.as_ref().ok()).map(|sound| sound.header.title().chars().count()).max();
    let left = longest.unwrap_or_default().saturating_sub(too_wide);
    if left >= SHORTEST_TITLE {
        let cut = table(board, session, left);
        if widest(&cut) <= width {
            return cut;
        }
    }
    let lines = board.iter().flat_map(|listed| stacked(listed, session, width));
    lines.flat_map(|line| wrap(&line, width)).map(|line| format!("{line}\n")).collect::<Vec<_>>().concat()
}

fn widest(text: &str) -> usize {
    text.lines().map(shown_width).max().unwrap_or_default()
}

/// An incident in a line, and under it a line for each thing that is due.
fn stacked(listed: &Listed, session: &Session<'_>, width: usize) -> Vec<String> {
    let Ok(sound) = &listed.read else { return vec![format!("{}  cannot be read", listed.place.id)] };
    let header = &sound.header;
    let severity = header.severity().map_or_else(|| "severity unset".to_owned(), |severity| severity.to_string());
    let head = format!("{}  ", header.id());
    let standing = format!(" ({}, {severity})", header.status());
    let title = cut(&sanitize_line(header.title()), width.saturating_sub(head.len() + standing.len()).max(SHORTEST_TITLE));
    let said = |duty: &Duty| format!("  {}  {}: {}", duty.when(), duty.name.words(), sanitize(&who(duty, header, session, listed)));
    std::iter::once(format!("{head}{title}{standing}")).chain(shown(listed).into_iter().map(said)).collect()
}

/// One incident in one line, what is due first: for a board that would not fit the screen as a table.
fn line(listed: &Listed, session: &Session<'_>) -> String {
    let Ok(sound) = &listed.read else { return format!("{}  cannot be read", listed.place.id) };
    let (header, duties) = (&sound.header, listed.duties());
    let due = duties.first().map_or_else(
        || "nothing is due".to_owned(),
        |duty| format!("{}: {}, {}", duty.when(), duty.name.words(), who(duty, header, session, listed)),
    );
    one_line(&format!("{}  {due} ({})", header.id(), header.title()))
}

/// Lines cut to the screen's width; those that no longer fit are counted, and the prompt has a line left.
fn fitted(mut lines: Vec<String>, width: usize, height: usize) -> String {
    let room = height.saturating_sub(2).max(1);
    if lines.len() > room {
        let hidden = lines.split_off(room.saturating_sub(1)).len();
        lines.push(format!("and {hidden} more, less urgent: qpp-incident list"));
    }
    lines.iter().map(|line| cut(line, width)).collect::<Vec<_>>().join("\n")
}

fn rows(listed: &Listed, session: &Session<'_>, longest_title: usize, table: &mut Table) {
    let unknown = || "-".to_owned();
    let Ok(sound) = &listed.read else {
        let id = listed.place.id.to_string();
        let slug = listed.place.slug.clone();
        return table.row([id, "cannot be read".to_owned(), unknown(), slug, unknown(), unknown(), unknown()]);
    };
    let header = &sound.header;
    let severity = header.severity().map_or_else(unknown, |severity| severity.to_string());
    let head = [header.id().to_string(), header.status().to_string(), severity, cut(header.title(), longest_title)];
    let due = shown(listed);
    if due.is_empty() {
        table.row(head.iter().cloned().chain([unknown(), unknown(), unknown()]));
    }
    for (index, duty) in due.into_iter().enumerate() {
        let head = if index == 0 { head.clone() } else { [const { String::new() }; 4] };
        table.row(head.into_iter().chain([duty.when(), duty.name.words(), who(duty, header, session, listed)]));
    }
}

/// Who acts; of an acknowledgement that is overdue, whom to escalate to.
fn who(duty: &Duty, header: &Header, session: &Session<'_>, listed: &Listed) -> String {
    let teams = if duty.name == ClockName::Acknowledge { escalation::teams(session, header, listed.duties()) } else { Vec::new() };
    let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    if names.is_empty() { duty.who() } else { format!("{}; escalate to {}", duty.who(), names.join(", ")) }
}

/// One line of standard error for each closed incident whose RCA is pending.
pub fn note_pending_rca(board: &[Listed], ui: &Ui) {
    for listed in board.iter().filter(|listed| listed.is_closed()) {
        for duty in listed.duties() {
            ui.note(&format!("also {} (closed): {} {}", listed.place.id, duty.name.words(), duty.when()));
        }
    }
}

fn note_kept(session: &Session<'_>) {
    let kept = session.store.kept();
    if kept.is_empty() {
        return;
    }
    let mut ids: Vec<String> = kept.iter().filter_map(|kept| kept.entry.as_ref()).map(|entry| entry.id.to_string()).collect();
    ids.sort();
    ids.dedup();
    let entries = if kept.len() == 1 { "entry is" } else { "entries are" };
    let message = format!("{} {entries} kept and not yet in the document: {}", kept.len(), ids.join(", "));
    session.context.ui.warning(&message);
}

/// A row of the board for programs.
pub fn json(listed: &Listed, session: &Session<'_>) -> Value {
    let path = format!("{}/incident.md", listed.place.path);
    match &listed.read {
        Err(broken) => json!({
            "schema": 1,
            "id": listed.place.id,
            "path": path,
            "title": null,
            "status": null,
            "severity": null,
            "commander": null,
            "due": [],
            "overdue": 0,
            "escalate_to": [],
            "broken": { "line": broken.broken.line, "column": broken.broken.column, "message": broken.broken.message },
        }),
        Ok(sound) => json!({
            "schema": 1,
            "id": sound.header.id(),
            "path": path,
            "title": sound.header.title(),
            "status": sound.header.status(),
            "severity": sound.header.severity(),
            "commander": sound.header.person(Key::Commander).as_ref().map(person),
            "due": listed.duties().iter().map(|pending| duty(pending, sound.header.zone())).collect::<Vec<_>>(),
            "overdue": listed.duties().iter().filter(|duty| duty.is_missed()).count(),
            "escalate_to": escalation::json(&escalation::teams(session, &sound.header, listed.duties())),
            "broken": null,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_board_that_is_too_tall_is_cut_to_one_screen_and_says_how_much_is_left() {
        let lines = |count: usize| (1..=count).map(|number| format!("INC-0000{number}  OVERDUE 12 min")).collect::<Vec<_>>();
        assert_eq!(fitted(lines(2), 80, 24), "INC-00001  OVERDUE 12 min\nINC-00002  OVERDUE 12 min");
        assert_eq!(fitted(lines(5), 20, 5), "INC-00001  OVERDUE…\nINC-00002  OVERDUE…\nand 3 more, less ur…");
        assert_eq!(fitted(lines(30), 80, 24).lines().count(), 22);
    }
}
