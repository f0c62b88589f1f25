//! Sides as people make them in an editor: lines typed, changed, taken away and moved, anywhere in the file.

use proptest::prelude::*;
use qpp_incident::document::incident_document::IncidentDocument;

/// One change by hand: what, where in the file (in 1/256ths), and which of a few words.
#[derive(Debug, Clone)]
pub struct Change {
    what: u8,
    place: u8,
    word: u8,
}

impl Change {
    /// Whether it opens code or a comment that nobody closes, or begins a day where none is: what stands below is then read as
    /// something else.
    pub fn tears_structure(&self) -> bool {
        matches!(self.what, 5 | 7 | 13 | 14)
    }
}

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (0..15u8, any::<u8>(), 0..4u8).prop_map(|(what, place, word)| Change { what, place, word });
    proptest::collection::vec(change, 0..5)
}

/// The text after the changes; one that breaks the document is left out, as nobody could commit it.
pub fn side(text: &str, changes: &[Change]) -> String {
    changes.iter().fold(text.to_owned(), |text, change| {
        let after = after(&text, change);
        if IncidentDocument::parse(&after).is_ok() { after } else { text }
    })
}

fn after(text: &str, change: &Change) -> String {
    let word = ["one", "two", "three", "four"][usize::from(change.word)];
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let at = lines.len() * usize::from(change.place) / 256;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match change.what {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, format!("Typed {word}.{end}")),
        2 => lines.insert(at, format!("{end}A paragraph of {word}.{end}{end}")),
        3 => lines.insert(at, format!("- 00:1{} EST: By hand {word}. — Grace Hopper{end}", change.word)),
        4 => lines[at] = lines[at].replacen(' ', &format!(" {word} "), 1),
        5 => {
            let line = lines.remove(at);
            let to = (at + 7 * usize::from(change.word)) % (lines.len() + 1);
            lines.insert(to, line);
        }
        6 => lines[at] = format!("{} # {word}{end}", lines[at].trim_end()),
        7 => lines.insert(at, format!("### Part {word}{end}")),
        8 => return without_section(text, change.place),
        9 => lines.insert(at, format!("extra_{word}: {word}{end}")),
        10 => return if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text.replace('\n', "\r\n") },
        11 => lines.insert(at, format!("- item {word}{end}")),
        12 => lines.insert(at, format!("```{end}code {word}{end}```{end}")),
        13 => lines.insert(at, format!("### 2026-11-2{}{end}", 3 + change.word)),
        _ => lines.insert(at, if change.word < 2 { format!("```{end}") } else { format!("<!-- {word}{end}") }),
    }
    lines.concat()
}

/// The text without a section of level 2.
fn without_section(text: &str, place: u8) -> String {
    let mut starts: Vec<usize> = text.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    starts.push(text.len());
    let index = usize::from(place) % starts.len().max(2).saturating_sub(1);
    match (starts.get(index), starts.get(index + 1)) {
        (Some(from), Some(to)) => format!("{}{}", &text[..*from], &text[*to..]),
        _ => text.to_owned(),
    }
}
