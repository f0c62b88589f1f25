//! The rules of `check`: is the record complete and on time. One rule a file, over one `CheckedFolder` or `CheckedRepository`.
//! PURE. A rule reads documents and facts, returns findings, and knows no other rule; `all` lists them.

pub mod action_item;
pub mod all;
#[cfg(test)]
mod any_input;
pub mod by_hand_event;
pub mod cause_early;
pub mod changeover_broadcast;
pub mod checked_folder;
pub mod checked_repository;
pub mod cms_process_missing;
pub mod commander_missing;
pub mod commander_responds;
pub mod config;
pub mod conflict_markers;
pub mod day_heading;
pub mod detection_empty;
pub mod detection_kind;
pub mod document_gap;
pub mod entry_order;
pub mod entry_unread;
pub mod extent_empty;
pub mod front_matter;
pub mod impact_number;
pub mod instants_order;
pub mod kept_entries;
pub mod late_acknowledgement;
pub mod late_answer;
pub mod live_link;
pub mod merge_unsettled;
pub mod moved;
pub mod not_pushed;
pub mod open_assumption;
pub mod open_versions;
pub mod outage_times;
pub mod pagerduty_missing;
pub mod phase_early;
pub mod postmortem_draft;
pub mod postmortem_missing;
pub mod prevention_missing;
pub mod privacy_notification;
pub mod rca_late;
pub mod rca_missing;
pub mod rca_parts;
pub mod rca_personal_data;
pub mod report_incident;
pub mod rule;
#[cfg(test)]
mod sample;
pub mod single_responder;
pub mod status_timeline;
pub mod summary_empty;
pub mod summary_length;
pub mod team_unreachable;
pub mod teams;
pub mod unique_id;
pub mod unproven_action;
