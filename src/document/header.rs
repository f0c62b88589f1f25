//! document::header (stub).
