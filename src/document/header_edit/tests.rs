//! Tests of front matter edits: each kind of hand-edited file against each kind of change, and properties.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::*;

const BODY: &str = "# Errors\n\nstatus: not a key\n---\n- responders\n";

fn set_to(key: Key, value: &str) -> Change {
    Change::Set(key, value.to_owned())
}

fn add(key: Key, item: &str) -> Change {
    Change::AddItem(key, item.to_owned())
}

fn take(key: Key, item: &str) -> Change {
    Change::RemoveItem(key, item.to_owned())
}

fn document(yaml: &str) -> String {
    format!("---\nid: INC-K7QFM\ntitle: Errors\nstatus: open\n{yaml}---\n{BODY}")
}

/// One edit of a document, in which `before` stands once and becomes `after`: in LF, in CRLF, with a BOM, without a last line end.
#[track_caller]
fn becomes(yaml: &str, change: &Change, before: &str, after: &str) {
    let text = document(yaml);
    assert_eq!(text.matches(before).count(), 1, "{before:?} in {text}");
    let expected = text.replacen(before, after, 1);
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    let cut = |text: &str| text.trim_end().to_owned();
    let bare = |text: &str| text.strip_suffix(&format!("\n{BODY}")).unwrap().to_owned();
    let same = str::to_owned;
    let layouts: [&dyn Fn(&str) -> String; 5] = [&same, &crlf, &bom, &cut, &bare];
    for layout in layouts {
        let edited = edit(&layout(&text), std::slice::from_ref(change)).unwrap_or_else(|error| panic!("{error}: {change:?} in {text}"));
        assert_eq!(edited, layout(&expected), "{change:?}");
    }
}

#[track_caller]
fn is_refused(yaml: &str, change: &Change, why: &str) {
    let error = edit(&document(yaml), std::slice::from_ref(change)).unwrap_err();
    assert!(error.to_string().contains(why), "{error}");
    assert_eq!(error.hint(), "qpp-incident edit");
}

#[test]
fn a_text_is_set_in_place_in_every_style() {
    let cases = [
        ("chat: room\n", "chat: room\n", "chat: New\n"),
        ("chat: room # why\n", "chat: room # why", "chat: New # why"),
        ("chat:   room   # why\n", "chat:   room   # why", "chat:   New   # why"),
        ("\"chat\" : 'a: b' # why\n", "'a: b'", "New"),
        ("chat: \"a\\nb\"\n", "\"a\\nb\"", "New"),
        ("chat:\n", "chat:\n", "chat: New\n"),
        ("chat: # why\n", "chat: # why", "chat: New # why"),
        ("chat: ~\n", "~", "New"),
        ("chat: |\n  status: closed\n\n  more\n# below\n", "|\n  status: closed\n\n  more\n", "New\n"),
        ("chat: >- # why\n  status: closed\n  more\n\nvisibility: x\n", ">- # why\n  status: closed\n  more\n", "New # why\n"),
        ("chat: |+\n  a\n\nvisibility: x\n", "|+\n  a\n\n", "New\n"),
        ("chat: one\n  two\n  three # why\n", "one\n  two\n  three", "New"),
        ("chat:\n  # why\n  room\n", "  room\n", "  New\n"),
        ("chat: 'one\n  # no comment\n\n  two'\n", "'one\n  # no comment\n\n  two'", "New"),
        ("chat: Zoë's Raum 😀\nvisibility: é\n", "Zoë's Raum 😀", "New"),
        ("chat: !!str 12\n", "!!str 12", "New"),
        ("x-team:\n  chat: inner\n  list: [chat, chat]\nchat: outer\n# chat: last\n", "outer", "New"),
    ];
    for (yaml, before, after) in cases {
        becomes(yaml, &set_to(Key::Chat, "New"), before, after);
    }
}

