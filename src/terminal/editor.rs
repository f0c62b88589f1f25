//! terminal::editor (stub).
