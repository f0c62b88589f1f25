//! domain::clock (stub).
