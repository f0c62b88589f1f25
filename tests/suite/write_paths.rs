//! Every changing command on every kind of hand-edited document: the lines that it is about change, and no other byte.
//! What "no other byte" means is read by `untouched`, which shares no code with the program.

mod hand_edits;
pub mod steps;
mod untouched;

use qpp_incident::document::incident_document::IncidentDocument;
use serde_json::Value;

use self::hand_edits::HandEdit;
use self::steps::{AFTERWARDS, RESPONSE, Step};
use self::untouched::{comments, untouched};
use crate::harness::sandbox::Sandbox;

/// Everything known, so that every part of the document holds something.
const OPEN: [&str; 20] = [
    "open",
    "Many errors on Auth service",
    "--id",
    "INC-K7QFM",
    "--severity",
    "SEV-3",
    "--team",
    "QPP-FE",
    "--service",
    "auth",
    "--summary",
    "Logins fail since 09:50.",
    "--impact",
    "40 % of logins.",
    "--reporter",
    "Jeff Lee <jeff@example.org>",
    "--pagerduty",
    "Q1ABC",
    "--started-at",
    "09:50",
];

const ID: &str = "INC-K7QFM";

/// A document as the program wrote it, then as somebody edited it by hand.
fn edited_by_hand(edit: HandEdit) -> (Sandbox, String) {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00");
    sandbox.run(&OPEN).success();
    let path = sandbox.document_of(ID);
    sandbox.write(&path, edit(&sandbox.read(&path)));
    (sandbox, path)
}

#[track_caller]
fn every_step_changes_what_it_must(edit: HandEdit) {
    let (sandbox, path) = edited_by_hand(edit);
    let by_hand = sandbox.read(&path);
    let incident = IncidentDocument::parse(&by_hand).unwrap();
    let mut seen = Seen { commits: commits(&sandbox), entries: incident.entries().len() };
    for (at, step) in RESPONSE.iter().enumerate() {
        carry_out(&sandbox, &path, step, &mut seen, if at == 0 { 2 } else { 1 });
        if at == 0 {
            assert!(sandbox.git(&["show", &format!("HEAD~1:{path}")]).stdout == by_hand, "the hand edit is its own commit");
        }
    }
    let report = format!("{}/postmortem.md", sandbox.folder_of(ID));
    let written = sandbox.read(&report);
    sandbox.write(&report, edit_report(edit, &written));
    let mut is_edited = sandbox.read(&report) != written;
    for step in AFTERWARDS {
        carry_out(&sandbox, &report, step, &mut seen, if is_edited { 2 } else { 1 });
        is_edited = false;
    }
    let shown = sandbox.run(&["show", ID, "--json"]).success().json();
    assert_eq!(shown["timeline"].as_array().unwrap().len(), seen.entries);
    assert_eq!(shown["status"], "closed");
}

/// How far the record had grown.
struct Seen {
    commits: usize,
    entries: usize,
}

fn commits(sandbox: &Sandbox) -> usize {
    let repository = git2::Repository::open(sandbox.path("")).unwrap();
    let mut walk = repository.revwalk().unwrap();
    walk.push_head().unwrap();
    walk.count()
}

/// The same edit of the postmortem, as far as it is about bytes and not about the front matter's keys.
fn edit_report(edit: HandEdit, text: &str) -> Vec<u8> {
    let bytes_alone: [HandEdit; 4] = [hand_edits::crlf, hand_edits::bom, hand_edits::no_final_newline, hand_edits::bom_crlf_no_newline];
    if bytes_alone.iter().any(|other| std::ptr::fn_addr_eq(*other, edit)) { edit(text) } else { hand_edits::remarks(text) }
}

