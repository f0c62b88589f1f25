//! `signature`: where commits must be signed, one is not, or its signature is bad.
//! PURE. What git says of each signature is handed in: asking costs a process for each, so it is asked only where it is required.

use crate::domain::finding::{Finding, Level};
use crate::domain::history::SignatureState;
use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::short;

/// The rule.
pub static RULE: Rule = Rule {
    id: "signature",
    level: Level::Error,
    what: "a commit on an incident must be signed and is not, or its signature is bad; one that cannot be checked here is a warning",
    source: "format: Verifying; `verify.signatures`, `commit.gpgSign`",
};

/// Whose commits must be signed, from the first signed one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// Nobody's.
    Nobody,
    /// Those of one committer, whose git signs.
    Of(Person),
    /// Everybody's.
    Everybody,
}

/// A commit on an incident, as far as signatures go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The full name.
    pub commit: String,
    /// How messages name it.
    pub named: String,
    /// Who made it.
    pub committer: Person,
    /// It carries a signature, good or bad.
    pub is_signed: bool,
    /// The first incident that it touches.
    pub incident: IncidentId,
    /// That incident's document.
    pub path: String,
}

/// The commits that must be signed, the first one first.
pub fn required<'a>(candidates: &'a [Candidate], required: &Required) -> Vec<&'a Candidate> {
    let concerned = candidates.iter().filter(|candidate| match required {
        Required::Nobody => false,
        Required::Of(person) => candidate.is_signed || person.is_same(&candidate.committer),
        Required::Everybody => true,
    });
    let concerned: Vec<&Candidate> = concerned.collect();
    // Signing begins with the first signature: what was committed before it could not be held to it. Without any, all are missing.
    let from = concerned.iter().position(|candidate| candidate.is_signed).unwrap_or_default();
    concerned.into_iter().skip(from).collect()
}

/// The findings, one for each commit; `state` is what git says of one that is signed.
pub fn check(required: &[&Candidate], state: &dyn Fn(&str) -> Option<SignatureState>) -> Vec<Finding> {
    let none_at_all = !required.iter().any(|candidate| candidate.is_signed);
    let found = required.iter().filter_map(|candidate| {
        // Where nothing is signed at all one finding says it.
        let state = if candidate.is_signed { state(&candidate.commit) } else { Some(SignatureState::Missing) };
        let (level, what) = judged(candidate.is_signed, state?)?;
        Some(finding(candidate, level, what, none_at_all))
    });
    if none_at_all { found.take(1).collect() } else { found.collect() }
}

fn judged(is_signed: bool, state: SignatureState) -> Option<(Level, &'static str)> {
    match (is_signed, state) {
        (_, SignatureState::Good) => None,
        (_, SignatureState::Bad) => Some((Level::Error, "has a bad signature: it is not the commit that was signed")),
        (false, SignatureState::Missing) => Some((Level::Error, "is not signed")),
        (_, SignatureState::Untrusted) => Some((Level::Warning, "is signed with a key that git does not trust here")),
        (_, SignatureState::Unchecked | SignatureState::Missing) => Some((Level::Warning, "has a signature that cannot be checked here")),
    }
}

fn finding(candidate: &Candidate, level: Level, what: &str, none_at_all: bool) -> Finding {
    let all = if none_at_all { ", nor is any other" } else { "" };
    let help = match level {
        Level::Error => {
            format!("git show --show-signature {0}; judge it: qpp-incident verify --accept {0} --reason TEXT", short(&candidate.commit))
        }
        _ => "import the key, or name it in gpg.ssh.allowedSignersFile".to_owned(),
    };
    Finding {
        path: Some(candidate.path.clone()),
        incident: Some(candidate.incident.clone()),
        commit: Some(candidate.commit.clone()),
        ..RULE.finding(format!("{} {what}{all}", candidate.named)).at_level(level).with_help(help)
    }
}
