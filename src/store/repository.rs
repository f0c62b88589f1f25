//! store::repository (stub).
