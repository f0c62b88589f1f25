//! document::json (stub).