#[track_caller]
fn carry_out(sandbox: &Sandbox, path: &str, step: &Step, seen: &mut Seen, commits_wanted: usize) {
    sandbox.pass(step.wait);
    let before = sandbox.read(path);
    let said = match step.stdin {
        Some(text) => sandbox.run_stdin(step.words, text),
        None => sandbox.run(step.words),
    };
    let said = said.success();
    let after = sandbox.read(path);
    let place = || format!("{:?}\n--- said\n{said}\n--- before\n{before}\n--- after\n{after}", step.words);
    let written = if path.ends_with("/incident.md") { entry_lines(&format!("{}{}", said.stdout, said.stderr)) } else { Vec::new() };
    let (old, new) = (untouched(&before, step, &[]), untouched(&after, step, &written));
    assert!(old == new, "{}\n--- differs\n{}", place(), difference(&old, &new));
    assert_eq!(comments(&before), comments(&after), "a comment of the front matter is gone\n{}", place());
    assert_eq!(line_ends(&before), line_ends(&after), "{}", place());
    let incident = IncidentDocument::parse(&sandbox.read(&sandbox.document_of(ID))).unwrap();
    let now = Seen { commits: commits(sandbox), entries: incident.entries().len() };
    assert_eq!(now.entries - seen.entries, step.entries, "{}", place());
    assert_eq!(now.commits - seen.commits, commits_wanted, "{}", place());
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "", "{}", place());
    *seen = now;
}

/// The recorded lines as the command showed them, below the line that names the incident.
pub fn entry_lines(said: &str) -> Vec<String> {
    let lines = said.lines().skip_while(|line| !line.starts_with(ID)).skip(1).take_while(|line| line.starts_with("  "));
    lines.map(|line| line[2..].trim_end().to_owned()).filter(|line| !line.starts_with("was: ")).collect()
}

/// Which kinds of line end a text has, and whether it begins with a BOM.
fn line_ends(text: &str) -> (bool, bool, bool) {
    let all = text.matches('\n').count();
    let crlf = text.matches("\r\n").count();
    (crlf > 0, all > crlf, text.starts_with('\u{feff}'))
}

fn difference(old: &[String], new: &[String]) -> String {
    let (old, new) = (old.concat(), new.concat());
    similar::TextDiff::from_lines(&old, &new).unified_diff().context_radius(1).to_string().escape_debug().to_string().replace("\\n", "\n")
}

macro_rules! classes {
    ($($name:ident)+) => { $(
        #[test]
        fn $name() {
            every_step_changes_what_it_must(hand_edits::$name);
        }
    )+ };
}

classes! {
    as_written remarks unknown_keys crlf bom no_final_newline bom_crlf_no_newline mixed_line_ends extra_parts parts_in_another_order
    lines_that_look_like_entries tables_by_hand not_ascii tabs_and_trailing_blanks other_marks no_head_block head_block_by_hand
    rules_and_html loose_lists entries_by_hand lists_in_flow
}

#[test]
fn a_new_day_gets_a_heading_and_nothing_else() {
    for edit in [hand_edits::as_written as HandEdit, hand_edits::crlf, hand_edits::no_final_newline, hand_edits::parts_in_another_order] {
        let (sandbox, path) = edited_by_hand(edit);
        let before = sandbox.read(&path);
        sandbox.at("2026-11-24T00:10:00-05:00");
        sandbox.run(&["log", "The next day."]).success();
        let after = sandbox.read(&path);
        let added: Vec<String> = vec!["### 2026-11-24".to_owned(), "- 00:10 EST: The next day. — Grace Hopper".to_owned()];
        let step = Step::new(&["log"], &[]);
        let solid =
            |lines: Vec<String>| lines.concat().lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(solid(untouched(&before, &step, &[])), solid(untouched(&after, &step, &added)), "{after}");
        assert_eq!(line_ends(&before), line_ends(&after));
    }
}

#[test]
fn values_keep_their_place_and_their_comment() {
    let (sandbox, path) = edited_by_hand(hand_edits::remarks);
    sandbox.run(&["ack"]).success();
    let text = sandbox.read(&path);
    assert!(text.contains("\nstatus:   acknowledged   # as of now\n"), "{text}");
    assert!(text.contains("\nid: \"INC-K7QFM\" # never change\n"), "{text}");
    let json: Value = sandbox.run(&["show", "--json"]).success().json();
    assert_eq!(json["status"], "acknowledged");
}
