//! The event that a kept entry records: what its commit tells of when it is folded in.
//! EFFECT layer, but pure: values alone.

use crate::domain::event::{Action, Event};
use crate::store::kept_entry::KeptEntry;

/// The event that a kept entry records.
pub(crate) fn event_of(kept: &KeptEntry) -> Event {
    let text = kept.entry.text.clone();
    let action = match (kept.event.as_str(), kept.entry.kind) {
        ("update", _) => Action::Updated { text },
        ("inquiry" | "object", Some(kind)) => Action::Entered { kind, reference: kept.entry.reference, text },
        (_, kind) => Action::Logged { kind, text },
    };
    Event {
        occurred_at: kept.occurred_at,
        recorded_at: kept.recorded_at,
        by: kept.author.clone(),
        recorded_by: (!kept.author.is_same(&kept.committer)).then(|| kept.committer.clone()),
        evidence: kept.entry.evidence.clone(),
        action,
    }
}
