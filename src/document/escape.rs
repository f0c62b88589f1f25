//! document::escape (stub).
