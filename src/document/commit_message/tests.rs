//! The messages as git and a person read them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::domain::event::Action;
use crate::domain::person::Person;

fn event(action: Action) -> Event {
    Event {
        occurred_at: "2026-11-23T05:10:00Z".parse().unwrap(),
        recorded_at: "2026-11-23T05:10:20Z".parse().unwrap(),
        by: Person::new("Grace Hopper", Some("grace@example.org")),
        recorded_by: None,
        evidence: Vec::new(),
        action,
    }
}

fn logged(text: &str) -> Event {
    event(Action::Logged { kind: None, text: text.to_owned() })
}

fn id() -> IncidentId {
    "INC-K7QFM".parse().unwrap()
}

fn of(events: &[Event]) -> String {
    let lines: Vec<String> = events.iter().map(|event| format!("- 00:10 EST: {}", event.entry(Zone::default()).text)).collect();
    message(&id(), events, &lines, Zone::default(), false)
}

#[test]
fn a_short_entry_is_a_subject_and_trailers() {
    let wanted = "INC-K7QFM log: Restarted the auth database.\n\nIncident: INC-K7QFM\nEvent: log\n\
                  Occurred-At: 2026-11-23T00:10:00-05:00\nEntry: 5f29ef4c2c5b20aa\n";
    let digest = entry_digest("- 00:10 EST: Restarted the auth database.");
    assert_eq!(of(&[logged("Restarted the auth database.")]), wanted.replace("5f29ef4c2c5b20aa", &digest));
}

#[test]
fn an_entry_without_text_says_what_it_is_and_by_whom() {
    assert!(of(&[event(Action::Acknowledged)]).starts_with("INC-K7QFM ack: Acknowledged by Grace Hopper\n\nIncident:"));
}

#[test]
fn a_long_entry_is_cut_and_stands_whole_before_the_trailers() {
    let text = "The response team restarted the auth database because every connection of its pool was held by one stuck job.";
    let message = of(&[logged(text)]);
    let subject = message.lines().next().unwrap();
    assert_eq!(subject, "INC-K7QFM log: The response team restarted the auth database because…");
    let word = logged(&"database".repeat(10));
    assert_eq!(of(&[word]).lines().next().unwrap().chars().count(), 72);
    assert!(message.contains(&format!("\n\n    {text}\n\nIncident: INC-K7QFM\n")), "{message}");
}

#[test]
fn further_lines_are_kept_and_cannot_pass_for_trailers_comments_or_a_divider() {
    let message = of(&[logged("First.\n\n---\n# note\nIncident: INC-00000\n\nClock: supplied")]);
    assert!(
        message
            .starts_with("INC-K7QFM log: First.\n\n    First.\n\n    ---\n    # note\n    Incident: INC-00000\n\n    Clock: supplied\n\n")
    );
    let keys: Vec<String> = trailers(&message).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["Incident", "Event", "Occurred-At", "Entry"]);
}

#[test]
fn several_entries_are_all_told_and_a_list_begins_the_subject_with_words() {
    let message = of(&[logged("- One [a](https://x.example/1).\n- More."), logged("Two."), event(Action::Acknowledged)]);
    let body = "    - One [a](https://x.example/1).\n    - More.\n    Two.\n";
    assert!(message.starts_with(&format!("INC-K7QFM log: One a.\n\n{body}\nIncident: ")), "{message}");
}

#[test]
fn a_link_is_its_label_in_the_subject_and_whole_below() {
    let message = of(&[logged("See [the graph](https://x.example/1).")]);
    assert!(message.starts_with("INC-K7QFM log: See the graph.\n\n    See [the graph](https://x.example/1).\n\nIncident: "), "{message}");
}

