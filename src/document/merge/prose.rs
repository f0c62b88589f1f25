//! Prose put together piece by piece (M7).
//! PURE. Who changed a piece is right; of two insertions in one place both stand; a changed piece outlives its deletion; changed
//! on both sides, it becomes a set of versions.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::merge::gaps::Gaps;
use crate::document::merge::order::{Between, weave};
use crate::document::merge::pieces::{Form, Fragment, Piece};
use crate::document::merge::three::Three;
use crate::document::merge::{rows, versions};

/// A stretch of markdown put together; its lines end in LF.
pub fn merge(text: &Three<&str>) -> String {
    if let Some(agreed) = text.agreed() {
        return (*agreed).to_owned();
    }
    let read = text.map(|text| Fragment::read(text));
    let pieces = merged_pieces(&read);
    put_together(&read, &pieces)
}

fn merged_pieces(read: &Three<Fragment>) -> Vec<Piece> {
    let pieces = read.map(|fragment| fragment.pieces.iter().map(|(piece, _)| piece.clone()).collect::<Vec<_>>());
    let nothing = Vec::new();
    let base = pieces.base.as_ref().unwrap_or(&nothing);
    match (holds_all(base, &pieces.ours, &pieces.theirs), holds_all(base, &pieces.theirs, &pieces.ours)) {
        (true, false) => pieces.ours,
        (false, true) => pieces.theirs,
        _ => by_chunks(base, &pieces.ours, &pieces.theirs),
    }
}

/// The pieces with their blank lines. Where markdown would read them together as something else, blank lines part them.
fn put_together(read: &Three<Fragment>, pieces: &[Piece]) -> String {
    let close = joined(read, pieces, false);
    let is_read_back =
        |text: &str| Fragment::read(text).pieces.iter().map(|(piece, _)| &piece.text).eq(pieces.iter().map(|piece| &piece.text));
    if is_read_back(&close) { close } else { joined(read, pieces, true) }
}

fn joined(read: &Three<Fragment>, pieces: &[Piece], apart: bool) -> String {
    let gaps = read.map(|fragment| Gaps::of(fragment.pieces.iter().map(|(piece, gap)| (piece.text.as_str(), gap.as_str()))));
    // A side without a piece has only blank lines: they say nothing of what stands before or behind pieces.
    let edge = |of: &'_ dyn Fn(&Fragment) -> String| {
        let edges = read.map(|fragment| Some(of(fragment)).filter(|_| fragment.pieces.is_empty() == pieces.is_empty()));
        let base = edges.base.flatten();
        match (edges.ours, edges.theirs) {
            (Some(ours), Some(theirs)) => Three { base, ours, theirs }.agreed_or_smaller().clone(),
            (one, other) => one.or(other).or(base).unwrap_or_else(|| "\n".to_owned()),
        }
    };
    let mut out = edge(&|fragment| fragment.lead.clone());
    for (index, piece) in pieces.iter().enumerate() {
        out.push_str(&piece.text);
        let Some(next) = pieces.get(index + 1) else { break };
        let known = gaps.between(&piece.text, &next.text);
        let of_one_table = next.form == Form::Row && (piece.form == Form::Row || known.is_some());
        let close = piece.form == next.form && piece.form != Form::Other || if apart { of_one_table } else { next.form == Form::Row };
        let gap = known.filter(|gap| close || !apart || !gap.is_empty());
        out.push_str(&gap.unwrap_or_else(|| if close { String::new() } else { "\n".to_owned() }));
    }
    if !pieces.is_empty() {
        out.push_str(&edge(&|fragment| fragment.trail().to_owned()));
    }
    out
}

/// Whether a side has all that the other changed: then it stands as it is.
fn holds_all(base: &[Piece], side: &[Piece], other: &[Piece]) -> bool {
    let (side, other, base) = (with_inner(side), with_inner(other), with_inner(base));
    let (in_side, in_other, in_base) = (counted(&side), counted(&other), counted(&base));
    let count = |counts: &BTreeMap<&str, usize>, text: &str| counts.get(text).copied().unwrap_or_default();
    let has_new = in_other.iter().all(|(text, times)| *times <= count(&in_base, text) || count(&in_side, text) >= *times);
    let lacks_gone = in_base.iter().all(|(text, times)| {
        let left = count(&in_other, text);
        left >= *times || count(&in_side, text) <= left
    });
    let common = |one: &[String], two: &BTreeMap<&str, usize>| -> Vec<String> {
        one.iter().filter(|text| two.contains_key(text.as_str())).cloned().collect()
    };
    has_new && lacks_gone && common(&side, &in_other) == common(&other, &in_side)
}

/// The texts of the pieces, those within versions each by itself.
fn with_inner(pieces: &[Piece]) -> Vec<String> {
    let inner = |piece: &Piece| {
        if !piece.text.starts_with(versions::OPEN) {
            return vec![piece.text.clone()];
        }
        let versions = versions::read(&piece.text).into_iter();
        versions.flat_map(|version| Fragment::read(&format!("{version}\n")).pieces).map(|(piece, _)| piece.text).collect()
    };
    pieces.iter().flat_map(inner).collect()
}

fn counted(texts: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        *counts.entry(text.as_str()).or_default() += 1;
    }
    counts
}

