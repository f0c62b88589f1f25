//! The keys of an incident's front matter, in the order in which a new document lists them.
//! PURE.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::nearest::nearest;

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyShape {
    /// One line of text.
    Text,
    /// An RFC 3339 instant with the document's offset.
    Instant,
    /// A list, one item a line.
    List,
}

macro_rules! keys {
    ($($variant:ident $name:literal $shape:ident $doc:literal),+ $(,)?) => {
        /// A key that the tool knows. Other keys are kept and shown under `extra`.
        ///
        /// # Source
        /// Spec §2 "The front matter".
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key { $(#[doc = $doc] $variant),+ }

        impl Key {
            /// All of them, in document order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The key as it stands in the file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it holds.
            pub fn shape(self) -> KeyShape {
                match self { $(Self::$variant => KeyShape::$shape),+ }
            }
        }
    };
}

keys! {
    Id "id" Text "`INC-K7QFM`; never changes, save when two clones drew the same.",
    Aka "aka" List "Earlier ids.",
    Title "title" Text "One line.",
    Status "status" Text "`open`, `acknowledged`, `mitigated`, `resolved`, `closed`.",
    Severity "severity" Text "`SEV-1` to `SEV-5`.",
    Teams "teams" List "Teams affected.",
    Services "services" List "Services affected.",
    Reporter "reporter" Text "Who reported it, a person.",
    ReportedVia "reported_via" Text "How; the process knows `pagerduty` alone.",
    Pagerduty "pagerduty" Text "PagerDuty reference: id, URL or dedup key.",
    Commander "commander" Text "The incident commander, a person; at most one.",
    Responders "responders" List "Responders, people.",
    BusinessOwners "business_owners" List "Affected business owners, people.",
    Audience "audience" List "Who else gets status updates.",
    Chat "chat" Text "The chat room.",
    Privacy "privacy" Text "`affected`, `none` or `unknown`.",
    CmsProcess "cms_process" Text "Reference of the formal CMS incident response process.",
    Restored "restored" Text "Percent of service restored, 0 to 100.",
    Evidence "evidence" List "Links.",
    CloseReason "close_reason" Text "`resolved`, `duplicate`, `false-alarm` or `transferred`.",
    DuplicateOf "duplicate_of" Text "The incident that this one repeats.",
    Visibility "visibility" Text "Who may see it.",
    Timezone "timezone" Text "IANA name; fixed once there are entries.",
    OutageStartedAt "outage_started_at" Instant "When normal operation ended.",
    DetectedAt "detected_at" Instant "When somebody or something noticed.",
    ReportedAt "reported_at" Instant "When it was reported; the acknowledge clock starts.",
    OpenedAt "opened_at" Instant "When the document was opened.",
    AcknowledgedAt "acknowledged_at" Instant "When the incident was acknowledged: its start.",
    MitigatedAt "mitigated_at" Instant "When the damage was first mitigated in this cycle.",
    ResolvedAt "resolved_at" Instant "When the system was back to normal.",
    OutageEndedAt "outage_ended_at" Instant "When normal operation was back for users.",
    ClosedAt "closed_at" Instant "When the incident was declared over: its end.",
}

/// A name that is no known key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a key of the front matter; the nearest is `{nearest}`")]
pub struct UnknownKey {
    /// What was given.
    pub name: String,
    /// The known key whose name is most alike.
    pub nearest: &'static str,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, UnknownKey> {
        let wanted = name.trim().to_lowercase().replace('-', "_");
        Self::ALL.iter().copied().find(|key| key.name() == wanted).ok_or_else(|| {
            let nearest = nearest(&wanted, Self::ALL.iter().map(|key| key.name())).unwrap_or_default();
            UnknownKey { name: name.to_owned(), nearest }
        })
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