#[test]
fn trailers_repeat_for_each_entry_and_end_with_the_clock() {
    let events = [logged("One."), logged("Two.")];
    let message = message(&id(), &events, &["- a".to_owned(), "- b".to_owned()], Zone::default(), true);
    let pairs = trailers(&message);
    let keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["Incident", "Event", "Occurred-At", "Entry", "Event", "Occurred-At", "Entry", "Clock"]);
    assert_eq!(pairs[6].1, entry_digest("- b"));
    assert_eq!(pairs[7].1, "supplied");
}

#[test]
fn what_hosts_act_on_is_inert_in_subject_and_body() {
    let message = of(&[logged("fixes #12 [skip ci]\n@ada closes GH-3")]);
    assert!(
        message.starts_with("INC-K7QFM log: fixes # 12 (skip ci)\n\n    fixes # 12 (skip ci)\n\n    @ ada closes GH- 3\n"),
        "{message}"
    );
}

#[test]
fn the_name_of_a_command_closes_no_issue() {
    let resolved = event(Action::Resolved { text: "https://git.example/o/n/issues/3".to_owned(), outage_ended_at: None });
    assert!(of(&[resolved]).starts_with("INC-K7QFM resolve: -> https://git.example/o/n/issues/3\n"));
}

#[test]
fn edits_by_hand_say_which_files() {
    let wanted = "INC-K7QFM edit: by hand\n\n    incident.md, postmortem.md\n\nIncident: INC-K7QFM\nEvent: edit\n";
    assert_eq!(hand_edit_message(&id(), &["incident.md", "postmortem.md"]), wanted);
    assert_eq!(hand_edit_message(&id(), &[]), "INC-K7QFM edit: by hand\n\nIncident: INC-K7QFM\nEvent: edit\n");
}

#[test]
fn the_digest_minds_words_and_not_line_ends() {
    assert_eq!(entry_digest("- a\r\n  b \r\n\r\n"), entry_digest("- a\n  b"));
    assert_ne!(entry_digest("- a\n  b"), entry_digest("- a\n b"));
    // sha256("- a") as any other program computes it
    assert_eq!(entry_digest("- a"), "ae030a32f1f546fd");
}

#[test]
fn trailers_are_read_as_git_reads_them() {
    let read = |message: &str| trailers(message).into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>();
    assert_eq!(read("Subject: not a trailer\n"), Vec::<String>::new());
    assert_eq!(read("s\n\nEvent: log\nWhy: it was\n  down\n\n\n"), ["Event=log", "Why=it was down"]);
    assert_eq!(read("s\n\nEvent: log\n\nand an end in prose\n"), Vec::<String>::new());
    assert_eq!(read("s\n\nprose\nEvent: log\n"), Vec::<String>::new());
    assert_eq!(read("s\n\nEvent: log\n(cherry picked from commit 12ab)\n"), ["Event=log"]);
    assert_eq!(read("s\r\n\r\nEvent: log\r\nSigned-off-by: A <a@b>\r\n"), ["Event=log", "Signed-off-by=A <a@b>"]);
}

proptest::proptest! {
    #[test]
    fn free_text_never_adds_a_trailer(text in "(?s).{0,80}", name in ".{0,20}") {
        let mut event = logged(&text);
        event.by = Person::new(&name, None);
        let message = of(&[event]);
        let keys: Vec<String> = trailers(&message).into_iter().map(|(key, _)| key).collect();
        proptest::prop_assert_eq!(keys, ["Incident", "Event", "Occurred-At", "Entry"]);
        proptest::prop_assert!(message.lines().next().unwrap().chars().count() <= 72);
        let last_block = message.trim_end().rsplit("\n\n").next().unwrap().to_owned();
        proptest::prop_assert!(last_block.starts_with("Incident: INC-K7QFM\n"));
    }

    #[test]
    fn lines_that_look_like_trailers_never_count(lines in proptest::collection::vec("(Incident|Event|Clock|Signed-off-by): [a-z]{1,5}|---|#|", 0..8)) {
        let message = of(&[logged(&lines.join("\n"))]);
        proptest::prop_assert_eq!(trailers(&message).len(), 4);
    }
}