#[test]
fn a_value_is_quoted_when_a_reader_could_mistake_it() {
    becomes("chat: room\n", &set_to(Key::Chat, "no"), "room", "\"no\"");
    becomes("chat: room\n", &set_to(Key::Chat, "a: b\n---\nstatus: closed"), "room", r#""a: b\n---\nstatus: closed""#);
    becomes("chat: room\n", &set_to(Key::Chat, "---"), "room", "\"---\"");
    becomes("restored: 20\n", &set_to(Key::Restored, "60"), "20", "60");
    becomes(
        "chat: room\n",
        &set_to(Key::MitigatedAt, "2026-11-22T23:58:00-05:00"),
        "room\n",
        "room\nmitigated_at: 2026-11-22T23:58:00-05:00\n",
    );
}

#[test]
fn a_new_key_goes_to_its_place() {
    let severity = set_to(Key::Severity, "SEV-2");
    becomes("", &severity, "status: open\n", "status: open\nseverity: SEV-2\n");
    becomes("\n# people\nreporter: Jeff\n", &severity, "status: open\n", "status: open\nseverity: SEV-2\n");
    becomes("chat: |\n  a\n\n# next\nx: 1\n", &set_to(Key::Privacy, "none"), "  a\n", "  a\nprivacy: none\n");
    becomes(
        "responders:\n  - Ada <a@x.org>\n  # - Bob <b@x.org>\n# end\n",
        &set_to(Key::Chat, "room"),
        "  # - Bob <b@x.org>\n",
        "  # - Bob <b@x.org>\nchat: room\n",
    );
    becomes("teams: [a,\n  b]\nx: 1\n", &add(Key::Services, "Auth"), "  b]\n", "  b]\nservices:\n  - Auth\n");
    becomes("teams:\n- a\nx: 1\n", &add(Key::Services, "Auth"), "- a\n", "- a\nservices:\n- Auth\n");
}

#[test]
fn a_new_key_without_a_known_one_before_it_goes_before_the_first_after_it() {
    let text = "---\n# head\nx: 1\nstatus: draft\nincident: INC-K7QFM\n---\n";
    let edited = edit_report(text, &[("title", Some("T")), ("z", Some("1")), ("incident", Some("INC-AAAAA"))]).unwrap();
    assert_eq!(edited, "---\n# head\nx: 1\nstatus: draft\nincident: INC-AAAAA\ntitle: T\nz: \"1\"\n---\n");
    let text = "---\nx: 1\n# about\ntitle: T\n---\n";
    assert_eq!(edit_report(text, &[("incident", Some("INC-AAAAA"))]).unwrap(), text.replace("title", "incident: INC-AAAAA\ntitle"));
}

#[test]
fn a_key_that_goes_takes_its_lines_and_leaves_the_comments() {
    let cases = [
        ("chat: room\nx: 1\n", "chat: room\n", ""),
        ("# above\nchat: room # why\n# below\n", "chat: room # why\n", "# why\n"),
        ("'chat' : |\n  status: closed\n\n  b\nx: 1\n", "'chat' : |\n  status: closed\n\n  b\n", ""),
        ("chat: one\n  two\n# last\n", "chat: one\n  two\n", ""),
        ("chat:\nx: 1\n", "chat:\n", ""),
    ];
    for (yaml, before, after) in cases {
        becomes(yaml, &Change::Remove(Key::Chat), before, after);
    }
    becomes(
        "teams: # all\n  - a # one\n  # two\n  - b\nx: 1\n",
        &Change::Remove(Key::Teams),
        "teams: # all\n  - a # one\n  # two\n  - b\n",
        "# all\n# one\n# two\n",
    );
}

#[test]
fn an_item_is_added_in_the_style_of_the_list() {
    let ada = add(Key::Responders, "Ada <a@x.org>");
    let cases = [
        ("", "status: open\n", "status: open\nresponders:\n  - Ada <a@x.org>\n"),
        ("responders:\n", "responders:\n", "responders:\n  - Ada <a@x.org>\n"),
        ("responders: # who\nx: 1\n", "responders: # who\n", "responders: # who\n  - Ada <a@x.org>\n"),
        ("responders: ~\n", "responders: ~\n", "responders:\n  - Ada <a@x.org>\n"),
        ("responders: []  # who\n", "[]", "[Ada <a@x.org>]"),
        ("responders: [ 'Bob' , Eve ]\n", "Eve ]", "Eve, Ada <a@x.org> ]"),
        ("responders: [\n  Bob,\n  Eve,\n]\n", "Eve,", "Eve, Ada <a@x.org>,"),
        ("responders:\n- Bob\nx: 1\n", "- Bob\n", "- Bob\n- Ada <a@x.org>\n"),
        ("responders:\n    -   \"Bob\" # one\n\n    # two\nx: 1\n", "# one\n", "# one\n    -   Ada <a@x.org>\n"),
        ("responders:\n  - Bob\n  - Eve\n    Éva\n# last\n", "    Éva\n", "    Éva\n  - Ada <a@x.org>\n"),
    ];
    for (yaml, before, after) in cases {
        becomes(yaml, &ada, before, after);
    }
    becomes("teams: [x]\n", &add(Key::Teams, "a, b"), "[x]", "[x, \"a, b\"]");
    becomes("teams:\n  - x\n", &add(Key::Teams, "a, b"), "  - x\n", "  - x\n  - a, b\n");
}

#[test]
fn an_item_that_goes_takes_its_line_and_the_last_one_takes_the_key() {
    let ada = take(Key::Responders, "Ada <a@x.org>");
    let cases = [
        ("responders:\n  - Bob\n  - Ada L. <A@x.org>\n  - Eve\n", "  - Ada L. <A@x.org>\n", ""),
        ("responders:\n- Ada <a@x.org> # one\n- Eve # two\n", "- Ada <a@x.org> # one\n", "# one\n"),
        ("responders:\n  - Ada <a@x.org> # one\n  - Eve\n", "  - Ada <a@x.org> # one\n", "  # one\n"),
        ("responders: # who\n  - Ada <a@x.org>\nx: 1\n", "responders: # who\n  - Ada <a@x.org>\n", "# who\n"),
        ("responders: [Ada <a@x.org>, 'Eve']\n", "Ada <a@x.org>, ", ""),
        ("responders: [Bob, \"Ada <a@x.org>\", Eve]\n", ", \"Ada <a@x.org>\"", ""),
        ("responders: [Bob,\n  Ada <a@x.org>]\n", ",\n  Ada <a@x.org>", ""),
        ("responders: [Ada <a@x.org>]\nx: 1\n", "responders: [Ada <a@x.org>]\n", ""),
    ];
    for (yaml, before, after) in cases {
        becomes(yaml, &ada, before, after);
    }
}

#[test]
fn what_stands_already_changes_nothing() {
    let cases = [
        ("chat: 'room'\n", set_to(Key::Chat, "room")),
        ("restored: 60\n", set_to(Key::Restored, "60")),
        ("x: 1\n", Change::Remove(Key::Chat)),
        ("responders: ['Ada Lovelace <A@x.org>']\n", add(Key::Responders, "Ada <a@X.org>")),
        ("responders:\n- Ada\n", add(Key::Responders, "Ada <a@x.org>")),
        ("teams: [a]\n", add(Key::Teams, "a")),
        ("teams: [a]\n", take(Key::Teams, "A")),
        ("x: 1\n", take(Key::Teams, "a")),
    ];
    for (yaml, change) in cases {
        let text = document(yaml);
        assert_eq!(edit(&text, std::slice::from_ref(&change)).unwrap(), text, "{change:?}");
    }
}

#[test]
fn what_would_touch_more_is_refused() {
    is_refused("? chat\n: room\n", &set_to(Key::Chat, "New"), "cannot change `chat` in the front matter: the front matter is not made of");
    is_refused("severity: SEV-2\n", &set_to(Key::Severity, "SEV-9"), "`SEV-9` is not a severity");
    is_refused("", &Change::Remove(Key::Title), "`title` is missing");
    is_refused("", &set_to(Key::Teams, "a"), "`teams`: a list is expected");
    is_refused("teams: [a, # one\n  b]\n", &take(Key::Teams, "b"), "a comment would change");
    is_refused("teams:\n  -\n    a\n  - b\n", &take(Key::Teams, "a"), "does not stand on the line of its dash");
    is_refused("chat: ''\n", &set_to(Key::Chat, &"x".repeat(70_000)), "over 64 kB");
    is_refused("chat: [a]\n", &set_to(Key::Chat, "x"), "one text is expected");
    assert!(matches!(edit("no front matter", &[set_to(Key::Chat, "x")]), Err(EditError::Broken(_))));
}

#[test]
fn a_refused_change_leaves_the_ones_before_it_undone() {
    let text = document("");
    assert!(edit(&text, &[set_to(Key::Chat, "x"), set_to(Key::Severity, "SEV-9")]).is_err());
}

#[test]
fn a_report_is_set_to_done_and_back() {
    let text = "---\nincident: INC-K7QFM # ours\nstatus: \"draft\" # soon\nauthors: [Ada]\n---\n# x\n";
    let done = edit_report(text, &[("status", Some("done")), ("done_at", Some("2026-11-24T10:00:00-05:00"))]).unwrap();
    assert_eq!(done, text.replace("\"draft\" # soon\n", "done # soon\ndone_at: 2026-11-24T10:00:00-05:00\n"));
    let draft = edit_report(&done, &[("status", Some("draft")), ("done_at", None)]).unwrap();
    assert_eq!(draft, text.replace("\"draft\"", "draft"));
    assert!(edit_report(text, &[("status", Some("ready"))]).is_err());
}

/// A front matter as a person might leave it: a few lines for each key, in some style.
fn hand_edited() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("x"),
        Just("'a: b'"),
        Just("\"q\\n\""),
        Just("7"),
        Just(""),
        Just("~"),
        Just("é ü # c"),
        Just("|\n  id: 1\n  # t"),
        Just(">-\n  a\n\n  b")
    ];
    let list = prop_oneof![
        Just(" [a, 'b']"),
        Just(" []"),
        Just("\n- a\n- 'b' # c"),
        Just("\n  - a\n  # d\n  - \"b\""),
        Just(""),
        Just(" [a, # c\n  b,\n]")
    ];
    let noise = prop_oneof![Just(""), Just("# n\n"), Just("\n"), Just("  # i\n"), Just("x-1: {a: [b]}\n"), Just("x-2:\n  chat: 1\n")];
    (prop::sample::subsequence(vec!["chat", "pagerduty", "privacy"], 0..=3), text, list.clone(), list, noise.clone(), noise, any::<bool>())
        .prop_map(|(keys, text, teams, services, above, below, crlf)| {
            let texts = keys.iter().map(|key| format!("{key}: {text}\n")).collect::<Vec<_>>().concat();
            let below = if above == below { "" } else { below };
            let yaml = document(&format!("teams:{teams}\n{above}{texts}{below}services:{services}\n"));
            if crlf { yaml.replace('\n', "\r\n") } else { yaml }
        })
}

