//! `postmortem.md` and `rca.md` put together: keys by M4, prose by M7, a copied timeline by M1.
//! PURE. No entry sets a report's keys, so of two changed values the greater stands, and the other is kept in a comment.

use crate::document::broken::BrokenDocument;
use crate::document::front_matter::FrontMatter;
use crate::document::merge::entries;
use crate::document::merge::keys;
use crate::document::merge::lost;
use crate::document::merge::sections;
use crate::document::merge::sections::Section;
use crate::document::merge::three::Three;
use crate::document::merge::timeline::{self, SideTimeline};
use crate::document::merge::yaml_file::by_bytes;
use crate::document::merge::yaml_parts::Parts;
use crate::document::outline::Outline;
use crate::document::report_header::ReportHeader;
use crate::document::timeline_section::{TITLE, Timeline};
use crate::domain::zone::Zone;

/// One version of a report, cut.
struct Cut {
    parts: Parts,
    timeline: Option<SideTimeline>,
    sections: Vec<Section>,
    zone: Zone,
}

/// Puts the versions together; their lines end in LF.
///
/// # Errors
/// The front matter of a side is none, or that of the result.
pub fn merge(texts: &Three<&str>) -> Result<String, BrokenDocument> {
    let base = texts.base.and_then(|base| cut(base).ok());
    let cut = Three { base, ours: cut(texts.ours)?, theirs: cut(texts.theirs)? };
    let keys = keys::merge(&cut.map(|cut| cut.parts.clone()), &by_bytes);
    let zone = cut.map(|cut| cut.zone);
    let zone = zone.agreed().copied().unwrap_or(zone.ours);
    let sides = cut.map(|cut| cut.timeline.as_ref().map(SideTimeline::entries).unwrap_or_default());
    let entries = entries::merge(&sides);
    let redacted = [&sides.ours, &sides.theirs].into_iter().flatten().filter(|found| !entries.iter().any(|other| other.id == found.id));
    let redacted: Vec<String> = redacted.flat_map(|found| found.source.lines()).map(|line| line.trim().to_owned()).collect();
    let timeline = timeline::write(&cut.map(|cut| cut.timeline.clone()), &entries, zone);
    let body = sections::merge(&cut.map(|cut| cut.sections.clone()), timeline);
    let text = format!("---\n{}---\n{}", keys.with_the_others(), sections::write(&body));
    ReportHeader::of_document(&text)?;
    let text = format!("{}\n", text.trim_end());
    lost::refuse(texts, &text, &redacted.iter().map(String::as_str).collect())?;
    Ok(text)
}

fn cut(text: &str) -> Result<Cut, BrokenDocument> {
    let front_matter = FrontMatter::split(text)?;
    ReportHeader::of_document(text)?;
    let parts = Parts::read(front_matter.yaml_of(text), front_matter.first_line)?;
    let outline = Outline::read(text, front_matter.body_start);
    let zone = zone(&outline);
    let timeline = Timeline::read(text, &outline, zone, &|_| true);
    let place = timeline.section.as_ref().map(|section| (section.heading.clone(), section.content.clone()));
    let sections = sections::read(text, &outline, front_matter.body_start, place.as_ref());
    Ok(Cut { parts, timeline: SideTimeline::read(text, &timeline), sections, zone })
}

/// The zone that the timeline's heading names.
fn zone(outline: &Outline) -> Zone {
    let title = outline.section(2, TITLE).map_or("", |section| section.title.as_str());
    let named = title.split_once("(all times ").and_then(|(_, rest)| rest.split_once(')'));
    named.and_then(|(zone, _)| zone.parse().ok()).unwrap_or_default()
}
