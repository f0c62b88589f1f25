//! store::paths (stub).
