//! `incidents/config.yaml`: the settings of one repository, every one optional.
//! PURE: text in, values with their defaults out. Secrets never live there.

pub mod lint_settings;
pub mod rule_level;

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use crate::document::broken::BrokenDocument;
use crate::document::config::lint_settings::LintSettings;
use crate::document::config::rule_level::RuleLevel;
use crate::document::front_matter::without_bom;
use crate::document::header::{read_fields, read_person};
use crate::document::setting::{or_default, parsed, read_settings};
use crate::domain::business_day::DaysOff;
use crate::domain::duration::{NotADuration, parse_seconds};
use crate::domain::finding::Level;
use crate::domain::person::Person;
use crate::domain::severity::Severity;
use crate::domain::zone::Zone;

/// The text of a new config file: every setting, commented, with its default.
pub const CONFIG_TEMPLATE: &str = include_str!("../../templates/config.yaml");

/// The chat room unless config names one.
///
/// # Source
/// The process, "During the response".
pub const DEFAULT_CHAT: &str = "QPP Incidents";

/// The settings of a repository.
///
/// # Source
/// Spec §8.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    #[serde(deserialize_with = "parsed")]
    timezone: Option<Zone>,
    branch: Option<String>,
    #[serde(deserialize_with = "or_default")]
    clocks: Clocks,
    #[serde(deserialize_with = "or_default")]
    holidays: Holidays,
    chat: Option<String>,
    #[serde(deserialize_with = "or_default")]
    teams: Directory,
    #[serde(deserialize_with = "or_default")]
    share: Share,
    #[serde(deserialize_with = "or_default")]
    severity: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    close: Close,
    #[serde(deserialize_with = "or_default")]
    lint: LintSettings,
    #[serde(deserialize_with = "or_default")]
    check: BTreeMap<String, RuleLevel>,
    services: Value,
    #[serde(deserialize_with = "or_default")]
    people: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    durability: Durability,
    #[serde(deserialize_with = "or_default")]
    verify: Verify,
}

/// What `verify` holds the history to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Verify {
    #[serde(deserialize_with = "or_default")]
    signatures: Signatures,
}

/// Whether commits on incidents must be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Signatures {
    /// As each clone has it: where `commit.gpgSign` is on, its own commits.
    #[default]
    Optional,
    /// Everybody's, from the first signed commit on.
    Required,
}

/// The clocks of spec §4, each `None` where the default holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Clocks {
    #[serde(deserialize_with = "parsed")]
    acknowledge: Option<Seconds>,
    #[serde(deserialize_with = "parsed")]
    inquiry: Option<Seconds>,
    #[serde(deserialize_with = "parsed")]
    commander: Option<Seconds>,
    #[serde(deserialize_with = "or_default")]
    document: DocumentClock,
    #[serde(deserialize_with = "parsed")]
    document_interval: Option<Seconds>,
    #[serde(deserialize_with = "parsed")]
    hours_in_role: Option<u32>,
}

/// Which entries keep the live document alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentClock {
    /// Each entry of the timeline.
    #[default]
    AnyEntry,
    /// Status updates alone.
    StatusUpdate,
}

/// How the on-call directory is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Directory {
    #[serde(deserialize_with = "parsed")]
    verified_for_days: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Holidays {
    #[serde(deserialize_with = "or_default")]
    extra: BTreeSet<NaiveDate>,
    #[serde(deserialize_with = "or_default")]
    inauguration_day: bool,
}

/// Where commits are shared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Share {
    /// The git remote; the branch's own when absent.
    pub remote: Option<String>,
    /// The branch that incidents live on.
    pub branch: Option<String>,
    /// When commits are pushed.
    #[serde(deserialize_with = "or_default")]
    pub push: Push,
    /// Template of a live document's link, with `{branch}` and `{path}`; derived from the remote when absent.
    pub url: Option<String>,
}

/// When commits are pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Push {
    /// By `--push`, `sync` or git.
    #[default]
    Manual,
    /// After each commit, detached and time-limited.
    Auto,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Close {
    #[serde(deserialize_with = "or_default")]
    owners: CloseOwners,
    #[serde(deserialize_with = "parsed")]
    wait: Option<Seconds>,
}

/// What an owner's silence means when a close was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CloseOwners {
    /// After the wait it is no opposition.
    #[default]
    Silence,
    /// Each owner must agree.
    Consent,
}

/// How hard a commit is flushed to disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Durability {
    /// Not at all.
    None,
    /// As git does by default.
    #[default]
    Normal,
    /// Every file and folder.
    Full,
}

/// A length of time in seconds, written `15m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seconds(i64);

impl FromStr for Seconds {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<Self, NotADuration> {
        parse_seconds(text).map(Self)
    }
}

