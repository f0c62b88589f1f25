//! The parts of a continued postmortem that nobody has written yet, taken anew from what the record knows by now.
//! PURE. A part without its prompt, or with words of its own, keeps its bytes; so do the timeline and the action items.

use std::ops::Range;

use crate::document::front_matter::FrontMatter;
use crate::document::outline::{Outline, line_end};
use crate::document::section_edit::without_comments;
use crate::document::table::ACTION_ITEMS;
use crate::document::timeline_section::TITLE;

/// The text with each part as `fresh` has it where it holds a prompt and says nothing that `fresh` does not say too.
pub fn renewed(text: &str, fresh: &str) -> String {
    let fresh_parts = parts(fresh);
    let mut out = text.to_owned();
    for (title, range) in parts(text).into_iter().rev() {
        let old = text.get(range.clone()).unwrap_or_default();
        let new = fresh_parts.iter().find(|(other, _)| *other == title).and_then(|(_, range)| fresh.get(range.clone()));
        if let Some(new) = new.filter(|new| is_unwritten(old, new)) {
            out.replace_range(range, &new.replace("\r\n", "\n").replace('\n', line_end(text)));
        }
    }
    out
}

/// The parts by their titles, each with what stands between its heading and the next one.
fn parts(text: &str) -> Vec<(String, Range<usize>)> {
    let outline = Outline::read(text, FrontMatter::split(text).map_or(0, |split| split.body_start));
    let ends = outline.sections.iter().skip(1).map(|next| next.heading.start).chain([text.len()]);
    let own = outline.sections.iter().zip(ends).filter(|(section, _)| section.level > 1);
    let own = own.filter(|(section, _)| !section.title.starts_with(TITLE) && section.title != ACTION_ITEMS);
    own.map(|(section, end)| (section.title.clone(), section.heading.end..end)).collect()
}

fn is_unwritten(old: &str, new: &str) -> bool {
    let said = without_comments(old);
    let has_prompt = said.len() < old.len();
    has_prompt
        && said
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && *line != "-")
            .all(|line| new.lines().any(|other| other.trim() == line))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "---\nincident: INC-K7QFM\n---\n# T\n\n## Summary\n\n<!-- Two sentences. -->\n\n## Impact\n\n- Outage: 1 h\n\n<!-- Check. -->\n\n\
        ## Timeline (all times UTC)\n\n<!-- Not known. -->\n\n### 2026-11-22\n\n- 10:00 UTC: x\n\n## Resolution\n\n- One.\n\n<!-- Check. -->\n\n\
        ## Action Items\n\n<!-- File a bug. -->\n\n## Lessons Learned\n\n### What went well\n\n<!-- What. -->\n\n-\n";
    const FRESH: &str = "---\nincident: INC-K7QFM\n---\n# T\n\n## Summary\n\nIt broke.\n\n## Impact\n\n- Outage: 2 h\n\n<!-- Check. -->\n\n\
        ## Timeline (all times UTC)\n\n### 2026-11-22\n\n- 10:00 UTC: x\n\n## Resolution\n\n- One.\n- Two.\n\n<!-- Check. -->\n\n\
        ## Action Items\n\nNone.\n\n## Lessons Learned\n\n### What went well\n\n- The alert.\n";

    #[test]
    fn unwritten_parts_are_taken_anew_and_the_rest_keeps_its_bytes() {
        let wanted = OLD
            .replace("<!-- Two sentences. -->", "It broke.")
            .replace("- One.\n", "- One.\n- Two.\n")
            .replace("<!-- What. -->\n\n-\n", "- The alert.\n");
        assert_eq!(renewed(OLD, FRESH), wanted);
        let carriage = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(renewed(&carriage(OLD), FRESH), carriage(&wanted));
    }

    #[test]
    fn what_somebody_wrote_or_finished_stays() {
        let written = OLD.replace("- One.\n", "- One, by Ada.\n").replace("<!-- Two sentences. -->", "The team's words.");
        assert_eq!(renewed(&written, FRESH), written.replace("<!-- What. -->\n\n-\n", "- The alert.\n"));
        let finished = OLD.replace("- One.\n\n<!-- Check. -->", "- One.");
        assert!(renewed(&finished, FRESH).contains("## Resolution\n\n- One.\n\n## Action"));
        assert_eq!(renewed(OLD, "no front matter"), OLD);
    }
}
