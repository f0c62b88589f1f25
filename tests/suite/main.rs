//! One test binary: the harness, the repository's rules, the tours and a file for each command.
//! A name is a sentence; a test must be able to fail; nothing sleeps and nothing reaches the network.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    clippy::needless_raw_string_hashes,
    clippy::print_stderr,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a test ends in a panic, and looks at the real world"
)]

mod ack;
mod action;
mod approval;
mod assign_ic;
mod assume;
mod audit_trail;
mod backends;
mod bad_input;
mod check;
mod ci_recipes;
mod close;
mod cms_process;
mod completions;
mod concurrency;
mod correct;
mod crash;
mod edit;
mod faults;
mod finding_formats;
mod harness;
mod harness_self_test;
mod hooks;
mod house_rules;
mod incident_rule;
mod init;
mod injection;
mod inquiry;
mod layering;
mod lint;
mod lint_labels;
mod lint_shapes;
mod list;
mod log;
mod log_many;
mod merge_driver;
mod merge_properties;
mod object;
mod open;
mod page;
mod people;
mod phase;
mod postmortem;
mod process;
mod push;
mod rca;
mod redact;
mod repair;
mod report;
mod repositories;
mod rotate;
mod schemas;
mod set;
mod show;
mod signing;
mod status;
mod sync;
mod teams;
mod time_rule;
mod timeline;
mod tours;
mod triage;
mod turns;
mod update;
mod verify;
mod watch;
mod who_rule;
mod write_paths;
