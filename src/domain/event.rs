//! An `Event`: when, who, what. The same value gives the front-matter changes, the timeline entry and the commit.
//! PURE. The sentences are in `domain::wording`, the changes in `domain::event_changes`, the effect on text in `document::edit`.

use crate::domain::change::Change;
use crate::domain::entry_kind::EntryKind;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::reference::Reference;
use crate::domain::status::StatusMove;
use crate::domain::timestamp::Timestamp;

/// Something that happened to an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When the command ran.
    pub recorded_at: Timestamp,
    /// Who acted: the commit's author.
    pub by: Person,
    /// Who typed it, if that was somebody else.
    pub recorded_by: Option<Person>,
    /// Links that prove it, in the order given.
    pub evidence: Vec<String>,
    /// What happened.
    pub action: Action,
}

/// In which list a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `responders`
    Responder,
    /// `business_owners`
    BusinessOwner,
}

/// Why an incident is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloseReason {
    /// Back to normal, by consensus.
    Resolved,
    /// The same as another incident.
    Duplicate(Option<IncidentId>),
    /// No incident after all.
    FalseAlarm,
    /// Somebody else's incident.
    Transferred,
}

impl CloseReason {
    /// The word in files and flags.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Duplicate(_) => "duplicate",
            Self::FalseAlarm => "false-alarm",
            Self::Transferred => "transferred",
        }
    }
}

/// What a correction says of an earlier entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// The right text.
    Text(String),
    /// The right time.
    Time(Timestamp),
    /// It counts for nothing, and why.
    Void(String),
}

