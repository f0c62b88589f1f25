//! document::header_edit (stub).
