//! The body of a document put together heading by heading (M7).
//! PURE. A section is known by its heading, wherever it stands. Deleted by one side it goes, unless the other changed it or one under it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::merge::open_end::followable;
use crate::document::merge::order::arranged;
use crate::document::merge::prose;
use crate::document::merge::three::Three;
use crate::document::outline::{BlockKind, Outline};

/// What a section is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// What stands before the first heading.
    Preamble,
    /// The heading of the whole, which names the incident, and what stands under it.
    Title,
    /// The running log, its day headings included.
    Timeline,
    /// Any other: its level, its title, and which of several of the same it is.
    Headed(u8, String, usize),
}

/// One heading and what stands under it up to the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is known by.
    pub name: Name,
    /// The heading's lines; none before the first heading.
    pub heading: String,
    /// The lines below it.
    pub content: String,
}

/// Cuts a body that begins at `body_start`; `timeline` is the log's heading and content, which are not looked into.
pub fn read(text: &str, outline: &Outline, body_start: usize, timeline: Option<&(Range<usize>, Range<usize>)>) -> Vec<Section> {
    let end = timeline.map_or(0..0, |(_, content)| content.clone());
    let inside = |at: usize| end.contains(&at);
    let headings: Vec<(u8, &str, Range<usize>)> = outline
        .blocks
        .iter()
        .filter(|block| !inside(block.range.start))
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(level, title) => Some((*level, title.as_str(), block.range.clone())),
            _ => None,
        })
        .collect();
    let first = headings.first().map_or(text.len(), |(_, _, range)| range.start);
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let mut sections = vec![Section { name: Name::Preamble, heading: String::new(), content: slice(body_start..first) }];
    let mut seen: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for (index, (level, title, range)) in headings.iter().enumerate() {
        let next = headings.get(index + 1).map_or(text.len(), |(_, _, next)| next.start);
        let is_timeline = timeline.is_some_and(|(heading, _)| heading == range);
        let is_title = *level == 1 && !sections.iter().any(|section| section.name == Name::Title);
        let name = if is_timeline {
            Name::Timeline
        } else if is_title {
            Name::Title
        } else {
            let count = seen.entry((*level, *title)).or_default();
            *count += 1;
            Name::Headed(*level, (*title).to_owned(), *count)
        };
        sections.push(Section { name, heading: slice(range.clone()), content: slice(range.end..next) });
    }
    if let Some(last) = sections.last_mut() {
        last.content = followable(&last.content);
    }
    sections
}

/// The sections of both sides; `timeline` makes the log's, `None` if there is none.
pub fn merge(sides: &Three<Vec<Section>>, timeline: Option<Section>) -> Vec<Section> {
    let find = |sections: &[Section], name: &Name| sections.iter().find(|section| section.name == *name).cloned();
    let names = sides.map(|sections| sections.iter().map(|section| section.name.clone()).collect::<Vec<_>>());
    let mut merged: Vec<Section> = Vec::new();
    let mut timeline = timeline;
    for name in arranged(&names) {
        if name == Name::Timeline {
            merged.extend(timeline.take());
            continue;
        }
        let base = sides.base.as_ref().and_then(|sections| find(sections, &name));
        merged.extend(match (find(&sides.ours, &name), find(&sides.theirs, &name)) {
            (Some(ours), Some(theirs)) => Some(both(&Three { base, ours, theirs })),
            (Some(one), None) | (None, Some(one)) => Some(one).filter(|one| stands_alone(sides, base.as_ref(), one)),
            (None, None) => None,
        });
    }
    before_timeline(merged)
}

/// A part of a section that one side renamed or put right behind the log would become a part of the log: it stands before it.
fn before_timeline(mut sections: Vec<Section>) -> Vec<Section> {
    if let Some(place) = sections.iter().position(|section| section.name == Name::Timeline) {
        let is_part = |section: &&Section| matches!(section.name, Name::Headed(3.., ..));
        let parts = sections.iter().skip(place + 1).take_while(is_part).count();
        if let Some(run) = sections.get_mut(place..=place + parts) {
            run.rotate_left(1);
        }
    }
    sections
}

/// Whether a section that the other side lacks stands: it is new, it was changed, or a new one under it has no other place.
fn stands_alone(sides: &Three<Vec<Section>>, base: Option<&Section>, one: &Section) -> bool {
    let (Some(base), Name::Headed(level, ..)) = (base, &one.name) else { return true };
    let is_under = |section: &&Section| matches!(&section.name, Name::Headed(other, ..) if other > level);
    let has_place = |section: &Section, other: &[Section]| other.iter().any(|found| found.name == section.name);
    let is_known = |section: &Section| sides.base.iter().flatten().any(|other| other == section);
    let has_new = |side: &[Section], other: &[Section]| {
        let place = side.iter().position(|section| section == one);
        let mut under = side.iter().skip(place.map_or(side.len(), |place| place + 1)).take_while(is_under);
        under.any(|section| !is_known(section) && !has_place(section, other))
    };
    // The blank lines at its end are no change of it: the heading that follows may want them.
    let is_changed = base.heading != one.heading || base.content.trim_end() != one.content.trim_end();
    is_changed || has_new(&sides.ours, &sides.theirs) || has_new(&sides.theirs, &sides.ours)
}

fn both(sides: &Three<Section>) -> Section {
    let headings = sides.map(|section| section.heading.as_str());
    let heading = *headings.agreed_or_smaller();
    let mut content = prose::merge(&sides.map(|section| section.content.as_str()));
    if headings.agreed().is_none() {
        // One heading can stand: what the other says is kept in a comment under it.
        let other = headings.ours.max(headings.theirs).trim().replace("-->", "-- >");
        let comment = format!("\n<!-- merged, the other side had: {other} -->\n");
        let is_new = !content.contains(comment.trim());
        content = if is_new { format!("{comment}{}{content}", if content.starts_with('\n') { "" } else { "\n" }) } else { content };
    }
    Section { name: sides.ours.name.clone(), heading: heading.to_owned(), content }
}

/// The sections as one text.
pub fn write(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        // A heading that is underlined would take in the line above it.
        if !section.heading.trim_start().starts_with('#') && !section.heading.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        out.push_str(&section.heading);
        out.push_str(&section.content);
    }
    out
}
