//! One order out of two: it agrees with both sides, and where they contradict each other it is that of the bytes.
//! PURE. Elements are distinct within a side. Merged again with a side, the order stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::merge::three::Three;

/// How elements that only one side has stand, where both put some in the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// The smallest order of all that agree with both sides: entries of one minute.
    Mixed,
    /// What one side put there stays together, the smaller first: paragraphs, keys.
    Together,
}

/// The elements of both sides, each once, in the order that agrees with both.
pub fn weave<T: Ord + Clone>(ours: &[T], theirs: &[T], between: Between) -> Vec<T> {
    let mut out = Vec::with_capacity(ours.len().max(theirs.len()));
    let (mut our_at, mut their_at) = (0, 0);
    for knot in knots(ours, theirs) {
        put(&mut out, slice(ours, our_at, knot.ours.0), slice(theirs, their_at, knot.theirs.0), between);
        our_at = knot.ours.1 + 1;
        their_at = knot.theirs.1 + 1;
        let tied: BTreeSet<&T> = slice(ours, knot.ours.0, our_at).iter().chain(slice(theirs, knot.theirs.0, their_at)).collect();
        out.extend(tied.into_iter().cloned());
    }
    put(&mut out, slice(ours, our_at, ours.len()), slice(theirs, their_at, theirs.len()), between);
    out
}

/// The elements of both sides in the order of the side that put the base's in another one; of both, woven.
pub fn arranged<T: Ord + Clone>(sides: &Three<Vec<T>>) -> Vec<T> {
    let Three { ours, theirs, .. } = sides;
    let knots = knots(ours, theirs);
    if knots.iter().all(|knot| knot.ours.0 == knot.ours.1) {
        return weave(ours, theirs, Between::Together);
    }
    let moved = |side: &[T]| sides.base.as_ref().is_some_and(|base| common(side, base) != common(base, side));
    match (moved(ours), moved(theirs)) {
        (true, false) => with_others(ours, theirs),
        (false, true) => with_others(theirs, ours),
        _ => weave(ours, theirs, Between::Together),
    }
}

/// Elements that stand in both sides and are tied: the first and last index in each. More than one: the sides contradict each other.
struct Knot {
    ours: (usize, usize),
    theirs: (usize, usize),
}

/// The common elements, cut wherever both sides have had the same ones so far.
fn knots<T: Ord>(ours: &[T], theirs: &[T]) -> Vec<Knot> {
    let their_places: BTreeMap<&T, usize> = theirs.iter().enumerate().map(|(index, element)| (element, index)).collect();
    let both: Vec<(usize, usize)> =
        ours.iter().enumerate().filter_map(|(index, element)| Some((index, *their_places.get(element)?))).collect();
    let mut places: Vec<usize> = both.iter().map(|(_, place)| *place).collect();
    places.sort_unstable();
    let rank: BTreeMap<usize, usize> = places.into_iter().enumerate().map(|(rank, place)| (place, rank)).collect();
    let mut knots: Vec<Knot> = Vec::new();
    let (mut highest, mut open) = (0, false);
    for (count, (our_index, their_index)) in both.into_iter().enumerate() {
        highest = highest.max(rank.get(&their_index).copied().unwrap_or_default());
        match knots.last_mut().filter(|_| open) {
            Some(knot) => {
                knot.ours.1 = our_index;
                knot.theirs = (knot.theirs.0.min(their_index), knot.theirs.1.max(their_index));
            }
            None => knots.push(Knot { ours: (our_index, our_index), theirs: (their_index, their_index) }),
        }
        open = highest > count;
    }
    knots
}

