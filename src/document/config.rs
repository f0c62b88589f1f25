//! document::config (stub).
