//! domain::duration (stub).
