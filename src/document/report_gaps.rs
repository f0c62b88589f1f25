//! What a report still lacks: prompts that stand, parts that are empty or gone.
//! PURE. The template says which parts and prompts there are; a comment that somebody wrote is none of them.

use std::fmt;
use std::ops::Range;

use crate::document::comments::comments;
use crate::document::front_matter::FrontMatter;
use crate::document::outline::{BlockKind, Outline, line_of};
use crate::document::report::Report;
use crate::document::report_continued::REOPENED;
use crate::document::report_fields::{FROM_RECORD, NOT_KNOWN};
use crate::document::section_edit::without_comments;

/// Something that is still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// 1-based line in the report; none for a part that is gone.
    pub line: Option<usize>,
    /// The part's heading; empty for what stands above the first.
    pub part: String,
    /// What is wrong with it, lower case.
    pub what: &'static str,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.part.is_empty() { String::new() } else { format!("`{}` ", self.part) };
        match self.line {
            Some(line) => write!(f, "line {line}: {part}{}", self.what),
            None => write!(f, "{part}{}", self.what),
        }
    }
}

/// The gaps of a report, in its order; `template` is the repository's own, if there is one.
///
/// # Source
/// The process, "Be comprehensive"; spec §3, `postmortem --done`.
pub fn gaps(report: Report, text: &str, template: Option<&str>) -> Vec<Gap> {
    let template = template.unwrap_or_else(|| report.template().built_in());
    let prompts = prompts(template);
    let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
    let outline = Outline::read(text, body_start);
    let wanted = headings(template);
    let found: Vec<Option<Range<usize>>> = wanted.iter().map(|heading| heading.find(&outline)).collect();
    let mut starts: Vec<usize> = found.iter().flatten().map(|range| range.start).collect();
    starts.sort_unstable();
    let end_of = |start: usize| starts.iter().copied().find(|other| *other > start).unwrap_or(text.len());
    let mut gaps = above(text, body_start, starts.first().copied().unwrap_or(text.len()));
    for (heading, place) in wanted.iter().zip(&found) {
        let Some(place) = place else {
            gaps.push(Gap { line: None, part: heading.title.clone(), what: "is missing" });
            continue;
        };
        let content = text.get(place.end..end_of(place.start)).unwrap_or_default();
        gaps.extend(heading.gaps(text, content, place, &prompts));
    }
    gaps.sort_by_key(|gap| gap.line.unwrap_or(usize::MAX));
    gaps
}

/// Prompts of the program's own that stand above the first part.
fn above(text: &str, from: usize, to: usize) -> Vec<Gap> {
    let inside = text.get(from..to).unwrap_or_default();
    let ours = comments(inside).into_iter().filter(|range| inside.get(range.clone()).is_some_and(is_generated));
    ours.map(|range| Gap { line: Some(line_of(text, from + range.start)), part: String::new(), what: "the prompt of the reopening stands" })
        .collect()
}

/// A part that the template has.
struct Heading {
    level: u8,
    title: String,
    /// The template puts text under it, not only further headings.
    has_text: bool,
}

impl Heading {
    fn find(&self, outline: &Outline) -> Option<Range<usize>> {
        outline.section(self.level, &self.title).map(|section| section.heading.clone())
    }

    fn gaps(&self, text: &str, content: &str, place: &Range<usize>, prompts: &[String]) -> Vec<Gap> {
        let is_prompt = |comment: &str| is_generated(comment) || prompts.contains(&folded(comment));
        let standing = comments(content).into_iter().filter(|range| content.get(range.clone()).is_some_and(is_prompt));
        let gap = |at: usize, what: &'static str| Gap { line: Some(line_of(text, at)), part: self.title.clone(), what };
        let gaps: Vec<Gap> = standing.map(|range| gap(place.end + range.start, "still holds a prompt")).collect();
        if gaps.is_empty() && self.has_text && is_empty(content) { vec![gap(place.start, "is empty")] } else { gaps }
    }
}

/// The parts of a template, with the fixed beginning of each title.
fn headings(template: &str) -> Vec<Heading> {
    let template = template.replace("\r\n", "\n");
    let outline = Outline::read(&template, 0);
    let parts = outline.sections.iter().filter(|section| section.level > 1);
    parts
        .map(|section| {
            let next = outline.sections.iter().map(|other| other.heading.start).find(|start| *start > section.heading.start);
            let own = template.get(section.heading.end..next.unwrap_or(template.len())).unwrap_or_default();
            let title = section.title.split("{{").next().unwrap_or_default().split('(').next().unwrap_or_default().trim();
            Heading { level: section.level, title: title.to_owned(), has_text: !own.trim().is_empty() }
        })
        .filter(|heading| !heading.title.is_empty())
        .collect()
}

/// The prompts of a template, those in branches that were not taken among them.
fn prompts(template: &str) -> Vec<String> {
    let mut prompts = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once("<!--") {
        let Some((inside, after)) = after.split_once("-->") else { break };
        prompts.push(folded(&format!("<!--{inside}-->")));
        rest = after;
    }
    prompts
}

fn folded(comment: &str) -> String {
    comment.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_generated(comment: &str) -> bool {
    [FROM_RECORD, NOT_KNOWN, REOPENED].iter().any(|lead| comment.starts_with(lead))
}

/// Nothing but comments, empty list items and the head of a table.
fn is_empty(content: &str) -> bool {
    let said = without_comments(content);
    let outline = Outline::read(&said, 0);
    outline.blocks.iter().all(|block| {
        let source = said.get(block.range.clone()).unwrap_or_default();
        let lines = source.lines().filter(|line| !line.trim().is_empty());
        match block.kind {
            BlockKind::Table => lines.skip(2).all(|line| line.chars().all(|c| c == '|' || c.is_whitespace())),
            BlockKind::Heading(..) => true,
            _ => source.chars().all(|c| "-*+_".contains(c) || c.is_whitespace()),
        }
    })
}

#[cfg(test)]
mod tests;
