//! Which instant a typed time means, a row for each form: the rule for `--at` and every other time, read through the program.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";
const NEW_YORK: &str = "America/New_York";

/// An incident of long ago whose document has this zone.
fn world(zone: &str) -> Sandbox {
    let sandbox = Sandbox::adopted();
    let config = sandbox.read("incidents/config.yaml");
    sandbox.write("incidents/config.yaml", format!("{config}\ntimezone: {zone}\n"));
    sandbox.git(&["commit", "--quiet", "--all", "-m", "the zone"]).success();
    sandbox.at("2026-01-05T10:00:00-05:00");
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
    sandbox
}

/// One row: what was typed, the entry's `at`, and what is said of the day.
type Row<'a> = (&'a str, &'a str, &'a str);

/// Logs at each typed time, when it is `now`.
#[track_caller]
fn means(zone: &str, now: &str, rows: &[Row<'_>]) {
    let sandbox = world(zone);
    for (typed, wanted, note) in rows {
        sandbox.at(now);
        let said = sandbox.run(&["log", "x", "--at", typed, "--json", "--dry-run"]).success();
        assert_eq!(said.json()["entries"][0]["at"], *wanted, "`{typed}` at {now} in {zone}");
        assert_eq!(said.stderr.trim_end(), *note, "`{typed}` at {now} in {zone}");
    }
}

/// Refused each time, and nothing is changed: exit status, code, what the message says.
#[track_caller]
fn refused(zone: &str, now: &str, rows: &[(&str, i32, &str, &str)]) {
    let sandbox = world(zone);
    let head = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    for (typed, status, code, message) in rows {
        sandbox.at(now);
        let said = sandbox.run(&["log", "x", "--json", &format!("--at={typed}")]).status_is(*status);
        let error = said.json_error();
        assert_eq!((said.stdout.as_str(), &error["error"]["code"]), ("", &(*code).into()), "`{typed}`: {said}");
        assert!(error["error"]["message"].as_str().unwrap().contains(message), "`{typed}`: {said}");
        assert!(error["error"]["hint"].is_string(), "`{typed}`: every refusal says what to type: {said}");
    }
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, head);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn every_form_is_one_instant() {
    means(
        NEW_YORK,
        "2026-11-22T14:30:15-05:00",
        &[
            ("now", "2026-11-22T14:30:00-05:00", ""),
            // A time of day: the latest such time that is not in the future. The day is said when it is not today.
            ("14:05", "2026-11-22T14:05:00-05:00", ""),
            ("9:05", "2026-11-22T09:05:00-05:00", ""),
            ("14:05:59", "2026-11-22T14:05:00-05:00", ""),
            ("14:40", "2026-11-21T14:40:00-05:00", "`14:40` is 2026-11-21 14:40 EST"),
            ("23:58", "2026-11-21T23:58:00-05:00", "`23:58` is 2026-11-21 23:58 EST"),
            ("2:05pm", "2026-11-22T14:05:00-05:00", ""),
            ("2 pm", "2026-11-22T14:00:00-05:00", ""),
            ("12am", "2026-11-22T00:00:00-05:00", ""),
            // With its zone word, the document's or UTC.
            ("14:05 EST", "2026-11-22T14:05:00-05:00", ""),
            ("14:05 est", "2026-11-22T14:05:00-05:00", ""),
            ("19:05 UTC", "2026-11-22T14:05:00-05:00", ""),
            ("19:05Z", "2026-11-22T14:05:00-05:00", ""),
            // With its date.
            ("2026-11-20 14:05", "2026-11-20T14:05:00-05:00", "`2026-11-20 14:05` is 2026-11-20 14:05 EST"),
            ("2026-11-20T14:05", "2026-11-20T14:05:00-05:00", "`2026-11-20T14:05` is 2026-11-20 14:05 EST"),
            ("2026-11-20 14:05 EST", "2026-11-20T14:05:00-05:00", "`2026-11-20 14:05 EST` is 2026-11-20 14:05 EST"),
            ("2026-11-22 14:05", "2026-11-22T14:05:00-05:00", ""),
            ("today 14:00", "2026-11-22T14:00:00-05:00", ""),
            ("yesterday 14:00", "2026-11-21T14:00:00-05:00", "`yesterday 14:00` is 2026-11-21 14:00 EST"),
            // EST or EDT by the date, not by today.
            ("2026-07-20 14:05", "2026-07-20T14:05:00-04:00", "`2026-07-20 14:05` is 2026-07-20 14:05 EDT"),
            ("2026-07-20 14:05 EDT", "2026-07-20T14:05:00-04:00", "`2026-07-20 14:05 EDT` is 2026-07-20 14:05 EDT"),
            // RFC 3339, in any offset: shown in the document's zone.
            ("2026-11-22T14:05:30-05:00", "2026-11-22T14:05:00-05:00", ""),
            ("2026-11-22T11:05:30-08:00", "2026-11-22T14:05:00-05:00", ""),
            ("2026-11-22T19:05:30Z", "2026-11-22T14:05:00-05:00", ""),
            ("2026-11-22t19:05:30.250z", "2026-11-22T14:05:00-05:00", ""),
            ("2026-11-22 19:05:30+00:00", "2026-11-22T14:05:00-05:00", ""),
            // So long ago.
            ("10 minutes ago", "2026-11-22T14:20:00-05:00", ""),
            ("10m ago", "2026-11-22T14:20:00-05:00", ""),
            ("1h30m ago", "2026-11-22T13:00:00-05:00", ""),
            ("1 hour 30 minutes ago", "2026-11-22T13:00:00-05:00", ""),
            ("an hour ago", "2026-11-22T13:30:00-05:00", ""),
            ("3 days ago", "2026-11-19T14:30:00-05:00", "`3 days ago` is 2026-11-19 14:30 EST"),
        ],
    );
}

#[test]
fn a_time_of_day_at_midnight_is_the_day_it_belongs_to() {
    means(
        NEW_YORK,
        "2026-11-23T00:02:00-05:00",
        &[
            ("00:01", "2026-11-23T00:01:00-05:00", ""),
            ("23:58", "2026-11-22T23:58:00-05:00", "`23:58` is 2026-11-22 23:58 EST"),
            // Clocks differ: up to five minutes ahead is now, not yesterday.
            ("00:07", "2026-11-23T00:07:00-05:00", ""),
            ("00:08", "2026-11-22T00:08:00-05:00", "`00:08` is 2026-11-22 00:08 EST"),
        ],
    );
    means(NEW_YORK, "2026-11-22T23:58:00-05:00", &[("00:01", "2026-11-23T00:01:00-05:00", "`00:01` is 2026-11-23 00:01 EST")]);
    means(NEW_YORK, "2027-01-01T00:10:00-05:00", &[("23:58", "2026-12-31T23:58:00-05:00", "`23:58` is 2026-12-31 23:58 EST")]);
}

#[test]
fn the_future_is_refused_beyond_five_minutes() {
    let now = "2026-11-22T14:00:00-05:00";
    means(NEW_YORK, now, &[("2026-11-22 14:05", "2026-11-22T14:05:00-05:00", "")]);
    let said = "2026-11-22 14:06 EST is in the future: it is 2026-11-22 14:00 EST now";
    refused(
        NEW_YORK,
        now,
        &[
            ("2026-11-22 14:06", 1, "future-time", said),
            ("today 14:06", 1, "future-time", said),
            ("2026-11-22T14:06:00-05:00", 1, "future-time", said),
            ("2026-11-22T19:06:00Z", 1, "future-time", said),
            ("2026-11-22 19:06 UTC", 1, "future-time", said),
            ("2026-11-22T14:05:01-05:00", 1, "future-time", "2026-11-22 14:05 EST is in the future"),
            ("2027-11-22 14:00", 1, "future-time", "2027-11-22 14:00 EST is in the future"),
        ],
    );
}

#[test]
fn what_is_no_time_is_wrong_usage_and_the_forms_are_said() {
    let rows: Vec<(&str, i32, &str, &str)> = [
        "",
        "24:00",
        "23:60",
        "14",
        "1405",
        "14.05",
        "14:5",
        "13pm",
        "-1:00",
        "2026-02-30 10:00",
        "2026-11-22",
        "11/20/2026 10:00",
        "tomorrow 14:00",
        "yesterday",
        "noon",
        "10 minutes",
        "-10 minutes ago",
        "10 parsecs ago",
        "300000 years ago",
        "14:05 EST please",
        "2026-11-20 14:05\n- 12:00 EST: forged",
        "\u{1b}[2J",
    ]
    .iter()
    .map(|typed| (*typed, 2, "time", "is not a time"))
    .collect();
    refused(NEW_YORK, "2026-11-22T14:00:00-05:00", &rows);
}

#[test]
fn the_hour_that_comes_twice_takes_a_zone_word() {
    let after = "2026-11-01T10:00:00-05:00";
    means(
        NEW_YORK,
        after,
        &[
            ("01:30 EDT", "2026-11-01T01:30:00-04:00", ""),
            ("01:30 EST", "2026-11-01T01:30:00-05:00", ""),
            ("2026-11-01 01:30 EDT", "2026-11-01T01:30:00-04:00", ""),
            ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-04:00", ""),
            ("05:30 UTC", "2026-11-01T01:30:00-04:00", ""),
            ("00:59", "2026-11-01T00:59:00-04:00", ""),
            ("02:00", "2026-11-01T02:00:00-05:00", ""),
            // An hour ago is an hour ago, whatever the clock on the wall did.
            ("9 hours ago", "2026-11-01T01:00:00-05:00", ""),
            ("10 hours ago", "2026-11-01T01:00:00-04:00", ""),
        ],
    );
    let twice = "2026-11-01 01:30 happened twice in America/New_York: say `2026-11-01 01:30 EDT` or `2026-11-01 01:30 EST`";
    refused(
        NEW_YORK,
        after,
        &[
            ("01:30", 1, "time", twice),
            ("1:30am", 1, "time", twice),
            ("2026-11-01 01:30", 1, "time", twice),
            ("01:30 PST", 1, "time", "2026-11-01 01:30 in America/New_York is EDT or EST, not PST"),
        ],
    );
    // While only the first of the two has happened, that one is meant.
    means(NEW_YORK, "2026-11-01T01:40:00-04:00", &[("01:30", "2026-11-01T01:30:00-04:00", "")]);
    means(NEW_YORK, "2026-11-01T01:10:00-05:00", &[("01:30", "2026-11-01T01:30:00-04:00", "")]);
}

#[test]
fn the_hour_that_never_comes_is_refused() {
    let after = "2026-03-08T10:00:00-04:00";
    means(
        NEW_YORK,
        after,
        &[
            ("01:59", "2026-03-08T01:59:00-05:00", ""),
            ("03:00", "2026-03-08T03:00:00-04:00", ""),
            ("7 hours ago", "2026-03-08T03:00:00-04:00", ""),
            ("8 hours ago", "2026-03-08T01:00:00-05:00", ""),
            // The latest 02:30 that there was is the day before's.
            ("02:30", "2026-03-07T02:30:00-05:00", "`02:30` is 2026-03-07 02:30 EST"),
        ],
    );
    let never = "2026-03-08 02:30 does not exist in America/New_York: the clocks went forward over it";
    refused(
        NEW_YORK,
        after,
        &[
            ("2026-03-08 02:30", 1, "time", never),
            ("today 02:30", 1, "time", never),
            ("2026-03-08T02:30", 1, "time", never),
            ("2026-03-08 02:30 EST", 1, "time", never),
        ],
    );
}

#[test]
fn a_zone_word_of_the_other_half_of_the_year_is_refused_with_the_right_one() {
    refused(
        NEW_YORK,
        "2026-11-22T15:00:00-05:00",
        &[
            ("14:05 EDT", 1, "time", "2026-11-22 14:05 in America/New_York is EST, not EDT"),
            ("2026-07-22 14:05 EST", 1, "time", "2026-07-22 14:05 in America/New_York is EDT, not EST"),
            ("2026-11-22 14:05 PST", 1, "time", "2026-11-22 14:05 in America/New_York is EST, not PST"),
        ],
    );
}

#[test]
fn the_zone_is_the_documents() {
    means(
        "Europe/Paris",
        "2026-11-22T14:04:00+01:00",
        &[
            ("14:00", "2026-11-22T14:00:00+01:00", ""),
            ("14:00 CET", "2026-11-22T14:00:00+01:00", ""),
            ("2026-07-01 14:00", "2026-07-01T14:00:00+02:00", "`2026-07-01 14:00` is 2026-07-01 14:00 CEST"),
            ("2026-11-22T08:00:00-05:00", "2026-11-22T14:00:00+01:00", ""),
        ],
    );
    means(
        "America/Los_Angeles",
        "2026-11-22T23:30:00-05:00",
        &[("20:05", "2026-11-22T20:05:00-08:00", ""), ("04:05 UTC", "2026-11-22T20:05:00-08:00", "")],
    );
    // A zone without letters, and one without changes.
    means(
        "Asia/Kathmandu",
        "2026-11-22T14:04:00+05:45",
        &[("14:00", "2026-11-22T14:00:00+05:45", ""), ("14:00 +0545", "2026-11-22T14:00:00+05:45", "")],
    );
    means("UTC", "2026-11-22T14:04:00Z", &[("14:00 UTC", "2026-11-22T14:00:00+00:00", "")]);
    // Of a document that is there, not of the settings as they are now.
    let sandbox = world("Europe/Paris");
    let config = sandbox.read("incidents/config.yaml").replace("timezone: Europe/Paris", "timezone: UTC");
    sandbox.write("incidents/config.yaml", config);
    sandbox.at("2026-11-22T14:04:00+01:00");
    let said = sandbox.run(&["log", "x", "--at", "14:00", "--json"]).success().json();
    assert_eq!(said["entries"][0]["at"], "2026-11-22T14:00:00+01:00");
}

#[test]
fn every_option_that_takes_a_time_reads_it_so() {
    let sandbox = world(NEW_YORK);
    sandbox.at("2026-11-22T14:30:15-05:00").step(0);
    let said = sandbox
        .run(&[
            "open",
            "Others",
            "--id",
            "INC-7ZZZZ",
            "--pagerduty",
            "Q2",
            "--reported-at",
            "2:05pm",
            "--started-at",
            "1h30m ago",
            "--detected-at",
            "2026-11-22 13:10:30",
            "--ack",
            "19:20 UTC",
        ])
        .success();
    let shown = sandbox.run(&["show", "INC-7ZZZZ", "--json"]).success().json();
    for (key, wanted) in [
        ("reported_at", "2026-11-22T14:05:00-05:00"),
        ("outage_started_at", "2026-11-22T13:00:15-05:00"),
        ("detected_at", "2026-11-22T13:10:30-05:00"),
        ("acknowledged_at", "2026-11-22T14:20:00-05:00"),
        ("opened_at", "2026-11-22T14:30:15-05:00"),
    ] {
        assert_eq!(shown[key], wanted, "{key}: {said}");
    }
    for words in [
        &["open", "Others", "--started-at", "25:99"][..],
        &["open", "Others", "--reported-at", "25:99"],
        &["open", "Others", "--detected-at", "25:99"],
        &["open", "Others", "--at", "25:99"],
        &["set", "INC-7ZZZZ", "detected_at=25:99", "--reason", "x"],
        &["correct", "INC-7ZZZZ", "last", "--time", "25:99"],
        &["resolve", "INC-7ZZZZ", "x", "--ended-at", "25:99"],
        &["mitigate", "INC-7ZZZZ", "x", "--at", "25:99"],
    ] {
        let error = sandbox.run(&[words, &["--json"]].concat()).status_is(2).json_error();
        assert_eq!(error["error"]["code"], "time", "{words:?}");
    }
}

#[test]
fn the_refusals_are_written_for_people() {
    let sandbox = world(NEW_YORK);
    sandbox.at("2026-11-01T10:00:00-05:00");
    sandbox.run(&["log", "x", "--at", "25:99"]).status_is(2).shows(str![[r#"
--- stderr
error: `25:99` is not a time
hint: say `14:05`, `14:05 EST`, `2:05pm`, `2026-11-22 14:05`, `2026-11-22T14:05:00-05:00`, `10 minutes ago`, `1h30m ago`, `today 14:05`, `yesterday 14:05` or `now`
--- exit status 2

"#]]);
    sandbox.at("2026-11-01T10:00:00-05:00");
    sandbox.run(&["log", "x", "--at", "2026-11-01 10:30"]).status_is(1).shows(str![[r#"
--- stderr
error: 2026-11-01 10:30 EST is in the future: it is 2026-11-01 10:00 EST now
hint: no later than "2026-11-01 10:00 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    sandbox.at("2026-11-01T10:00:00-05:00");
    sandbox.run(&["log", "x", "--at", "01:30"]).status_is(1).shows(str![[r#"
--- stderr
error: 2026-11-01 01:30 happened twice in America/New_York: say `2026-11-01 01:30 EDT` or `2026-11-01 01:30 EST`
hint: "2026-11-01 01:30 EDT" is the first of the two, "2026-11-01 01:30 EST" the second
--- exit status 1

"#]]);
    sandbox.at("2026-11-01T10:00:00-05:00");
    sandbox.run(&["log", "Restarted.", "--at", "01:30 EST"]).success().shows(str![[r#"
INC-K7QFM Many errors (open)
  - 01:30 EST: Restarted. (logged 10:00) — Grace Hopper

"#]]);
    sandbox.at("2026-11-01T10:00:00-05:00");
    sandbox.run(&["log", "Restarted.", "--at", "10:30"]).success().shows(str![[r#"
INC-K7QFM Many errors (open)
  - 10:30 EDT: Restarted. (logged 2026-11-01 10:00) — Grace Hopper
--- stderr
`10:30` is 2026-10-31 10:30 EDT

"#]]);
}
