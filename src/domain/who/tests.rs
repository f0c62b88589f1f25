//! Tables of typed WHOs against a small team.
//! Unit tests of `domain::who`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::{WhoError, resolve_who};
use crate::domain::person::Person;

fn team() -> Vec<Person> {
    vec![
        Person::new("Sam Reyes", Some("sam@example.org")),
        Person::new("Pat Lee", Some("pat.lee@example.org")),
        Person::new("Pat Leeson", Some("leeson@example.org")),
        Person::new("Ada Byron", Some("ada@cms.example")),
        Person::new("grace@example.org", Some("grace@example.org")),
        Person::new("Jeff", None),
        Person::new("Zoë Ångström", Some("zoe@example.org")),
    ]
}

fn who(text: &str) -> Result<String, WhoError> {
    resolve_who(text, Some(&Person::new("Me Myself", Some("me@example.org"))), &team()).map(|person| person.to_string())
}

#[test]
fn every_form_finds_its_person() {
    let cases = [
        ("me", "Me Myself <me@example.org>"),
        ("ME", "Me Myself <me@example.org>"),
        ("sam@example.org", "Sam Reyes <sam@example.org>"),
        ("SAM@Example.org", "Sam Reyes <sam@example.org>"),
        ("new@example.org", "new@example.org <new@example.org>"),
        ("New Person <new@example.org>", "New Person <new@example.org>"),
        ("Samuel <sam@example.org>", "Samuel <sam@example.org>"),
        ("Sam Reyes", "Sam Reyes <sam@example.org>"),
        ("  sam   reyes ", "Sam Reyes <sam@example.org>"),
        ("reyes", "Sam Reyes <sam@example.org>"),
        ("REY", "Sam Reyes <sam@example.org>"),
        ("Pat Lee", "Pat Lee <pat.lee@example.org>"),
        ("pat.lee", "Pat Lee <pat.lee@example.org>"),
        ("leeson", "Pat Leeson <leeson@example.org>"),
        ("cms.example", "Ada Byron <ada@cms.example>"),
        ("grace", "grace@example.org <grace@example.org>"),
        ("jeff", "Jeff"),
        ("zoë", "Zoë Ångström <zoe@example.org>"),
        ("ÅNG", "Zoë Ångström <zoe@example.org>"),
    ];
    for (text, wanted) in cases {
        assert_eq!(who(text).as_deref(), Ok(wanted), "`{text}`");
    }
}

#[test]
fn me_without_an_identity_is_nobody() {
    assert_eq!(resolve_who("me", None, &team()), Err(WhoError::NobodyIsMe));
}

#[test]
fn a_part_that_several_have_lists_them_nearest_first() {
    let error = who("pat").unwrap_err();
    assert_eq!(error.to_string(), "`pat` is not one person: it may be Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>");
    let WhoError::NotUnique { matches, .. } = who("example").unwrap_err() else { panic!("not unique") };
    assert_eq!(matches.len(), 6);
    assert!(who("example").unwrap_err().to_string().ends_with(" and 1 more"));
}

#[test]
fn an_unknown_name_lists_who_is_known_nearest_first() {
    let error = who("Sma Reyse").unwrap_err();
    assert!(
        error.to_string().starts_with("nobody known is called `Sma Reyse`; known, the nearest first: Sam Reyes <sam@example.org>,"),
        "{error}"
    );
    assert!(error.to_string().ends_with(" and 2 more"), "{error}");
    assert!(error.hint().contains("`Name <email>`"));
    let nobody = resolve_who("sam", None, &[]).unwrap_err();
    assert_eq!(nobody.to_string(), "nobody known is called `sam`");
}

#[test]
fn what_is_no_person_is_refused() {
    for text in ["Sam <sam", "<sam@example.org>", "Sam <not an address>", "Sam > x"] {
        assert_eq!(who(text), Err(WhoError::NotAPerson(text.to_owned())), "{text}");
    }
    for text in ["", "   "] {
        assert!(matches!(who(text), Err(WhoError::Unknown { .. })), "{text:?}");
    }
}

#[test]
fn one_person_known_in_several_ways_is_one() {
    let known = [
        Person::new("Sam Reyes", None),
        Person::new("sam@example.org", Some("sam@example.org")),
        Person::new("Sam Reyes", Some("SAM@example.org")),
        Person::new("Sam Reyes", Some("SAM@example.org")),
    ];
    for text in ["sam", "Sam Reyes", "sam@example.org"] {
        assert_eq!(resolve_who(text, None, &known), Ok(known[2].clone()), "{text}");
    }
}

#[test]
fn two_people_of_one_name_are_told_apart_by_address_only() {
    let known =
        [Person::new("Pat Lee", Some("a@example.org")), Person::new("Pat Lee", Some("b@example.org")), Person::new("Pat Lee", None)];
    let WhoError::NotUnique { matches, .. } = resolve_who("pat lee", None, &known).unwrap_err() else { panic!("not unique") };
    assert_eq!(matches, known[..2]);
    assert_eq!(resolve_who("b@example.org", None, &known), Ok(known[1].clone()));
}

proptest! {
    #[test]
    fn no_text_panics_and_everybody_is_found_as_printed(text in "\\PC{0,30}") {
        let _ = who(&text);
        for person in team().iter().filter(|person| person.email.is_some()) {
            prop_assert_eq!(resolve_who(&person.to_string(), None, &team()), Ok(person.clone()));
        }
    }
}
