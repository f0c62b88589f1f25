//! domain::who (stub).
