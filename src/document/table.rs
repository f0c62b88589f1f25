//! document::table (stub).
