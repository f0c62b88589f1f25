//! What a merge gives.
//! PURE.

/// A merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The lines of both sides, ending in LF.
    pub text: String,
    /// Whether hands had changed what no command changes: such a merge may need another round.
    pub by_hand: bool,
}
