//! `qpp-incident`: the CMS QPP Incident Management Process as a command-line tool over a git-backed markdown store.
//!
//! # The map
//!
//! ```text
//! src/main.rs         — the real world into a Context, one run, one exit status
//! src/bin/            — `qi`, the short name of the same program
//! src/cli.rs          — the top-level arguments, the global options, the dispatch
//! src/commands/       — one file a subcommand: its arguments (the doc comment is the help) and its run
//! src/context.rs      — clock, environment, identity and terminal, built once; nobody else asks for them
//! src/error.rs        — every error as message, cause, hint and exit status
//! src/exit_status.rs  — each exit status, said once
//! src/terminal/       — EFFECT: standard input, output and error; prompts, tables, editor, pager
//! src/store/          — EFFECT: the repository and its files; lock, record, kept entries, history
//! src/rules/          — PURE: documents to findings, one rule a file
//! src/document/       — PURE: markdown text to domain values and back, fewest bytes changed
//! src/domain/         — PURE: the words of incident response; no markdown, no clock, no file
//! ```
//!
//! # Who may use whom
//!
//! `domain <- document <- {rules, store}`, `terminal` over domain and document; `context` and `error` over all of these, then
//! `commands <- cli <- main`. `rules`, `store` and `terminal` never see each other: `commands` passes values between them.
//! No two files use each other. A test reads `src/` and this page and holds both to it (`tests/suite/layering.rs`).
//!
//! # What always holds
//!
//! 1. One command is one decision, one edit, one commit. The decision is pure, the edit is text in and text out, the commit is the only
//!    effect; it comes last or not at all.
//! 2. An [`domain::event::Event`] is the unit: the same value gives the front matter, the timeline line and the commit message.
//! 3. The user's bytes are sacred: a command changes the bytes of what it changes and no others.
//! 4. A decision is asked again on fresh text whenever the branch has moved; an old one is never applied to a new text.
//! 5. Nothing blocks a responder: what cannot be committed now is kept, and folded in by the next command that can.

pub mod cli;
pub mod commands;
pub mod context;
pub mod document;
pub mod domain;
pub mod error;
pub mod exit_status;
pub mod rules;
pub mod store;
pub mod terminal;
