//! How the response went through its three priorities: read from the standing entries.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::at_time::parse_at;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::phase::{Phase, PhaseWords};
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// One pass through a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Which phase; none where a line by hand names none.
    pub phase: Option<Phase>,
    /// The entry that began it, or that said it is done where nothing began it.
    pub entry: Entry,
    /// That entry's line.
    pub line: usize,
    /// What the entry says.
    pub words: Option<PhaseWords>,
    /// Which higher phases were not finished when it began.
    pub unfinished: Vec<Phase>,
    /// When it ended: done, or followed by the next.
    pub ended_at: Option<Timestamp>,
    /// True when it was done.
    pub is_done: bool,
}

/// How far ahead of its entry an `enough until` may lie, in seconds: ten years.
const FAR: i64 = 10 * 366 * 86_400;

impl Pass {
    /// Until when what is in place is enough; none where the entry does not say it as a time.
    pub fn until(&self, zone: Zone) -> Option<Timestamp> {
        let until = self.words.as_ref()?.until.as_ref()?;
        parse_at(until, self.entry.at.plus_seconds(FAR), zone).ok()
    }
}

/// Every pass, in the order of the document.
pub fn passes(document: &IncidentDocument) -> Vec<Pass> {
    read(document).0
}

/// The pass that is running; none when the latest one is done, or the incident is closed.
pub fn running(document: &IncidentDocument) -> Option<Pass> {
    passes(document).pop().filter(|pass| pass.ended_at.is_none() && document.status() != Status::Closed)
}

/// Which phases above one are not finished now.
pub fn unfinished_above(document: &IncidentDocument, phase: Phase) -> Vec<Phase> {
    read(document).1.above(phase)
}

/// Whether a phase was finished and did not begin anew since.
pub fn is_finished(document: &IncidentDocument, phase: Phase) -> bool {
    read(document).1.has(phase)
}

/// The entries of kind Cause that were written while nothing was mitigated, in the order of the document.
pub fn causes_before_mitigation(document: &IncidentDocument) -> Vec<&TimelineEntry> {
    let mut finished = Finished::default();
    let is_early = |found: &&TimelineEntry| {
        let entry = &found.entry;
        match PhaseWords::read(&entry.text).filter(|_| entry.kind == Some(EntryKind::Phase)) {
            Some(PhaseWords { phase, is_done: true, .. }) => finished.add(phase),
            Some(PhaseWords { phase, .. }) => finished.0.retain(|other| *other != phase),
            None => finished.read(entry.kind),
        }
        entry.kind == Some(EntryKind::Cause) && !finished.has(Phase::Mitigate)
    };
    document.timeline().standing().filter(is_early).collect()
}

/// Which phases are finished: done, or by what was recorded (a mitigation, the extent). A relapse takes it all back.
#[derive(Default)]
struct Finished(Vec<Phase>);

impl Finished {
    fn has(&self, phase: Phase) -> bool {
        self.0.contains(&phase)
    }

    fn above(&self, phase: Phase) -> Vec<Phase> {
        Phase::ALL.into_iter().filter(|other| *other < phase && !self.has(*other)).collect()
    }

    fn add(&mut self, phase: Phase) {
        if !self.has(phase) {
            self.0.push(phase);
        }
    }

    /// What an entry of another kind finishes.
    fn read(&mut self, kind: Option<EntryKind>) {
        match kind {
            Some(EntryKind::Mitigated | EntryKind::Resolved) => self.add(Phase::Mitigate),
            Some(EntryKind::Extent) => self.add(Phase::Extent),
            Some(EntryKind::Reopened) => self.0.clear(),
            _ => {}
        }
    }
}

fn read(document: &IncidentDocument) -> (Vec<Pass>, Finished) {
    let (mut passes, mut finished): (Vec<Pass>, Finished) = (Vec::new(), Finished::default());
    for found in document.timeline().standing() {
        let entry = &found.entry;
        if entry.kind != Some(EntryKind::Phase) {
            finished.read(entry.kind);
            end(&mut passes, entry.at, matches!(entry.kind, Some(EntryKind::Reopened | EntryKind::Closed)));
            continue;
        }
        let words = PhaseWords::read(&entry.text);
        if let Some(PhaseWords { phase, is_done: true, .. }) = words {
            finished.add(phase);
            match passes.iter_mut().rfind(|pass| pass.phase == Some(phase) && !pass.is_done) {
                Some(pass) => (pass.ended_at, pass.is_done) = (pass.ended_at.or(Some(entry.at)), true),
                None => passes.push(pass(found, words, &finished, Some(entry.at))),
            }
        } else {
            end(&mut passes, entry.at, true);
            finished.0.retain(|phase| words.as_ref().is_none_or(|words| words.phase != *phase));
            passes.push(pass(found, words, &finished, None));
        }
    }
    (passes, finished)
}

