//! The last look at a merge: is a line of a side missing from the result that the other side did not take away?
//! PURE. It compares lines and knows nothing of how they were put together, so that what the merge overlooks is not lost unseen.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::document::broken::BrokenDocument;
use crate::document::cell::cells;
use crate::document::front_matter::FrontMatter;
use crate::document::head_block::is_generated;
use crate::document::merge::three::Three;
use crate::document::merge::versions;
use crate::document::timeline_section::TITLE;
use crate::document::yaml_layout::comment_texts;
use crate::domain::action_item::Cell;

/// How often a line stands in each version and in the result.
#[derive(Clone, Copy, Default)]
struct Count {
    base: usize,
    ours: usize,
    theirs: usize,
    merged: usize,
}

impl Count {
    /// How often it has to stand: as often as on the side that has it oftener, less what the other took away.
    fn wanted(self) -> usize {
        let left = |one: usize, other: usize| one.saturating_sub(self.base.saturating_sub(other));
        left(self.ours, self.theirs).max(left(self.theirs, self.ours))
    }
}

/// Refuses a merged document that lacks a line or a comment of a side.
///
/// # Errors
/// Names what is missing.
pub fn refuse(texts: &Three<&str>, merged: &str, rightly_gone: &BTreeSet<&str>) -> Result<(), BrokenDocument> {
    let yaml = texts.map(|text| yaml_and_body(text).0);
    let bodies = texts.map(|text| yaml_and_body(text).1);
    let (merged_yaml, merged_body) = yaml_and_body(merged);
    let lost = line(&bodies, merged_body, rightly_gone).or_else(|| comment(&yaml, merged_yaml));
    let message = |lost: &str| format!("a merge would lose a line: {lost}");
    lost.map_or(Ok(()), |lost| Err(BrokenDocument { line: 1, column: 1, message: message(lost) }))
}

fn yaml_and_body(text: &str) -> (&str, &str) {
    FrontMatter::split(text).map_or(("", text), |parts| (parts.yaml_of(text), parts.body_of(text)))
}

/// The first line of a side, in the order of its bytes, that a merged body lacks. `rightly_gone` are the lines that a rule takes away.
fn line<'text>(bodies: &Three<&'text str>, merged: &str, rightly_gone: &BTreeSet<&str>) -> Option<&'text str> {
    let mut counts: HashMap<&str, Count> = HashMap::new();
    let lines = |text: &'text str| text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines(bodies.ours).for_each(|line| counts.entry(line).or_default().ours += 1);
    lines(bodies.theirs).for_each(|line| counts.entry(line).or_default().theirs += 1);
    let known = |counts: &mut HashMap<&str, Count>, text: &str, add: fn(&mut Count)| {
        text.lines().filter_map(|line| counts.get_mut(line.trim()).map(add)).count();
    };
    known(&mut counts, bodies.base.unwrap_or_default(), |count| count.base += 1);
    known(&mut counts, merged, |count| count.merged += 1);
    let is_missing = |line: &str, count: Count| {
        let wanted = if is_day_heading(line) { count.wanted().min(1) } else { count.wanted() };
        count.merged < wanted && !is_no_text(line) && !rightly_gone.contains(line) && !stands_otherwise(line, merged)
    };
    counts.into_iter().filter(|(line, count)| is_missing(line, *count)).map(|(line, _)| line).min()
}

/// The first comment of a side's YAML, new since the base, that the merged YAML lacks.
fn comment<'text>(yaml: &Three<&'text str>, merged: &str) -> Option<&'text str> {
    let base: BTreeSet<&str> = yaml.base.and_then(comment_texts).unwrap_or_default().into_iter().collect();
    let of = |side: &'text str| if side.contains('#') { comment_texts(side).unwrap_or_default() } else { Vec::new() };
    let new = of(yaml.ours).into_iter().chain(of(yaml.theirs)).filter(|comment| !base.contains(comment));
    new.filter(|comment| !merged.contains(comment)).min()
}

fn is_day_heading(line: &str) -> bool {
    line.strip_prefix("### ").is_some_and(|title| title.trim().parse::<NaiveDate>().is_ok())
}

/// Lines that a merge writes by itself, and lines without a word in them.
fn is_no_text(line: &str) -> bool {
    let is_mark = [versions::OPEN, versions::OR, versions::CLOSE].contains(&line);
    let is_heading_of_log = line.strip_prefix("## ").is_some_and(|title| title.starts_with(TITLE) && title.contains("(all times "));
    is_mark || is_heading_of_log || is_generated(line) || !line.contains(char::is_alphanumeric)
}

/// A row stands cell by cell; a heading that gave way stands in a comment.
fn stands_otherwise(line: &str, merged: &str) -> bool {
    let texts = cells(line).into_iter().filter_map(|range| line.get(range)).map(|cell| Cell::parse(cell).text);
    let is_row = line.starts_with('|') && texts.flat_map(|cell| versions::read_inline(&cell)).all(|text| merged.contains(&text));
    is_row || merged.contains(&format!("had: {line} -->"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(base: &str, ours: &str, theirs: &str, merged: &str) -> Option<String> {
        line(&Three { base: Some(base), ours, theirs }, merged, &BTreeSet::from(["gone"])).map(str::to_owned)
    }

    #[test]
    fn a_line_that_nobody_took_away_is_missed() {
        assert_eq!(lost("a\n", "a\nb\n", "a\nc\n", "a\nb\n"), Some("c".to_owned()));
        assert_eq!(lost("a\n", "a\nb\n", "c\n", "b\nc\n"), None, "the other side took it away");
        assert_eq!(lost("a\n", "a\na\n", "a\n", "a\n"), Some("a".to_owned()), "as often as it stood");
        assert_eq!(lost("", "### 2026-11-23\n### 2026-11-23\n---\ngone\n", "", "### 2026-11-23\n"), None);
    }

    #[test]
    fn a_row_stands_cell_by_cell() {
        let (ours, theirs) = ("| ~~A9D x~~ done 2026-12-02 | b |", "| A9D x | c |");
        let merged = "| ~~A9D x~~ done 2026-12-01 | <!-- versions: keep one --> b <!-- or --> c <!-- end of versions --> |";
        assert_eq!(lost("| A9D x | a |", ours, theirs, merged), None);
        assert_eq!(lost("| A9D x | a |", ours, theirs, &merged.replace(" c ", " d ")), Some(theirs.to_owned()));
    }

    #[test]
    fn a_new_comment_is_missed() {
        let sides = Three { base: Some("a: 1 # x\n"), ours: "a: 1 # x\nb: 2 # y\n", theirs: "a: 1\n" };
        assert_eq!((comment(&sides, "a: 1\nb: 2 # y\n"), comment(&sides, "a: 1\n")), (None, Some("# y")));
    }
}
