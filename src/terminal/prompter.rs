//! terminal::prompter (stub).
