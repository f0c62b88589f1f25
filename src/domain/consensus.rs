//! domain::consensus (stub).
