//! terminal::ui (stub).
