//! domain::at_time (stub).
