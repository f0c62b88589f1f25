//! document::commit_message (stub).
