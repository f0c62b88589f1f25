//! What an event does to the front matter.
//! PURE. The events are in `domain::event`, the edit of the text in `document::header_edit`.

use crate::domain::change::Change;
use crate::domain::event::{Action, CloseReason, Event, Role};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

impl Event {
    /// What it does to the front matter.
    pub fn changes(&self, zone: Zone) -> Vec<Change> {
        let at = |key: Key, at: Timestamp| Change::Set(key, zone.rfc3339(at));
        let status = |status: Status| Change::Set(Key::Status, status.word().to_owned());
        let list = |role: Role| match role {
            Role::Responder => Key::Responders,
            Role::BusinessOwner => Key::BusinessOwners,
        };
        match &self.action {
            Action::Acknowledged => vec![
                status(Status::Acknowledged),
                at(Key::AcknowledgedAt, self.occurred_at),
                Change::AddItem(Key::Responders, self.by.to_string()),
            ],
            Action::CommanderAssigned { who } | Action::HandedOff { to: who, .. } => {
                vec![Change::Set(Key::Commander, who.to_string())]
            }
            Action::PersonAdded { role, who } => vec![Change::AddItem(list(*role), who.to_string())],
            Action::PersonRemoved { role, who } => vec![Change::RemoveItem(list(*role), who.to_string())],
            Action::Rotated { incoming, outgoing, .. } => {
                let add = incoming.iter().map(|who| Change::AddItem(Key::Responders, who.to_string()));
                add.chain(outgoing.iter().map(|who| Change::RemoveItem(Key::Responders, who.to_string()))).collect()
            }
            Action::CmsProcessStarted { reference: Some(reference) } => vec![Change::Set(Key::CmsProcess, reference.clone())],
            Action::Mitigated { restored, first, .. } => {
                let mut changes = vec![status(Status::Mitigated)];
                changes.extend(restored.map(|percent| Change::Set(Key::Restored, percent.to_string())));
                changes.extend(first.then(|| at(Key::MitigatedAt, self.occurred_at)));
                changes
            }
            Action::Resolved { outage_ended_at, .. } => {
                let mut changes = vec![status(Status::Resolved), at(Key::ResolvedAt, self.occurred_at)];
                changes.extend(outage_ended_at.map(|ended| at(Key::OutageEndedAt, ended)));
                changes
            }
            Action::Closed { reason, .. } => {
                let mut changes = vec![
                    status(Status::Closed),
                    at(Key::ClosedAt, self.occurred_at),
                    Change::Set(Key::CloseReason, reason.word().to_owned()),
                ];
                if let CloseReason::Duplicate(Some(id)) = reason {
                    changes.push(Change::Set(Key::DuplicateOf, id.to_string()));
                }
                changes
            }
            Action::Reopened { cleared, .. } => {
                let mut changes = vec![status(Status::Acknowledged)];
                changes.extend(cleared.iter().map(|key| Change::Remove(*key)));
                changes
            }
            Action::FactSet { changes, .. } => changes.clone(),
            Action::Renumbered { old, new } => {
                vec![Change::Set(Key::Id, new.to_string()), Change::AddItem(Key::Aka, old.to_string())]
            }
            _ => Vec::new(),
        }
    }
}
