//! document::report (stub).
