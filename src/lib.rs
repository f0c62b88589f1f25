//! `qpp-incident`: the CMS QPP Incident Management Process as a command-line tool over a git-backed markdown store.

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
