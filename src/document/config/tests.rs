//! Tests of the settings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;

#[test]
fn without_settings_every_default_holds() {
    for text in
        ["", "\n# nothing\n", "\u{feff}", CONFIG_TEMPLATE, "clocks:\nshare:\nholidays:\nclose:\nseverity:\npeople:\ncheck:\nlint:\nchat:\n"]
    {
        let config = Config::parse(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
        assert_eq!(config, Config::default());
    }
    let config = Config::default();
    assert_eq!(config.zone().to_string(), "America/New_York");
    assert_eq!((config.acknowledge_seconds(), config.inquiry_seconds(), config.commander_seconds()), (900, 900, 900));
    assert_eq!((config.document_interval_seconds(), config.close_wait_seconds(), config.hours_in_role()), (7200, 900, 3));
    assert_eq!((config.chat(), config.branch(), config.durability()), ("QPP Incidents", None, Durability::Normal));
    assert_eq!(
        (config.share().push, config.close_owners(), config.document_clock()),
        (Push::Manual, CloseOwners::Silence, DocumentClock::AnyEntry)
    );
}

#[test]
fn the_template_names_every_setting_with_its_default() {
    let all: String = CONFIG_TEMPLATE
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| !line.starts_with(' ') || line.starts_with("  "))
        .fold(String::new(), |text, line| text + line + "\n");
    let config = Config::parse(&all).unwrap_or_else(|error| panic!("{error}\n{all}"));
    let default = Config::default();
    assert_eq!((config.zone(), config.chat(), config.share()), (default.zone(), default.chat(), default.share()));
    assert_eq!((config.acknowledge_seconds(), config.inquiry_seconds()), (default.acknowledge_seconds(), default.inquiry_seconds()));
    assert_eq!(
        (config.document_interval_seconds(), config.hours_in_role()),
        (default.document_interval_seconds(), default.hours_in_role())
    );
    assert_eq!((config.close_wait_seconds(), config.commander_seconds()), (default.close_wait_seconds(), default.commander_seconds()));
    assert_eq!(
        (config.document_clock(), config.close_owners(), config.durability()),
        (default.document_clock(), default.close_owners(), default.durability())
    );
    assert!(config.clocks.acknowledge.is_some() && config.timezone.is_some(), "nothing was read:\n{all}");
}

#[test]
fn every_setting_is_read() {
    let config = Config::parse(concat!(
        "timezone: UTC\nbranch: live\nclocks: {acknowledge: 10m, document: status-update, document_interval: 1h, inquiry: 5, commander: 20 min, hours_in_role: 4}\n",
        "holidays:\n  extra: [2026-12-24]\nchat: '#room'\nshare: {remote: origin, push: auto, url: 'https://h/{path}'}\nseverity: {SEV-1: critical, sev2: major}\n",
        "close: {owners: consent, wait: 30m}\nlint: {terms: [QPP]}\ncheck: {by-hand-event: off, other: error}\nservices: [Auth]\npeople: [Sam <s@x.org>, Ada]\ndurability: full\n"
    ))
    .unwrap();
    assert_eq!((config.zone().to_string().as_str(), config.branch(), config.chat()), ("UTC", Some("live"), "#room"));
    assert_eq!((config.acknowledge_seconds(), config.inquiry_seconds(), config.commander_seconds()), (600, 300, 1200));
    assert_eq!(
        (config.document_clock(), config.document_interval_seconds(), config.hours_in_role()),
        (DocumentClock::StatusUpdate, 3600, 4)
    );
    assert!(config.days_off().extra.contains(&NaiveDate::from_ymd_opt(2026, 12, 24).unwrap()));
    assert_eq!((config.share().remote.as_deref(), config.share().push), (Some("origin"), Push::Auto));
    assert_eq!(config.severity_name("SEV-2".parse().unwrap()), Some("major"));
    assert_eq!(config.severity_name("SEV-3".parse().unwrap()), None);
    assert_eq!((config.close_owners(), config.close_wait_seconds()), (CloseOwners::Consent, 1800));
    assert_eq!(config.check_level("by-hand-event", Level::Warning), None);
    assert_eq!(config.check_level("other", Level::Warning), Some(Level::Error));
    assert_eq!(config.check_level("third", Level::Warning), Some(Level::Warning));
    assert_eq!(config.checked_rules().collect::<Vec<_>>(), ["by-hand-event", "other"]);
    assert_eq!(config.people(), [Person::new("Sam", Some("s@x.org")), Person::new("Ada", None)]);
    assert_eq!((config.services(), config.durability()), (&serde_json::json!(["Auth"]), Durability::Full));
    assert_eq!(config.lint().terms(), ["QPP"]);
    assert_eq!(Config::parse("share: {branch: b}\n").unwrap().branch(), Some("b"));
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    let cases = [
        ("chat: a\ntimzone: UTC\n", "2:1: unknown key `timzone`; the nearest is `timezone`"),
        ("clocks:\n  acknowlege: 15m\n", "2:3: unknown key `acknowlege`; the nearest is `acknowledge`"),
        ("share:\n  pusch: auto\n", "2:3: unknown key `pusch`; the nearest is `push`"),
        ("timezone: EST5EDT2\n", "1:11: `EST5EDT2` is not an IANA time zone"),
        ("clocks: {document_interval: soon}\n", "1:29: `soon` is not a length of time"),
        ("severity: {SEV-7: x}\n", "1:1: `severity`: `SEV-7` is not a severity"),
        ("people: ['Sam <s']\n", "1:1: `people`: `Sam <s` is not a person"),
        ("holidays: {extra: [Christmas]}\n", "1:20: "),
        ("share: {push: always}\n", "1:15: "),
        ("check: {x: fatal}\n", "1:12: "),
        ("- a\n", "1:1: `key: value` lines are expected"),
    ];
    for (text, expected) in cases {
        let broken = Config::parse(text).unwrap_err().to_string();
        assert!(broken.starts_with(expected), "{broken} for {text}");
    }
    assert!(Config::parse(&format!("chat: {}\n", "x".repeat(70_000))).unwrap_err().message.contains("64 kB"));
}
