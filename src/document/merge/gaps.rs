//! The blank lines between two things that stand next to each other, as each side has them.
//! PURE.

use std::collections::BTreeMap;

use crate::document::merge::three::Three;

/// The blank lines behind each thing of one side, by it and the thing that follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps<'text> {
    behind: BTreeMap<(&'text str, &'text str), &'text str>,
}

impl<'text> Gaps<'text> {
    /// Of things in their order, each with the blank lines behind it.
    pub fn of(things: impl Iterator<Item = (&'text str, &'text str)>) -> Self {
        let mut behind = BTreeMap::new();
        let mut last: Option<(&str, &str)> = None;
        for (thing, gap) in things {
            if let Some((before, gap)) = last {
                let known = behind.entry((before, thing)).or_insert(gap);
                *known = gap.min(*known);
            }
            last = Some((thing, gap));
        }
        Self { behind }
    }
}

impl Three<Gaps<'_>> {
    /// The blank lines between two things; `None` when they are next to each other in neither side.
    pub fn between(&self, thing: &str, next: &str) -> Option<String> {
        let pair = (thing, next);
        let gaps = self.map(|gaps| gaps.behind.get(&pair).copied());
        let found = match (gaps.ours, gaps.theirs) {
            (Some(_), Some(_)) => *gaps.agreed_or_smaller(),
            (one, other) => one.or(other),
        };
        found.map(str::to_owned)
    }
}
