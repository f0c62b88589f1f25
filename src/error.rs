//! error (stub).
