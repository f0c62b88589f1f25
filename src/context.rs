//! context (stub).

#![allow(clippy::disallowed_methods, reason = "the home of the clock and of the environment")]
