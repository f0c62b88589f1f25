//! store::files (stub).
