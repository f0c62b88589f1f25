//! PURE. Markdown text to domain values and back: front matter, timeline, tables, templates, commit messages.
//! Text in, text out: no file, no clock. May use `domain` only.

pub mod broken;
pub mod cell;
pub mod commit_message;
pub mod config;
pub mod decision;
pub mod edit;
pub mod edit_gate;
pub mod entry_line;
pub mod entry_name;
pub mod escape;
pub mod field;
pub mod folder;
pub mod front_matter;
pub mod head_block;
pub mod header;
pub mod header_edit;
pub mod incident_document;
pub mod inert;
pub mod json;
pub mod outline;
pub mod render;
pub mod report;
pub mod report_header;
pub mod section_edit;
pub mod setting;
pub mod status_update;
pub mod table;
pub mod teams;
pub mod template;
pub mod template_fields;
pub mod timeline_section;
pub mod yaml_layout;
pub mod yaml_scalar;
pub mod yaml_splice;
