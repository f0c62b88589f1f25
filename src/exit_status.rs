//! exit_status (stub).
