//! domain::refusal (stub).