/// Cuts the three wherever all have the same piece, and puts together what stands between.
fn by_chunks(base: &[Piece], ours: &[Piece], theirs: &[Piece]) -> Vec<Piece> {
    let (our_places, their_places) = (places(base, ours), places(base, theirs));
    let mut out = Vec::new();
    let (mut base_at, mut our_at, mut their_at) = (0, 0, 0);
    let ends = [(base.len(), ours.len(), theirs.len())];
    let shared = (0..base.len()).filter_map(|at| Some((at, *our_places.get(&at)?, *their_places.get(&at)?)));
    for (base_end, our_end, their_end) in shared.chain(ends) {
        let slice = |all: &[Piece], from: usize, to: usize| all.get(from..to).unwrap_or_default().to_vec();
        out.extend(chunk(&Three {
            base: Some(slice(base, base_at, base_end)),
            ours: slice(ours, our_at, our_end),
            theirs: slice(theirs, their_at, their_end),
        }));
        out.extend(base.get(base_end).cloned());
        (base_at, our_at, their_at) = (base_end + 1, our_end + 1, their_end + 1);
    }
    out
}

/// Which piece of a side each piece of the base is.
fn places(base: &[Piece], side: &[Piece]) -> BTreeMap<usize, usize> {
    let texts = |pieces: &'_ [Piece]| pieces.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &texts(base), &texts(side));
    let same = ops.into_iter().filter_map(|op| match op {
        DiffOp::Equal { old_index, new_index, len } => Some((0..len).map(move |step| (old_index + step, new_index + step))),
        _ => None,
    });
    same.flatten().collect()
}

fn chunk(pieces: &Three<Vec<Piece>>) -> Vec<Piece> {
    if let Some(agreed) = pieces.agreed() {
        return agreed.clone();
    }
    let nothing = Vec::new();
    let base = pieces.base.as_ref().unwrap_or(&nothing);
    let (ours, theirs) = (&pieces.ours, &pieces.theirs);
    if base.iter().chain(ours).chain(theirs).all(|piece| piece.form == Form::Row) {
        let lines = pieces.map(|pieces| pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>());
        return rows::merge(&lines).into_iter().map(|text| Piece { text, form: Form::Row }).collect();
    }
    let (gone_ours, gone_theirs) = (without(base, ours), without(base, theirs));
    let both_changed = gone_ours.iter().any(|piece| gone_theirs.contains(piece) && !is_prompt(piece));
    if !both_changed || without(ours, base).is_empty() || without(theirs, base).is_empty() {
        return woven(&without(ours, &gone_theirs), &without(theirs, &gone_ours));
    }
    if base.len() == ours.len() && base.len() == theirs.len() {
        let one = |((base, ours), theirs): ((&Piece, &Piece), &Piece)| {
            conflict(Some(vec![base.clone()]), vec![ours.clone()], vec![theirs.clone()])
        };
        return base.iter().zip(ours).zip(theirs).flat_map(one).collect();
    }
    conflict(Some(base.clone()), ours.clone(), theirs.clone())
}

/// Both sides' pieces, each once, those of one side together.
fn woven(ours: &[Piece], theirs: &[Piece]) -> Vec<Piece> {
    let numbered = |pieces: &[Piece]| -> Vec<(String, usize)> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let number = |piece: &'_ Piece| piece.text.clone();
        pieces
            .iter()
            .map(|piece| {
                let count = seen.entry(piece.text.as_str()).or_default();
                *count += 1;
                (number(piece), *count)
            })
            .collect()
    };
    let form = |text: &str| ours.iter().chain(theirs).find(|piece| piece.text == text).map_or(Form::Other, |piece| piece.form);
    let woven = weave(&numbered(ours), &numbered(theirs), Between::Together).into_iter();
    woven.map(|(text, _)| Piece { form: form(&text), text }).collect()
}

/// What both changed: what they have in common at the start and the end, and between that the versions.
fn conflict(base: Option<Vec<Piece>>, ours: Vec<Piece>, theirs: Vec<Piece>) -> Vec<Piece> {
    let sides = Three { base, ours, theirs };
    if let Some(agreed) = sides.agreed() {
        return agreed.clone();
    }
    let sets = sides.map(|pieces| {
        let (sets, plain): (Vec<&Piece>, Vec<&Piece>) = pieces.iter().partition(|piece| piece.text.starts_with(versions::OPEN));
        let run = plain.iter().map(|piece| piece.text.trim_end()).collect::<Vec<_>>().join(join_of(&plain));
        let mut versions = versions::read(&run);
        versions.extend(sets.into_iter().flat_map(|piece| versions::read(&piece.text)));
        versions
    });
    let merged = versions::merge(&sets);
    let form = if merged.len() < 2 { sides.ours.first().map_or(Form::Other, |piece| piece.form) } else { Form::Other };
    let text = versions::write(&merged);
    if text.is_empty() { Vec::new() } else { vec![Piece { text, form }] }
}

/// What stands between the pieces of one version.
fn join_of(pieces: &[&Piece]) -> &'static str {
    if pieces.iter().all(|piece| piece.form == Form::Item) { "\n" } else { "\n\n" }
}

/// The pieces less those of another list, each as often as it stands there.
fn without(pieces: &[Piece], others: &[Piece]) -> Vec<Piece> {
    let mut others: Vec<&Piece> = others.iter().collect();
    let stays = |piece: &&Piece| match others.iter().position(|other| other == piece) {
        Some(at) => {
            others.swap_remove(at);
            false
        }
        None => true,
    };
    pieces.iter().filter(stays).cloned().collect()
}

/// A place kept free by a template: what stands in it instead is an insertion.
fn is_prompt(piece: &Piece) -> bool {
    let text = piece.text.trim();
    matches!(text, "-" | "*" | "+") || (text.starts_with("<!--") && text.ends_with("-->") && !text.starts_with(versions::OPEN))
}
