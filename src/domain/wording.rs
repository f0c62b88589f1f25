//! The sentence of each event, as its timeline entry holds it.
//! PURE. What later readers need to get back (names, keys, times) stands in a fixed place of the sentence.

use crate::domain::entry::Entry;
use crate::domain::event::{Action, CloseReason, Correction, Event, Role};
use crate::domain::head_line::{begins_block, first_words, whole_head};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::text::tidy;
use crate::domain::zone::Zone;

/// The question that opens the close.
///
/// # Source
/// The process, "Closing an incident": the words are quoted exactly.
pub const CLOSING_QUESTION: &str = "Is anyone opposed to me closing this incident?";

/// Before the commander's name, where somebody else closed.
pub const INSTEAD_OF: &str = "Closed by another than the incident commander, ";

/// What `update --no-news` says.
///
/// # Source
/// The process, "Communication methods": "even if only to note that no new information is available".
pub const NO_NEWS: &str = "No new information.";

/// Whom the closing question asked when nobody else was there to ask.
pub const NOBODY: &str = "nobody";

/// What `cms-process` says while the reference is not known.
pub const CMS_PROCESS_STARTED: &str = "Started; the reference is not known yet.";
/// Who writes the Merge entries: the program, which is nobody's name in the head block.
pub const MERGE_AUTHOR: &str = "qpp-incident";

/// How many characters of a section its line in the timeline repeats.
const MENTIONED: usize = 100;

impl Event {
    /// The timeline entry, its times cut to the minute.
    pub fn entry(&self, zone: Zone) -> Entry {
        let at = self.occurred_at.floor_to_minute();
        let logged_at = self.recorded_at.floor_to_minute();
        Entry {
            logged_at: (logged_at.seconds_since(at) > 60).then_some(logged_at),
            kind: self.kind(),
            reference: self.reference(),
            evidence: self.evidence.clone(),
            by: Some(self.by.name.clone()),
            recorded_by: self.recorded_by.as_ref().map(|person| person.name.clone()),
            ..Entry::new(at, &whole_head(&tidy(&text(&self.action, zone))))
        }
    }
}

/// The text of an action's timeline entry.
pub fn text(action: &Action, zone: Zone) -> String {
    match action {
        Action::Opened { title } => sentence(title),
        Action::Acknowledged => String::new(),
        Action::Agreed { said } => sentence(&capitalized(said)),
        Action::CommanderAssigned { who } => format!("{who}"),
        Action::HandedOff { from, to, brief, unreachable } => {
            let how = if *unreachable { " (not reachable)" } else { "" };
            format!("{from}{how} to {to}. Brief: {}", sentence(brief))
        }
        Action::PersonAdded { role, who } => format!("Added {who}{}.", role_note(*role)),
        Action::PersonRemoved { role, who } => format!("Removed {who}{}.", role_note(*role)),
        Action::Logged { text, .. }
        | Action::Entered { text, .. }
        | Action::Triaged { text }
        | Action::Updated { text }
        | Action::Resolved { text, .. } => text.clone(),
        Action::ExtentFound { text, checked } => extent(text, checked.as_deref()),
        Action::Rotated { incoming, outgoing, brief } => {
            format!("In: {}. Out: {}. Brief: {}", asked_names(incoming), asked_names(outgoing), sentence(brief))
        }
        Action::CmsProcessStarted { reference } => reference.clone().unwrap_or_else(|| CMS_PROCESS_STARTED.to_owned()),
        Action::Mitigated { text, restored, mitigation_type, .. } => mitigated(text, *restored, mitigation_type.as_deref()),
        Action::AskedToClose { asked, wait_minutes } => {
            format!("\"{CLOSING_QUESTION}\" Asked: {}. Wait: {wait_minutes} min.", asked_names(asked))
        }
        Action::Closed { reason, text, silent, forced, instead_of } => closed(reason, text, silent, forced.as_ref(), instead_of.as_ref()),
        Action::Reopened { reason, .. } => sentence(reason),
        Action::FactSet { key, old, new, reason, .. } => fact(key.name(), old.as_deref(), new.as_deref(), reason.as_deref()),
        Action::Renumbered { old, new } => {
            let why = "Another clone had opened another incident with that id.";
            fact(Key::Id.name(), Some(&old.to_string()), Some(&new.to_string()), Some(why))
        }
        Action::SectionWritten { section, text } if text.trim().is_empty() => format!("{section}: none"),
        Action::SectionWritten { section, text } => format!("{section}: {}", first_words(text, MENTIONED)),
        Action::Corrected { entry, correction } => match correction {
            Correction::Text(text) => format!("{entry}: {text}"),
            Correction::Time(at) => format!("{entry}: happened at {}.", zone.date_minute(*at)),
            Correction::Void(reason) => format!("{entry}: {}", sentence(reason)),
        },
        Action::Redacted { entry, reason } => format!("{entry}: {}", sentence(reason)),
        Action::ReportWritten { report, continued, forced } => {
            let forced = forced.as_ref().map_or_else(String::new, |why| format!(". By force: {}", sentence(why)));
            format!("{} [{report}.md]({report}.md){forced}", report_written_lead(report, *continued))
        }
        Action::ReportDone { report, forced } => {
            let done = format!("{} [{report}.md]({report}.md)", report_done_lead(report));
            forced.as_ref().map_or(done.clone(), |(why, unmet)| format!("{done}{}", by_force(why, unmet)))
        }
        Action::ActionItemAdded { reference, text } => format!("Action item {reference}: {}", sentence(text)),
        Action::ActionItemDone { reference, text } => format!("Action item {reference} is done: {}", sentence(text)),
        Action::ActionItemLinked { reference, issue } => format!("Action item {reference} is tracked in {issue}"),
    }
}

