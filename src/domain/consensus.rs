//! Close by consensus: who was asked, who agreed, who objects, and what still stands against the close.
//! PURE: read from the entries alone. The caller leaves out what counts for nothing (void, typed by hand).

use crate::domain::duration::parse_seconds;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::person::Person;
use crate::domain::reference::Reference;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording::NOBODY;
use crate::domain::zone::Zone;

/// How long silence is awaited, in seconds, when the entry no longer says it.
const DEFAULT_WAIT_SECONDS: i64 = 15 * 60;

/// The question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The name of who asked, who need not answer.
    pub by: Option<String>,
    /// Everybody who was asked.
    pub asked: Vec<Person>,
    /// How long silence is awaited, in seconds.
    pub wait_seconds: i64,
}

/// Something that waits for an answer: an objection that stands, or an approval that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its reference.
    pub reference: Reference,
    /// When it was said.
    pub at: Timestamp,
    /// The name of who said it.
    pub by: Option<String>,
    /// The first line of what was said.
    pub text: String,
}

/// Where the question "Is anyone opposed to me closing this incident?" stands.
///
/// # Source
/// The process, "Closing an incident"; spec §3, "`close` refuses".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consensus {
    /// The ask that stands; the latest, and none once the incident moved on.
    pub ask: Option<Ask>,
    /// The names of all who agreed to it.
    pub agreed: Vec<String>,
    /// The names of all who objected since it was asked, whether the objection still stands or not, and who overruled one: they have
    /// answered.
    pub objected: Vec<String>,
    /// Objections neither withdrawn nor overruled, oldest first. They outlive the ask.
    pub objections: Vec<Pending>,
    /// Approvals neither given nor declined, oldest first.
    pub approvals: Vec<Pending>,
}

/// Reads the entries in their order.
pub fn consensus(entries: &[Entry]) -> Consensus {
    let mut consensus = Consensus::default();
    for entry in entries {
        consensus.read(entry);
    }
    consensus
}

impl Consensus {
    fn read(&mut self, entry: &Entry) {
        let Some(kind) = entry.kind else { return };
        let is_answered = |pending: &Pending| Some(pending.reference) == entry.reference;
        match kind {
            EntryKind::AskedToClose => self.ask = Some(read_ask(entry)),
            EntryKind::Agreed if self.ask.is_some() => self.agreed.extend(entry.by.clone()),
            EntryKind::Objection => {
                self.objected.extend(entry.by.clone().filter(|_| self.ask.is_some()));
                self.objections.extend(pending(entry));
            }
            EntryKind::Withdrawn | EntryKind::Overruled => {
                let overrules = kind == EntryKind::Overruled && self.ask.is_some();
                self.objected.extend(entry.by.clone().filter(|_| overrules));
                self.objections.retain(|objection| !is_answered(objection));
            }
            EntryKind::ApprovalAsked => self.approvals.extend(pending(entry)),
            EntryKind::Approved | EntryKind::Declined => self.approvals.retain(|approval| !is_answered(approval)),
            EntryKind::Mitigated | EntryKind::Resolved | EntryKind::Reopened => {
                self.ask = None;
                self.agreed.clear();
                self.objected.clear();
            }
            _ => {}
        }
    }

    /// Whether somebody agreed.
    pub fn has_agreed(&self, person: &Person) -> bool {
        self.agreed.iter().any(|name| is_name(name, person))
    }

    /// Who was asked and has said nothing; who asked is not silent.
    pub fn silent(&self) -> Vec<Person> {
        let Some(ask) = &self.ask else { return Vec::new() };
        let opposed = self.objections.iter().filter_map(|objection| objection.by.as_ref());
        let heard: Vec<&String> = self.agreed.iter().chain(&self.objected).chain(&ask.by).chain(opposed).collect();
        let is_silent = |person: &&Person| !heard.iter().any(|name| is_name(name, person));
        ask.asked.iter().filter(is_silent).cloned().collect()
    }

    /// From when on silence is no opposition.
    pub fn wait_over_at(&self) -> Option<Timestamp> {
        self.ask.as_ref().map(|ask| ask.asked_at.plus_seconds(ask.wait_seconds))
    }

