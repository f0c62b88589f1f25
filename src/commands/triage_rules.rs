//! Is it an incident: the four general signs, the examples of what is none, and what follows from the answers.
//! PURE.

use serde::Serialize;

/// An answer to a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// It shows the sign
    Yes,
    /// It does not
    No,
    /// Nobody knows yet
    #[default]
    Unsure,
}

impl Sign {
    /// All answers, as a list offers them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unsure];

    /// The word in text.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }
}

/// What is usually no incident.
///
/// # Source
/// The process, "What is an incident?": "Examples of non-incidents include".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Example {
    /// Errors in development or test environments
    TestEnvironment,
    /// A UI bug that does not affect a large number of users
    UiBug,
    /// Intermittent performance degradation
    Intermittent,
}

impl Example {
    /// All examples, as a list offers them.
    pub const ALL: [Self; 3] = [Self::TestEnvironment, Self::UiBug, Self::Intermittent];

    /// The words in text.
    pub fn words(self) -> &'static str {
        match self {
            Self::TestEnvironment => "errors in a development or test environment",
            Self::UiBug => "a UI bug that does not affect a large number of users",
            Self::Intermittent => "intermittent performance degradation",
        }
    }
}

/// The answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Signs {
    /// It requires an immediate response.
    pub immediate_response: Sign,
    /// It may require cross-team collaboration.
    pub cross_team: Sign,
    /// It disrupts the activities or privacy of end users.
    pub users: Sign,
    /// It has a significant impact on normal business operations.
    pub business: Sign,
}

impl Signs {
    /// Each with its question.
    ///
    /// # Source
    /// The process, "What is an incident?": "In general terms, an incident".
    pub fn named(self) -> [(&'static str, Sign); 4] {
        [
            ("requires an immediate response", self.immediate_response),
            ("may require cross-team collaboration", self.cross_team),
            ("disrupts the activities or privacy of end users", self.users),
            ("has a significant impact on normal business operations", self.business),
        ]
    }
}

/// What the answers mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is treated as an active incident.
    Active,
    /// No sign shows; somebody must say that it is none, and why.
    MayBeNone,
    /// Somebody said that it is none, and why.
    NotAnIncident,
}

impl Verdict {
    /// The verdict in words.
    ///
    /// # Source
    /// The process: "When in doubt - treat every issue as an active incident until proven otherwise."
    pub fn words(self) -> &'static str {
        match self {
            Self::Active => "active incident: when in doubt, it is one until proven otherwise",
            Self::MayBeNone => "it may be no incident: somebody must say so, and why (--not-an-incident REASON); until then it is one",
            Self::NotAnIncident => "not an incident",
        }
    }
}

/// The verdict; none where a sign shows and somebody says all the same that it is no incident.
pub fn verdict(signs: Signs, is_said_to_be_none: bool) -> Option<Verdict> {
    let answers = signs.named().map(|(_, sign)| sign);
    match (answers.contains(&Sign::Yes), answers.contains(&Sign::Unsure), is_said_to_be_none) {
        (true, _, true) => None,
        (_, _, true) => Some(Verdict::NotAnIncident),
        (false, false, false) => Some(Verdict::MayBeNone),
        _ => Some(Verdict::Active),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_doubt_leaves_it_active() {
        let no = Signs { immediate_response: Sign::No, cross_team: Sign::No, users: Sign::No, business: Sign::No };
        assert_eq!(verdict(Signs::default(), false), Some(Verdict::Active));
        assert_eq!(verdict(no, false), Some(Verdict::MayBeNone));
        for unsure in [Signs { users: Sign::Unsure, ..no }, Signs { business: Sign::Yes, ..no }] {
            assert_eq!(verdict(unsure, false), Some(Verdict::Active));
        }
        assert_eq!(verdict(no, true), Some(Verdict::NotAnIncident));
        assert_eq!(verdict(Signs::default(), true), Some(Verdict::NotAnIncident));
        assert_eq!(verdict(Signs { cross_team: Sign::Yes, ..no }, true), None);
    }
}
