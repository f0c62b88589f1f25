//! `front-matter`: the documents can be read, and what their front matter says has a meaning.
//! PURE.

use crate::document::folder::INCIDENT_FILE;
use crate::document::header::Header;
use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::rules::check::checked_folder::{CheckedFolder, conflict_lines};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "front-matter",
    level: Level::Error,
    what: "a document cannot be read, a key holds what it cannot hold or is misspelt; a person has no e-mail address (warning; the incident commander: error)",
    source: "Sample incident status update: \"Current Incident Commander: \\$NAME - \\$EMAIL\"; format: Front matter",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let mut found = unreadable(folder);
    if let Some(header) = folder.header() {
        found.extend(people(folder, header));
        found.extend(words(folder, header));
        found.extend(misspelt(folder, header));
    }
    found
}

fn unreadable(folder: &CheckedFolder) -> Vec<Finding> {
    if !folder.has(INCIDENT_FILE) {
        let message = format!("there is no {INCIDENT_FILE} in this folder");
        let help = format!("git log --diff-filter=D -- {}/{INCIDENT_FILE} shows who removed it", folder.path);
        return vec![folder.finding(&RULE, INCIDENT_FILE, 1, message).with_help(help)];
    }
    let incident = folder.folder.as_ref().err().map(|broken| (broken.file.as_str(), &broken.broken));
    let reports = folder.postmortem.iter().chain(&folder.rca);
    let reports = reports.filter_map(|report| report.header.as_ref().err().map(|broken| (report.file, broken)));
    let broken = incident.into_iter().chain(reports);
    let broken = broken.filter(|(file, _)| folder.texts.get(*file).is_some_and(|text| conflict_lines(text).is_empty()));
    let bytes = folder.unreadable.iter().map(|broken| (broken.file.as_str(), &broken.broken));
    bytes
        .chain(broken)
        .map(|(file, broken)| {
            let finding = folder.finding(&RULE, file, broken.line, broken.message.clone());
            let help = format!("${{EDITOR:-vi}} +{} {}/{file}", broken.line, folder.path);
            Finding { column: Some(broken.column), ..finding.with_help(help) }
        })
        .collect()
}

/// Status updates and questions go out by e-mail: who has no address gets none.
fn people(folder: &CheckedFolder, header: &Header) -> Vec<Finding> {
    let id = folder.id();
    let single = [Key::Reporter, Key::Commander].into_iter().filter_map(|key| Some((key, header.person(key)?)));
    let listed = [Key::Responders, Key::BusinessOwners];
    let listed = listed.into_iter().flat_map(|key| header.people(key).into_iter().map(move |person| (key, person)));
    let without = single.chain(listed).filter(|(_, person)| person.email.is_none());
    without
        .map(|(key, person)| {
            let finding = folder.at_key(&RULE, key, format!("`{key}`: {} has no e-mail address", person.name));
            match key {
                Key::Commander => finding.with_help(format!("qpp-incident assign-ic {id} \"{} <ADDRESS>\" --brief TEXT", person.name)),
                _ => finding.at_level(Level::Warning).with_help(format!("write it as `{} <ADDRESS>`: qpp-incident edit {id}", person.name)),
            }
        })
        .collect()
}

/// Keys whose value is one of a few words.
fn words(folder: &CheckedFolder, header: &Header) -> Vec<Finding> {
    let of_list: [(Key, &[&str]); 2] =
        [(Key::Privacy, &["affected", "none", "unknown"]), (Key::CloseReason, &["resolved", "duplicate", "false-alarm", "transferred"])];
    let wrong_word = of_list.into_iter().filter_map(|(key, words)| {
        let word = header.text(key).filter(|word| !words.contains(word))?;
        Some((key, format!("`{key}`: `{word}` is none of {}", words.join(", "))))
    });
    let wrong_id = header.text(Key::DuplicateOf).and_then(|text| text.parse::<IncidentId>().err());
    let wrong_id = wrong_id.map(|error| (Key::DuplicateOf, format!("`{}`: {error}", Key::DuplicateOf)));
    let help = format!("qpp-incident edit {}", folder.id());
    wrong_word.chain(wrong_id).map(|(key, message)| folder.at_key(&RULE, key, message).with_help(&help)).collect()
}

