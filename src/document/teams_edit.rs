//! One cell of the on-call directory changed, and no other byte: the day on which a row was verified.
//! PURE: text in, text out. The result is read again; where anything else would differ, nothing is changed.

use chrono::NaiveDate;

use crate::document::outline::line_end;
use crate::document::teams::{Team, Teams};

/// The directory with a row verified on a day; none where the row has a form that this does not know.
pub fn verified(text: &str, team: &str, day: NaiveDate) -> Option<String> {
    let before = Teams::parse(text).ok()?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (first, indent) = row_of(&lines, team)?;
    let end = (first + 1..lines.len()).find(|at| ends_row(lines.get(*at).copied().unwrap_or_default(), indent)).unwrap_or(lines.len());
    let cell = (first..end).find(|at| lines.get(*at).is_some_and(|line| key(line, indent) == Some("verified_on")));
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    if let Some(at) = cell {
        *out.get_mut(at)? = stamped(lines.get(at)?, day)?;
    } else {
        let eol = if lines.get(first)?.ends_with('\n') { "" } else { line_end(text) };
        out.insert(first + 1, format!("{eol}{}verified_on: {day}{}", " ".repeat(indent), line_end(text)));
    }
    let edited = out.concat();
    let stamped = |other: &Team| if other.name == team { Team { verified_on: Some(day), ..other.clone() } } else { other.clone() };
    let wanted = Teams { teams: before.teams.iter().map(stamped).collect(), ..before };
    (Teams::parse(&edited).ok()? == wanted).then_some(edited)
}

/// The line with the row's name, and how far its keys are indented. The name is the row's first key.
fn row_of(lines: &[&str], team: &str) -> Option<(usize, usize)> {
    lines.iter().enumerate().find_map(|(at, line)| {
        let (dash, rest) = line.split_once('-')?;
        let name = rest.trim_start().strip_prefix("name:")?;
        let name = name.split(" #").next().unwrap_or(name).trim().trim_matches(['"', '\'']);
        let is_row = dash.trim().is_empty() && name == team;
        is_row.then(|| (at, dash.len() + 1 + (rest.len() - rest.trim_start().len())))
    })
}

/// The key of a line at this indent.
fn key(line: &str, indent: usize) -> Option<&str> {
    let (blanks, rest) = line.split_at_checked(indent)?;
    let is_key = blanks.bytes().all(|byte| byte == b' ') && !rest.starts_with([' ', '-', '#']);
    rest.split_once(':').filter(|_| is_key).map(|(key, _)| key)
}

/// Whether a line begins what follows the row: it is indented less, and no comment or blank line.
fn ends_row(line: &str, indent: usize) -> bool {
    let bare = line.trim();
    !bare.is_empty() && !bare.starts_with('#') && line.len() - line.trim_start_matches(' ').len() < indent
}

/// The line with another day; a comment behind it stays.
fn stamped(line: &str, day: NaiveDate) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let (ending, value) = value
        .strip_suffix("\r\n")
        .map(|value| ("\r\n", value))
        .or_else(|| value.strip_suffix('\n').map(|value| ("\n", value)))
        .unwrap_or(("", value));
    let comment = value.find(" #").and_then(|at| value.get(at..)).unwrap_or_default();
    Some(format!("{key}: {day}{comment}{ending}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::teams::TEAMS_TEMPLATE;

    #[test]
    fn one_cell_changes_and_no_other_byte() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for team in ["QPP-FE", "QPP-CT", "GDIT", "Akamai"] {
            let edited = verified(TEAMS_TEMPLATE, team, day).unwrap();
            let changed = edited.lines().zip(TEAMS_TEMPLATE.lines()).filter(|(new, old)| new != old).collect::<Vec<_>>();
            assert_eq!(changed, [("    verified_on: 2026-11-23", "    verified_on:")], "{team}");
            assert_eq!(verified(&edited, team, day).unwrap(), edited);
        }
    }

    #[test]
    fn other_forms_are_changed_too_or_left_alone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let without = "teams:\r\n- name: 'A'  # us\r\n  phone: 1\r\n- name: B\r\n";
        assert_eq!(verified(without, "A", day).unwrap(), without.replace("us\r\n", "us\r\n  verified_on: 2026-11-23\r\n"));
        let commented = "teams:\n- name: A\n  verified_on: 2026-01-01 # by Sam\n";
        assert_eq!(verified(commented, "A", day).unwrap(), commented.replace("2026-01-01", "2026-11-23"));
        assert_eq!(verified("teams:\n- name: A", "A", day).unwrap(), "teams:\n- name: A\n  verified_on: 2026-11-23\n");
        for odd in ["teams: [{name: A}]\n", "teams:\n- phone: 1\n  name: A\n", "teams:\n- name: B\n"] {
            assert_eq!(verified(odd, "A", day), None, "{odd}");
        }
    }
}
