//! What was asked, claimed or objected in the timeline, each with what answered it: by reference.
//! PURE: read from the standing entries.

use crate::document::incident_document::IncidentDocument;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::reference::{Reference, ReferenceKind};

/// An inquiry, an assumption, an approval that was asked for, or an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Its reference.
    pub reference: Reference,
    /// The entry that raised it.
    pub entry: Entry,
    /// That entry's line in the document.
    pub line: usize,
    /// The entries that answer it, in the order of the document.
    pub answers: Vec<Entry>,
}

impl Raised {
    /// The latest answer.
    pub fn answer(&self) -> Option<&Entry> {
        self.answers.last()
    }

    /// True while nothing answers it.
    pub fn is_open(&self) -> bool {
        self.answers.is_empty()
    }

    /// Where it stands, in one word.
    pub fn state(&self) -> &'static str {
        match (self.reference.kind, self.answer().and_then(|answer| answer.kind)) {
            (_, Some(EntryKind::Confirmed)) => "confirmed",
            (_, Some(EntryKind::Refuted)) => "refuted",
            (_, Some(EntryKind::Approved)) => "approved",
            (_, Some(EntryKind::Declined)) => "declined",
            (_, Some(EntryKind::Withdrawn)) => "withdrawn",
            (_, Some(EntryKind::Overruled)) => "overruled",
            (_, Some(_)) => "answered",
            (ReferenceKind::Objection, None) => "standing",
            (ReferenceKind::Approval, None) => "waiting",
            (_, None) => "open",
        }
    }
}

/// Whether entries of a kind raise something, rather than answer it.
fn raises(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Inquiry | EntryKind::Assumption | EntryKind::ApprovalAsked | EntryKind::Objection)
}

/// Everything of a kind that was raised, in the order of the document. Without a reference it could never be answered, and is left out.
pub fn raised(document: &IncidentDocument, wanted: ReferenceKind) -> Vec<Raised> {
    let mut found: Vec<Raised> = Vec::new();
    let of_kind = |entry: &Entry| entry.kind.filter(|kind| kind.reference_kind() == Some(wanted));
    let standing: Vec<_> = document.timeline().standing().filter(|found| of_kind(&found.entry).is_some()).collect();
    for place in standing.iter().filter(|place| of_kind(&place.entry).is_some_and(raises)) {
        let Some(reference) = place.entry.reference else { continue };
        if !found.iter().any(|other| other.reference == reference) {
            found.push(Raised { reference, entry: place.entry.clone(), line: place.line, answers: Vec::new() });
        }
    }
    for place in standing.iter().filter(|place| of_kind(&place.entry).is_some_and(|kind| !raises(kind))) {
        if let Some(raised) = found.iter_mut().find(|raised| Some(raised.reference) == place.entry.reference) {
            raised.answers.push(place.entry.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_has_its_answers_and_a_state() {
        let entries = concat!(
            "- 01:00 EST: **Inquiry Q7F.** Is mail affected?\n- 01:01 EST: **Assumption S2M.** The pool.\n",
            "- 01:02 EST: **Approval asked P4X.** Deploy.\n- 01:03 EST: **Objection O3K.** No.\n- 01:03 EST: **Objection.** No reference.\n",
            "- 01:04 EST: **Confirmed S2M.** Seen.\n- 01:05 EST: **Refuted S2M.** Not so.\n- 01:06 EST: **Answer QZZ.** To nothing.\n",
            "- 01:07 EST: **Answer Q7F.** Void soon.\n- 01:08 EST: **Void.** 2026-11-23 01:07 EST \"Void soon.\": x\n",
        );
        let text = format!("---\nid: INC-K7QFM\ntitle: x\nstatus: acknowledged\n---\n# x\n\n## Timeline\n\n### 2026-11-23\n\n{entries}");
        let document = IncidentDocument::parse(&text).unwrap();
        let states = |kind: ReferenceKind| -> Vec<String> {
            raised(&document, kind)
                .iter()
                .map(|raised| format!("{} {} {}", raised.reference, raised.state(), raised.answers.len()))
                .collect()
        };
        assert_eq!(states(ReferenceKind::Inquiry), ["Q7F open 0"]);
        assert_eq!(states(ReferenceKind::Assumption), ["S2M refuted 2"]);
        assert_eq!(states(ReferenceKind::Approval), ["P4X waiting 0"]);
        assert_eq!(states(ReferenceKind::Objection), ["O3K standing 0"]);
        assert!(raised(&document, ReferenceKind::ActionItem).is_empty());
    }
}
