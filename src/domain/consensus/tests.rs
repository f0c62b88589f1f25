//! Small timelines and what they leave open.
//! Unit tests of `domain::consensus`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::{Consensus, consensus};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind::{
    self, Agreed, ApprovalAsked, Approved, AskedToClose, Closed, Declined, Mitigated, Objection, Overruled, Reopened, Resolved, Withdrawn,
};
use crate::domain::event::Action;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording;
use crate::domain::zone::Zone;

fn time(clock: &str) -> Timestamp {
    format!("2026-11-23T{clock}:00-05:00").parse().unwrap()
}

fn entry(clock: &str, kind: EntryKind, reference: &str, text: &str, by: &str) -> Entry {
    Entry { kind: Some(kind), reference: reference.parse().ok(), by: Some(by.to_owned()), ..Entry::new(time(clock), text) }
}

fn sam() -> Person {
    Person::new("Sam Reyes", Some("sam@example.org"))
}

fn pat() -> Person {
    Person::new("Pat Lee", Some("pat@example.org"))
}

fn ada() -> Person {
    Person::new("Ada Byron", Some("ada@example.org"))
}

fn ask(clock: &str, asked: &[Person], wait_minutes: u32) -> Entry {
    let text = wording::text(&Action::AskedToClose { asked: asked.to_vec(), wait_minutes }, Zone::default());
    entry(clock, AskedToClose, "", &text, "Sam Reyes")
}

fn asked_everybody() -> Entry {
    ask("10:15", &[sam(), pat(), ada()], 15)
}

fn unmet(consensus: &Consensus, clock: &str) -> Vec<String> {
    consensus.unmet(time(clock), Zone::default(), &[])
}

#[test]
fn before_anybody_was_asked_that_is_what_is_unmet() {
    let consensus = consensus(&[Entry::new(time("10:00"), "Restarted."), entry("10:10", Resolved, "", "Fixed.", "Sam Reyes")]);
    assert_eq!(consensus, Consensus::default());
    assert_eq!(unmet(&consensus, "10:20"), ["not asked yet"]);
}

#[test]
fn the_ask_says_who_was_asked_and_how_long_is_waited() {
    let consensus = consensus(&[asked_everybody()]);
    let ask = consensus.ask.clone().unwrap();
    assert_eq!(
        (ask.asked, ask.wait_seconds, ask.asked_at, ask.by),
        (vec![sam(), pat(), ada()], 900, time("10:15"), Some("Sam Reyes".to_owned()))
    );
    assert_eq!(consensus.wait_over_at(), Some(time("10:30")));
    assert_eq!(consensus.silent(), [pat(), ada()]);
}

#[test]
fn where_nobody_else_is_there_nobody_was_asked() {
    let ask = ask("10:15", &[], 15);
    assert!(ask.text.ends_with("Asked: nobody. Wait: 15 min."), "{}", ask.text);
    assert_eq!(consensus(&[ask]).ask.unwrap().asked, []);
}

#[test]
fn the_wait_is_unmet_until_its_last_minute_or_until_all_have_answered() {
    let mut entries = vec![asked_everybody()];
    let waiting = "the wait is not over until 10:30 EST and Pat Lee and Ada Byron have not answered";
    assert_eq!(unmet(&consensus(&entries), "10:29"), [waiting]);
    assert_eq!(unmet(&consensus(&entries), "10:30"), [""; 0]);
    entries.push(entry("10:16", Agreed, "", "", "ada byron"));
    assert_eq!(unmet(&consensus(&entries), "10:29"), ["the wait is not over until 10:30 EST and Pat Lee has not answered"]);
    entries.push(entry("10:17", Agreed, "", "", "Pat Lee"));
    assert_eq!(unmet(&consensus(&entries), "10:18"), [""; 0]);
    assert!(consensus(&entries).has_agreed(&pat()));
}

#[test]
fn a_wait_past_midnight_names_its_day() {
    let entries = [ask("23:50", &[pat()], 30)];
    let sentence = unmet(&consensus(&entries), "23:55").remove(0);
    assert_eq!(sentence, "the wait is not over until 2026-11-24 00:20 EST and Pat Lee has not answered");
}

#[test]
fn nobody_to_ask_means_nobody_to_wait_for() {
    assert_eq!(unmet(&consensus(&[ask("10:15", &[], 15)]), "10:16"), [""; 0]);
    assert_eq!(unmet(&consensus(&[ask("10:15", &[sam()], 15)]), "10:16"), [""; 0]);
}

#[test]
fn an_objection_stands_until_it_is_withdrawn_or_overruled() {
    let objection = entry("10:16", Objection, "O3K", "Queue still grows.", "Pat Lee");
    let entries = vec![ask("10:15", &[sam(), pat()], 15), objection];
    let standing = ["objection O3K of Pat Lee stands: Queue still grows."];
    assert_eq!(unmet(&consensus(&entries), "11:00"), standing);
    for (kind, reference, stands) in [(Withdrawn, "O3K", false), (Overruled, "O3K", false), (Withdrawn, "O4K", true), (Agreed, "", true)] {
        let mut entries = entries.clone();
        entries.push(entry("10:20", kind, reference, "", "Pat Lee"));
        let unmet = unmet(&consensus(&entries), "10:21");
        assert_eq!(unmet.len(), usize::from(stands), "{kind} {reference}: {unmet:?}");
    }
}

