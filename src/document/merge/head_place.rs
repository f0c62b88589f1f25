//! The place of the head block while the prose is merged: the block is generated, so what it says on either side is no change.
//! PURE. It is written anew when all else is put together.

use crate::document::head_block;
use crate::document::merge::sections::{Name, Section};
use crate::document::outline::{BlockKind, Outline};

/// Stands where the block stood.
const PLACE: &str = "**Status:**\n";

/// Puts the place where a block stands, and where further blocks stand that a merge of text left behind. What somebody typed into a
/// block becomes a paragraph above or below it.
pub fn hide(sections: &mut [Section], text: &str, outline: &Outline) {
    let main = head_block::find(text, outline);
    let paragraphs = outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let further = paragraphs.map(|block| block.range.clone()).filter(|range| {
        let lines = text.get(range.clone()).unwrap_or_default();
        main.as_ref() != Some(range) && head_block::is_whole(lines)
    });
    for block in main.clone().into_iter().chain(further).filter_map(|range| text.get(range)) {
        // Code above the title may show such a block: the one under the title is looked for first.
        let titled = sections.iter().position(|section| section.name == Name::Title && section.content.contains(block));
        let place = titled.or_else(|| sections.iter().position(|section| section.content.contains(block)));
        if let Some(section) = place.and_then(|place| sections.get_mut(place)) {
            section.content = section.content.replacen(block, &place_of(block), 1);
        }
    }
}

fn place_of(block: &str) -> String {
    let (above, below) = head_block::typed_lines(block);
    let lines = |typed: Vec<&str>| typed.into_iter().flat_map(|line| [line.trim(), "\n"]).collect::<String>();
    let (above, below) = (lines(above), lines(below));
    let gap = |typed: &str| if typed.is_empty() { "" } else { "\n" };
    format!("{above}{}{PLACE}{}{below}", gap(&above), gap(&below))
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