/// What the entry of a report that was written or continued begins with: how it is found again.
pub fn report_written_lead(report: &str, continued: bool) -> String {
    let verb = if continued { "Continued" } else { "Wrote" };
    format!("{verb} the {} draft:", report_name(report))
}

/// What the entry of a report that was declared done begins with.
pub fn report_done_lead(report: &str) -> String {
    format!("The {} is done:", report_name(report))
}

/// `. By force: why. Not met: this; that.`
fn by_force(why: &str, unmet: &[String]) -> String {
    let unmet = if unmet.is_empty() { String::new() } else { format!(" Not met: {}.", unmet.join("; ")) };
    format!(". By force: {}{unmet}", sentence(why))
}

fn report_name(report: &str) -> &'static str {
    if report == "rca" { "RCA" } else { "postmortem" }
}

fn role_note(role: Role) -> &'static str {
    match role {
        Role::Responder => "",
        Role::BusinessOwner => " as business owner",
    }
}

fn mitigated(text: &str, restored: Option<u8>, mitigation_type: Option<&str>) -> String {
    let mut notes = Vec::new();
    notes.extend(restored.map(|percent| format!("{percent} % restored")));
    notes.extend(mitigation_type.map(str::to_owned));
    if notes.is_empty() { whole_head(text) } else { with_note(text, &notes.join(", ")) }
}

/// What was damaged, and on the same line what was checked and found sound.
pub fn extent(text: &str, checked: Option<&str>) -> String {
    checked.map_or_else(|| text.to_owned(), |checked| with_sentences(text, &format!("Other parts checked: {}", sentence(checked))))
}

/// The text with further sentences at the end of its head line.
pub fn with_sentences(text: &str, more: &str) -> String {
    let text = whole_head(text);
    if begins_block(&text) {
        return format!("{more}\n{text}");
    }
    let (head, rest) = text.split_once('\n').map_or((text.as_str(), ""), |(head, rest)| (head, rest));
    let gap = if rest.is_empty() { "" } else { "\n" };
    format!("{} {more}{gap}{rest}", sentence(head))
}

/// The text with a note in brackets at the end of its head line: `Restarted it. (60 % restored)`.
pub fn with_note(text: &str, note: &str) -> String {
    let text = whole_head(text);
    if begins_block(&text) {
        return format!("({note})\n{text}");
    }
    text.split_once('\n').map_or_else(|| format!("{text} ({note})"), |(head, rest)| format!("{head} ({note})\n{rest}"))
}

fn closed(
    reason: &CloseReason,
    text: &str,
    silent: &[Person],
    forced: Option<&(String, Vec<String>)>,
    instead_of: Option<&Person>,
) -> String {
    let head = match reason {
        // By force it may be closed without being resolved, and then must not say that it is.
        CloseReason::Resolved if forced.is_some() => String::new(),
        CloseReason::Resolved => "Resolved.".to_owned(),
        CloseReason::Duplicate(Some(id)) => format!("Duplicate of {id}."),
        CloseReason::Duplicate(None) => "Duplicate.".to_owned(),
        CloseReason::FalseAlarm => "False alarm.".to_owned(),
        CloseReason::Transferred => "Transferred.".to_owned(),
    };
    let mut parts: Vec<String> = Some(head).filter(|head| !head.is_empty()).into_iter().collect();
    if !text.trim().is_empty() {
        parts.push(sentence(&unlabelled(text)));
    }
    if let Some((why, unmet)) = forced {
        parts.push(format!("By force: {}", sentence(&unlabelled(why))));
        if !unmet.is_empty() {
            parts.push(format!("Not met: {}.", unlabelled(&unmet.join("; "))));
        }
    }
    if !silent.is_empty() {
        parts.push(format!("Silent: {}.", names(silent)));
    }
    if let Some(commander) = instead_of {
        parts.push(format!("{INSTEAD_OF}{commander}."));
    }
    parts.join(" ")
}

/// Somebody's own words in a Closed entry: what would be read back as a part of it begins with a small letter.
fn unlabelled(text: &str) -> String {
    let labels = ["By force: ", "Not met: ", "Silent: ", INSTEAD_OF];
    let text = labels.iter().fold(text.to_owned(), |text, label| text.replace(label, &label.to_lowercase()));
    let heads = ["Resolved.", "Duplicate", "False alarm.", "Transferred."];
    let head = heads.iter().find_map(|head| Some(format!("{}{}", head.to_lowercase(), text.strip_prefix(head)?)));
    head.unwrap_or(text)
}

fn fact(key: &str, old: Option<&str>, new: Option<&str>, reason: Option<&str>) -> String {
    let values = match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} → none"),
        (_, Some(new)) => new.to_owned(),
        (None, None) => "none".to_owned(),
    };
    match reason {
        Some(reason) => format!("{key}: {values}. {}", sentence(reason)),
        None => format!("{key}: {values}"),
    }
}

fn asked_names(asked: &[Person]) -> String {
    if asked.is_empty() { NOBODY.to_owned() } else { names(asked) }
}

/// People as a list in a sentence; a name with a comma stands in quotation marks, so that the list can be read back.
pub fn names(people: &[Person]) -> String {
    people.iter().map(listed).collect::<Vec<_>>().join(", ")
}

fn listed(person: &Person) -> String {
    if !person.name.contains(',') && !person.name.starts_with('"') {
        return person.to_string();
    }
    let name = format!("\"{}\"", person.name.replace('"', "'"));
    Person { name, email: person.email.clone() }.to_string()
}

/// The text with a capital at its start.
pub fn capitalized(text: &str) -> String {
    let mut characters = text.trim().chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The text with a full stop, unless it ends in punctuation already.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', ')', '`']) || text.contains('\n') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