impl Config {
    /// Reads the file's text; an empty one has every default.
    ///
    /// # Errors
    /// It is no strict YAML, has an unknown key (the nearest is named), or a value does not fit.
    pub fn parse(text: &str) -> Result<Self, BrokenDocument> {
        let config: Self = read_settings(text)?;
        for field in read_fields(without_bom(text), 1)? {
            let sound = match field.name.as_str() {
                "severity" => {
                    config.severity.keys().try_for_each(|name| name.parse().map(|_: Severity| ()).map_err(|error| error.to_string()))
                }
                "people" => config.people.iter().try_for_each(|text| read_person(text).map(drop)),
                _ => Ok(()),
            };
            sound.map_err(|why| field.broken(&why))?;
        }
        Ok(config)
    }

    /// The zone of new documents.
    pub fn zone(&self) -> Zone {
        self.timezone.unwrap_or_default()
    }

    /// The branch that incidents live on, if config names one.
    pub fn branch(&self) -> Option<&str> {
        self.branch.as_deref().or(self.share.branch.as_deref())
    }

    /// The chat room of new documents.
    pub fn chat(&self) -> &str {
        self.chat.as_deref().unwrap_or(DEFAULT_CHAT)
    }

    /// From the report to its acknowledgement, in seconds.
    pub fn acknowledge_seconds(&self) -> i64 {
        self.clocks.acknowledge.map_or(15 * 60, |seconds| seconds.0)
    }

    /// From an inquiry or a request for approval to its answer, in seconds.
    pub fn inquiry_seconds(&self) -> i64 {
        self.clocks.inquiry.map_or(15 * 60, |seconds| seconds.0)
    }

    /// From the acknowledgement to a named commander and a second responder, in seconds.
    pub fn commander_seconds(&self) -> i64 {
        self.clocks.commander.map_or(15 * 60, |seconds| seconds.0)
    }

    /// Which entries keep the live document alive.
    pub fn document_clock(&self) -> DocumentClock {
        self.clocks.document
    }

    /// The longest time between two of them, in seconds.
    pub fn document_interval_seconds(&self) -> i64 {
        self.clocks.document_interval.map_or(2 * 3600, |seconds| seconds.0)
    }

    /// After how many hours in a role a rotation is suggested.
    pub fn hours_in_role(&self) -> u32 {
        self.clocks.hours_in_role.unwrap_or(3)
    }

    /// Days without business beside the federal holidays.
    pub fn days_off(&self) -> DaysOff {
        DaysOff { extra: self.holidays.extra.clone(), inauguration_day: self.holidays.inauguration_day }
    }

    /// For how many days a verified row of the on-call directory counts as up to date.
    pub fn verified_for_days(&self) -> u32 {
        self.teams.verified_for_days.unwrap_or(90)
    }

    /// Where commits are shared.
    pub fn share(&self) -> &Share {
        &self.share
    }

    /// What a severity is called here.
    pub fn severity_name(&self, severity: Severity) -> Option<&str> {
        let named = |(key, _): &(&String, &String)| key.parse() == Ok(severity);
        self.severity.iter().find(named).map(|(_, name)| name.as_str())
    }

    /// What an owner's silence means when a close was asked for.
    pub fn close_owners(&self) -> CloseOwners {
        self.close.owners
    }

    /// How long a close waits for opposition, in seconds.
    pub fn close_wait_seconds(&self) -> i64 {
        self.close.wait.map_or(15 * 60, |seconds| seconds.0)
    }

    /// Settings of `lint`.
    pub fn lint(&self) -> &LintSettings {
        &self.lint
    }

    /// What is known of services, as it stands; null when nothing is.
    pub fn services(&self) -> &Value {
        &self.services
    }

    /// The level of a rule of `check` whose own is `usual`; `None` when it is off.
    pub fn check_level(&self, rule: &str, usual: Level) -> Option<Level> {
        RuleLevel::of(self.check.get(rule).copied(), usual)
    }

    /// The rules whose level config sets, so that a command can name one that does not exist.
    pub fn checked_rules(&self) -> impl Iterator<Item = &str> {
        self.check.keys().map(String::as_str)
    }

    /// People whom WHO may name.
    pub fn people(&self) -> Vec<Person> {
        self.people.iter().filter_map(|text| read_person(text).ok()).collect()
    }

    /// True when everybody's commits on incidents must be signed.
    pub fn requires_signatures(&self) -> bool {
        self.verify.signatures == Signatures::Required
    }

    /// How hard a commit is flushed to disk.
    pub fn durability(&self) -> Durability {
        self.durability
    }
}

#[cfg(test)]
mod tests;
