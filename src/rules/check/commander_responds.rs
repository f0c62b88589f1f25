//! `commander-responds`: the incident commander manages the response and has no hands in it.
//! PURE. Only while the incident is open: afterwards nobody can be relieved.

use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "commander-responds",
    level: Level::Advice,
    what: "the incident commander of an incident that is not closed is a hands-on responder too",
    source: "\"Can devote their entire time and attention to managing the response and managing external entities\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header().filter(|_| !folder.is(Status::Closed)) else { return Vec::new() };
    let commander = header.person(Key::Commander);
    let both = commander.filter(|commander| header.people(Key::Responders).iter().any(|person| person.is_same(commander)));
    let finding = |person: crate::domain::person::Person| {
        let message = format!("{} commands the incident and is a responder too", person.name);
        let id = folder.id();
        let help = format!("qpp-incident responder remove {id} WHO, or qpp-incident assign-ic {id} WHO --brief TEXT");
        folder.at_key(&RULE, Key::Commander, message).with_help(help)
    };
    both.map(finding).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    const RESPONDERS: &str = "responders:\n";
    const WITH_SAM: &str = "responders:\n  - Sam Reyes <sam@example.org>\n";

    #[test]
    fn a_commander_who_responds_is_advice() {
        let found = lines(RULE.id, &check(&running("00:15:00").with(RESPONDERS, WITH_SAM).read()));
        assert_eq!(found, ["incident.md:11 advice Sam Reyes commands the incident and is a responder too"]);
    }

    #[test]
    fn one_who_does_not_and_a_closed_incident_pass() {
        assert!(check(&running("00:15:00").read()).is_empty());
        assert!(check(&sound().with(RESPONDERS, WITH_SAM).read()).is_empty());
    }
}
