//! PURE. The words of incident response: ids, people, status, events, entries, clocks, findings.
//! Nothing here reads a clock, a file, the environment or a terminal; nothing here knows markdown.

pub mod action_item;
pub mod action_name;
pub mod assignment;
pub mod at_time;
pub mod business_day;
pub mod change;
pub mod clock;
pub mod clock_facts;
pub mod clocks;
pub mod closed_words;
pub mod consensus;
pub mod duration;
pub mod entry;
pub mod entry_kind;
pub mod event;
pub mod event_changes;
pub mod finding;
pub mod head_line;
pub mod incident_id;
pub mod key;
pub mod log_lines;
pub mod nearest;
pub mod person;
pub mod phase;
pub mod question_words;
pub mod reference;
pub mod refusal;
pub mod section;
pub mod severity;
pub mod status;
pub mod text;
pub mod timestamp;
pub mod who;
pub mod wording;
pub mod zone;
