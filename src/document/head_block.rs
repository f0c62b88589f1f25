//! document::head_block (stub).
