//! The time zone of a document: instants to printed minutes and back, across both DST changes.
//! PURE: the IANA rules are compiled in.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::domain::nearest::nearest;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone_table::{self, ZoneRow};

/// An IANA time zone.
///
/// # Examples
/// ```
/// use qpp_incident::domain::zone::Zone;
/// let zone: Zone = "America/New_York".parse()?;
/// let at = "2026-11-23T04:58:00Z".parse()?;
/// assert_eq!(zone.rfc3339(at), "2026-11-22T23:58:00-05:00");
/// assert_eq!(zone.minute(at), "23:58 EST");
/// assert_eq!(zone.to_string(), "America/New_York");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(ZoneRow);

/// A name that is no IANA zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not an IANA time zone; the nearest is `{nearest}`")]
pub struct UnknownZone {
    /// What was given.
    pub name: String,
    /// The known zone whose name is most alike.
    pub nearest: String,
}

/// Why a local time names no single instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    /// The clocks jumped over it.
    #[error("{local} does not exist in {zone}: the clocks went forward over it")]
    Gap {
        /// The local date and time asked for.
        local: String,
        /// The zone's name.
        zone: String,
    },
    /// It happened twice and no zone word says which.
    #[error("{local} happened twice in {zone}: say `{local} {first}` or `{local} {second}`")]
    Repeated {
        /// The local date and time asked for.
        local: String,
        /// The zone's name.
        zone: String,
        /// The abbreviation of the earlier of the two.
        first: String,
        /// The abbreviation of the later of the two.
        second: String,
    },
    /// The zone word is not one that the zone uses at that time.
    #[error("{local} in {zone} is {expected}, not {given}")]
    WrongAbbreviation {
        /// The local date and time asked for.
        local: String,
        /// The zone's name.
        zone: String,
        /// The abbreviation in use then.
        expected: String,
        /// The one that was given.
        given: String,
    },
}

impl Default for Zone {
    fn default() -> Self {
        Self(zone_table::DEFAULT)
    }
}

impl Zone {
    fn local(self, at: Timestamp) -> DateTime<FixedOffset> {
        let utc = at.utc();
        let offset = self.0.offset_at(utc.timestamp()).seconds;
        FixedOffset::east_opt(offset).map_or_else(|| utc.fixed_offset(), |offset| utc.with_timezone(&offset))
    }

    /// The instants at which the clocks show a local time: none in a gap, two in a repeated hour, the earlier first.
    fn instants(self, local: NaiveDateTime) -> Vec<Timestamp> {
        let instants = self.0.instants_of(local.and_utc().timestamp());
        instants.into_iter().filter_map(|at| DateTime::from_timestamp(at, 0)).map(Timestamp::new).collect()
    }

    /// RFC 3339 with this zone's offset at that instant: how front matter and JSON hold it.
    pub fn rfc3339(self, at: Timestamp) -> String {
        self.local(at).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// The local date.
    pub fn date(self, at: Timestamp) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// The local time of day, seconds kept.
    pub fn time(self, at: Timestamp) -> NaiveTime {
        self.local(at).time()
    }

    /// `23:58 EST`: how people read it.
    pub fn minute(self, at: Timestamp) -> String {
        format!("{} {}", self.clock(at), self.abbreviation(at))
    }

    /// `23:58`, without the zone word.
    pub fn clock(self, at: Timestamp) -> String {
        let time = self.time(at);
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// `EST` or `EDT` by the date; `+0545` where the zone has no letters.
    pub fn abbreviation(self, at: Timestamp) -> String {
        self.0.offset_at(at.seconds()).word.to_owned()
    }

    /// `2026-11-22 23:58 EST`.
    pub fn date_minute(self, at: Timestamp) -> String {
        format!("{} {}", self.date(at), self.minute(at))
    }

    /// True when the wall clock shows this minute twice, an hour apart.
    pub fn is_repeated(self, at: Timestamp) -> bool {
        self.instants(self.local(at).naive_local()).len() > 1
    }

    /// The instant of a local date and time. `abbreviation` decides within a repeated hour.
    ///
    /// # Errors
    /// The time falls in the gap of a DST change, happened twice with no word to say which, or the word is wrong.
    pub fn resolve(self, date: NaiveDate, time: NaiveTime, abbreviation: Option<&str>) -> Result<Timestamp, LocalTimeError> {
        let naive = date.and_time(time);
        // Written out only for an error: every line of a timeline comes through here.
        let local = || naive.format("%Y-%m-%d %H:%M").to_string();
        let zone = || self.to_string();
        let found = self.instants(naive);
        if found.is_empty() {
            return Err(LocalTimeError::Gap { local: local(), zone: zone() });
        }
        if let Some(given) = abbreviation {
            let matched = found.iter().find(|at| self.abbreviation(**at).eq_ignore_ascii_case(given));
            return matched.copied().ok_or_else(|| LocalTimeError::WrongAbbreviation {
                local: local(),
                zone: zone(),
                expected: found.iter().map(|at| self.abbreviation(*at)).collect::<Vec<_>>().join(" or "),
                given: given.to_owned(),
            });
        }
        match found.as_slice() {
            [first, second] => {
                let (first, second) = (self.abbreviation(*first), self.abbreviation(*second));
                Err(LocalTimeError::Repeated { local: local(), zone: zone(), first, second })
            }
            [only] => Ok(*only),
            _ => Err(LocalTimeError::Gap { local: local(), zone: zone() }),
        }
    }

    /// As [`Zone::resolve`], for lines that were typed by hand: a repeated hour is its first, a gap is moved forward an hour.
    pub fn resolve_leniently(self, date: NaiveDate, time: NaiveTime) -> Timestamp {
        let naive = date.and_time(time);
        let first = |local| self.instants(local).first().copied();
        let moved = || Some(first(naive - TimeDelta::hours(1))?.plus_seconds(3600));
        first(naive).or_else(moved).unwrap_or_else(|| Timestamp::new(naive.and_utc()))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        let row = ZoneRow::named(name.trim());
        row.map(Self).ok_or_else(|| UnknownZone { name: name.to_owned(), nearest: nearest_zone(name) })
    }
}

fn nearest_zone(name: &str) -> String {
    nearest(name, zone_table::all().map(ZoneRow::name)).unwrap_or_default().to_owned()
}
