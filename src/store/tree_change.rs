//! Files of trees, and how they differ: what a merge is made of.
//! EFFECT layer, but values alone.

use std::sync::Arc;

use git2::Oid;

/// A file as one side has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    /// Its blob.
    pub blob: Oid,
    /// Its mode, as a tree has it.
    pub mode: i32,
}

/// A file that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Relative to the root.
    pub path: String,
    /// In the commit that both come from.
    pub base: Option<Version>,
    /// Here.
    pub ours: Option<Version>,
    /// There.
    pub theirs: Option<Version>,
}

/// What a merge makes of one file of this side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Relative to the root.
    pub path: String,
    /// Here, before; none when it is new.
    pub ours: Option<Version>,
    /// After it; none when it goes.
    pub merged: Option<Version>,
    /// What both versions say, where the merge has read and written them: they are not read again.
    pub texts: Option<Arc<MergedTexts>>,
}

/// A merge by structure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MergedTexts {
    /// This side's.
    pub ours: String,
    /// The other side's.
    pub theirs: String,
    /// Both.
    pub merged: String,
}
