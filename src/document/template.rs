//! document::template (stub).
