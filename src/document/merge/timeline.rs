//! A timeline cut into its entries and what stands between them, and written from the merged entries (M1, M2).
//! PURE. Lines that are no entries belong to the entry or the day heading above them and go where it goes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::document::incident_document::IncidentDocument;
use crate::document::merge::entry_id::{EntryId, SideEntry, bytes_of};
use crate::document::merge::gaps::Gaps;
use crate::document::merge::open_end::followable;
use crate::document::merge::prose;
use crate::document::merge::sections::{Name, Section};
use crate::document::merge::three::Three;
use crate::document::outline::BlockKind;
use crate::document::timeline_section::{TITLE, Timeline};
use crate::domain::zone::Zone;

/// Lines that are no entries, and the blank lines behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Tail {
    lines: String,
    gap: String,
}

impl Tail {
    fn of(text: &str) -> Self {
        let solid = text.trim_end().len();
        let end = if solid == 0 { 0 } else { text.get(solid..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| solid + at + 1) };
        let (lines, gap) = text.split_at_checked(end).unwrap_or((text, ""));
        Self { lines: lines.to_owned(), gap: gap.to_owned() }
    }
}

/// A timeline as a side has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideTimeline {
    heading: String,
    head: Tail,
    /// The first heading of each day, its lines and what stands below it before an entry.
    days: BTreeMap<NaiveDate, (String, Tail)>,
    /// The days that begin with an entry: of these it is known what parts it from the heading.
    opened: BTreeSet<NaiveDate>,
    /// The blank lines before each day.
    before: BTreeMap<NaiveDate, String>,
    /// The entries in the order of the document, and the lines behind each.
    entries: Vec<(SideEntry, Tail)>,
    /// The blank lines at the end of the section.
    end: String,
}

/// The text with the heading of its timeline, where somebody took that away and left the days; `None` where it is not so.
pub fn with_heading(document: &IncidentDocument) -> Option<String> {
    if document.timeline().section.is_some() {
        return None;
    }
    let is_day = |kind: &BlockKind| matches!(kind, BlockKind::Heading(3, title) if title.trim().parse::<NaiveDate>().is_ok());
    let first = document.outline().blocks.iter().find(|block| is_day(&block.kind))?.range.start;
    let (before, after) = document.text().split_at_checked(first)?;
    Some(format!("{before}## {TITLE} (all times {})\n\n{after}", document.zone()))
}

/// An element of the section: where it begins and ends, and what it is.
enum Element<'a> {
    Day(NaiveDate, &'a str),
    Entry(SideEntry),
}

impl SideTimeline {
    /// Cuts the timeline of a text whose lines end in LF; `None` if it has none.
    pub fn read(text: &str, timeline: &Timeline) -> Option<Self> {
        let section = timeline.section.as_ref()?;
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        // What ends the file may be followed by something after the merge.
        let tail =
            |from: usize, to: usize| Tail::of(&if to == text.len() { followable(slice(from, to)) } else { slice(from, to).to_owned() });
        let elements = elements(text, timeline);
        let first = elements.first().map_or(section.content.end, |(start, ..)| *start);
        let mut read = Self {
            heading: slice(section.heading.start, section.heading.end).to_owned(),
            head: tail(section.heading.end, first),
            ..Self::default()
        };
        let mut gap = read.head.gap.clone();
        for (index, (_, end, element)) in elements.iter().enumerate() {
            let next = elements.get(index + 1).map_or(section.content.end, |(start, ..)| *start);
            let tail = tail(*end, next);
            let behind = tail.gap.clone();
            match element {
                Element::Day(date, heading) => {
                    read.before.entry(*date).or_insert(gap);
                    let known = read.days.entry(*date);
                    let known = known.or_insert_with(|| ((*heading).to_owned(), Tail::default()));
                    known.1.lines.push_str(&tail.lines);
                    if matches!(elements.get(index + 1), Some((_, _, Element::Entry(_)))) {
                        known.1.gap.clone_from(&tail.gap);
                        read.opened.insert(*date);
                    }
                }
                Element::Entry(entry) => read.entries.push((entry.clone(), tail)),
            }
            gap = behind;
        }
        read.end = gap;
        Some(read)
    }

