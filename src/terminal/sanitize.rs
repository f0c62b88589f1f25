//! terminal::sanitize (stub).
