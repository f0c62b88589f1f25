//! The rules of all time zones as `build.rs` has written them from chrono-tz: numbers without a pointer among them.
//! PURE: they are compiled in.
//!
//! A zone is a row of `ZONES`: where its name ends in `NAMES`, and its first span and the end of its spans in `STARTS` (from
//! which second on; the first from the beginning of time) and `KINDS` (the row of `OFFSETS`: seconds against UTC, the zone
//! word's place in `WORDS`).

use std::ops::Range;

use written::{DEFAULT_ZONE, KINDS, NAMES, OFFSETS, STARTS, WORDS, ZONES};

#[allow(clippy::all, clippy::pedantic, reason = "build.rs wrote it")]
mod written {
    include!(concat!(env!("OUT_DIR"), "/zone_table.rs"));
}

/// The largest difference of a clock from UTC, in seconds, rounded up: Manila's and Metlakatla's were more than 15 hours.
const LARGEST_OFFSET: i64 = 16 * 3600;

/// A zone: its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ZoneRow(u16);

/// What the clocks of a zone show for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offset {
    /// Local time less UTC, in seconds.
    pub(crate) seconds: i32,
    /// The zone word: `EDT`, or `+0545` where there are no letters.
    pub(crate) word: &'static str,
}

/// The zone that a document has when nothing says otherwise: the process's own "EDT", right all year.
pub(crate) const DEFAULT: ZoneRow = ZoneRow(DEFAULT_ZONE);

/// All zones, by name.
pub(crate) fn all() -> impl Iterator<Item = ZoneRow> {
    (0..).take(ZONES.len()).map(ZoneRow)
}

impl ZoneRow {
    /// The zone of that very name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (mut low, mut high) = (0, u16::try_from(ZONES.len()).ok()?);
        while low < high {
            let middle = Self(u16::midpoint(low, high));
            match middle.name().cmp(name) {
                std::cmp::Ordering::Less => low = middle.0 + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle.0,
            }
        }
        None
    }

    /// Its IANA name.
    pub(crate) fn name(self) -> &'static str {
        let end_of = |row: u16| ZONES.get(usize::from(row)).map_or(0, |(end, ..)| usize::from(*end));
        let start = self.0.checked_sub(1).map_or(0, end_of);
        NAMES.get(start..end_of(self.0)).unwrap_or_default()
    }

    /// What its clocks show at an instant, in seconds since 1970.
    pub(crate) fn offset_at(self, at: i64) -> Offset {
        let spans = self.spans();
        let starts = STARTS.get(spans.clone()).unwrap_or_default();
        offset(spans.start + starts.partition_point(|start| *start <= at).saturating_sub(1))
    }

    /// The instants at which its clocks show a local time, the earlier first: none in a gap, two in an hour that is repeated.
    /// Both in seconds since 1970, as if the local one were UTC.
    pub(crate) fn instants_of(self, local: i64) -> Vec<i64> {
        let spans = self.spans();
        let starts = STARTS.get(spans.clone()).unwrap_or_default();
        let first = starts.partition_point(|start| *start <= local - LARGEST_OFFSET).saturating_sub(1);
        let near = starts.iter().enumerate().skip(first).take_while(|(_, start)| **start <= local + LARGEST_OFFSET);
        let instants = near.filter_map(|(row, start)| {
            let at = local - i64::from(offset(spans.start + row).seconds);
            let end = starts.get(row + 1).copied().unwrap_or(i64::MAX);
            (*start..end).contains(&at).then_some(at)
        });
        instants.collect()
    }

    fn spans(self) -> Range<usize> {
        let place = |row: u32| usize::try_from(row).unwrap_or_default();
        ZONES.get(usize::from(self.0)).map_or(0..0, |(_, first, end)| place(*first)..place(*end))
    }
}

fn offset(span: usize) -> Offset {
    let kind = KINDS.get(span).map_or(0, |kind| usize::from(*kind));
    let (seconds, from, to) = OFFSETS.get(kind).copied().unwrap_or_default();
    Offset { seconds, word: WORDS.get(usize::from(from)..usize::from(to)).unwrap_or_default() }
}

#[cfg(test)]
mod tests;
