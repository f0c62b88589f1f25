//! store::history (stub).