/// Unknown keys are kept; one that is nearly a known one was meant to be it.
fn misspelt(folder: &CheckedFolder, header: &Header) -> Vec<Finding> {
    let text = folder.texts.get(INCIDENT_FILE).map_or("", String::as_str);
    let line_of =
        |name: &str| text.lines().position(|line| line.split(':').next().is_some_and(|key| key.trim_matches(['"', '\'']) == name));
    header
        .extra()
        .keys()
        .filter_map(|name| {
            let nearest = name.parse::<Key>().map_or_else(|unknown| unknown.nearest, Key::name);
            let is_near = strsim::jaro_winkler(&name.to_lowercase().replace('-', "_"), nearest) > 0.93;
            is_near.then(|| {
                let message = format!("`{name}` is not a key that is read; the nearest is `{nearest}`");
                let help = format!("qpp-incident edit {}", folder.id());
                folder.at_line(&RULE, line_of(name).map_or(1, |at| at + 1), message).at_level(Level::Warning).with_help(help)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::document::broken::{BrokenDocument, BrokenFile};
    use crate::rules::check::sample::{Sample, lines, sound};

    fn found(sample: Sample) -> Vec<String> {
        lines(RULE.id, &check(&sample.read()))
    }

    #[test]
    fn a_sound_document_passes() {
        assert!(found(sound()).is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place() {
        assert_eq!(
            found(sound().with("status: closed", "status: done")),
            ["incident.md:4 error `status`: `done` is not a status (open, acknowledged, mitigated, resolved, closed)"]
        );
        assert_eq!(
            found(sound().with_in("postmortem.md", "status: done", "status: ready")),
            ["postmortem.md:3 error `status`: `ready` is not the status of a report (draft, done)"]
        );
        assert_eq!(found(sound().without("incident.md")), ["incident.md:1 error there is no incident.md in this folder"]);
        assert!(found(sound().with("id: INC", "<<<<<<< HEAD\nid: INC")).is_empty(), "conflict-markers says it");
    }

    #[test]
    fn a_file_that_is_no_text_is_named_once() {
        let mut folder = sound().without("incident.md").read();
        let broken = BrokenDocument { line: 3, column: 2, message: "not UTF-8 text".to_owned() };
        folder.unreadable = vec![BrokenFile { file: "incident.md".to_owned(), broken }];
        assert_eq!(lines(RULE.id, &check(&folder)), ["incident.md:3 error not UTF-8 text"]);
    }

    #[test]
    fn the_column_is_that_of_the_error() {
        let broken = check(&sound().with("severity: SEV-2", "severity: [").read());
        assert_eq!(broken.len(), 1);
        assert!(broken[0].column.unwrap() > 1 || broken[0].line.unwrap() > 5, "{broken:?}");
    }

    #[test]
    fn a_person_without_an_address_is_a_warning_and_a_commander_an_error() {
        assert_eq!(
            found(sound().with("Sam Reyes <sam@example.org>", "Sam Reyes").with("Ada Byron <ada@example.org>", "Ada Byron")),
            [
                "incident.md:11 error `commander`: Sam Reyes has no e-mail address",
                "incident.md:12 warning `responders`: Ada Byron has no e-mail address"
            ]
        );
    }

    #[test]
    fn unknown_words_and_misspelt_keys_are_named() {
        assert_eq!(
            found(
                sound().with("privacy: none", "privacy: maybe").with("severity:", "severty:").with("cms_process: CMS-77", "weather: fine")
            ),
            [
                "incident.md:17 error `privacy`: `maybe` is none of affected, none, unknown",
                "incident.md:5 warning `severty` is not a key that is read; the nearest is `severity`"
            ]
        );
        assert_eq!(
            found(sound().with("close_reason: resolved", "duplicate_of: 7")),
            ["incident.md:19 error `duplicate_of`: `7` is not an incident id such as INC-K7QFM"]
        );
    }
}
