//! store::branch (stub).
