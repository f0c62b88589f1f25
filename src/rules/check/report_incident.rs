//! `report-incident`: a report is about the incident in whose folder it lies.
//! PURE.

use crate::document::header::Header;
use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "report-incident",
    level: Level::Error,
    what: "`postmortem.md` or `rca.md` names another incident than the one in whose folder it lies",
    source: "\"After the incident is declared closed, the response team must write a post mortem document\"; format: The folder",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header() else { return Vec::new() };
    let reports = folder.postmortem.iter().chain(&folder.rca);
    let sound = reports.filter_map(|report| report.header.as_ref().ok().map(|read| (report.file, &read.incident)));
    let others = sound.filter(|(_, incident)| !is_ours(header, incident));
    others
        .map(|(file, incident)| {
            let line = folder.texts.get(file).and_then(|text| text.lines().position(|line| line.starts_with("incident:")));
            let message = format!("the report is about {incident}, and lies in the folder of {}", header.id());
            let help = format!("set `incident: {}` in {}/{file}, or move the file", header.id(), folder.path);
            folder.finding(&RULE, file, line.map_or(1, |at| at + 1), message).with_help(help)
        })
        .collect()
}

fn is_ours(header: &Header, incident: &IncidentId) -> bool {
    header.id() == *incident || header.list(Key::Aka).iter().any(|text| text.parse() == Ok(incident.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_report_of_another_incident_is_named() {
        let sample = sound().with_in("rca.md", "INC-K7QFM", "INC-00001");
        assert_eq!(
            lines(RULE.id, &check(&sample.read())),
            ["rca.md:2 error the report is about INC-00001, and lies in the folder of INC-K7QFM"]
        );
        assert!(check(&sample_with_aka().read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }

    fn sample_with_aka() -> crate::rules::check::sample::Sample {
        sound().with_in("rca.md", "INC-K7QFM", "INC-00001").with("title:", "aka:\n  - INC-00001\ntitle:")
    }
}
