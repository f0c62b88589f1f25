//! The closed list of timeline kinds: the bold word that an entry may begin with.
//! PURE.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::reference::ReferenceKind;
use crate::domain::status::StatusMove;

macro_rules! kinds {
    ($($variant:ident $word:literal),+ $(,)?) => {
        /// What kind of entry a line is. Other bold text is text.
        ///
        /// # Source
        /// Spec §2 "The timeline".
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EntryKind { $(#[doc = concat!("`**", $word, ".**`")] $variant),+ }

        impl EntryKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in bold, in files and JSON.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

kinds! {
    Opened "Opened", Acknowledged "Acknowledged", Paged "Paged", Commander "Commander", Handoff "Handoff",
    Rotation "Rotation", Responder "Responder", Owner "Owner", Update "Update", Phase "Phase", Extent "Extent",
    Mitigated "Mitigated", Resolved "Resolved", Assumption "Assumption", Confirmed "Confirmed", Refuted "Refuted",
    Inquiry "Inquiry", Answer "Answer", ApprovalAsked "Approval asked", Approved "Approved", Declined "Declined",
    CmsProcess "CMS process", Notification "Notification", Cause "Cause", External "External", Fact "Fact",
    AskedToClose "Asked to close", Objection "Objection", Withdrawn "Withdrawn", Overruled "Overruled", Agreed "Agreed",
    Closed "Closed", Reopened "Reopened", Correction "Correction", Void "Void", Redacted "Redacted", Merge "Merge",
    OutageStart "Outage start", OutageEnd "Outage end", IncidentStart "Incident start", IncidentEnd "Incident end",
}

impl EntryKind {
    /// The status move that such an entry records, if any.
    pub fn status_move(self) -> Option<StatusMove> {
        match self {
            Self::Acknowledged => Some(StatusMove::Acknowledge),
            Self::Mitigated => Some(StatusMove::Mitigate),
            Self::Resolved => Some(StatusMove::Resolve),
            Self::Closed => Some(StatusMove::Close),
            Self::Reopened => Some(StatusMove::Reopen),
            _ => None,
        }
    }

    /// True for an entry that answers for a person: typed by hand it is shown and does not count.
    pub fn answers_for_a_person(self) -> bool {
        matches!(self, Self::Agreed | Self::Objection | Self::Withdrawn | Self::Overruled | Self::Approved | Self::Declined)
    }

    /// The command whose entries are of this kind; `log` for those that a person may give an entry of their own.
    pub fn command(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Answer => "answer",
            Self::Assumption => "assume",
            Self::Confirmed => "confirm",
            Self::Refuted => "refute",
            Self::ApprovalAsked => "request-approval",
            Self::Approved => "approve",
            Self::Declined => "decline",
            Self::Objection => "object",
            Self::Withdrawn => "withdraw",
            Self::Overruled => "overrule",
            Self::Phase => "phase",
            Self::Paged => "page",
            _ => "log",
        }
    }

    /// What the reference of such an entry names, for kinds that carry one.
    pub fn reference_kind(self) -> Option<ReferenceKind> {
        match self {
            Self::Inquiry | Self::Answer => Some(ReferenceKind::Inquiry),
            Self::Assumption | Self::Confirmed | Self::Refuted => Some(ReferenceKind::Assumption),
            Self::ApprovalAsked | Self::Approved | Self::Declined => Some(ReferenceKind::Approval),
            Self::Objection | Self::Withdrawn | Self::Overruled => Some(ReferenceKind::Objection),
            _ => None,
        }
    }
}

/// A word that is no kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of timeline entry")]
pub struct NotAKind(pub String);

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for EntryKind {
    type Err = NotAKind;

    /// Reads the word exactly as it is written: a kind is closed, and anything else in bold is text.
    fn from_str(word: &str) -> Result<Self, NotAKind> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word).ok_or_else(|| NotAKind(word.to_owned()))
    }
}

impl Serialize for EntryKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
