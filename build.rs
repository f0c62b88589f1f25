//! Writes the rules of all time zones as plain numbers, from chrono-tz: `src/domain/zone_table.rs` includes and explains them.
//!
//! chrono-tz's own tables hold a pointer in every span; the loader of a position-independent program mends 45,000 of them at each
//! start, about a millisecond. These hold none, so only the pages that are read are loaded.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script talks to cargo, and ends the build when it cannot go on"
)]

use std::fmt::{Debug, Write as _};
use std::path::PathBuf;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz, TzOffset};

/// 1800 and 2110: chrono-tz knows no change outside of 1845 to 2099.
const FIRST: i64 = -5_364_662_400;
const LAST: i64 = 4_417_977_600;
/// Shorter than the shortest span, which is of nearly seven days (Cambridge Bay, November 2000): no change is stepped over.
const STEP: usize = 3 * 86_400;

/// What a clock shows against UTC, in seconds, and the zone word: `EDT`, or `+0545` where there are no letters.
type Offsets = (i32, String);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut zones: Vec<Tz> = TZ_VARIANTS.to_vec();
    zones.sort_by_key(|zone| zone.name());
    let mut tables = Tables::default();
    for zone in &zones {
        tables.add(*zone);
    }
    let default = zones.iter().position(|zone| *zone == Tz::America__New_York).unwrap();
    let file = PathBuf::from(std::env::var_os("OUT_DIR").unwrap()).join("zone_table.rs");
    std::fs::write(file, tables.source(default)).unwrap();
}

#[derive(Default)]
struct Tables {
    names: String,
    words: String,
    /// Where the name ends, and the spans: links share theirs.
    zones: Vec<(usize, usize, usize)>,
    /// From when on, in seconds since 1970, and which offset.
    spans: Vec<(i64, usize)>,
    offsets: Vec<Offsets>,
}

impl Tables {
    fn add(&mut self, zone: Tz) {
        let spans: Vec<(i64, usize)> = spans(zone).into_iter().map(|(from, offset)| (from, self.offset(offset))).collect();
        self.names += zone.name();
        let same = self.zones.iter().find(|(_, first, end)| self.spans[*first..*end] == spans);
        let (first, end) = same.map_or((self.spans.len(), self.spans.len() + spans.len()), |(_, first, end)| (*first, *end));
        if end > self.spans.len() {
            self.spans.extend(spans);
        }
        self.zones.push((self.names.len(), first, end));
    }

    fn offset(&mut self, offset: Offsets) -> usize {
        let known = self.offsets.iter().position(|known| *known == offset);
        known.unwrap_or_else(|| {
            self.offsets.push(offset);
            self.offsets.len() - 1
        })
    }

    fn source(mut self, default: usize) -> String {
        let mut offsets = Vec::new();
        for (seconds, word) in &self.offsets {
            let from = self.words.find(word.as_str()).unwrap_or(self.words.len());
            if from == self.words.len() {
                self.words += word;
            }
            offsets.push((*seconds, from, from + word.len()));
        }
        let (starts, kinds): (Vec<i64>, Vec<usize>) = self.spans.iter().copied().unzip();
        let mut source = format!("pub(super) const DEFAULT_ZONE: u16 = {default};\n");
        writeln!(source, "pub(super) static NAMES: &str = {};", in_lines(&self.names)).unwrap();
        writeln!(source, "pub(super) static WORDS: &str = {};", in_lines(&self.words)).unwrap();
        source += &table("ZONES", "(u16, u32, u32)", &self.zones);
        source += &table("OFFSETS", "(i32, u16, u16)", &offsets);
        source += &table("STARTS", "i64", &starts);
        source += &table("KINDS", "u16", &kinds);
        source
    }
}

/// A table as source, in short lines: a compiler's message quotes the whole line.
fn table<T: Debug>(name: &str, of: &str, rows: &[T]) -> String {
    let lines = rows.chunks(8).map(|rows| rows.iter().fold("   ".to_owned(), |line, row| format!("{line} {row:?},")) + "\n");
    format!("pub(super) static {name}: [{of}; {}] = [\n{}];\n", rows.len(), lines.collect::<String>())
}

/// A text as source, in short lines.
fn in_lines(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters.chunks(100).map(|line| line.iter().collect::<String>().escape_debug().to_string()).collect();
    format!("\"{}\"", lines.join("\\\n    "))
}

/// The spans of a zone, the first from the beginning of time.
fn spans(zone: Tz) -> Vec<(i64, Offsets)> {
    let (mut seen_at, mut seen) = (FIRST, offset(zone, FIRST));
    let mut spans = vec![(i64::MIN, told(seen))];
    for at in (FIRST..LAST).step_by(STEP) {
        let now = offset(zone, at);
        if now != seen {
            spans.push((change(zone, seen_at, at), told(now)));
        }
        (seen_at, seen) = (at, now);
    }
    spans
}

/// The second at which the offset of `before` gives way to that of `after`.
fn change(zone: Tz, mut before: i64, mut after: i64) -> i64 {
    let old = offset(zone, before);
    while after - before > 1 {
        let middle = i64::midpoint(before, after);
        if offset(zone, middle) == old { before = middle } else { after = middle }
    }
    after
}

fn offset(zone: Tz, at: i64) -> TzOffset {
    zone.offset_from_utc_datetime(&DateTime::from_timestamp(at, 0).expect("within chrono's years").naive_utc())
}

fn told(offset: TzOffset) -> Offsets {
    (offset.fix().local_minus_utc(), offset.abbreviation().map_or_else(|| offset.to_string(), str::to_owned))
}
