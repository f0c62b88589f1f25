//! document::teams (stub).
