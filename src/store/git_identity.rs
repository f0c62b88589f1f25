//! store::git_identity (stub).
