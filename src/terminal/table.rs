//! terminal::table (stub).
