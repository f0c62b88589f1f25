//! The rules of `lint`: does the prose follow "How to write a good postmortem". One rule a file, over one `Prose`; word lists are
//! data files in `data/`.
//! PURE. A rule reads words and knows no other rule; `all` lists them.

pub mod all;
pub mod blame_hindsight;
pub mod blame_judgment;
pub mod blame_person;
pub mod block;
pub mod casual_emoji;
pub mod casual_exclamation;
pub mod casual_word;
pub mod complete_gap;
pub mod complete_marks;
pub mod complete_order;
pub mod complete_placeholder;
pub mod complete_section;
pub mod connect_action_link;
pub mod connect_cause_words;
pub mod connect_dangling;
pub mod directive;

pub mod known;
pub mod lint_finding;
pub mod linted_text;
pub mod passive_aux;
pub mod person_first;
pub mod person_subject;
pub mod precise_hedge;
pub mod precise_intensifier;
pub mod precise_quantity;
pub mod prose;
pub mod reading_level;
pub mod record_differs;
pub mod report_shape;
pub mod report_time;
pub mod report_timeline;
pub mod rule;
pub mod section_kind;
pub mod section_reader;
pub mod sentence;
pub mod simple_hard_sentence;
pub mod simple_reading_level;
pub mod simple_word;
pub mod spared;
pub mod suppression;
pub mod syllables;
pub mod voice_passive;
pub mod word;
pub mod word_end;
pub mod word_list;
pub mod words;
