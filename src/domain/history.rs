//! A commit of the history and what it did to incident documents, as `verify` reads it.
//! PURE: values. `store::history_walk` fills them one at a time: fifty thousand do not fit in memory together.

use std::sync::Arc;

use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;

/// A document as one commit has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its full hex name in git: equal names are equal bytes.
    pub id: String,
    /// Its text; what is no UTF-8 is replaced.
    pub text: String,
}

/// An incident document that is another in a commit than in one of its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentChange {
    /// The document, relative to the root.
    pub path: String,
    /// Which parent it is compared with, counted from 0; 0 too in the first commit, which has none.
    pub parent: usize,
    /// What the parent has; none where it has no such document.
    pub old: Option<Arc<Blob>>,
    /// What the commit has; none where it has no such document.
    pub new: Option<Arc<Blob>>,
}

/// One commit, compared with each of its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRecord {
    /// The full hex name.
    pub id: String,
    /// The names of its parents, in order.
    pub parents: Vec<String>,
    /// Who acted.
    pub author: Person,
    /// When that was recorded.
    pub authored_at: Timestamp,
    /// Who typed.
    pub committer: Person,
    /// When the commit was made.
    pub committed_at: Timestamp,
    /// The whole message.
    pub message: String,
    /// True when it carries a signature, good or bad.
    pub is_signed: bool,
    /// True where a shallow clone cuts its parents off: what it changed is not known.
    pub is_cut_off: bool,
    /// The incident documents that it has otherwise than a parent.
    pub changes: Vec<DocumentChange>,
}

/// What git says of a commit's signature.
///
/// # Source
/// git-log(1), `%G?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureState {
    /// Good; also one whose key has expired since.
    Good,
    /// Good, and nothing says whose key it is.
    Untrusted,
    /// It does not fit the commit, or its key was revoked.
    Bad,
    /// It cannot be checked here: the key is missing, or git does not know who may sign.
    Unchecked,
    /// There is none.
    Missing,
}
