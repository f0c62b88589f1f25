//! Whether a side was edited as no command edits: prose that both changed, headings, blank lines and comments.
//! PURE. What commands do is put together for good at once; what hands do is merged until nothing changes any more.

use crate::document::merge::sections::{Name, Section};
use crate::document::merge::three::Three;
use crate::document::merge::yaml_parts::{PartName, Parts};

/// Whether the sections differ otherwise than one side's do from the base's.
pub fn sections(sides: &Three<Vec<Section>>) -> bool {
    let names = sides.map(|sections| sections.iter().map(|section| &section.name).collect::<Vec<_>>());
    if names.ours != names.theirs || names.base.as_ref() != Some(&names.ours) {
        return true;
    }
    let count = sides.ours.len();
    let differs = |at: usize| {
        let section = sides.map(|sections| sections.get(at));
        let is_log = section.ours.is_some_and(|section| section.name == Name::Timeline);
        let (heading, content) =
            (section.map(|found| found.map(|found| &found.heading)), section.map(|found| found.map(|found| &found.content)));
        heading.agreed().is_none() || (!is_log && content.agreed().is_none())
    };
    (0..count).any(differs)
}

/// Whether a comment or the order of the keys was changed.
pub fn keys(sides: &Three<Parts>) -> bool {
    let Some(base) = &sides.base else { return true };
    let changed = |side: &Parts| {
        let comments = |parts: &Parts| parts.parts.iter().map(|part| part.text.matches('#').count()).sum::<usize>();
        let keys = |one: &Parts, other: &Parts| -> Vec<String> {
            let known = one.parts.iter().filter_map(|part| match &part.name {
                PartName::Key(name) => other.key(name).map(|_| name.clone()),
                PartName::Comment(..) => None,
            });
            known.collect()
        };
        comments(side) != comments(base) || keys(side, base) != keys(base, side)
    };
    changed(&sides.ours) || changed(&sides.theirs)
}
