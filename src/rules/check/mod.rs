//! The rules of `check` (stub).