    /// The entries in the order of the document.
    pub fn entries(&self) -> Vec<SideEntry> {
        self.entries.iter().map(|(entry, _)| entry.clone()).collect()
    }

    fn gaps(&self) -> Gaps<'_> {
        Gaps::of(self.entries.iter().map(|(entry, tail)| (entry.id.bytes.as_str(), tail.gap.as_str())))
    }
}

/// Day headings and entries in the order of the document, with their first and last byte.
fn elements<'a>(text: &'a str, timeline: &Timeline) -> Vec<(usize, usize, Element<'a>)> {
    let mut elements: Vec<(usize, usize, Element<'a>)> = Vec::new();
    for day in &timeline.days {
        let heading = text.get(day.range.clone()).unwrap_or_default();
        elements.push((day.range.start, day.range.end, Element::Day(day.date, heading)));
    }
    let mut seen: BTreeMap<(NaiveDate, String), usize> = BTreeMap::new();
    let mut days = timeline.days.iter().peekable();
    let mut day = NaiveDate::default();
    for found in &timeline.entries {
        while let Some(next) = days.next_if(|next| next.range.start < found.range.start) {
            day = next.date;
        }
        let source = text.get(found.range.clone()).unwrap_or_default();
        let bytes = bytes_of(source);
        let copy = seen.entry((day, bytes.clone())).or_default();
        let id = EntryId { day, bytes, copy: *copy };
        *copy += 1;
        let source = source.strip_suffix('\n').unwrap_or(source).to_owned();
        elements.push((found.range.start, found.range.end, Element::Entry(SideEntry { id, entry: found.entry.clone(), source })));
    }
    elements.sort_by_key(|(start, ..)| *start);
    elements
}

/// Whether a hand changed what stands between the entries: lines, blank lines, headings.
pub fn is_by_hand(sides: &Three<Option<SideTimeline>>) -> bool {
    let (Some(base), Some(ours), Some(theirs)) = (sides.base.iter().flatten().next(), &sides.ours, &sides.theirs) else {
        return sides.ours.is_some() || sides.theirs.is_some();
    };
    let changed = |side: &SideTimeline| {
        let known: BTreeMap<&EntryId, &Tail> = base.entries.iter().map(|(entry, tail)| (&entry.id, tail)).collect();
        let lines = |(entry, tail): &(SideEntry, Tail)| known.get(&entry.id).map_or(!tail.lines.is_empty(), |old| old.lines != tail.lines);
        let days = |(day, (heading, tail)): (&NaiveDate, &(String, Tail))| {
            base.days.get(day).is_some_and(|(old, old_tail)| old != heading || old_tail.lines != tail.lines)
                || side.before.get(day) != base.before.get(day) && base.days.contains_key(day)
        };
        (&side.heading, &side.head, &side.end) != (&base.heading, &base.head, &base.end)
            || side.entries.iter().any(lines)
            || side.days.iter().any(days)
    };
    changed(ours) || changed(theirs)
}

/// The timeline with these entries, which are in the order of time.
pub fn write(sides: &Three<Option<SideTimeline>>, entries: &[SideEntry], zone: Zone) -> Option<Section> {
    let known: Vec<&SideTimeline> = [&sides.ours, &sides.theirs].into_iter().flatten().collect();
    if known.is_empty() && entries.is_empty() {
        return None;
    }
    let empty = SideTimeline::default();
    let sides = Three {
        base: sides.base.as_ref().map(|base| base.as_ref().unwrap_or(&empty)),
        ours: sides.ours.as_ref().or(sides.theirs.as_ref()).unwrap_or(&empty),
        theirs: sides.theirs.as_ref().or(sides.ours.as_ref()).unwrap_or(&empty),
    };
    let heading = sides.map(|side| side.heading.clone()).agreed_or_smaller().clone();
    let heading = if heading.is_empty() { format!("## {TITLE} (all times {zone})\n") } else { heading };
    Some(Section { name: Name::Timeline, heading, content: Writer::new(&sides).content(entries) })
}

struct Writer<'a> {
    sides: &'a Three<&'a SideTimeline>,
    gaps: Three<Gaps<'a>>,
    tails: BTreeMap<&'a EntryId, String>,
}

impl<'a> Writer<'a> {
    fn new(sides: &'a Three<&'a SideTimeline>) -> Self {
        Self { sides, gaps: sides.map(|side| side.gaps()), tails: tails(sides) }
    }