#[test]
fn who_objected_has_answered_and_need_not_be_waited_for() {
    let mut entries = vec![ask("10:15", &[sam(), pat()], 15), entry("10:16", Objection, "O3K", "No.", "Pat Lee")];
    assert!(consensus(&entries).silent().is_empty());
    entries.push(entry("10:17", Withdrawn, "O3K", "", "Pat Lee"));
    assert_eq!(unmet(&consensus(&entries), "10:18"), [""; 0]);
}

#[test]
fn an_objection_withdrawn_before_the_ask_is_no_answer_to_it() {
    let entries = [
        entry("10:00", Objection, "O3K", "No.", "Pat Lee"),
        entry("10:05", Withdrawn, "O3K", "", "Pat Lee"),
        ask("10:15", &[sam(), pat()], 15),
    ];
    assert_eq!(consensus(&entries).silent(), [pat()]);
}

#[test]
fn the_ask_lapses_with_its_agreements_and_objections_stay() {
    for kind in [Mitigated, Resolved, Reopened] {
        let mut entries = vec![
            asked_everybody(),
            entry("10:16", Agreed, "", "", "Pat Lee"),
            entry("10:17", Objection, "O3K", "No.", "Ada Byron"),
            entry("10:18", kind, "", "Again.", "Sam Reyes"),
        ];
        let lapsed = consensus(&entries);
        assert!(lapsed.ask.is_none() && lapsed.agreed.is_empty(), "{kind}");
        assert_eq!(unmet(&lapsed, "11:00"), ["not asked yet", "objection O3K of Ada Byron stands: No."]);
        entries.push(ask("10:40", &[sam(), pat()], 15));
        assert_eq!(consensus(&entries).silent(), [pat()], "{kind}");
    }
    let closed = [asked_everybody(), entry("10:40", Closed, "", "Resolved.", "Sam Reyes")];
    assert!(consensus(&closed).ask.is_some());
}

#[test]
fn asking_again_starts_the_wait_anew_and_keeps_who_agreed() {
    let entries = [asked_everybody(), entry("10:16", Agreed, "", "", "Pat Lee"), ask("10:40", &[sam(), pat(), ada()], 5)];
    let consensus = consensus(&entries);
    assert_eq!(consensus.wait_over_at(), Some(time("10:45")));
    assert_eq!(consensus.silent(), [ada()]);
}

#[test]
fn agreeing_without_an_ask_counts_for_nothing() {
    let entries = [entry("10:00", Agreed, "", "", "Pat Lee"), asked_everybody()];
    assert_eq!(consensus(&entries).silent(), [pat(), ada()]);
}

#[test]
fn an_approval_waits_until_it_is_given_or_declined() {
    let mut entries = vec![ask("10:15", &[], 15), entry("09:10", ApprovalAsked, "P4X", "Deploy 4.2.1", "Sam Reyes")];
    let waiting = ["approval P4X is still waiting, asked for at 2026-11-23 09:10 EST: Deploy 4.2.1"];
    assert_eq!(unmet(&consensus(&entries), "11:00"), waiting);
    entries.push(entry("10:00", Approved, "P4Y", "", "Pat Lee"));
    assert_eq!(unmet(&consensus(&entries), "11:00"), waiting);
    for kind in [Approved, Declined] {
        let mut entries = entries.clone();
        entries.push(entry("10:00", kind, "P4X", "", "Pat Lee"));
        assert_eq!(unmet(&consensus(&entries), "11:00"), [""; 0], "{kind}");
    }
}

#[test]
fn owners_whose_consent_is_required_are_never_taken_as_silent_consent() {
    let mut entries = vec![asked_everybody()];
    let owners = [pat(), sam()];
    let after = |entries: &[Entry]| consensus(entries).unmet(time("11:00"), Zone::default(), &owners);
    assert_eq!(after(&entries), ["business owner Pat Lee has not agreed"]);
    entries.push(entry("10:16", Agreed, "", "", "Pat Lee"));
    assert_eq!(after(&entries), [""; 0]);
}

#[test]
fn an_ask_whose_wait_can_no_longer_be_read_waits_fifteen_minutes() {
    let entries = [entry("10:00", AskedToClose, "", "Asked: Pat Lee <pat@example.org>, somebody", "Sam Reyes")];
    let consensus = consensus(&entries);
    assert_eq!(consensus.wait_over_at(), Some(time("10:15")));
    assert_eq!(consensus.silent(), [pat(), Person::new("somebody", None)]);
    assert!(super::consensus(&[entry("10:00", AskedToClose, "", "[redacted 2026-11-24: names]", "Sam Reyes")]).silent().is_empty());
}

fn somebody() -> impl Strategy<Value = Person> {
    ("[\"A-Za-z,.' ]{0,6}[A-Za-z]", proptest::option::of("[a-z]{1,5}@[a-z]{1,5}"))
        .prop_map(|(name, email)| Person::new(&name, email.as_deref()))
}

proptest! {
    #[test]
    fn the_asked_are_read_back_from_the_sentence(people in proptest::collection::vec(somebody(), 0..5), wait_minutes in 0_u32..10_000) {
        let read = consensus(&[ask("10:15", &people, wait_minutes)]).ask.unwrap();
        prop_assert_eq!(read.wait_seconds, i64::from(wait_minutes) * 60);
        prop_assert_eq!(read.asked.len(), people.len());
        for (read, person) in read.asked.iter().zip(&people) {
            prop_assert!(super::is_name(&person.name, read), "{} and {}", read, person);
            prop_assert_eq!(&read.email, &person.email);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}|.{0,5}Asked: [\"<>, a@]{0,20}(\\. Wait: [0-9]{0,30} min\\.)?") {
        let _ = consensus(&[entry("10:00", AskedToClose, "", &text, "Sam Reyes")]).silent();
    }
}