    /// What still stands against the close, one sentence each; empty when it is free.
    /// `consent_required` are those whose silence is never consent (`close.owners: consent`).
    pub fn unmet(&self, now: Timestamp, zone: Zone, consent_required: &[Person]) -> Vec<String> {
        let mut unmet = Vec::new();
        if self.ask.is_none() {
            unmet.push("not asked yet".to_owned());
        }
        unmet.extend(self.objections.iter().map(|objection| {
            let of = objection.by.as_ref().map_or_else(String::new, |by| format!(" of {by}"));
            format!("objection {}{of} stands: {}", objection.reference, objection.text)
        }));
        unmet.extend(self.approvals.iter().map(|approval| {
            let asked_at = zone.date_minute(approval.at);
            format!("approval {} is still waiting, asked for at {asked_at}: {}", approval.reference, approval.text)
        }));
        unmet.extend(self.unmet_wait(now, zone, consent_required));
        unmet.extend(self.unmet_consent(consent_required));
        unmet
    }

    fn unmet_wait(&self, now: Timestamp, zone: Zone, consent_required: &[Person]) -> Option<String> {
        let over_at = self.wait_over_at().filter(|over_at| now < *over_at)?;
        let mut silent = self.silent();
        silent.retain(|person| !consent_required.iter().any(|owner| owner.is_same(person)));
        let until = if zone.date(over_at) == zone.date(now) { zone.minute(over_at) } else { zone.date_minute(over_at) };
        let have = if silent.len() == 1 { "has" } else { "have" };
        (!silent.is_empty()).then(|| format!("the wait is not over until {until} and {} {have} not answered", spoken(&silent)))
    }

    fn unmet_consent(&self, consent_required: &[Person]) -> Vec<String> {
        let Some(ask) = &self.ask else { return Vec::new() };
        let consents = |owner: &Person| self.has_agreed(owner) || ask.by.as_ref().is_some_and(|by| is_name(by, owner));
        let missing = consent_required.iter().filter(|owner| !consents(owner));
        missing.map(|owner| format!("business owner {} has not agreed", owner.name)).collect()
    }
}

/// Whether an entry's author is this person: entries hold names alone. Quotation marks count alike, since a list changes them.
pub fn is_name(name: &str, person: &Person) -> bool {
    let plain = |name: &str| name.to_lowercase().replace('"', "'");
    plain(name) == plain(&person.name)
}

/// `Pat Lee`, `Pat Lee and Sam Reyes`, `Pat Lee, Sam Reyes and Ada Byron`.
fn spoken(people: &[Person]) -> String {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// An objection or a question; one without a reference could never be answered and does not count.
fn pending(entry: &Entry) -> Option<Pending> {
    Some(Pending { reference: entry.reference?, at: entry.at, by: entry.by.clone(), text: entry.first_line() })
}

/// Gets back what [`crate::domain::wording::text`] wrote: `… Asked: A <a>, B <b>. Wait: 15 min.`
fn read_ask(entry: &Entry) -> Ask {
    let (before, wait) = entry.text.rsplit_once(". Wait: ").unwrap_or((&entry.text, ""));
    let asked = before.split_once("Asked: ").map_or("", |(_, asked)| asked);
    Ask {
        asked_at: entry.at,
        by: entry.by.clone(),
        asked: if asked == NOBODY { Vec::new() } else { read_names(asked) },
        wait_seconds: parse_seconds(wait.trim().trim_end_matches('.')).unwrap_or(DEFAULT_WAIT_SECONDS),
    }
}

/// The people of a list in a sentence, as [`crate::domain::wording::names`] writes it.
pub fn read_names(list: &str) -> Vec<Person> {
    let mut people = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let (person, after) = next_person(rest);
        people.push(person);
        rest = after.trim_start_matches([',', ' ']);
    }
    people
}

/// The first person of a list and what follows. A name with a comma stands in quotation marks.
fn next_person(list: &str) -> (Person, &str) {
    if let Some((name, rest)) = list.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        let email = rest.trim_start().strip_prefix('<').and_then(|rest| rest.split_once('>'));
        return email.map_or_else(|| (Person::new(name, None), rest), |(email, after)| (Person::new(name, Some(email)), after));
    }
    let (one, after) = list.split_once(',').unwrap_or((list, ""));
    (one.trim().parse().unwrap_or_else(|_| Person::new(one, None)), after)
}

#[cfg(test)]
mod tests;