    fn content(&self, entries: &[SideEntry]) -> String {
        let head = prose::merge(&self.sides.map(|side| side.head.lines.as_str()));
        let mut out = head;
        let mut days: BTreeSet<NaiveDate> = entries.iter().map(|entry| entry.id.day).collect();
        days.extend(self.sides.ours.days.keys().chain(self.sides.theirs.days.keys()));
        let mut rest = entries.iter().peekable();
        for day in days {
            out.push_str(&self.before(day));
            self.push_day(&mut out, day, rest.peek().is_some_and(|next| next.id.day == day));
            while let Some(entry) = rest.next_if(|entry| entry.id.day == day) {
                out.push_str(&entry.source);
                out.push('\n');
                let tail = self.tails.get(&entry.id).map_or("", String::as_str);
                out.push_str(if self.is_apart(&entry.id, tail) { "" } else { "\n" });
                out.push_str(tail);
                if let Some(next) = rest.peek().filter(|next| next.id.day == day) {
                    out.push_str(&self.gaps.between(&entry.id.bytes, &next.id.bytes).unwrap_or_default());
                }
            }
        }
        out.push_str(self.sides.map(|side| side.end.clone()).agreed_or_smaller());
        out
    }

    /// Whether the lines behind an entry stay apart from it as they stand: they begin with a blank line, or stand so on a side. Else
    /// markdown takes a paragraph for a part of the entry.
    fn is_apart(&self, id: &EntryId, tail: &str) -> bool {
        let first = tail.lines().next().unwrap_or_default();
        let stands_so =
            |side: &SideTimeline| side.entries.iter().any(|(entry, other)| entry.id == *id && other.lines.lines().next() == Some(first));
        first.trim().is_empty() || stands_so(self.sides.ours) || stands_so(self.sides.theirs)
    }

    fn before(&self, day: NaiveDate) -> String {
        let gaps = self.sides.map(|side| side.before.get(&day));
        one_or_agreed(&gaps).cloned().unwrap_or_else(|| "\n".to_owned())
    }

    fn push_day(&self, out: &mut String, day: NaiveDate, has_entries: bool) {
        let standing = self.sides.map(|side| side.days.get(&day));
        let heading = one_or_agreed(&standing.map(|found| found.map(|(heading, _)| heading)));
        out.push_str(heading.map_or(&format!("### {day}\n"), |heading| heading));
        out.push_str(&prose::merge(&standing.map(|found| found.map_or("", |(_, tail)| tail.lines.as_str()))));
        if has_entries {
            let gaps = self.sides.map(|side| side.days.get(&day).filter(|_| side.opened.contains(&day)).map(|(_, tail)| &tail.gap));
            out.push_str(one_or_agreed(&gaps).map_or("\n", String::as_str));
        }
    }
}

/// What the side has that has it; of both what is agreed, else the smaller.
fn one_or_agreed<T: Ord + Copy>(sides: &Three<Option<T>>) -> Option<T> {
    match (sides.ours, sides.theirs) {
        (Some(_), Some(_)) => *sides.agreed_or_smaller(),
        (one, other) => one.or(other),
    }
}

/// The lines behind each entry that has some, merged.
fn tails<'a>(sides: &Three<&'a SideTimeline>) -> BTreeMap<&'a EntryId, String> {
    let behind = sides.map(|side| side.entries.iter().map(|(entry, tail)| (&entry.id, tail.lines.as_str())).collect::<BTreeMap<_, _>>());
    let with_lines = |side: &'a SideTimeline| side.entries.iter().filter(|(_, tail)| !tail.lines.is_empty()).map(|(entry, _)| &entry.id);
    let ids: BTreeSet<&EntryId> = with_lines(sides.ours).chain(with_lines(sides.theirs)).collect();
    let merged = ids.into_iter().map(|id| {
        // A side that lacks the entry says nothing of its lines.
        let Three { base, ours, theirs } = behind.map(|lines| lines.get(id).copied());
        let lines = Three { base: base.flatten(), ours: ours.or(theirs).unwrap_or_default(), theirs: theirs.or(ours).unwrap_or_default() };
        (id, prose::merge(&lines))
    });
    merged.collect()
}
