//! Why two versions of a file are not merged.
//! PURE.

use crate::document::broken::BrokenDocument;
use crate::domain::incident_id::IncidentId;

/// What stands in the way of a merge; nothing else ever does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeObstacle {
    /// One side cannot be read, so it is not known what it says.
    #[error("{path}:{broken}")]
    Broken {
        /// The file, as it was named.
        path: String,
        /// Where and why.
        broken: BrokenDocument,
    },
    /// Two incidents have the same id: there is no common base, and each side was opened by itself.
    #[error("{path} is two different incidents, which two clones gave the same id {id}")]
    TwoIncidents {
        /// The file, as it was named.
        path: String,
        /// The id that both have.
        id: IncidentId,
    },
}
