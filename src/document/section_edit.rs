//! document::section_edit (stub).
