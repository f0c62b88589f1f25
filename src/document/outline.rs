//! document::outline (stub).
