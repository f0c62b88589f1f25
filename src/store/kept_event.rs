//! What a kept entry becomes when it is folded in: its line in the document, and the event that its commit tells of.
//! EFFECT layer, but pure: values and text.

use crate::document::broken::BrokenDocument;
use crate::document::front_matter::FrontMatter;
use crate::document::header::Header;
use crate::document::outline::Outline;
use crate::document::timeline_section::{Timeline, insert};
use crate::domain::entry::Entry;
use crate::domain::event::{Action, Event};
use crate::store::kept_entry::KeptEntry;

/// The document with one more entry at its place.
pub(crate) fn with_entry(text: &str, entry: &Entry) -> Result<String, BrokenDocument> {
    let zone = Header::of_document(text)?.zone();
    let parts = FrontMatter::split(text)?;
    let outline = Outline::read(text, parts.body_start);
    let timeline = Timeline::read(text, &outline, zone, &|_| true);
    Ok(insert(text, &timeline, entry, zone))
}

/// The event that a kept entry records.
pub(crate) fn event_of(kept: &KeptEntry) -> Event {
    let text = kept.entry.text.clone();
    let action = match kept.event.as_str() {
        "update" => Action::Updated { text },
        _ => Action::Logged { kind: kept.entry.kind, text },
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
