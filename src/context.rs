//! context (stub).