fn some_change() -> impl Strategy<Value = Change> {
    let key = prop::sample::select(vec![Key::Title, Key::Chat, Key::Pagerduty, Key::Privacy, Key::Visibility]);
    let list = prop::sample::select(vec![Key::Teams, Key::Services, Key::Evidence]);
    let item = prop_oneof![Just("a".to_owned()), Just("b".to_owned()), any::<String>().prop_filter("not blank", |text| !text.is_empty())];
    prop_oneof![
        (key.clone(), any::<String>().prop_filter("not blank", |text| !text.trim().is_empty()))
            .prop_map(|(key, text)| Change::Set(key, text)),
        key.prop_map(Change::Remove),
        (list.clone(), item.clone()).prop_map(|(key, item)| Change::AddItem(key, item)),
        (list, item).prop_map(|(key, item)| Change::RemoveItem(key, item)),
    ]
}

proptest! {
    #[test]
    fn an_edit_does_what_was_wanted_to_its_lines_alone_or_is_refused(text in hand_edited(), change in some_change()) {
        let before = Header::of_document(&text).unwrap();
        let edited = match edit(&text, std::slice::from_ref(&change)) {
            Ok(edited) => edited,
            Err(EditError::Refused { why, .. }) => {
                prop_assert!(why == "`title` is missing from the front matter" || why == "a comment would change", "{why}");
                return Ok(());
            }
            Err(EditError::Broken(broken)) => return Err(TestCaseError::fail(broken.to_string())),
        };
        let after = Header::of_document(&edited).unwrap();
        let key = change.key();
        match &change {
            Change::Set(_, value) => prop_assert_eq!(after.text(key), Some(value.as_str())),
            Change::Remove(_) => prop_assert_eq!(after.text(key), None),
            Change::AddItem(_, item) => prop_assert!(after.list(key).contains(item)),
            Change::RemoveItem(_, item) => prop_assert!(!after.list(key).contains(item)),
        }
        for other in Key::ALL.iter().copied().filter(|other| *other != key) {
            prop_assert_eq!(before.text(other), after.text(other));
            prop_assert_eq!(before.list(other), after.list(other));
        }
        prop_assert_eq!(before.extra(), after.extra());
        let (old, new): (Vec<&str>, Vec<&str>) = (text.split_inclusive('\n').collect(), edited.split_inclusive('\n').collect());
        let head = old.iter().zip(&new).take_while(|(one, two)| one == two).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(one, two)| one == two).count();
        let changed = (old.len() - head - tail).max(new.len() - head - tail);
        prop_assert!(changed <= 6, "{changed} lines changed");
        let body = if text.contains('\r') { BODY.replace('\n', "\r\n") } else { BODY.to_owned() };
        prop_assert!(edited.ends_with(&body));
        prop_assert_eq!(edit(&edited, std::slice::from_ref(&change)), Ok(edited.clone()));
    }
}
