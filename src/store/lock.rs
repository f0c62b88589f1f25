//! store::lock (stub).
