//! document::render (stub).
