//! Another id for an incident that had the same one as another: in its documents, their headings, and as an entry that says so.
//! PURE: texts in, texts out. Which incident gets it is decided by `sync`.

use crate::document::decision::Decision;
use crate::document::edit::{EditError, apply};
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::header_edit::edit_report;
use crate::domain::event::{Action, Event};

/// The documents of a folder as the renumbering of `event` leaves them.
///
/// # Errors
/// A document cannot be edited surgically.
pub fn renumber(folder: &Folder, event: &Event) -> Result<Decision, EditError> {
    let mut files = vec![(INCIDENT_FILE.to_owned(), apply(&folder.incident, std::slice::from_ref(event))?)];
    if let Action::Renumbered { old, new } = &event.action {
        for name in [POSTMORTEM_FILE, RCA_FILE] {
            let Some(text) = folder.text_of(name) else { continue };
            let edited = edit_report(text, &[("incident", Some(new.to_string().as_str()))])?;
            files.push((name.to_owned(), with_heading(&edited, &old.to_string(), &new.to_string())));
        }
    }
    Ok(Decision { files, events: vec![event.clone()], ..Decision::default() })
}

/// The first heading that names the old id names the new one.
fn with_heading(text: &str, old: &str, new: &str) -> String {
    let mark = format!("(incident #{old})");
    let mut done = false;
    let mut line = |line: &str| {
        let is_it = !done && line.starts_with("# ") && line.contains(&mark);
        done |= is_it;
        if is_it { line.replace(&mark, &format!("(incident #{new})")) } else { line.to_owned() }
    };
    text.split_inclusive('\n').map(&mut line).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::domain::person::Person;

    const INCIDENT: &str = "---\nid: INC-K7QFM\ntitle: Errors # as reported\nstatus: open\n---\n# Errors (incident #INC-K7QFM)\n\n**Status:** open\n\n## Timeline\n\n### 2026-11-22\n\n- 23:50 EST: **Opened.** Errors. — Jeff Lee\n";
    const RCA: &str =
        "---\nincident: INC-K7QFM\nstatus: draft\n---\n# Root cause analysis: Errors (incident #INC-K7QFM)\n\nINC-K7QFM is quoted.\n";

    #[test]
    fn the_new_id_stands_in_every_document_and_the_old_one_as_aka_and_in_an_entry() {
        let texts = [(INCIDENT_FILE, INCIDENT), (RCA_FILE, RCA)].map(|(name, text)| (name.to_owned(), text.to_owned()));
        let folder = Folder::parse("incidents/2026-11/22-k7qfm-errors", &texts.into()).unwrap();
        let at = "2026-11-23T05:00:00Z".parse().unwrap();
        let event = Event {
            occurred_at: at,
            recorded_at: at,
            by: Person::new("Grace Hopper", Some("grace@example.org")),
            recorded_by: None,
            evidence: Vec::new(),
            action: Action::Renumbered { old: "INC-K7QFM".parse().unwrap(), new: "INC-AAAAA".parse().unwrap() },
        };
        let files = renumber(&folder, &event).unwrap().files;
        let incident = &files[0].1;
        assert!(incident.contains("id: INC-AAAAA\naka:\n  - INC-K7QFM\ntitle: Errors # as reported\n"), "{incident}");
        assert!(incident.contains("# Errors (incident #INC-AAAAA)\n"), "{incident}");
        assert!(incident.contains("- 00:00 EST: **Fact.** id: INC-K7QFM → INC-AAAAA. Another clone"), "{incident}");
        assert_eq!(
            files[1],
            (RCA_FILE.to_owned(), RCA.replace("incident: INC-K7QFM", "incident: INC-AAAAA").replace("#INC-K7QFM", "#INC-AAAAA"))
        );
    }
}
