//! Where HTML comments stand in markdown: the prompts of the templates, and whatever else people leave there.
//! PURE: reads with pulldown-cmark, so that a comment shown as code is code.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

/// The byte ranges of all comments, `<!--` and `-->` included, in order. One that is not closed is none.
///
/// # Examples
/// ```
/// use qpp_incident::document::comments::comments;
/// let text = "said <!-- a --> `<!-- b -->`\n\n<!--\nc\n-->\n";
/// let found: Vec<&str> = comments(text).into_iter().filter_map(|range| text.get(range)).collect();
/// assert_eq!(found, ["<!-- a -->", "<!--\nc\n-->"]);
/// ```
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let html = Parser::new(text).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => Some(range),
        _ => None,
    });
    html.flat_map(|range| comments_in(text, range)).collect()
}

fn comments_in(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(inside) = text.get(at..range.end) {
        let Some(start) = inside.find("<!--") else { break };
        let Some(length) = inside.get(start..).and_then(|comment| comment.find("-->")) else { break };
        let end = at + start + length + "-->".len();
        found.push(at + start..end);
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::string_slice)]
    use super::*;

    #[test]
    fn comments_are_found_and_code_is_none() {
        for (text, wanted) in [
            ("a <!-- b --> c", vec!["<!-- b -->"]),
            ("<!-- b -->\n\ntext\n", vec!["<!-- b -->"]),
            ("<!-- b --><!-- c --> d\n", vec!["<!-- b -->", "<!-- c -->"]),
            ("```html\n<!-- x -->\n```\n", vec![]),
            ("`<!-- x -->`", vec![]),
            ("\\<!-- x -->", vec![]),
            ("<!-- open", vec![]),
            ("- item\n\n  <!--\n  x\n  -->\n", vec!["<!--\n  x\n  -->"]),
        ] {
            let found: Vec<&str> = comments(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, wanted, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_range_is_a_comment(text in "(<!--|-->|`|<|\n|[a-z é]){0,20}") {
            for range in comments(&text) {
                let comment = &text[range];
                proptest::prop_assert!(comment.starts_with("<!--") && comment.ends_with("-->"), "{:?}", comment);
            }
        }
    }
}
