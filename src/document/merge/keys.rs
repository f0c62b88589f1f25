//! The keys of two YAML texts put together, three-way on each key's own lines (M4), lists as sets (M3), layout and all (M8).
//! PURE. Which of two changed values stands is judged by the caller, who knows the timeline.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::merge::gaps::Gaps;
use crate::document::merge::lists;
use crate::document::merge::order::arranged;
use crate::document::merge::three::{Three, stands};
use crate::document::merge::yaml_parts::{Part, PartName, Parts};
use crate::document::yaml_layout::{Layout, comment_texts};

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    Ours,
    /// The second.
    Theirs,
}

/// A key that both sides changed, each to another value.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The key.
    pub key: String,
    /// What each side says; `Null` when it took the key away.
    pub values: Three<Value>,
    /// Whose value stands.
    pub stands: Side,
}

/// Which side's value of a key stands.
pub type Judge<'a> = &'a dyn Fn(&str, &Three<Value>) -> Side;

/// The keys of both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedKeys {
    /// The YAML, its lines ending in LF.
    pub yaml: String,
    /// The keys of which one value had to give way, in the order of their names.
    pub decided: Vec<Decided>,
}

impl MergedKeys {
    /// The YAML, with each value that had to give way in a comment above its key: for files that have no timeline to say it in.
    pub fn with_the_others(&self) -> String {
        self.decided.iter().fold(self.yaml.clone(), |yaml, decided| {
            let other = if decided.stands == Side::Ours { &decided.values.theirs } else { &decided.values.ours };
            let comment = format!("# merged, the other side had {}: {other}\n", decided.key);
            let Some(at) = Layout::read(&yaml).and_then(|layout| layout.find(&decided.key).map(|pair| pair.start)) else { return yaml };
            let (before, after) = yaml.split_at_checked(at).unwrap_or((&yaml, ""));
            if yaml.lines().any(|line| line == comment.trim_end()) { yaml.clone() } else { format!("{before}{comment}{after}") }
        })
    }
}

/// Puts the keys together.
pub fn merge(sides: &Three<Parts>, judge: Judge<'_>) -> MergedKeys {
    let mut parts: Vec<Part> = Vec::new();
    let mut decided = Vec::new();
    let names = sides.map(|side| side.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>());
    for name in arranged(&names) {
        let text = match &name {
            PartName::Comment(text, _) => {
                let has = |names: &Vec<PartName>| names.contains(&name);
                stands(names.base.as_ref().is_some_and(has), has(&names.ours), has(&names.theirs)).then(|| text.clone())
            }
            PartName::Key(key) => {
                let merged = merge_key(sides, key, judge);
                parts.extend(comments_that_give_way(sides, key, &merged, &parts));
                decided.extend(merged.decided);
                Some(merged.text).filter(|text| !text.is_empty())
            }
        };
        parts.extend(text.map(|text| Part { name: name.clone(), text, gap: String::new() }));
    }
    decided.sort_by(|one, two| one.key.cmp(&two.key));
    MergedKeys { yaml: put_together(sides, &parts), decided }
}

/// A key as it comes out.
struct MergedKey {
    text: String,
    /// The lines that do not stand as they are: the other side's, or both sides' of a list.
    gives_way: Vec<String>,
    decided: Option<Decided>,
}

impl MergedKey {
    fn of(stands: &str, gives_way: &str) -> Self {
        Self { text: stands.to_owned(), gives_way: vec![gives_way.to_owned()], decided: None }
    }
}

fn merge_key(sides: &Three<Parts>, key: &str, judge: Judge<'_>) -> MergedKey {
    let texts = sides.map(|side| side.key(key).unwrap_or_default());
    let values = sides.map(|side| side.values.get(key).cloned().unwrap_or_default());
    if let Some(agreed) = texts.agreed() {
        return MergedKey::of(agreed, "");
    }
    let (ours, theirs) = (texts.ours, texts.theirs);
    if values.ours == values.theirs && !ours.is_empty() && !theirs.is_empty() {
        return MergedKey::of(ours.max(theirs), ours.min(theirs));
    }
    let base = values.base.clone().unwrap_or_default();
    if let Some(items) = merged_list(&values, &base) {
        let gives_way = vec![ours.min(theirs).to_owned(), ours.max(theirs).to_owned()];
        return MergedKey { text: lists::write(key, &items, &[ours, theirs]), gives_way, decided: None };
    }
    // How a value is written counts for less than what it is.
    if values.ours == base && texts.base.is_some() {
        return MergedKey::of(theirs, ours);
    }
    if values.theirs == base && texts.base.is_some() {
        return MergedKey::of(ours, theirs);
    }
    let stands = judge(key, &values);
    let merged = if stands == Side::Ours { MergedKey::of(ours, theirs) } else { MergedKey::of(theirs, ours) };
    MergedKey { decided: Some(Decided { key: key.to_owned(), values, stands }), ..merged }
}

/// The items of a key that holds a list on both sides, or on one and nothing on the other.
fn merged_list(values: &Three<Value>, base: &Value) -> Option<Vec<String>> {
    if values.ours.is_null() && values.theirs.is_null() {
        return None;
    }
    let (ours, theirs) = (lists::items(&values.ours)?, lists::items(&values.theirs)?);
    Some(lists::merged_items(&Three { base: Some(lists::items(base)?), ours, theirs }))
}

/// The comments of lines that give way, new since the base, as lines of their own above the key.
fn comments_that_give_way(sides: &Three<Parts>, key: &str, merged: &MergedKey, before: &[Part]) -> Vec<Part> {
    let of =
        |text: &str| -> Vec<String> { comment_texts(text).unwrap_or_default().into_iter().map(|comment| format!("{comment}\n")).collect() };
    let base = sides.base.as_ref().and_then(|base| base.key(key)).unwrap_or_default();
    let known: BTreeSet<String> = of(base).into_iter().chain(of(&merged.text)).collect();
    let stands_already = |comment: &String| {
        let is_it = |part: &Part| matches!(&part.name, PartName::Comment(other, _) if other == comment);
        [&sides.ours.parts, &sides.theirs.parts].into_iter().flatten().chain(before).any(is_it)
    };
    let mut lost: Vec<String> = Vec::new();
    for comment in merged.gives_way.iter().flat_map(|text| of(text)) {
        if !known.contains(&comment) && !stands_already(&comment) && !lost.contains(&comment) {
            lost.push(comment);
        }
    }
    lost.into_iter().map(|text| Part { name: PartName::Comment(text.clone(), 0), text, gap: String::new() }).collect()
}

fn put_together(sides: &Three<Parts>, parts: &[Part]) -> String {
    let word = |part: &Part| match &part.name {
        PartName::Comment(text, _) => text.clone(),
        PartName::Key(name) => name.clone(),
    };
    let words = sides.map(|side| side.parts.iter().map(|part| (word(part), part.gap.as_str())).collect::<Vec<_>>());
    let gaps = words.map(|words| Gaps::of(words.iter().map(|(word, gap)| (word.as_str(), *gap))));
    let mut out = sides.map(|side| side.lead.clone()).agreed_or_smaller().clone();
    for (index, part) in parts.iter().enumerate() {
        out.push_str(&part.text);
        let between = parts.get(index + 1).and_then(|next| gaps.between(&word(part), &word(next)));
        out.push_str(&between.unwrap_or_default());
    }
    let trail = sides.map(|side| side.parts.last().map_or(String::new(), |part| part.gap.clone()));
    out.push_str(trail.agreed_or_smaller());
    out
}
