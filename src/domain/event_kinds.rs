//! Which kinds of entry each event may have: what `Event:` in a commit message says of the entry that it attests.
//! PURE.

use crate::domain::entry_kind::EntryKind::{
    self, Acknowledged, Agreed, Answer, ApprovalAsked, Approved, AskedToClose, Assumption, Cause, Closed, CmsProcess, Commander, Confirmed,
    Correction, Declined, Extent, External, Fact, Handoff, Inquiry, Merge, Mitigated, Notification, Objection, Opened, Overruled, Owner,
    Paged, Phase, Redacted, Refuted, Reopened, Resolved, Responder, Rotation, Update, Void, Withdrawn,
};

/// The event of a merge, which `sync` writes and no command.
pub const MERGE: &str = "merge";

/// The kinds that an entry of this event may have, `None` for an entry without a kind; nothing for an event that is not known, such as
/// one of a later version.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{entry_kind::EntryKind, event_kinds::kinds_of};
/// assert_eq!(kinds_of("ack"), Some(&[Some(EntryKind::Acknowledged)][..]));
/// assert_eq!(kinds_of("triage"), Some(&[None][..]));
/// assert_eq!(kinds_of("coffee"), None);
/// ```
pub fn kinds_of(event_name: &str) -> Option<&'static [Option<EntryKind>]> {
    Some(match event_name {
        "open" => &[Some(Opened)],
        "ack" => &[Some(Acknowledged)],
        "page" => &[Some(Paged)],
        "assign-ic" => &[Some(Commander), Some(Handoff)],
        "responder-add" | "responder-remove" => &[Some(Responder)],
        "owner-add" | "owner-remove" => &[Some(Owner)],
        "log" => &[None, Some(Notification), Some(Cause), Some(External)],
        "inquiry" => &[Some(Inquiry)],
        "answer" => &[Some(Answer)],
        "assume" => &[Some(Assumption)],
        "confirm" => &[Some(Confirmed)],
        "refute" => &[Some(Refuted)],
        "request-approval" => &[Some(ApprovalAsked)],
        "approve" => &[Some(Approved)],
        "decline" => &[Some(Declined)],
        "object" => &[Some(Objection)],
        "withdraw" => &[Some(Withdrawn)],
        "overrule" => &[Some(Overruled)],
        "phase" => &[Some(Phase)],
        "extent" => &[Some(Extent)],
        "rotate" => &[Some(Rotation)],
        "cms-process" => &[Some(CmsProcess)],
        "update" => &[Some(Update)],
        "mitigate" => &[Some(Mitigated)],
        "resolve" => &[Some(Resolved)],
        "close-ask" => &[Some(AskedToClose)],
        "agree" => &[Some(Agreed)],
        "close" => &[Some(Closed)],
        "reopen" => &[Some(Reopened)],
        "set" | "renumber" => &[Some(Fact)],
        "correct" => &[Some(Correction), Some(Void)],
        "redact" => &[Some(Redacted)],
        MERGE => &[Some(Merge)],
        "triage" | "postmortem" | "postmortem-done" | "rca" | "rca-done" | "action-add" | "action-done" | "action-link" => &[None],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::domain::event::{Action, CloseReason, Correction as Corrects, Event, Role};
    use crate::domain::incident_id::IncidentId;
    use crate::domain::key::Key;
    use crate::domain::person::Person;
    use crate::domain::reference::Reference;

    /// The place of an action in `samples`. No arm for the rest: who adds an action is told here, and adds a sample and its kinds.
    fn place(action: &Action) -> usize {
        match action {
            Action::Opened { .. } => 0,
            Action::Acknowledged => 1,
            Action::CommanderAssigned { .. } => 2,
            Action::HandedOff { .. } => 3,
            Action::PersonAdded { .. } => 4,
            Action::PersonRemoved { .. } => 5,
            Action::Logged { .. } => 6,
            Action::ExtentFound { .. } => 7,
            Action::Triaged { .. } => 8,
            Action::Rotated { .. } => 9,
            Action::CmsProcessStarted { .. } => 10,
            Action::Updated { .. } => 11,
            Action::Mitigated { .. } => 12,
            Action::Resolved { .. } => 13,
            Action::AskedToClose { .. } => 14,
            Action::Agreed { .. } => 15,
            Action::Closed { .. } => 16,
            Action::Reopened { .. } => 17,
            Action::FactSet { .. } => 18,
            Action::SectionWritten { .. } => 19,
            Action::Corrected { .. } => 20,
            Action::Redacted { .. } => 21,
            Action::ReportWritten { .. } => 22,
            Action::ReportDone { .. } => 23,
            Action::Renumbered { .. } => 24,
            Action::ActionItemAdded { .. } => 25,
            Action::ActionItemDone { .. } => 26,
            Action::ActionItemLinked { .. } => 27,
            Action::Entered { .. } => 28,
        }
    }

    fn samples() -> Vec<Action> {
        let who = || Person { name: "Grace Hopper".to_owned(), email: None };
        let text = || "x".to_owned();
        let (id, reference): (IncidentId, Reference) = ("INC-K7QFM".parse().unwrap(), "A9D".parse().unwrap());
        let mut samples = vec![
            Action::Opened { title: text() },
            Action::Acknowledged,
            Action::CommanderAssigned { who: who() },
            Action::HandedOff { from: who(), to: who(), brief: text(), unreachable: false },
            Action::ExtentFound { text: text(), checked: None },
            Action::Triaged { text: text() },
            Action::Rotated { incoming: vec![who()], outgoing: vec![who()], brief: text() },
            Action::CmsProcessStarted { reference: None },
            Action::Updated { text: text() },
            Action::Mitigated { text: text(), restored: None, mitigation_type: None, first: true },
            Action::Resolved { text: text(), outage_ended_at: None },
            Action::AskedToClose { asked: vec![who()], wait_minutes: 15 },
            Action::Agreed { said: text() },
            Action::Closed { reason: CloseReason::Resolved, text: text(), silent: Vec::new(), forced: None, instead_of: None },
            Action::Reopened { reason: text(), cleared: Vec::new() },
            Action::FactSet { key: Key::Chat, old: None, new: None, reason: None, changes: Vec::new() },
            Action::SectionWritten { section: text(), text: text() },
            Action::Corrected { entry: text(), correction: Corrects::Text(text()) },
            Action::Corrected { entry: text(), correction: Corrects::Void(text()) },
            Action::Redacted { entry: text(), reason: text() },
            Action::Renumbered { old: id.clone(), new: id },
            Action::ActionItemAdded { reference, text: text() },
            Action::ActionItemDone { reference, text: text() },
            Action::ActionItemLinked { reference, issue: text() },
        ];
        for role in [Role::Responder, Role::BusinessOwner] {
            samples.extend([Action::PersonAdded { role, who: who() }, Action::PersonRemoved { role, who: who() }]);
        }
        for report in ["postmortem", "rca"] {
            samples.push(Action::ReportWritten { report, continued: false, forced: None });
            samples.push(Action::ReportDone { report, forced: None });
        }
        let logged = [None, Some(Notification), Some(Cause), Some(External)];
        samples.extend(logged.map(|kind| Action::Logged { kind, text: text() }));
        let entered = EntryKind::ALL.iter().filter(|kind| kind.command() != "log");
        samples.extend(entered.map(|kind| Action::Entered { kind: *kind, reference: Some(reference), text: text() }));
        samples
    }

    #[test]
    fn every_event_has_the_kind_of_its_entry_among_its_kinds() {
        let mut seen = [false; 29];
        for action in samples() {
            seen[place(&action)] = true;
            let at = "2026-11-23T10:00:00-05:00".parse().unwrap();
            let by = Person { name: "Grace Hopper".to_owned(), email: None };
            let event = Event { occurred_at: at, recorded_at: at, by, recorded_by: None, evidence: Vec::new(), action };
            let kinds = kinds_of(event.name()).unwrap_or_else(|| panic!("`{}` is not known", event.name()));
            assert!(kinds.contains(&event.kind()), "{}: {:?}", event.name(), event.kind());
        }
        assert_eq!(seen, [true; 29], "an action has no sample");
    }
}
