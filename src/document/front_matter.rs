//! document::front_matter (stub).
