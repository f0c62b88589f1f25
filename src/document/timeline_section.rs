//! document::timeline_section (stub).
