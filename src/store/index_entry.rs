//! store::index_entry (stub).
