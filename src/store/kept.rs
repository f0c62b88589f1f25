//! store::kept (stub).
