//! The property that stands behind every escape: whatever is typed, the rest of the document reads as if it were not there.
//! Judged by a markdown reader, not by the code that escapes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;

/// What a text must not hold: headings and rules at the top level, raw HTML anywhere; then its top-level blocks.
fn structure(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut forged, mut blocks, mut depth) = (Vec::new(), Vec::new(), 0);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        let is_block = matches!(event, Event::Start(Tag::Heading { .. }) | Event::Rule) && depth == 0;
        if is_block || matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            forged.push(format!("{event:?}"));
        }
        match event {
            Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_)) if depth == 0 => {}
            Event::Start(tag) => {
                if depth == 0 {
                    blocks.push(format!("{tag:?}"));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    (forged, blocks)
}

const HOSTILE: &str = "((- | {0,5}|1\\. |> |\t|\\\\)?(```|~~~|````|```x|`|<b>|<!--|<script>|-->|a \\| b|--\\|--|# h|===|---|- 12:00 EST: |\\[x\\]: <y>|<https://x>|`a \\| <b>`|a|)\n?){0,9}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_section_forges_nothing(text in HOSTILE) {
        let written = format!("{}\n\nsentinel\n\n## Next\n", escape_prose(&tidy(&text)));
        let (forged, blocks) = structure(&written);
        prop_assert_eq!(forged.len(), 1, "{:?} in {:?}", forged, &written);
        prop_assert!(blocks.len() >= 2 && blocks[blocks.len() - 2] == "Paragraph", "{:?} in {:?}", blocks, &written);
    }

    #[test]
    fn an_entry_is_one_item_and_the_next_one_is_the_next(text in HOSTILE) {
        let entry = Entry { by: Some("Grace Hopper".to_owned()), ..Entry::new(at("00:10"), &text) };
        let written = format!("{}\n- 00:11 EST: sentinel\n\n### Next\n", write_entry(&entry, Zone::default()));
        let (forged, blocks) = structure(&written);
        prop_assert_eq!(forged.len(), 1, "{:?} in {:?}", forged, &written);
        prop_assert_eq!(blocks.len(), 3, "{:?} in {:?}", blocks, &written);
    }
}
