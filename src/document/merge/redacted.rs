//! Which entries were redacted, told by what is left of them (M1): the same minute, kind, reference and people, words around the gap.
//! PURE.

use crate::document::merge::entry_id::{EntryId, SideEntry};

/// What stands in the place of words that were taken away begins with.
const OPENING: &str = "[redacted ";

/// Of entries that a side lacks, those that stand redacted among its own; each redacted one accounts for one. Where it is not `known`
/// that the side ever had them, one of several that could be meant is not guessed at: nothing is lost then.
pub fn redacted_of(own: &[&SideEntry], lost: &[&SideEntry], known: bool) -> Vec<EntryId> {
    let mut open: Vec<&&SideEntry> = lost.iter().collect();
    let mut found = Vec::new();
    for redacted in own.iter().filter(|entry| entry.entry.text.contains(OPENING)) {
        let mut places = open.iter().enumerate().filter(|(_, full)| is_left_of(redacted, full)).map(|(at, _)| at);
        let first = places.next();
        if let Some(at) = first.filter(|_| known || places.next().is_none()) {
            found.push(open.remove(at).id.clone());
        }
    }
    found
}

fn is_left_of(redacted: &SideEntry, full: &SideEntry) -> bool {
    let (left, whole) = (&redacted.entry, &full.entry);
    let same = (left.at, left.kind, left.reference, &left.by, &left.recorded_by, left.logged_at)
        == (whole.at, whole.kind, whole.reference, &whole.by, &whole.recorded_by, whole.logged_at);
    let Some((before, rest)) = left.text.split_once(OPENING) else { return false };
    let after = rest.rsplit_once(']').map_or("", |(_, after)| after);
    same && !whole.text.contains(OPENING) && whole.text.starts_with(before) && whole.text.ends_with(after)
}
