//! The place of the head block while the prose is merged: the block is generated, so what it says on either side is no change.
//! PURE. It is written anew when all else is put together.

use crate::document::merge::sections::{Name, Section};
use crate::document::outline::{BlockKind, Outline};

/// Stands where the block stood.
const PLACE: &str = "**Status:**\n";

/// How the lines of a block begin.
const LINES: [&str; 3] = ["**Status:**", "**Incident Commander:**", "**Date:**"];

/// Puts the place where a block stands, and where further blocks stand that a merge of text left behind.
pub fn hide(sections: &mut [Section], text: &str, outline: &Outline) {
    let paragraphs = outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let blocks = paragraphs.filter_map(|block| text.get(block.range.clone())).filter(|paragraph| is_block(paragraph));
    for block in blocks {
        // Code above the title may show such a block: the one under the title is looked for first.
        let titled = sections.iter().position(|section| section.name == Name::Title && section.content.contains(block));
        let place = titled.or_else(|| sections.iter().position(|section| section.content.contains(block)));
        if let Some(section) = place.and_then(|place| sections.get_mut(place)) {
            section.content = section.content.replacen(block, PLACE, 1);
        }
    }
}

fn is_block(paragraph: &str) -> bool {
    let mut lines = paragraph.lines();
    LINES.iter().all(|opening| lines.next().is_some_and(|line| line.starts_with(opening)))
}

/// Leaves one place, under the title, where the block is looked for; without one the block is put in anew.
pub fn leave_one(sections: &mut [Section]) {
    let has_title = sections.iter().any(|section| section.name == Name::Title);
    let wanted = if has_title { Name::Title } else { Name::Preamble };
    for section in sections.iter_mut() {
        let mut keep = section.name == wanted;
        let mut out = String::new();
        let mut rest = section.content.as_str();
        while let Some(at) = rest.find(PLACE) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let after = from.strip_prefix(PLACE).unwrap_or_default();
            out.push_str(before);
            if !(before.is_empty() || before.ends_with('\n')) {
                out.push_str(PLACE); // within a line of somebody's text
                rest = after;
                continue;
            }
            if keep {
                out.push_str(PLACE);
            }
            rest = if keep { after } else { after.strip_prefix('\n').unwrap_or(after) };
            keep = false;
        }
        out.push_str(rest);
        section.content = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_is_left_under_the_title() {
        let block = "**Status:** open · x\n**Incident Commander:** none yet\n**Date:** 2026-11-22 · **Authors:** A\n";
        let section = |name: Name, content: String| Section { name, heading: String::new(), content };
        let mut sections =
            [section(Name::Preamble, format!("{block}\n")), section(Name::Title, format!("\n{block}\n{block}\n**Status:** mine\n"))];
        let text: String = sections.iter().map(|section| section.content.as_str()).collect();
        hide(&mut sections, &text, &Outline::read(&text, 0));
        leave_one(&mut sections);
        assert_eq!(sections.map(|section| section.content), ["", "\n**Status:**\n\n**Status:** mine\n"]);
    }
}