fn put<T: Ord + Clone>(out: &mut Vec<T>, ours: &[T], theirs: &[T], between: Between) {
    if between == Between::Together {
        let (first, second) = if ours <= theirs { (ours, theirs) } else { (theirs, ours) };
        out.extend(first.iter().chain(second).cloned());
        return;
    }
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    loop {
        let next = match (ours.peek(), theirs.peek()) {
            (Some(our), Some(their)) if their < our => theirs.next(),
            (Some(_), _) => ours.next(),
            (None, _) => theirs.next(),
        };
        let Some(element) = next else { return };
        out.push(element.clone());
    }
}

/// The leading side's order; what only the other has stands behind what it stood behind there.
fn with_others<T: Ord + Clone>(leading: &[T], other: &[T]) -> Vec<T> {
    let known: BTreeSet<&T> = leading.iter().collect();
    let mut behind: BTreeMap<Option<&T>, Vec<&T>> = BTreeMap::new();
    let mut last = None;
    for element in other {
        if known.contains(element) {
            last = Some(element);
        } else {
            behind.entry(last).or_default().push(element);
        }
    }
    let mut out: Vec<T> = Vec::new();
    for place in std::iter::once(None).chain(leading.iter().map(Some)) {
        out.extend(place.cloned());
        out.extend(behind.remove(&place).unwrap_or_default().into_iter().cloned());
    }
    out
}

fn common<'a, T: Ord>(side: &'a [T], other: &[T]) -> Vec<&'a T> {
    let other: BTreeSet<&T> = other.iter().collect();
    side.iter().filter(|element| other.contains(element)).collect()
}

fn slice<T>(all: &[T], from: usize, to: usize) -> &[T] {
    all.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn woven(ours: &str, theirs: &str, between: Between) -> String {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        weave(&letters(ours), &letters(theirs), between).into_iter().collect()
    }

    #[test]
    fn what_one_side_puts_in_stays_together_or_mixes() {
        assert_eq!(woven("xacy", "xbdy", Between::Together), "xacbdy");
        assert_eq!(woven("xacy", "xbdy", Between::Mixed), "xabcdy");
        assert_eq!(woven("xcay", "xby", Between::Mixed), "xbcay", "a side keeps its own order");
    }

    #[test]
    fn what_contradicts_itself_stands_by_its_bytes() {
        assert_eq!(woven("acb", "abc", Between::Mixed), "abc");
        assert_eq!(woven("1bxa2", "1ayb2", Between::Together), "1abxy2");
    }

    #[test]
    fn the_side_that_moved_elements_leads() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let found = |base: &str, ours: &str, theirs: &str| -> String {
            let sides = Three { base: Some(letters(base)), ours: letters(ours), theirs: letters(theirs) };
            arranged(&sides).into_iter().collect()
        };
        assert_eq!(found("abc", "cab", "abxc"), "cabx");
        assert_eq!(found("abc", "abxc", "cab"), "cabx");
        assert_eq!(found("abc", "cab", "bca"), "abc");
        assert_eq!(found("ab", "axb", "ayb"), "axyb");
    }

    proptest! {
        #[test]
        fn an_order_holds_all_is_the_same_either_way_and_stays(
            ours in Just((0..12u8).collect::<Vec<_>>()).prop_shuffle(), theirs in Just((0..12u8).collect::<Vec<_>>()).prop_shuffle(),
            our_count in 0..12usize, their_count in 0..12usize, mixed in any::<bool>(),
        ) {
            let (ours, theirs) = (&ours[..our_count], &theirs[..their_count]);
            let between = if mixed { Between::Mixed } else { Between::Together };
            let merged = weave(ours, theirs, between);
            prop_assert_eq!(&merged, &weave(theirs, ours, between));
            prop_assert_eq!(merged.iter().collect::<BTreeSet<_>>(), ours.iter().chain(theirs).collect::<BTreeSet<_>>());
            prop_assert_eq!(merged.iter().collect::<BTreeSet<_>>().len(), merged.len());
            prop_assert_eq!(&merged, &weave(&merged, ours, between));
            prop_assert_eq!(&merged, &weave(theirs, &merged, between));
        }
    }
}
