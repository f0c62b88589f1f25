//! What each kind of entry allows, and what a corrected time moves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::domain::wording;
use crate::domain::zone::Zone;

const TEXT: &str = "---
id: INC-K7QFM
title: Many errors
status: mitigated
reported_at: 2026-11-22T23:52:00-05:00
opened_at: 2026-11-22T23:58:00-05:00
acknowledged_at: 2026-11-23T00:04:30-05:00
mitigated_at: 2026-11-23T00:30:00-05:00
---
# Many errors (incident #INC-K7QFM)

## Timeline (all times America/New_York)

### 2026-11-22

- 23:58 EST: **Opened.** Many errors.

### 2026-11-23

- 00:04 EST: **Acknowledged.**
- 00:10 EST: Restarted it.
- 00:11 EST: Wrong system.
- 00:12 EST: **Void.** 2026-11-23 00:11 EST \"Wrong system.\": another system.
- 00:13 EST: **Commander.** Sam Reyes <sam@example.org>
- 00:14 EST: **Fact.** severity: SEV-2
- 00:30 EST: **Mitigated.** First.
- 00:40 EST: **Mitigated.** Second.
- 00:50 EST: **Agreed.**
";

fn tried(index: usize, correction: &Correction) -> Result<Vec<String>, Refusal> {
    let document = IncidentDocument::parse(TEXT).unwrap();
    let actions = correct(&document, index, correction)?;
    Ok(actions.iter().map(|action| wording::text(action, Zone::default())).collect())
}

fn time(at: &str) -> Correction {
    Correction::Time(at.parse().unwrap())
}

#[test]
fn a_correction_names_what_it_corrects() {
    let said = tried(2, &Correction::Text("Restarted the cache.".to_owned())).unwrap();
    assert_eq!(said, ["2026-11-23 00:10 EST \"Restarted it.\": Restarted the cache."]);
    let said = tried(2, &Correction::Void("another system".to_owned())).unwrap();
    assert_eq!(said, ["2026-11-23 00:10 EST \"Restarted it.\": another system."]);
    assert_eq!(tried(2, &Correction::Text("Restarted it.".to_owned())).unwrap_err().code(), "same-text");
}

#[test]
fn a_corrected_time_moves_the_instant_that_the_entry_set() {
    let said = tried(1, &time("2026-11-23T00:02:00-05:00")).unwrap();
    assert_eq!(
        said,
        [
            "2026-11-23 00:04 EST \"Acknowledged\": happened at 2026-11-23 00:02 EST.",
            "acknowledged_at: 2026-11-23 00:04:30 EST → 2026-11-23 00:02 EST. The time of its entry is corrected."
        ]
    );
    assert_eq!(tried(7, &time("2026-11-23T00:29:00-05:00")).unwrap().len(), 2);
    assert_eq!(tried(8, &time("2026-11-23T00:39:00-05:00")).unwrap().len(), 1, "a later mitigation sets no instant");
    assert_eq!(tried(2, &time("2026-11-23T00:09:00-05:00")).unwrap().len(), 1);
    assert_eq!(tried(2, &time("2026-11-23T00:10:00-05:00")).unwrap_err().code(), "same-time");
    let refusal = tried(1, &time("2026-11-22T23:51:00-05:00")).unwrap_err();
    assert!(refusal.to_string().contains("cannot be acknowledged at 2026-11-22 23:51 EST"), "{refusal}");
}

#[test]
fn what_the_front_matter_rests_on_cannot_be_void() {
    let cases = [
        (0, "qpp-incident close INC-K7QFM --reason false-alarm \"why\""),
        (1, "qpp-incident correct INC-K7QFM '2026-11-23 00:04' --time TIME"),
        (5, "qpp-incident assign-ic INC-K7QFM WHO"),
        (6, "qpp-incident set INC-K7QFM KEY=VALUE --reason \"why\""),
        (7, "qpp-incident reopen INC-K7QFM \"why\""),
    ];
    for (index, fits) in cases {
        let refusal = tried(index, &Correction::Void("no".to_owned())).unwrap_err();
        assert_eq!((refusal.code(), refusal.hint().as_deref()), ("holds-up-a-fact", Some(fits)), "{index}");
    }
    assert!(tried(9, &Correction::Void("no".to_owned())).is_ok());
}

#[test]
fn void_entries_and_corrections_are_not_corrected() {
    let text = Correction::Text("x".to_owned());
    let refusal = tried(3, &text).unwrap_err();
    assert_eq!(refusal.to_string(), "2026-11-23 00:11 EST \"Wrong system.\" is void already: it counts for nothing");
    let refusal = tried(4, &text).unwrap_err();
    assert_eq!(refusal.code(), "not-correctable");
}
