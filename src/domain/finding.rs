//! domain::finding (stub).
