//! The parts of the process's Sample Incident Response Document, by the word that `set` takes.
//! PURE.

use std::fmt;
use std::str::FromStr;

macro_rules! sections {
    ($($variant:ident $word:literal $level:literal $heading:literal),+ $(,)?) => {
        /// A prose part of the incident document and of the postmortem.
        ///
        /// # Source
        /// The process, appendix "Sample Incident Response Document".
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Section { $(#[doc = concat!("`", $heading, "`")] $variant),+ }

        impl Section {
            /// All of them, in the sample's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of `set` and of `sections` in JSON.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The heading's text.
            pub fn heading(self) -> &'static str {
                match self { $(Self::$variant => $heading),+ }
            }

            /// The heading's level.
            pub fn level(self) -> u8 {
                match self { $(Self::$variant => $level),+ }
            }
        }
    };
}

sections! {
    Summary "summary" 2 "Summary",
    Impact "impact" 2 "Impact",
    Extent "extent" 3 "Extent of the damage",
    RootCauses "root_causes" 2 "Root Causes",
    Trigger "trigger" 2 "Trigger",
    Resolution "resolution" 2 "Resolution",
    Detection "detection" 2 "Detection",
    WentWell "went_well" 3 "What went well",
    WentWrong "went_wrong" 3 "What went wrong",
    GotLucky "got_lucky" 3 "Where we got lucky",
}

impl Section {
    /// The heading that it stands under, for those of level 3.
    pub fn parent(self) -> Option<&'static str> {
        match self {
            Self::Extent => Some("Impact"),
            Self::WentWell | Self::WentWrong | Self::GotLucky => Some("Lessons Learned"),
            _ => None,
        }
    }
}

/// A word that names no section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a section")]
pub struct NotASection(pub String);

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Section {
    type Err = NotASection;

    fn from_str(word: &str) -> Result<Self, NotASection> {
        let wanted = word.trim().to_lowercase().replace(['-', ' '], "_");
        let named = |section: &Self| section.word() == wanted || section.heading().to_lowercase().replace(' ', "_") == wanted;
        Self::ALL.iter().copied().find(named).ok_or_else(|| NotASection(word.to_owned()))
    }
}
