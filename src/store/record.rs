//! store::record (stub).
