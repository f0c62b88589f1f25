//! `show`: bytes for a pipe, JSON for programs, HTML without scripts.

use snapbox::str;

use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;
use crate::harness::worked::{WORKED, WORKED_TEXT};

#[test]
fn a_pipe_gets_the_files_own_bytes() {
    let sandbox = Sandbox::adopted();
    let text = WORKED_TEXT.replace('\n', "\r\n") + "\u{1b}[31mno line end";
    sandbox.put(WORKED, "incident.md", &text);
    assert_eq!(sandbox.run(&["show"]).success().stdout, text);
    assert_eq!(sandbox.run(&["show", "k7q"]).success().stdout, text);
    assert_eq!(sandbox.run(&["show", "-i", "k7q"]).success().stdout, text);
    assert_eq!(sandbox.run_in(WORKED, &["show", "incident.md"]).success().stdout, text);
}

#[test]
fn a_broken_document_is_shown_all_the_same_and_json_says_where_it_is_broken() {
    let sandbox = Sandbox::adopted();
    let text = WORKED_TEXT.replace("status: acknowledged", "status: fine");
    sandbox.put(WORKED, "incident.md", &text);
    assert_eq!(sandbox.run(&["show", "K7QFM"]).success().stdout, text);
    sandbox.run(&["show", "--json"]).shows(str![[r#"
--- stderr
{
  "schema": 1,
  "error": {
    "code": "broken-document",
    "message": "cannot read incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md:4:1: `status`: `fine` is not a status (open, acknowledged, mitigated, resolved, closed)",
    "hint": "${EDITOR:-vi} +4 incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md",
    "incident": "INC-K7QFM"
  }
}
--- exit status 1

"#]]);
    sandbox.write(&format!("{WORKED}/incident.md"), b"\xff\n");
    sandbox.run(&["show"]).success();
    let error = sandbox.run(&["show", "--json"]).status_is(1).json_error();
    assert_fits("error", &error);
}

#[test]
fn json_gives_all_that_the_documents_say() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.put(WORKED, "postmortem.md", "---\nincident: INC-K7QFM\ntitle: x\nauthors:\n  - Ada Byron\nstatus: draft\n---\n# x\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| ~~A9D Add an alert on the pool~~ done 2026-12-01 | detect | Ada Byron | OPS-1 |\n| Write it up |  |  |  |\n");
    sandbox.put(WORKED, "rca.md", "broken");
    let show = sandbox.run(&["show", "--json"]).success();
    assert_fits("show", &show.json());
    show.shows(str![[r#"
{
  "schema": 1,
  "id": "INC-K7QFM",
  "aka": [],
  "title": "Many errors on Auth service",
  "status": "acknowledged",
  "severity": "SEV-2",
  "teams": [
    "QPP Auth"
  ],
  "services": [],
  "reporter": {
    "name": "Jeff Lee",
    "email": "jeff@example.org"
  },
  "reported_via": null,
  "pagerduty": "PD-42",
  "commander": {
    "name": "Ada Byron",
    "email": "ada@example.org"
  },
  "responders": [
    {
      "name": "Grace Hopper",
      "email": "grace@example.org"
    },
    {
      "name": "Sam Reyes",
      "email": "sam@example.org"
    }
  ],
  "business_owners": [
    {
      "name": "Pat Lee",
      "email": "pat@example.org"
    }
  ],
  "audience": [],
  "chat": "QPP Incidents",
  "privacy": null,
  "cms_process": null,
  "restored": null,
  "evidence": [],
  "close_reason": null,
  "duplicate_of": null,
  "visibility": null,
  "timezone": "America/New_York",
  "outage_started_at": "2026-11-22T21:30:00-05:00",
  "detected_at": null,
  "reported_at": "2026-11-22T21:40:00-05:00",
  "opened_at": "2026-11-22T21:58:00-05:00",
  "acknowledged_at": "2026-11-22T22:04:30-05:00",
  "mitigated_at": null,
  "resolved_at": null,
  "outage_ended_at": null,
  "closed_at": null,
  "extra": {
    "ticket": 12
  },
  "path": "incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md",
  "timeline": [
    {
      "at": "2026-11-22T21:58:00-05:00",
      "logged_at": null,
      "kind": "Opened",
      "ref": null,
      "text": "Many errors on Auth service.",
      "by": {
        "name": "Jeff Lee",
        "email": "jeff@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 45
    },
    {
      "at": "2026-11-22T22:04:00-05:00",
      "logged_at": null,
      "kind": "Acknowledged",
      "ref": null,
      "text": "",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 46
    },
    {
      "at": "2026-11-22T22:10:00-05:00",
      "logged_at": null,
      "kind": "Commander",
      "ref": null,
      "text": "Ada Byron <ada@example.org>",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 47
    },
    {
      "at": "2026-11-22T22:15:00-05:00",
      "logged_at": null,
      "kind": "Responder",
      "ref": null,
      "text": "Added Sam Reyes <sam@example.org>.",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 48
    },
    {
      "at": "2026-11-22T22:20:00-05:00",
      "logged_at": null,
      "kind": "Inquiry",
      "ref": "Q01",
      "text": "Is billing affected?",
      "by": {
        "name": "Pat Lee",
        "email": "pat@example.org"
      },
      "recorded_by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "evidence": [],
      "void": false,
      "line": 49
    },
    {
      "at": "2026-11-22T22:50:00-05:00",
      "logged_at": null,
      "kind": "Answer",
      "ref": "Q01",
      "text": "\"Is billing affected?\": no.",
      "by": {
        "name": "Ada Byron",
        "email": "ada@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 50
    },
    {
      "at": "2026-11-22T23:00:00-05:00",
      "logged_at": null,
      "kind": "Approval asked",
      "ref": "P01",
      "text": "\"Deploy 4.2.1\"",
      "by": {
        "name": "Ada Byron",
        "email": "ada@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 51
    },
    {
      "at": "2026-11-22T23:30:00-05:00",
      "logged_at": null,
      "kind": null,
      "ref": null,
      "text": "Restarted the mail server.",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": true,
      "line": 52
    },
    {
      "at": "2026-11-23T00:05:00-05:00",
      "logged_at": null,
      "kind": "Assumption",
      "ref": "S01",
      "text": "The pool is too small.",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 56
    },
    {
      "at": "2026-11-23T00:10:00-05:00",
      "logged_at": null,
      "kind": null,
      "ref": null,
      "text": "Restarted the auth database.\nIt took two attempts.",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [
        "https://splunk.example.org/1"
      ],
      "void": false,
      "line": 57
    },
    {
      "at": "2026-11-23T00:12:00-05:00",
      "logged_at": null,
      "kind": "Void",
      "ref": null,
      "text": "2026-11-22 23:30 EST \"Restarted the mail server.\": another system.",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "evidence": [],
      "void": false,
      "line": 59
    }
  ],
  "actions": [
    {
      "ref": "A01",
      "text": "Add an alert on the pool",
      "type": "detect",
      "owner": "Ada Byron",
      "issue": "OPS-1",
      "done_on": "2026-12-01",
      "file": "postmortem.md",
      "line": 14
    },
    {
      "ref": null,
      "text": "Write it up",
      "type": null,
      "owner": null,
      "issue": null,
      "done_on": null,
      "file": "postmortem.md",
      "line": 15
    }
  ],
  "objections": [],
  "assumptions": [
    {
      "ref": "S01",
      "text": "The pool is too small.",
      "from": null,
      "owner": null,
      "at": "2026-11-23T00:05:00-05:00",
      "by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "recorded_by": null,
      "line": 56,
      "state": "open",
      "answered_at": null,
      "answer": null,
      "answered_by": null
    }
  ],
  "inquiries": [
    {
      "ref": "Q01",
      "text": "Is billing affected?",
      "from": null,
      "owner": null,
      "at": "2026-11-22T22:20:00-05:00",
      "by": {
        "name": "Pat Lee",
        "email": "pat@example.org"
      },
      "recorded_by": {
        "name": "Grace Hopper",
        "email": "grace@example.org"
      },
      "line": 49,
      "state": "answered",
      "answered_at": "2026-11-22T22:50:00-05:00",
      "answer": "\"Is billing affected?\": no.",
      "answered_by": {
        "name": "Ada Byron",
        "email": "ada@example.org"
      }
    }
  ],
  "approvals": [
    {
      "ref": "P01",
      "text": "\"Deploy 4.2.1\"",
      "from": null,
      "owner": null,
      "at": "2026-11-22T23:00:00-05:00",
      "by": {
        "name": "Ada Byron",
        "email": "ada@example.org"
      },
      "recorded_by": null,
      "line": 51,
      "state": "waiting",
      "answered_at": null,
      "answer": null,
      "answered_by": null
    }
  ],
  "phases": [],
  "closings": [],
  "sections": {
    "summary": "Logins fail for two users of five.",
    "impact": null,
    "extent": null,
    "root_causes": null,
    "trigger": null,
    "resolution": null,
    "detection": null,
    "went_well": null,
    "went_wrong": null,
    "got_lucky": null
  },
  "clocks": {
    "acknowledge": {
      "due": "2026-11-22T21:55:00-05:00",
      "state": "late",
      "seconds": -570,
      "misses": [
        {
          "due": "2026-11-22T21:55:00-05:00",
          "met_at": "2026-11-22T22:04:30-05:00",
          "seconds_late": 570,
          "ref": null,
          "commander": null
        }
      ]
    },
    "document": {
      "due": "2026-11-23T02:12:00-05:00",
      "state": "running",
      "seconds": 6720,
      "misses": []
    },
    "inquiries": [
      {
        "ref": "Q01",
        "due": "2026-11-22T22:35:00-05:00",
        "state": "late",
        "seconds": -900,
        "misses": [
          {
            "due": "2026-11-22T22:35:00-05:00",
            "met_at": "2026-11-22T22:50:00-05:00",
            "seconds_late": 900,
            "ref": "Q01",
            "commander": {
              "name": "Ada Byron",
              "email": "ada@example.org"
            }
          }
        ]
      }
    ],
    "approvals": [
      {
        "ref": "P01",
        "due": "2026-11-22T23:15:00-05:00",
        "state": "overdue",
        "seconds": -3900,
        "misses": [
          {
            "due": "2026-11-22T23:15:00-05:00",
            "met_at": null,
            "seconds_late": 3900,
            "ref": "P01",
            "commander": {
              "name": "Ada Byron",
              "email": "ada@example.org"
            }
          }
        ]
      }
    ],
    "commander": {
      "due": "2026-11-22T22:19:30-05:00",
      "state": "met",
      "seconds": 570,
      "misses": []
    },
    "second_responder": {
      "due": "2026-11-22T22:19:30-05:00",
      "state": "met",
      "seconds": 270,
      "misses": []
    },
    "rotations": [
      {
        "person": {
          "name": "Ada Byron",
          "email": "ada@example.org"
        },
        "due": "2026-11-23T01:10:00-05:00",
        "state": "running",
        "seconds": 3000,
        "misses": []
      },
      {
        "person": {
          "name": "Grace Hopper",
          "email": "grace@example.org"
        },
        "due": "2026-11-23T01:04:00-05:00",
        "state": "running",
        "seconds": 2640,
        "misses": []
      },
      {
        "person": {
          "name": "Sam Reyes",
          "email": "sam@example.org"
        },
        "due": "2026-11-23T01:15:00-05:00",
        "state": "running",
        "seconds": 3300,
        "misses": []
      }
    ],
    "rca": {
      "due": null,
      "state": "none",
      "seconds": null,
      "misses": []
    }
  },
  "postmortem": {
    "path": "incidents/2026-11/22-k7qfm-many-errors-on-auth-service/postmortem.md",
    "status": "draft",
    "done_at": null,
    "authors": [
      {
        "name": "Ada Byron",
        "email": null
      }
    ]
  },
  "rca": {
    "path": "incidents/2026-11/22-k7qfm-many-errors-on-auth-service/rca.md",
    "status": null,
    "done_at": null,
    "authors": []
  }
}

"#]]);
}

#[test]
fn a_closed_and_reopened_incident_keeps_its_closings_in_json() {
    let sandbox = Sandbox::adopted();
    let folder = sandbox.put_incident(
        "00001",
        "closed",
        "2026-11-20T09:00:00-05:00",
        "closed_at: 2026-11-20T12:00:30-05:00\nclose_reason: resolved\n",
    );
    let text = sandbox.read(&format!("{folder}/incident.md"));
    let more = concat!(
        "- 10:00 EST: **Closed.** False alarm. — Ada Byron\n- 11:00 EST: **Reopened.** No. — Ada Byron\n",
        "- 11:30 EST: **Objection O3K.** Wait. — Pat Lee\n- 11:40 EST: **Withdrawn O3K.** \"Wait.\": fine. — Pat Lee\n",
        "- 12:00 EST: **Closed.** Resolved. All is well. By force: Night. Not met: not asked yet. Silent: Pat Lee <pat@example.org>. — Ada Byron\n",
        "- 12:10 EST: **Phase.** Stabilize until 13:00 EST.\n",
    );
    sandbox.put(&folder, "incident.md", &(text + more));
    let show = sandbox.run(&["show", "--json"]).success().json();
    assert_fits("show", &show);
    assert_eq!(show["closings"][0]["reason"], "false-alarm");
    assert_eq!(show["closings"][0]["reopened_at"], "2026-11-20T11:00:00-05:00");
    assert_eq!(show["closings"][1]["at"], "2026-11-20T12:00:30-05:00");
    assert_eq!(show["closings"][1]["forced"]["unmet"][0], "not asked yet");
    assert_eq!(show["closings"][1]["silent"][0]["email"], "pat@example.org");
    assert_eq!(show["objections"][0]["state"], "withdrawn");
    assert_eq!(show["phases"][0]["phase"], "stabilize");
    assert_eq!(show["clocks"]["rca"]["due"], "2026-11-23T23:59:59-05:00");
}

#[test]
fn html_is_a_fragment_without_scripts() {
    let sandbox = Sandbox::adopted();
    sandbox.put(WORKED, "incident.md", &(WORKED_TEXT.to_owned() + "\n<script>alert(1)</script>\n"));
    let html = sandbox.run(&["show", "--html"]).success().stdout;
    assert!(html.starts_with("<h1 ") && html.contains("<td>A9D Add an alert on the pool</td>"), "{html}");
    assert!(!html.contains("<script"));
}

#[test]
fn the_other_documents_are_shown_when_they_are_there() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.run(&["show", "--postmortem"]).shows(str![[r#"
--- stderr
error: INC-K7QFM has no postmortem: incidents/2026-11/22-k7qfm-many-errors-on-auth-service/postmortem.md does not exist
hint: qpp-incident postmortem INC-K7QFM
--- exit status 1

"#]]);
    sandbox.run(&["show", "--rca"]).shows(str![[r#"
--- stderr
error: INC-K7QFM has no root cause analysis: incidents/2026-11/22-k7qfm-many-errors-on-auth-service/rca.md does not exist
hint: qpp-incident rca INC-K7QFM
--- exit status 1

"#]]);
    sandbox.put(WORKED, "postmortem.md", "# mine\n");
    assert_eq!(sandbox.run(&["show", "--postmortem"]).success().stdout, "# mine\n");
    sandbox.run(&["show", "--postmortem", "--json"]).status_is(2);
}

#[test]
fn without_a_name_it_is_the_one_that_is_not_closed() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.put_incident("00002", "closed", "2026-11-21T09:00:00-05:00", "");
    assert_eq!(sandbox.run(&["show"]).success().stdout, WORKED_TEXT);
    sandbox.put_incident("00001", "open", "2026-11-20T09:00:00-05:00", "");
    sandbox.run(&["show"]).shows(str![[r#"
--- stderr
error: 2 incidents are possible:
  INC-K7QFM Many errors on Auth service (acknowledged)
  INC-00001 Incident 00001 (open)
hint: name one with -i INC-K7QFM
--- exit status 1

"#]]);
    sandbox.run(&["show", "INC-00003"]).shows(str![[r#"
--- stderr
error: no incident is named `INC-00003`; the nearest:
  INC-00002 Incident 00002 (closed)
  INC-00001 Incident 00001 (open)
  INC-K7QFM Many errors on Auth service (acknowledged)
hint: qpp-incident list --all
--- exit status 1

"#]]);
}