/// What happened, with its particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `open`. The other facts are in the new document itself.
    Opened {
        /// The title.
        title: String,
    },
    /// `ack`
    Acknowledged,
    /// `assign-ic`, the first.
    CommanderAssigned {
        /// The commander.
        who: Person,
    },
    /// `assign-ic`, a handoff.
    HandedOff {
        /// Who was commander.
        from: Person,
        /// Who is from now on.
        to: Person,
        /// What the new commander was told.
        brief: String,
        /// The old one could not be reached, and the new one took over.
        unreachable: bool,
    },
    /// `responder add`, `owner add`
    PersonAdded {
        /// To which list.
        role: Role,
        /// Who.
        who: Person,
    },
    /// `responder remove`, `owner remove`
    PersonRemoved {
        /// From which list.
        role: Role,
        /// Who, as the list has it.
        who: Person,
    },
    /// `log`
    Logged {
        /// `Notification`, `Cause`, `External` or none.
        kind: Option<EntryKind>,
        /// What happened.
        text: String,
    },
    /// An entry of a kind that changes no fact: `inquiry`, `answer`, `assume`, `object` and others; see [`EntryKind::command`].
    Entered {
        /// Its kind.
        kind: EntryKind,
        /// What it raises or answers, for kinds that have a reference.
        reference: Option<Reference>,
        /// What it says.
        text: String,
    },
    /// `extent`
    ExtentFound {
        /// What was damaged.
        text: String,
        /// What else was checked and found sound.
        checked: Option<String>,
    },
    /// `triage`, of an incident that is open
    Triaged {
        /// The answers and the verdict.
        text: String,
    },
    /// `rotate`
    Rotated {
        /// Who comes.
        incoming: Vec<Person>,
        /// Who leaves, as the list has them.
        outgoing: Vec<Person>,
        /// What the new team was told.
        brief: String,
    },
    /// `cms-process`
    CmsProcessStarted {
        /// Its reference, once it is known.
        reference: Option<String>,
    },
    /// `update`
    Updated {
        /// The news.
        text: String,
    },
    /// `mitigate`
    Mitigated {
        /// What was done.
        text: String,
        /// Percent of service restored.
        restored: Option<u8>,
        /// `code-change`, `operational` or `revert`.
        mitigation_type: Option<String>,
        /// True when this is the first of its cycle, which sets `mitigated_at`.
        first: bool,
    },
    /// `resolve`
    Resolved {
        /// How.
        text: String,
        /// When the outage ended, if it is not known yet.
        outage_ended_at: Option<Timestamp>,
    },
    /// `close --ask`
    AskedToClose {
        /// Everybody who was asked.
        asked: Vec<Person>,
        /// How long silence is awaited, in minutes.
        wait_minutes: u32,
    },
    /// `agree`
    Agreed {
        /// How it was said, when somebody else wrote it down.
        said: String,
    },
    /// `close`
    Closed {
        /// Why.
        reason: CloseReason,
        /// What else is to be said.
        text: String,
        /// Who was asked and did not answer.
        silent: Vec<Person>,
        /// With `--force`: the reason, and the points that were not met.
        forced: Option<(String, Vec<String>)>,
        /// The commander, when somebody else closed.
        instead_of: Option<Person>,
    },
    /// `reopen`
    Reopened {
        /// Why.
        reason: String,
        /// The keys of later instants that stand and now go.
        cleared: Vec<Key>,
    },
    /// `set KEY=VALUE`
    FactSet {
        /// Which fact.
        key: Key,
        /// What stood there, for people.
        old: Option<String>,
        /// What stands there now, for people; `None` when it was removed.
        new: Option<String>,
        /// Why.
        reason: Option<String>,
        /// What that does to the front matter.
        changes: Vec<Change>,
    },
    /// `set SECTION=TEXT`
    SectionWritten {
        /// The section's word, as typed after `set`.
        section: String,
        /// Its new text.
        text: String,
    },
    /// `correct`
    Corrected {
        /// Day, minute and first words of the entry that is wrong.
        entry: String,
        /// What is right.
        correction: Correction,
    },
    /// `redact`
    Redacted {
        /// Day and minute of the entry.
        entry: String,
        /// Why.
        reason: String,
    },
    /// `postmortem`, `rca`: a document was written, or continued after a reopen.
    ReportWritten {
        /// `postmortem` or `rca`.
        report: &'static str,
        /// True when it stood already.
        continued: bool,
        /// With `--force`: why it was written although none is needed.
        forced: Option<String>,
    },
    /// `postmortem --done`, `rca --done`
    ReportDone {
        /// `postmortem` or `rca`.
        report: &'static str,
        /// With `--force`: the reason, and what was not finished.
        forced: Option<(String, Vec<String>)>,
    },
    /// `sync`: two clones had given two incidents the same id, and this one, which no remote had yet, got another.
    Renumbered {
        /// The id that both had.
        old: IncidentId,
        /// Its id from now on.
        new: IncidentId,
    },
    /// `action add`
    ActionItemAdded {
        /// Its reference.
        reference: Reference,
        /// What is to be done.
        text: String,
    },
    /// `action done`
    ActionItemDone {
        /// Its reference.
        reference: Reference,
        /// What was to be done.
        text: String,
    },
    /// `action link`
    ActionItemLinked {
        /// Its reference.
        reference: Reference,
        /// The issue.
        issue: String,
    },
}