fn pass(found: &TimelineEntry, words: Option<PhaseWords>, finished: &Finished, ended_at: Option<Timestamp>) -> Pass {
    let phase = words.as_ref().map(|words| words.phase);
    let unfinished = phase.map(|phase| finished.above(phase)).unwrap_or_default();
    Pass { phase, entry: found.entry.clone(), line: found.line, words, unfinished, ended_at, is_done: ended_at.is_some() }
}

/// A pass ends with the next.
fn end(passes: &mut [Pass], at: Timestamp, ends: bool) {
    if let Some(pass) = passes.last_mut().filter(|pass| ends && pass.ended_at.is_none()) {
        pass.ended_at = Some(at);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn document(entries: &str) -> IncidentDocument {
        let text = format!("---\nid: INC-K7QFM\ntitle: x\nstatus: acknowledged\n---\n# x\n\n## Timeline\n\n### 2026-11-23\n\n{entries}");
        IncidentDocument::parse(&text).unwrap()
    }

    fn told(entries: &str) -> Vec<String> {
        let document = document(entries);
        let zone = document.zone();
        let line = |pass: Pass| {
            let phase = pass.phase.map_or("?", Phase::word);
            let end = pass.ended_at.map_or_else(|| "goes on".to_owned(), |at| zone.minute(at));
            format!("{phase} {} to {end}{}", zone.minute(pass.entry.at), if pass.is_done { ", done" } else { "" })
        };
        passes(&document).into_iter().map(line).collect()
    }

    #[test]
    fn a_phase_ends_when_it_is_done_or_at_the_next() {
        let entries = "- 00:10 EST: **Phase.** Mitigate.\n- 00:20 EST: **Phase.** Extent. Not finished: mitigate. Reason: Two teams.\n- 00:30 EST: **Phase.** Mitigate is done.\n- 00:40 EST: **Phase.** Extent is done.\n- 00:50 EST: **Phase.** Stabilize, enough until 2026-11-24 09:00 EST.\n- 00:55 EST: **Phase.** Stabilize.\n";
        assert_eq!(
            told(entries),
            [
                "mitigate 00:10 EST to 00:20 EST, done",
                "extent 00:20 EST to 00:40 EST, done",
                "stabilize 00:50 EST to 00:55 EST",
                "stabilize 00:55 EST to goes on"
            ]
        );
        assert_eq!(unfinished_above(&document(entries), Phase::Stabilize), []);
        assert_eq!(running(&document(entries)).unwrap().phase, Some(Phase::Stabilize));
    }

    #[test]
    fn what_was_recorded_finishes_a_phase_and_a_relapse_takes_it_back() {
        let mitigated = "- 00:10 EST: **Mitigated.** Standby.\n";
        assert_eq!(unfinished_above(&document(""), Phase::Stabilize), [Phase::Mitigate, Phase::Extent]);
        assert_eq!(unfinished_above(&document(mitigated), Phase::Stabilize), [Phase::Extent]);
        let anew = format!("{mitigated}- 00:11 EST: **Phase.** Mitigate.\n");
        assert_eq!(unfinished_above(&document(&anew), Phase::Extent), [Phase::Mitigate]);
        let relapse = format!("{mitigated}- 00:20 EST: **Phase.** Extent.\n- 00:30 EST: **Reopened.** Back.\n");
        assert_eq!(unfinished_above(&document(&relapse), Phase::Extent), [Phase::Mitigate]);
        assert_eq!(told(&relapse), ["extent 00:20 EST to 00:30 EST"]);
        assert!(!is_finished(&document(&relapse), Phase::Mitigate));
    }

    #[test]
    fn done_without_a_beginning_and_lines_by_hand_are_passes_too() {
        assert_eq!(told("- 00:10 EST: **Phase.** Mitigate is done.\n"), ["mitigate 00:10 EST to 00:10 EST, done"]);
        assert_eq!(told("- 00:10 EST: **Phase.** Looking around\n"), ["? 00:10 EST to goes on"]);
    }
}
