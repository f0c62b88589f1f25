//! Incidents that are reopened, closed and mitigated again on several clones.
//! TESTS ONLY.

use super::*;

fn restored(minute: &str, name: &str, percent: u8, first: bool) -> Event {
    event(minute, name, Action::Mitigated { text: format!("By {name}."), restored: Some(percent), mitigation_type: None, first })
}

fn key<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().take_while(|line| !line.starts_with('#')).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn what_a_reopening_took_away_on_one_clone_is_of_no_mitigation_before_it() {
    let one = after(BASE, &[restored("00:12:00", "Grace Hopper", 40, true)]);
    let two = after(BASE, &[restored("00:12:00", "Pat Lee", 0, true)]);
    let cleared = [Key::MitigatedAt, Key::Restored];
    let three = after(BASE, &[restored("00:13:00", "Pat Lee", 0, true), reopened("00:13:00", "Pat Lee", &cleared)]);
    let left = merged(&merged(&one, &two), &three);
    let right = merged(&one, &merged(&two, &three));
    for result in [left, right] {
        assert_eq!((key(&result, "status"), key(&result, "restored")), (Some("acknowledged"), None), "{result}");
    }
}

#[test]
fn the_last_mitigation_tells_what_is_restored() {
    let base = after(BASE, &[restored("00:10:00", "Ada Byron", 60, true)]);
    let both = |ours: &[Event], theirs: &[Event]| both_ways("x/incident.md", Some(&base), &after(&base, ours), &after(&base, theirs));
    // Reopened, and mitigated elsewhere to the same share since: nobody's value has changed, and yet it stands.
    let back = reopened("00:12:00", "Pat Lee", &[Key::MitigatedAt, Key::Restored]);
    let text = both(&[back], &[restored("00:14:00", "Sam Reyes", 60, false)]);
    assert_eq!((key(&text, "status"), key(&text, "restored")), (Some("mitigated"), Some("60")), "{text}");
    // Two shares at once: the later, and the merge says so.
    let text = both(&[restored("00:12:00", "Pat Lee", 80, false)], &[restored("00:14:00", "Sam Reyes", 70, false)]);
    assert_eq!(key(&text, "restored"), Some("70"), "{text}");
    assert_eq!(merges(&text), ["restored: 70 stands (Sam Reyes), not 80 (Pat Lee). \u{2014} qpp-incident"], "{text}");
    // Somebody said that a share stands, after a mitigation that another clone has recorded.
    let settled = fact("00:16:00", "Pat Lee", Key::Restored, "60");
    let text = both(&[settled], &[restored("00:14:00", "Sam Reyes", 70, false)]);
    assert_eq!(key(&text, "restored"), Some("60"), "{text}");
}

#[test]
fn the_end_of_an_outage_that_is_back_is_of_no_clone() {
    let ended = |minute: &str, name: &str, end: &str| {
        let outage_ended_at = Some(format!("2026-11-23T{end}-05:00").parse().unwrap());
        event(minute, name, Action::Resolved { text: "Fixed.".to_owned(), outage_ended_at })
    };
    let ours = after(BASE, &[ended("00:20:00", "Ada Byron", "00:15:00")]);
    let back = reopened("00:30:00", "Pat Lee", &[Key::ResolvedAt, Key::OutageEndedAt]);
    let theirs = after(BASE, &[ended("00:21:00", "Pat Lee", "00:16:00"), back]);
    let text = merged(&ours, &theirs);
    assert_eq!((key(&text, "status"), key(&text, "outage_ended_at")), (Some("acknowledged"), None), "{text}");
    // A time that somebody typed, with no entry, is no event's to take away.
    let typed = BASE.replace("opened_at:", "outage_ended_at: 2026-11-23T00:15:00-05:00\nopened_at:");
    assert_eq!(key(&merged(&typed, &theirs), "outage_ended_at"), Some("2026-11-23T00:15:00-05:00"));
    // Resolved again since, it has ended.
    let again = after(&theirs, &[ended("00:40:00", "Pat Lee", "00:35:00")]);
    let text = merged(&ours, &again);
    assert_eq!(key(&text, "outage_ended_at"), Some("2026-11-23T00:35:00-05:00"), "{text}");
    assert_eq!(merges(&text).iter().filter(|said| said.starts_with("outage_ended_at")).count(), 1, "{text}");
}

#[test]
fn a_close_that_counts_again_has_its_reason_again() {
    let one = after(BASE, &[resolved("00:13:00", "Grace Hopper"), closed("00:19:00", "Grace Hopper")]);
    let two = after(BASE, &[mitigated("00:12:00", "Ada Byron", true), reopened("00:14:00", "Ada Byron", &[])]);
    let on_the_way = merged(&one, &two);
    assert!(!on_the_way.contains("close_reason:"), "{on_the_way}");
    let three = after(BASE, &[resolved("00:14:00", "Sam Reyes")]);
    let result = merged(&on_the_way, &three);
    assert!(result.contains("\nstatus: closed\n") && result.contains("\nclose_reason: resolved\n"), "{result}");
}

#[test]
fn a_close_after_a_reopening_stands_with_its_own_reason() {
    let false_alarm =
        Action::Closed { reason: CloseReason::FalseAlarm, text: String::new(), silent: vec![], forced: None, instead_of: None };
    let one = after(BASE, &[resolved("00:12:00", "Grace Hopper"), closed("00:12:00", "Grace Hopper")]);
    let two = after(BASE, &[event("00:19:00", "Sam Reyes", false_alarm)]);
    let on_the_way = merged(&one, &two);
    assert!(on_the_way.contains("\nclose_reason: resolved\n"), "{on_the_way}");
    let three = after(BASE, &[mitigated("00:12:00", "Ada Byron", true), reopened("00:13:00", "Ada Byron", &[])]);
    let result = merged(&on_the_way, &three);
    assert!(result.contains("\nclose_reason: false-alarm\n") && result.contains("\nclosed_at: 2026-11-23T00:19:00-05:00\n"), "{result}");
    let said = "close_reason: false-alarm stands (Sam Reyes), not resolved (Grace Hopper). \u{2014} qpp-incident";
    assert!(merges(&result).contains(&said), "{result}");
}

#[test]
fn a_result_that_meets_its_sides_again_has_nothing_more_to_say() {
    let ours = after(
        BASE,
        &[
            mitigated("00:13:00", "Ada Byron", true),
            reopened("00:15:00", "Ada Byron", &[Key::MitigatedAt]),
            mitigated("00:17:00", "Ada Byron", true),
        ],
    );
    let theirs = after(BASE, &[mitigated("00:12:00", "Ada Byron", true), mitigated("00:16:00", "Ada Byron", false)]);
    let result = merged(&ours, &theirs);
    assert_eq!(merges(&result).len(), 1, "{result}");
}
