//! terminal::pager (stub).
