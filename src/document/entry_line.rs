//! document::entry_line (stub).
