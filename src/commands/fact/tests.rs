//! Which facts may be set, with which command the others move, and what the event of a fact says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::domain::wording;
use crate::domain::zone::Zone;

const TEXT: &str = "---
id: INC-K7QFM
title: Many errors
status: mitigated
teams:
  - QPP-FE
  - QPP-A
outage_started_at: 2026-11-22T23:50:00-05:00
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
- 00:04 EST: Looked at Splunk.
- 00:20 EST: **Mitigated.** First.
- 00:25 EST: **Reopened.** Back.
- 00:30 EST: **Mitigated.** Second.
- 00:40 EST: **Mitigated.** Third.
";

fn document() -> IncidentDocument {
    IncidentDocument::parse(TEXT).unwrap()
}

#[test]
fn keys_that_events_move_are_refused_with_the_command_that_fits() {
    let cases = [
        (Key::Status, "resolved", "qpp-incident resolve INC-K7QFM \"how\""),
        (Key::Commander, "Sam Reyes", "qpp-incident assign-ic INC-K7QFM 'Sam Reyes'"),
        (Key::Responders, "", "qpp-incident responder add INC-K7QFM WHO"),
        (Key::BusinessOwners, "pat", "qpp-incident owner add INC-K7QFM pat"),
        (Key::Restored, "60", "qpp-incident mitigate INC-K7QFM \"what was done\" --restored 60"),
        (Key::CloseReason, "duplicate", "qpp-incident close INC-K7QFM --reason duplicate \"why\""),
        (Key::DuplicateOf, "INC-2M4XY", "qpp-incident close INC-K7QFM --reason duplicate --of INC-2M4XY \"why\""),
        (Key::AcknowledgedAt, "00:02", "qpp-incident correct INC-K7QFM '2026-11-23 00:04.1' --time 00:02"),
        (Key::OpenedAt, "", "qpp-incident correct INC-K7QFM '2026-11-22 23:58' --time TIME"),
        (Key::MitigatedAt, "00:31", "qpp-incident correct INC-K7QFM '2026-11-23 00:30' --time 00:31"),
        (Key::ResolvedAt, "00:31", "qpp-incident resolve INC-K7QFM --at 00:31"),
        (Key::ClosedAt, "", "qpp-incident close INC-K7QFM --at TIME"),
    ];
    for (key, value, fits) in cases {
        let refusal = may_be_set(&document(), key, Operator::Set, value).unwrap_err();
        assert_eq!((refusal.code(), refusal.hint().as_deref()), ("moved-by-event", Some(fits)), "{key}");
    }
    let refusal = may_be_set(&document(), Key::Responders, Operator::Remove, "pat").unwrap_err();
    assert_eq!(refusal.hint().as_deref(), Some("qpp-incident responder remove INC-K7QFM pat"));
}

#[test]
fn every_key_is_either_settable_or_refused_by_name() {
    let settable: Vec<&str> =
        Key::ALL.iter().filter(|key| may_be_set(&document(), **key, Operator::Set, "x").is_ok()).map(|key| key.name()).collect();
    assert_eq!(
        settable,
        [
            "title",
            "severity",
            "teams",
            "services",
            "reporter",
            "reported_via",
            "pagerduty",
            "audience",
            "chat",
            "privacy",
            "cms_process",
            "evidence",
            "visibility",
            "outage_started_at",
            "detected_at",
            "reported_at",
            "outage_ended_at"
        ]
    );
}

#[test]
fn id_and_zone_are_fixed() {
    let told = |key: Key| may_be_set(&document(), key, Operator::Set, "x").unwrap_err().to_string();
    assert_eq!(told(Key::Id), "an incident keeps its id: `id` cannot be set");
    assert_eq!(told(Key::Timezone), "`timezone` of INC-K7QFM stays America/New_York: entries are written in it already");
}

fn said(key: Key, value: &NewValue, reason: Option<&str>) -> Result<(String, Vec<Change>), Refusal> {
    let action = fact_set(&document(), key, value, reason)?;
    let text = wording::text(&action, Zone::default());
    let Action::FactSet { changes, .. } = action else { panic!("a fact") };
    Ok((text, changes))
}

#[test]
fn an_instant_needs_a_reason_and_tells_old_and_new() {
    let value = NewValue::Instant(Some("2026-11-23T04:49:10Z".parse().unwrap()));
    assert_eq!(said(Key::OutageStartedAt, &value, None).unwrap_err().code(), "reason-missing");
    let (text, changes) = said(Key::OutageStartedAt, &value, Some("Splunk shows it")).unwrap();
    assert_eq!(text, "outage_started_at: 2026-11-22 23:50 EST → 2026-11-22 23:49:10 EST. Splunk shows it.");
    assert_eq!(changes, [Change::Set(Key::OutageStartedAt, "2026-11-22T23:49:10-05:00".to_owned())]);
    let (text, changes) = said(Key::OutageStartedAt, &NewValue::Instant(None), Some("nobody knows")).unwrap();
    assert_eq!(text, "outage_started_at: 2026-11-22 23:50 EST → none. nobody knows.");
    assert_eq!(changes, [Change::Remove(Key::OutageStartedAt)]);
}

#[test]
fn lists_change_by_item() {
    let items = |operator, items: &[&str]| NewValue::Items(operator, items.iter().map(|item| (*item).to_owned()).collect());
    let (text, changes) = said(Key::Teams, &items(Operator::Add, &["QPP-CT"]), None).unwrap();
    assert_eq!((text.as_str(), changes.len()), ("teams: added QPP-CT", 1));
    let (text, _) = said(Key::Teams, &items(Operator::Remove, &["QPP-A"]), Some("not hit")).unwrap();
    assert_eq!(text, "teams: removed QPP-A. not hit.");
    let (text, changes) = said(Key::Teams, &items(Operator::Set, &["QPP-A", "GDIT"]), None).unwrap();
    assert_eq!(text, "teams: QPP-FE, QPP-A → QPP-A, GDIT");
    assert_eq!(changes, [Change::RemoveItem(Key::Teams, "QPP-FE".into()), Change::AddItem(Key::Teams, "GDIT".into())]);
    let refusal = said(Key::Teams, &items(Operator::Remove, &["GDIT"]), None).unwrap_err();
    assert_eq!(refusal.to_string(), "`GDIT` is not in `teams`, which holds QPP-FE, QPP-A");
    assert_eq!(said(Key::Title, &NewValue::Text(None), None).unwrap_err().code(), "title-missing");
}

#[test]
fn instants_that_do_not_fit_are_named_once_they_are_set() {
    let document = IncidentDocument::parse(&TEXT.replace("23:50:00", "23:57:00")).unwrap();
    let told = order_warnings(document.header(), &[Key::OutageStartedAt]);
    let message = "outage_started_at (2026-11-22 23:57 EST) is later than reported_at (2026-11-22 23:52 EST)";
    assert_eq!(told, [("instants-out-of-order".to_owned(), message.to_owned())]);
    assert_eq!(order_warnings(document.header(), &[Key::Severity]), []);
}
