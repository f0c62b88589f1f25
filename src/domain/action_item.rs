//! domain::action_item (stub).
