//! A document without what a command may change: two of these must be the same bytes.
//! Knows the format by its page alone: the front matter's keys, the head block, headings.

use super::steps::Step;

/// The lines of a document, line ends included, without those that a step is about. `written` are the entry lines that it wrote.
pub fn untouched(text: &str, step: &Step, written: &[String]) -> Vec<String> {
    let lines = text.split_inclusive('\n').collect::<Vec<_>>();
    let mut kept: Vec<String> = Vec::new();
    let mut place = Place::Start;
    for line in lines {
        let bare = line.trim_end_matches(['\n', '\r']);
        place = place.next(bare, step);
        if !place.is_about(step) {
            kept.push(line.to_owned());
        }
    }
    take_away(&mut kept, written);
    take_lines(&mut kept, step);
    // A last line gets its line end when something is written behind it.
    if let Some(last) = kept.last_mut() {
        *last = last.trim_end_matches(['\n', '\r']).to_owned();
    }
    kept
}

/// Takes the step's own lines out; a paragraph goes with the blank line above it.
fn take_lines(kept: &mut Vec<String>, step: &Step) {
    while let Some(at) = kept.iter().position(|line| step.lines.iter().any(|word| line.contains(word))) {
        let is_paragraph = !kept[at].trim_start().starts_with(['|', '-', '*', 'A']);
        let has_gap = is_paragraph && kept[at - 1].trim().is_empty();
        kept.drain(at - usize::from(has_gap)..=at);
    }
}

/// Takes the written lines out, which stand together as they were shown.
fn take_away(kept: &mut Vec<String>, written: &[String]) {
    let mut from = 0;
    for block in written.chunk_by(|_, next| !next.starts_with("- ")) {
        let bare = |line: &String| line.trim_end().to_owned();
        let is_here = |at: &usize| kept.iter().skip(*at).take(block.len()).map(bare).eq(block.iter().map(bare));
        let at = (from..kept.len()).rev().find(is_here).or_else(|| (0..kept.len()).rev().find(is_here));
        let at = at.unwrap_or_else(|| panic!("the document does not hold what was shown:\n{}\n---\n{}", block.join("\n"), kept.concat()));
        kept.drain(at..at + block.len());
        from = 0;
    }
}

/// Where a line stands, as far as it matters.
#[derive(Clone, PartialEq, Eq)]
enum Place {
    Start,
    Key(String),
    FrontMatter,
    Body,
    HeadBlock,
    AfterHeadBlock,
    Section(String),
}

impl Place {
    fn next(&self, line: &str, step: &Step) -> Self {
        match self {
            Self::Start => Self::FrontMatter,
            Self::Key(_) | Self::FrontMatter if line.trim_end() == "---" => Self::Body,
            Self::Key(_) if line.starts_with([' ', '\t', '-']) => self.clone(),
            Self::Key(_) | Self::FrontMatter => key_of(line).map_or(Self::FrontMatter, Self::Key),
            Self::Body if line.starts_with("**Status:**") => Self::HeadBlock,
            Self::HeadBlock if line.trim().is_empty() => Self::AfterHeadBlock,
            Self::HeadBlock => Self::HeadBlock,
            Self::Section(_) if !line.starts_with('#') => self.clone(),
            _ => match line.trim_start_matches('#').trim() {
                heading if line.starts_with('#') && step.section == Some(heading) => Self::Section(heading.to_owned()),
                _ if *self == Self::Body => Self::Body,
                _ => Self::Section(String::new()),
            },
        }
    }

    fn is_about(&self, step: &Step) -> bool {
        match self {
            Self::HeadBlock | Self::AfterHeadBlock => true,
            Self::Key(key) => step.keys.contains(&key.as_str()),
            Self::Section(heading) => step.section == Some(heading.as_str()),
            _ => false,
        }
    }
}

fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    (!line.starts_with(['#', ' ', '\t', '-']) && !key.is_empty()).then(|| key.to_owned())
}

/// The comments of the front matter, in their order.
pub fn comments(text: &str) -> Vec<String> {
    let yaml = text.trim_start_matches('\u{feff}').split_inclusive('\n').skip(1).take_while(|line| line.trim_end() != "---");
    yaml.filter_map(|line| line.split_once("# ").map(|(_, comment)| comment.trim_end().to_owned())).collect()
}