impl Event {
    /// The word in the `Event:` trailer, the commit's subject and the JSON answer.
    pub fn name(&self) -> &'static str {
        match &self.action {
            Action::Opened { .. } => "open",
            Action::Acknowledged => "ack",
            Action::CommanderAssigned { .. } | Action::HandedOff { .. } => "assign-ic",
            Action::PersonAdded { role: Role::Responder, .. } => "responder-add",
            Action::PersonAdded { role: Role::BusinessOwner, .. } => "owner-add",
            Action::PersonRemoved { role: Role::Responder, .. } => "responder-remove",
            Action::PersonRemoved { role: Role::BusinessOwner, .. } => "owner-remove",
            Action::Logged { .. } => "log",
            Action::Entered { kind, .. } => kind.command(),
            Action::ExtentFound { .. } => "extent",
            Action::Triaged { .. } => "triage",
            Action::Rotated { .. } => "rotate",
            Action::CmsProcessStarted { .. } => "cms-process",
            Action::Updated { .. } => "update",
            Action::Mitigated { .. } => "mitigate",
            Action::Resolved { .. } => "resolve",
            Action::AskedToClose { .. } => "close-ask",
            Action::Agreed { .. } => "agree",
            Action::Closed { .. } => "close",
            Action::Reopened { .. } => "reopen",
            Action::FactSet { .. } | Action::SectionWritten { .. } => "set",
            Action::Corrected { .. } => "correct",
            Action::Redacted { .. } => "redact",
            Action::ReportWritten { report: "rca", .. } => "rca",
            Action::ReportWritten { .. } => "postmortem",
            Action::ReportDone { report: "rca", .. } => "rca-done",
            Action::ReportDone { .. } => "postmortem-done",
            Action::Renumbered { .. } => "renumber",
            Action::ActionItemAdded { .. } => "action-add",
            Action::ActionItemDone { .. } => "action-done",
            Action::ActionItemLinked { .. } => "action-link",
        }
    }

    /// The kind of its timeline entry.
    pub fn kind(&self) -> Option<EntryKind> {
        match &self.action {
            Action::Opened { .. } => Some(EntryKind::Opened),
            Action::Acknowledged => Some(EntryKind::Acknowledged),
            Action::CommanderAssigned { .. } => Some(EntryKind::Commander),
            Action::HandedOff { .. } => Some(EntryKind::Handoff),
            Action::PersonAdded { role: Role::Responder, .. } | Action::PersonRemoved { role: Role::Responder, .. } => {
                Some(EntryKind::Responder)
            }
            Action::PersonAdded { .. } | Action::PersonRemoved { .. } => Some(EntryKind::Owner),
            Action::Logged { kind, .. } => *kind,
            Action::Entered { kind, .. } => Some(*kind),
            Action::ExtentFound { .. } => Some(EntryKind::Extent),
            Action::Rotated { .. } => Some(EntryKind::Rotation),
            Action::CmsProcessStarted { .. } => Some(EntryKind::CmsProcess),
            Action::Updated { .. } => Some(EntryKind::Update),
            Action::Mitigated { .. } => Some(EntryKind::Mitigated),
            Action::Resolved { .. } => Some(EntryKind::Resolved),
            Action::AskedToClose { .. } => Some(EntryKind::AskedToClose),
            Action::Agreed { .. } => Some(EntryKind::Agreed),
            Action::Closed { .. } => Some(EntryKind::Closed),
            Action::Reopened { .. } => Some(EntryKind::Reopened),
            Action::FactSet { .. } | Action::SectionWritten { .. } | Action::Renumbered { .. } => Some(EntryKind::Fact),
            Action::Corrected { correction: Correction::Void(_), .. } => Some(EntryKind::Void),
            Action::Corrected { .. } => Some(EntryKind::Correction),
            Action::Redacted { .. } => Some(EntryKind::Redacted),
            Action::Triaged { .. }
            | Action::ReportWritten { .. }
            | Action::ReportDone { .. }
            | Action::ActionItemAdded { .. }
            | Action::ActionItemDone { .. }
            | Action::ActionItemLinked { .. } => None,
        }
    }

    /// What it raises or answers, if that has a reference.
    pub fn reference(&self) -> Option<Reference> {
        match &self.action {
            Action::Entered { reference, .. } => *reference,
            _ => None,
        }
    }

    /// The action item that it is about, if any.
    pub fn action_item(&self) -> Option<Reference> {
        match &self.action {
            Action::ActionItemAdded { reference, .. }
            | Action::ActionItemDone { reference, .. }
            | Action::ActionItemLinked { reference, .. } => Some(*reference),
            _ => None,
        }
    }

    /// The status move it records, if any.
    pub fn status_move(&self) -> Option<StatusMove> {
        self.kind().and_then(EntryKind::status_move)
    }
}
