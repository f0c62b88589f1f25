//! The prose sections of a document: read one, replace one.
//! PURE. Replacing touches the section's own text alone, never the sections under it.

use std::ops::Range;

use crate::document::escape::{code_in_prose, escape_prose, unescape_prose};
use crate::document::outline::{BlockKind, Outline, Section as Found, line_end};
use crate::domain::section::Section;
use crate::domain::text::tidy;

/// Where a section's own text stands: from its heading to its first subsection. `None` when it has no heading.
pub fn own_text(outline: &Outline, section: Section) -> Option<Range<usize>> {
    let found = find(outline, section)?;
    let is_heading = |kind: &BlockKind| matches!(kind, BlockKind::Heading(..));
    let next = outline.blocks_in(&found.content).find(|block| is_heading(&block.kind)).map_or(found.content.end, |block| block.range.start);
    Some(found.content.start..next)
}

/// Where all that stands under a section is: its own text and subsections made by hand, up to the next part of the sample.
pub fn whole_text(outline: &Outline, section: Section) -> Option<Range<usize>> {
    let found = find(outline, section)?;
    let parts = Section::ALL.iter().filter(|part| part.parent() == Some(section.heading()));
    let next = parts.filter_map(|part| find(outline, *part)).map(|part| part.heading.start).min().unwrap_or(found.content.end);
    Some(found.content.start..next.min(found.content.end))
}

fn find(outline: &Outline, section: Section) -> Option<&Found> {
    match section.parent().and_then(|parent| outline.section(2, parent)) {
        Some(parent) => outline.subsection(parent, section.heading()),
        None => outline.section(section.level(), section.heading()),
    }
}

/// What a section says: its text without prompts (HTML comments), trimmed; empty when nothing was written yet.
pub fn read(text: &str, outline: &Outline, section: Section) -> String {
    let Some(range) = own_text(outline, section) else { return String::new() };
    let own = without_comments(text.get(range).unwrap_or_default()).replace("\r\n", "\n");
    let own = own.trim();
    // A list with one empty item is the sample's placeholder.
    if own.chars().all(|c| c == '-' || c.is_whitespace()) { String::new() } else { unescape_prose(own) }
}

/// The text with every `<!-- … -->` cut out that is one: not escaped, and not shown as code.
pub fn without_comments(text: &str) -> String {
    let code = code_in_prose(text);
    let is_comment = |at: usize| {
        let escaped = text.get(..at).is_some_and(|before| before.ends_with('\\'));
        !escaped && !code.iter().any(|range| range.contains(&at))
    };
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices("<!--").filter(|(at, _)| is_comment(*at)) {
        if at < from {
            continue; // within the comment before
        }
        out.push_str(text.get(from..at).unwrap_or_default());
        let after = text.get(at..).and_then(|rest| rest.find("-->")).map(|length| at + length + "-->".len());
        from = after.unwrap_or(text.len());
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The document with a section's own text replaced; a section that is missing is put at its place in the sample's order.
pub fn write(text: &str, outline: &Outline, section: Section, said: &str) -> String {
    let eol = line_end(text);
    let said = escape_prose(&tidy(said)).replace('\n', eol);
    let Some(range) = own_text(outline, section) else { return add(text, outline, section, &said, eol) };
    let head = text.get(..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    let head = if head.ends_with('\n') { head.to_owned() } else { format!("{head}{eol}") };
    let after = if tail.is_empty() { "" } else { eol };
    if said.is_empty() {
        return format!("{head}{after}{tail}");
    }
    format!("{head}{eol}{said}{eol}{after}{tail}")
}

fn add(text: &str, outline: &Outline, section: Section, said: &str, eol: &str) -> String {
    let later = Section::ALL.iter().filter(|other| **other > section && other.level() == 2);
    let parent = section.parent().and_then(|parent| outline.section(2, parent));
    let next = later.filter_map(|other| find(outline, *other)).map(|found| found.heading.start).min();
    let at = parent.map(|parent| parent.content.end).or(next).unwrap_or(text.len());
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let gap = if head.is_empty() || head.ends_with(&format!("{eol}{eol}")) {
        ""
    } else if head.ends_with('\n') {
        eol
    } else {
        return add(&format!("{text}{eol}"), outline, section, said, eol);
    };
    let hashes = "#".repeat(usize::from(section.level()));
    let after = if tail.is_empty() { "" } else { eol };
    format!("{head}{gap}{hashes} {}{eol}{eol}{said}{eol}{after}{tail}", section.heading())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# T\n\n## Summary\n\n<!-- two sentences -->\n\n## Impact\n\n40 % of logins\n\n### Extent of the damage\n\n<!-- x -->\n\n## Trigger\n";

    fn outline(text: &str) -> Outline {
        Outline::read(text, 0)
    }

    #[test]
    fn prompts_are_nothing_written() {
        assert_eq!(read(TEXT, &outline(TEXT), Section::Summary), "");
        assert_eq!(read(TEXT, &outline(TEXT), Section::Impact), "40 % of logins");
        assert_eq!(read(TEXT, &outline(TEXT), Section::GotLucky), "");
    }

    #[test]
    fn a_comment_in_code_is_text() {
        for text in ["see `<!--` and `-->`", "```\n<!-- x -->\n```\nend", "```<!--```x"] {
            assert_eq!(without_comments(text), text);
        }
        assert_eq!(without_comments("a <!-- `b --> c ` d <!-- e"), "a  c ` d ");
    }

    #[test]
    fn replacing_keeps_the_sections_under_it() {
        let found = write(TEXT, &outline(TEXT), Section::Impact, "All logins.\n## Forged");
        assert_eq!(found, TEXT.replace("40 % of logins\n", "All logins.\n\\## Forged\n"));
        assert_eq!(read(&found, &outline(&found), Section::Impact), "All logins.\n## Forged");
    }

    #[test]
    fn an_emptied_section_keeps_its_heading() {
        let found = write(TEXT, &outline(TEXT), Section::Impact, " ");
        assert_eq!(found, TEXT.replace("\n40 % of logins\n", ""));
    }

    #[test]
    fn the_last_section_and_a_missing_one_are_written_too() {
        let found = write(TEXT, &outline(TEXT), Section::Trigger, "A deploy.");
        assert_eq!(found, format!("{TEXT}\nA deploy.\n"));
        let found = write(TEXT, &outline(TEXT), Section::RootCauses, "A pool.");
        assert_eq!(found, TEXT.replace("## Trigger", "## Root Causes\n\nA pool.\n\n## Trigger"));
        let found = write("# T", &outline("# T"), Section::Trigger, "A deploy.");
        assert_eq!(found, "# T\n\n## Trigger\n\nA deploy.\n");
    }
}
