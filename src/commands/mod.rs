//! One file per subcommand: its arguments, whose doc comment is the help, and a short `run`.
//! `session`, `incident_choice`, `words`, `change` and `answer` are the one path that all share: open, choose, decide,
//! record, answer.

pub mod ack;
pub mod agree;
pub mod answer;
pub mod change;
pub mod check;
pub mod close;
pub mod close_rules;
pub mod closing_report;
pub mod correct;
pub mod correction;
pub mod fact;
pub mod fact_value;
pub mod findings;
pub mod incident_choice;
pub mod init;
pub mod log;
pub mod mitigate;
pub mod moves;
pub mod named_entry;
pub mod open;
pub mod opening;
pub mod opening_advice;
pub mod postmortem;
pub mod rca;
pub mod redact;
pub mod reopen;
pub mod report_rules;
pub mod resolve;
pub mod session;
pub mod set;
pub mod update;
pub mod words;
