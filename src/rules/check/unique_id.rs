//! `unique-id`: an id names one incident, and the folder's name has it.
//! PURE.

use std::collections::BTreeMap;

use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::checked_repository::{CheckedRepository, KnownId, at_file};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unique-id",
    level: Level::Error,
    what: "two incidents have one id, or the id in the folder's name is not the document's",
    source: "Sample Incident Response Document: \"TITLE (incident #ID)\"; format: The folder",
};

/// The folder's id is the document's, or an earlier one of it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header() else { return Vec::new() };
    let also = header.list(Key::Aka).iter().filter_map(|text| text.parse::<IncidentId>().ok());
    if also.chain([header.id()]).any(|id| id == folder.path_id) {
        return Vec::new();
    }
    let message = format!("the document's id is {}, and its folder's name says {}", header.id(), folder.path_id);
    let help = format!("qpp-incident edit {}: set `id` back, or list the other under `aka`", folder.path_id);
    vec![folder.at_key(&RULE, Key::Id, message).with_help(help)]
}

/// No two documents have one id. An earlier id is another's now, where `sync` told two incidents apart.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    let mut documents: BTreeMap<&IncidentId, Vec<&KnownId>> = BTreeMap::new();
    for known in &repository.ids {
        documents.entry(&known.id).or_default().push(known);
    }
    documents
        .values_mut()
        .filter(|with_id| with_id.len() > 1)
        .flat_map(|with_id| {
            with_id.sort();
            with_id.iter().skip(1).map(|known| shared(known, with_id.first().copied())).collect::<Vec<_>>()
        })
        .collect()
}

fn shared(known: &KnownId, first: Option<&KnownId>) -> Finding {
    let other = first.map_or("", |first| first.path.as_str());
    let message = format!("{} is the id of this incident, and is the id of {other}", known.id);
    let help = format!(
        "git log --oneline -- {} {other} shows which was first; give the other a new id by hand, with the old one under `aka`",
        known.path
    );
    Finding { incident: Some(known.id.clone()), ..at_file(&RULE, &known.path, known.line, 1, message).with_help(help) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_folder_with_another_id_is_named_unless_it_was_one() {
        assert!(check(&sound().read()).is_empty());
        let other = sound().with("id: INC-K7QFM", "id: INC-00001");
        assert_eq!(
            lines(RULE.id, &check(&other.read())),
            ["incident.md:2 error the document's id is INC-00001, and its folder's name says INC-K7QFM"]
        );
        assert!(check(&sound().with("id: INC-K7QFM", "id: INC-00001\naka:\n  - INC-K7QFM").read()).is_empty());
    }

    #[test]
    fn two_documents_with_one_id_are_named_once() {
        let known = |id: &str, path: &str| KnownId { id: id.parse().unwrap(), path: path.to_owned(), line: 2 };
        let ids = vec![known("INC-00001", "b/incident.md"), known("INC-00001", "a/incident.md"), known("INC-00002", "c/incident.md")];
        let found = lines(RULE.id, &check_all(&CheckedRepository { ids, ..CheckedRepository::default() }));
        assert_eq!(found, ["incident.md:2 error INC-00001 is the id of this incident, and is the id of a/incident.md"]);
    }
}
