//! document::edit (stub).
