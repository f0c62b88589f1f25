//! store::adopt (stub).
