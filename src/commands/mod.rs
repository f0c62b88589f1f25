//! commands (stub).
