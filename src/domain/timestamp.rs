//! An instant on the time line, to the second.
//! PURE: parses and prints; the clock itself lives in `context`.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Serialize, Serializer};

/// An instant, to the second, without a zone. How it is printed is the business of a [`crate::domain::zone::Zone`].
///
/// # Source
/// RFC 3339.
///
/// # Examples
/// ```
/// use qpp_incident::domain::timestamp::Timestamp;
/// let at: Timestamp = "2026-11-22T23:58:00-05:00".parse()?;
/// assert_eq!(at.to_string(), "2026-11-23T04:58:00Z");
/// assert_eq!(at.to_string().parse::<Timestamp>()?, at);
/// # Ok::<(), qpp_incident::domain::timestamp::NotATimestamp>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

/// A text that is no RFC 3339 instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an RFC 3339 time such as 2026-11-22T23:58:00-05:00")]
pub struct NotATimestamp(pub String);

impl Timestamp {
    /// The instant, cut to whole seconds.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(0))
    }

    /// The same instant for `chrono`.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// This instant moved by `seconds` (negative: earlier); saturates at the ends of the calendar.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let moved = TimeDelta::try_seconds(seconds).and_then(|delta| self.0.checked_add_signed(delta));
        Self(moved.unwrap_or(self.0))
    }

    /// Seconds from `earlier` to this instant; negative when `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.seconds() - earlier.seconds()
    }

    /// The start of this instant's minute: what a timeline entry can hold.
    #[must_use]
    pub fn floor_to_minute(self) -> Self {
        self.plus_seconds(-self.seconds().rem_euclid(60))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    }
}

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, NotATimestamp> {
        DateTime::parse_from_rfc3339(text.trim()).map(|at| Self::new(at.with_timezone(&Utc))).map_err(|_| NotATimestamp(text.to_owned()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
