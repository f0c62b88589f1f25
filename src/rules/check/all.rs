//! All rules of `check`, in the order of `docs/checks.md`, and how they are applied.
//! PURE. The settings may give a rule another level or switch it off.

use crate::document::config::Config;
use crate::domain::finding::Finding;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::checked_repository::CheckedRepository;
use crate::rules::check::rule::Rule;
use crate::rules::check::{
    action_item, by_hand_event, cause_early, changeover_broadcast, cms_process_missing, commander_missing, commander_responds, config,
    conflict_markers, day_heading, detection_empty, detection_kind, document_gap, entry_order, entry_unread, extent_empty, front_matter,
    impact_number, instants_order, kept_entries, late_acknowledgement, late_answer, live_link, merge_unsettled, not_pushed,
    open_assumption, open_versions, outage_times, pagerduty_missing, phase_early, postmortem_draft, postmortem_missing, prevention_missing,
    privacy_notification, rca_late, rca_missing, rca_parts, rca_personal_data, report_incident, single_responder, status_timeline,
    summary_empty, summary_length, team_unreachable, teams, unique_id, unproven_action,
};

/// A rule over one incident.
pub type FolderRule = (&'static Rule, fn(&CheckedFolder) -> Vec<Finding>);

/// A rule over the repository.
pub type RepositoryRule = (&'static Rule, fn(&CheckedRepository) -> Vec<Finding>);

/// The rules over one incident.
pub const FOLDER_RULES: &[FolderRule] = &[
    (&front_matter::RULE, front_matter::check),
    (&conflict_markers::RULE, conflict_markers::check),
    (&unique_id::RULE, unique_id::check),
    (&status_timeline::RULE, status_timeline::check),
    (&by_hand_event::RULE, by_hand_event::check),
    (&merge_unsettled::RULE, merge_unsettled::check),
    (&open_versions::RULE, open_versions::check),
    (&instants_order::RULE, instants_order::check),
    (&outage_times::RULE, outage_times::check),
    (&entry_order::RULE, entry_order::check),
    (&entry_unread::RULE, entry_unread::check),
    (&day_heading::RULE, day_heading::check),
    (&kept_entries::RULE, kept_entries::check),
    (&pagerduty_missing::RULE, pagerduty_missing::check),
    (&team_unreachable::RULE, team_unreachable::check),
    (&late_acknowledgement::RULE, late_acknowledgement::check),
    (&single_responder::RULE, single_responder::check),
    (&commander_missing::RULE, commander_missing::check),
    (&commander_responds::RULE, commander_responds::check),
    (&changeover_broadcast::RULE, changeover_broadcast::check),
    (&phase_early::RULE, phase_early::check),
    (&document_gap::RULE, document_gap::check),
    (&late_answer::RULE, late_answer::check),
    (&summary_empty::RULE, summary_empty::check),
    (&summary_length::RULE, summary_length::check),
    (&impact_number::RULE, impact_number::check),
    (&detection_empty::RULE, detection_empty::check),
    (&detection_kind::RULE, detection_kind::check),
    (&extent_empty::RULE, extent_empty::check),
    (&open_assumption::RULE, open_assumption::check),
    (&unproven_action::RULE, unproven_action::check),
    (&cause_early::RULE, cause_early::check),
    (&cms_process_missing::RULE, cms_process_missing::check),
    (&privacy_notification::RULE, privacy_notification::check),
    (&postmortem_missing::RULE, postmortem_missing::check),
    (&postmortem_draft::RULE, postmortem_draft::check),
    (&report_incident::RULE, report_incident::check),
    (&action_item::RULE, action_item::check),
    (&prevention_missing::RULE, prevention_missing::check),
    (&rca_missing::RULE, rca_missing::check),
    (&rca_late::RULE, rca_late::check),
    (&rca_parts::RULE, rca_parts::check),
    (&rca_personal_data::RULE, rca_personal_data::check),
];

/// The rules over the repository.
pub const REPOSITORY_RULES: &[RepositoryRule] = &[
    (&unique_id::RULE, unique_id::check_all),
    (&kept_entries::RULE, kept_entries::check_all),
    (&config::RULE, config::check_all),
    (&teams::RULE, teams::check_all),
    (&teams::STALE, teams::check_age),
    (&live_link::RULE, live_link::check_all),
    (&not_pushed::RULE, not_pushed::check_all),
];

/// Every rule once, those over one incident first.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for rule in FOLDER_RULES.iter().map(|(rule, _)| *rule).chain(REPOSITORY_RULES.iter().map(|(rule, _)| *rule)) {
        if !rules.iter().any(|known| known.id == rule.id) {
            rules.push(rule);
        }
    }
    rules
}

/// What all rules find in one incident, sorted.
pub fn check_folder(folder: &CheckedFolder) -> Vec<Finding> {
    let found = FOLDER_RULES.iter().flat_map(|(_, check)| check(folder));
    leveled(found, &folder.around.config)
}

/// What all rules find in the repository, sorted.
pub fn check_repository(repository: &CheckedRepository, config: &Config) -> Vec<Finding> {
    let found = REPOSITORY_RULES.iter().flat_map(|(_, check)| check(repository));
    leveled(found, config)
}

fn leveled(found: impl Iterator<Item = Finding>, config: &Config) -> Vec<Finding> {
    let leveled = found.filter_map(|finding| {
        let level = config.check_level(finding.rule, finding.level)?;
        Some(finding.at_level(level))
    });
    let mut found: Vec<Finding> = leveled.collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::check::sample::{running, sound};

    #[test]
    fn a_sound_incident_has_no_finding() {
        assert_eq!(check_folder(&sound().read()), []);
        assert_eq!(check_folder(&running("00:15:00").read()), []);
    }

    #[test]
    fn the_page_lists_every_rule_as_it_is() {
        let page = include_str!("../../../docs/checks.md");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let wanted: Vec<String> = rules().into_iter().map(Rule::row).collect();
        assert_eq!(rows, wanted, "docs/checks.md should hold:\n{}", wanted.join("\n"));
    }

    #[test]
    fn settings_change_a_level_or_switch_a_rule_off() {
        let sample = || sound().without("postmortem.md").without_key("pagerduty");
        let of = |config: &str| {
            let found = check_folder(&sample().with_config(config).read());
            found.iter().map(|finding| format!("{} {}", finding.rule, finding.level)).collect::<Vec<_>>()
        };
        assert_eq!(of(""), ["pagerduty-missing error", "postmortem-missing error"]);
        assert_eq!(of("check:\n  pagerduty-missing: off\n  postmortem-missing: advice\n"), ["postmortem-missing advice"]);
    }

    #[test]
    fn a_finding_has_the_name_of_the_rule_that_made_it() {
        let broken = sound().without("incident.md").read();
        for (rule, check) in FOLDER_RULES {
            assert!(check(&broken).iter().all(|finding| finding.rule == rule.id), "{}", rule.id);
        }
    }
}
