//! store::hand_edits (stub).
