//! `lint`: what it reads, every way to name it; what it changes and what not; how it ends.

use std::os::unix::fs::PermissionsExt;

use qpp_incident::rules::lint::all::rules;
use serde_json::Value;
use snapbox::str;

use crate::harness::json_schema::{assert_fits, assert_fits_published};
use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

const PAGE: &str = include_str!("../../docs/lint.md");

/// A report that breaks one rule at each level.
const REPORT: &str = "# Report\n\nThe team restarted it. We saw that it was gone!\n\n- 00:10 EST: we looked.\n";

/// A closed incident with a postmortem and an RCA.
fn with_reports() -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["assign-ic", "me"]).success();
    sandbox.run(&["resolve", &id, "Restarted."]).success();
    sandbox.run(&["close", &id, "--force", "Nobody else is awake."]).success();
    sandbox.run(&["postmortem", &id]).success();
    sandbox.run(&["rca", &id]).success();
    let folder = sandbox.document_of(&id).replace("/incident.md", "");
    (sandbox, id, folder)
}

fn append(sandbox: &Sandbox, path: &str, text: &str) {
    sandbox.write(path, sandbox.read(path) + text);
}

fn places(output: &Output) -> Vec<String> {
    let place =
        |finding: &Value| format!("{}:{} {}", finding["path"].as_str().unwrap(), finding["line"], finding["rule"].as_str().unwrap());
    output.json().as_array().unwrap().iter().map(place).collect()
}

#[test]
fn a_file_anywhere_is_linted_with_caret_and_count() {
    let sandbox = Sandbox::new();
    sandbox.write("report.md", REPORT);
    sandbox.run(&["lint", "report.md"]).status_is(3).shows(str![[r#"
report.md

error[person/first ×2, first at 3:24]: “We” is the first person
 --> report.md:3:24
  |
3 | The team restarted it. We saw that it was gone!
  |                        ^^
  |
  = help: write “the response team”, or the name of who it was
  = also: 5:14 `we`

warning[casual/exclamation]: an exclamation mark is casual
 --> report.md:3:47
  |
3 | The team restarted it. We saw that it was gone!
  |                                               ^
  |
  = help: end the sentence with a full stop
--- stderr
report.md: grade [..] (ARI), [..] (Flesch-Kincaid): 14 words, 3 sentences, 52 letters
2 errors, 1 warning in 1 document
--- exit status 3

"#]]);
}

#[test]
fn a_sound_text_passes_without_a_word_on_standard_output() {
    let sandbox = Sandbox::new();
    sandbox.write("sound.md", "# Report\n\nThe team restarted the service.\n");
    sandbox.run(&["lint", "sound.md", "--deny", "advice"]).success().shows(str![[r#"
--- stderr
sound.md: grade [..]
nothing found in 1 document

"#]]);
}

#[test]
fn json_is_an_array_with_every_key() {
    let sandbox = Sandbox::new();
    sandbox.write("report.md", REPORT);
    let findings = sandbox.run(&["lint", "report.md", "--json"]).status_is(3).json();
    assert_fits("findings", &findings);
    assert_eq!(findings.as_array().unwrap().len(), 3);
    assert_eq!(findings[0]["rule"], "person/first");
    assert_eq!((&findings[0]["line"], &findings[0]["column"], &findings[0]["incident"]), (&3.into(), &24.into(), &Value::Null));
    assert_eq!(sandbox.run(&["lint", "report.md", "-q"]).stdout, "report.md\n");
    sandbox.write("sound.md", "All is well.\n");
    assert_eq!(sandbox.run(&["lint", "sound.md", "--json"]).success().json(), Value::Array(Vec::new()));
}

#[test]
fn every_form_for_machines_fits_its_schema_and_names_the_stretch() {
    let sandbox = Sandbox::new();
    sandbox.write("Ä b.md", "Zwölf! Then we saw it.\n");
    let sarif = sandbox.run(&["lint", "Ä b.md", "--format", "sarif"]).status_is(3).json();
    assert_fits_published("sarif-2.1.0", &sarif);
    let result = sarif.pointer("/runs/0/results/1").unwrap();
    assert_eq!(result["ruleId"], "person/first");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%C3%84%20b.md");
    assert_eq!(place["region"], serde_json::json!({ "startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 15 }));
    let lines = sandbox.run(&["lint", "Ä b.md", "--format", "rdjsonl"]).status_is(3);
    let diagnostics: Vec<Value> = lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for diagnostic in &diagnostics {
        assert_fits_published("reviewdog-diagnostic", diagnostic);
    }
    assert_eq!(diagnostics[1]["location"]["range"]["start"], serde_json::json!({ "line": 1, "column": 14 }));
    let github = sandbox.run(&["lint", "Ä b.md", "--format", "github"]).status_is(3);
    assert!(github.stdout.contains("::error file=Ä b.md,line=1,col=13,endLine=1,endColumn=15,title=person/first::"), "{}", github.stdout);
    let junit = sandbox.run(&["lint", "Ä b.md", "--format", "junit"]).status_is(3);
    assert!(junit.stdout.contains("<testsuite name=\"Ä b.md\" tests=\"2\" failures=\"1\""), "{}", junit.stdout);
}

#[test]
fn without_a_name_it_is_every_report_of_every_incident() {
    let (sandbox, id, folder) = with_reports();
    append(&sandbox, &format!("{folder}/postmortem.md"), "\nWe saw it.\n");
    append(&sandbox, &format!("{folder}/rca.md"), "\nOur check failed.\n");
    let all = sandbox.run(&["lint", "--json"]).status_is(3);
    let first: Vec<String> = places(&all).into_iter().filter(|place| place.ends_with("person/first")).collect();
    assert_eq!(first.len(), 2, "{all}");
    assert!(all.json().as_array().unwrap().iter().all(|finding| finding["incident"] == id.as_str()));
    for names in [&[id.as_str()][..], &["incidents"], &[&folder], &["incidents/2026-11"], &["many-errors"], &["-i", &id]] {
        assert_eq!(sandbox.run(&[&["lint", "--json"], names].concat()).stdout, all.stdout, "{names:?}");
    }
    let rca = format!("{folder}/rca.md");
    for names in [&[rca.as_str()][..], &[&rca, &rca], &["-C", ".", &rca]] {
        let found = places(&sandbox.run(&[&["lint", "--json"], names].concat()));
        assert!(found.iter().all(|place| place.starts_with(&rca)) && !found.is_empty(), "{names:?}: {found:?}");
    }
    sandbox.write("docs/a/note.md", "We saw it.\n").write("docs/b.txt", "We saw it.\n");
    assert_eq!(places(&sandbox.run(&["lint", "docs", "--json"])), ["docs/a/note.md:1 person/first"]);
    assert_eq!(places(&sandbox.run_in("docs", &["lint", ".", "--json"])), ["a/note.md:1 person/first"]);
    assert!(places(&sandbox.run_in("docs", &["lint", &rca, "--json"])).contains(&first[1]), "a path of a hint counts from the top");
}

#[test]
fn the_people_of_the_incident_are_named_in_what_helps() {
    let (sandbox, _, folder) = with_reports();
    append(&sandbox, &format!("{folder}/postmortem.md"), "\nWe saw it.\n");
    let found = sandbox.run(&["lint", "--json"]).json();
    let first = found.as_array().unwrap().iter().find(|finding| finding["rule"] == "person/first").unwrap();
    assert!(first["help"].as_str().unwrap().contains("Grace Hopper"), "{first:#}");
}

#[test]
fn standard_input_is_read_for_editors() {
    let sandbox = Sandbox::new();
    let lines = |arguments: &[&str]| sandbox.run_stdin(&[&["lint", "--format", "line"], arguments].concat(), REPORT).status_is(3).stdout;
    assert!(lines(&["-"]).starts_with("<stdin>:3:24: error [person/first] "), "{}", lines(&["-"]));
    assert_eq!(lines(&["-"]), lines(&["--stdin"]));
    for arguments in [&["--stdin-filename", "a/b.md"][..], &["-", "--stdin-filename", "a/b.md"], &["--stdin", "--stdin-filename", "a/b.md"]]
    {
        assert_eq!(lines(arguments), lines(&["-"]).replace("<stdin>", "a/b.md"), "{arguments:?}");
    }
    let (sandbox, _, folder) = with_reports();
    let path = format!("{folder}/postmortem.md");
    let found = sandbox.run_stdin(&["lint", "--stdin-filename", &path, "--json"], "We saw it.\n").status_is(3).json();
    assert!(found.as_array().unwrap().iter().any(|finding| finding["help"].as_str().is_some_and(|help| help.contains("Grace Hopper"))));
}

#[test]
fn what_leads_nowhere_is_named() {
    let sandbox = Sandbox::new();
    for (arguments, said) in [
        (&["lint"][..], "no git repository"),
        (&["lint", "none.md"], "none.md does not exist"),
        (&["lint", "a/none"], "a/none does not exist"),
        (&["lint", "INC-K7QFM"], "no git repository"),
        (&["lint", "-C", "none", "a.md"], "none"),
    ] {
        let refused = sandbox.run(arguments).status_is(1);
        assert!(refused.stderr.contains(said), "{arguments:?}: {refused}");
    }
    let (sandbox, id) = Sandbox::acknowledged();
    let refused = sandbox.run(&["lint", &id, "--json"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "no-report");
    sandbox.run(&["lint"]).success().shows(str![[r#"
--- stderr
nothing found in 0 documents

"#]]);
    sandbox.run(&["lint", "nowhere"]).status_is(1);
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_place() {
    let sandbox = Sandbox::new();
    sandbox.write("latin.md", b"# A\n\nCaf\xe9\n");
    let refused = sandbox.run(&["lint", "latin.md", "--json"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "not-utf8");
    assert!(refused["error"]["message"].as_str().unwrap().ends_with("latin.md:3:4: not UTF-8 text"), "{refused:#}");
    let refused = sandbox.run_stdin(&["lint", "-"], b"\xff").status_is(1);
    assert!(refused.stderr.starts_with("error: <stdin>:1:1: not UTF-8 text"), "{refused}");
}

#[test]
fn levels_are_set_and_rules_are_off_by_the_settings() {
    let sandbox = Sandbox::adopted();
    sandbox.write("report.md", REPORT);
    let rules = || {
        let found = sandbox.run(&["lint", "report.md", "--json"]).json();
        let rule = |finding: &Value| format!("{} {}", finding["rule"].as_str().unwrap(), finding["level"].as_str().unwrap());
        found.as_array().unwrap().iter().map(rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(), ["person/first error", "casual/exclamation warning", "person/first error"]);
    sandbox.write("incidents/config.yaml", "lint:\n  person/first: advice\n  disable: [casual/exclamation]\n");
    assert_eq!(rules(), ["person/first advice", "person/first advice"]);
    sandbox.run(&["lint", "report.md"]).success();
    sandbox.run(&["lint", "report.md", "--deny", "advice"]).status_is(3);
    sandbox.write("incidents/config.yaml", "lint:\n  person/frist: advice\n");
    let refused = sandbox.run(&["lint", "report.md"]).status_is(1);
    assert!(refused.stderr.contains("`lint` names no rule `person/frist`; the nearest is `person/first`"), "{refused}");
    let checked = sandbox.run(&["check"]).status_is(3);
    assert!(checked.stdout.contains("`lint.person/frist` names no rule; the nearest is `person/first`"), "{checked}");
}

#[test]
fn a_rule_is_explained_and_a_wrong_name_gets_the_nearest() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["lint", "--explain", "person/first"]).success();
    assert!(page.stdout.starts_with("person/first (error): ") && page.stdout.contains("Write in the 3rd-person"), "{page}");
    let refused = sandbox.run(&["lint", "--explain", "person"]).status_is(1);
    assert!(refused.stderr.contains("the nearest is `person/first`"), "{refused}");
    let page = sandbox.run(&["lint", "--explain", "person/first", "--json"]).success().json();
    assert_eq!((&page["schema"], &page["rule"], &page["level"]), (&1.into(), &"person/first".into(), &"error".into()));
    sandbox.run(&["lint", "--explain", "person/first", "a.md"]).status_is(2);
}

/// A text with two words that have simpler ones, and bytes of every kind around them.
const HARD: &str = "\u{feff}# Utilize\r\n\r\nThe team did  utilize the `utilize` pool,\tprior to Ä. \r\n\r\n> Utilize it.\n\n";

fn mended() -> String {
    HARD.replace("did  utilize", "did  use").replace("\tprior to", "\tbefore")
}

#[test]
fn a_fix_changes_what_it_names_and_no_other_byte() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", HARD).write("b.md", "All is well.");
    std::fs::set_permissions(sandbox.path("a.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
    let shown = sandbox.run(&["lint", "a.md", "b.md", "--fix", "--dry-run"]).success();
    assert!(shown.stdout.contains("-The team did  utilize") && shown.stdout.contains("+The team did  use"), "{shown}");
    assert!(shown.stderr.contains("would fix a.md:3:15: utilize → use\n"), "{shown}");
    assert_eq!(sandbox.read("a.md"), HARD);
    let fixed = sandbox.run(&["lint", "a.md", "b.md", "--fix"]).success();
    assert!(fixed.stderr.contains("fixed a.md:3:43: prior to → before\n"), "{fixed}");
    assert_eq!(sandbox.read("a.md"), mended());
    assert_eq!(std::fs::metadata(sandbox.path("a.md")).unwrap().permissions().mode() & 0o777, 0o640);
    let again = sandbox.run(&["lint", "a.md", "--fix"]).success();
    assert!(!again.stderr.contains("fixed "), "{again}");
}

#[test]
fn a_fix_of_standard_input_is_answered_on_standard_output_alone() {
    let sandbox = Sandbox::new();
    let fixed = sandbox.run_stdin(&["lint", "--stdin-filename", "a.md", "--fix"], HARD).success();
    assert_eq!(fixed.stdout, mended());
    let sound = sandbox.run_stdin(&["lint", "-", "--fix", "--format", "line"], "We saw it.").status_is(3);
    assert_eq!(sound.stdout, "We saw it.");
}

#[test]
fn a_fix_makes_no_commit_and_the_next_command_takes_it_as_an_edit_by_hand() {
    let (sandbox, id, folder) = with_reports();
    let path = format!("{folder}/rca.md");
    append(&sandbox, &path, "\nThe team did utilize the pool.\n");
    sandbox.git(&["commit", "--quiet", "-am", "by hand"]).success();
    let tip = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["lint", &id, "--fix"]).success();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, tip);
    assert!(sandbox.git(&["diff"]).stdout.contains("+The team did use the pool."));
    sandbox.run(&["log", &id, "Looked again."]).success();
    assert_eq!(sandbox.git(&["status", "--short"]).stdout, "");
    assert!(sandbox.git(&["log", "-2", "--format=%s"]).stdout.contains("edit: by hand"));
}

#[test]
fn a_fix_leaves_a_link_alone() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", HARD);
    std::os::unix::fs::symlink(sandbox.path("a.md"), sandbox.path("b.md")).unwrap();
    let refused = sandbox.run(&["lint", "b.md", "--fix"]).status_is(1);
    assert!(refused.stderr.contains("symbolic link"), "{refused}");
    assert_eq!(sandbox.read("a.md"), HARD);
}

#[test]
fn settings_that_are_broken_and_options_that_contradict_are_refused() {
    let sandbox = Sandbox::adopted();
    sandbox.write("a.md", "All is well.\n").write("incidents/config.yaml", "lint: {term: [a]}\n");
    let refused = sandbox.run(&["lint", "a.md"]).status_is(1);
    assert!(refused.stderr.contains("unknown key `term`; the nearest is `terms`"), "{refused}");
    sandbox.write("incidents/config.yaml", "");
    sandbox.run(&["lint", "a.md", "--json", "--format", "line"]).status_is(2);
    sandbox.run_stdin(&["lint", "a.md", "-", "--fix"], "x").status_is(2);
}

/// The table of docs/lint.md; `SNAPSHOTS=overwrite` writes it anew.
#[test]
fn the_page_lists_every_rule_as_it_is() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rows) = page.split_at(page.rfind("|---|---|---|---|\n").unwrap() + "|---|---|---|---|\n".len());
    let wanted: String = rules().into_iter().map(|rule| rule.row() + "\n").collect();
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        std::fs::write(&path, format!("{before}{wanted}")).unwrap();
    } else {
        assert_eq!(rows, wanted, "docs/lint.md should end in:\n{wanted}");
    }
}

#[test]
fn every_rule_has_a_page_with_the_sentence_of_the_process() {
    for rule in rules() {
        assert!(rule.page.trim().len() > 100 && rule.page.contains("process says"), "{}: {}", rule.id, rule.page);
    }
}

/// The first block of docs/lint.md in that language which holds these words.
fn recipe(language: &str, words: &str) -> &'static str {
    let blocks = PAGE.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let mut found = blocks.filter(|(named, body)| *named == language && body.contains(words));
    found.next().unwrap_or_else(|| panic!("no {language} with {words}")).1
}

#[test]
fn the_pre_commit_hook_of_the_page_stops_what_breaks_a_rule() {
    let (sandbox, _, folder) = with_reports();
    let hook = sandbox.path(".git/hooks/pre-commit");
    sandbox.write(".git/hooks/pre-commit", recipe("sh", "hooks/pre-commit"));
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("qpp-incident");
    sandbox.env("PATH", &format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap()));
    append(&sandbox, &format!("{folder}/rca.md"), "\nWe saw it.\n");
    let stopped = sandbox.git(&["commit", "--quiet", "-am", "by hand"]).status_is(1);
    assert!(format!("{stopped}").contains("rca.md:") && format!("{stopped}").contains("[person/first]"), "{stopped}");
    sandbox.write(&format!("{folder}/rca.md"), sandbox.read(&format!("{folder}/rca.md")).replace("We saw", "Grace Hopper saw"));
    sandbox.git(&["commit", "--quiet", "-am", "by hand"]).success();
}

#[test]
fn the_recipes_for_editors_read_the_lines() {
    let task: Value = serde_json::from_str(recipe("json", "problemMatcher")).unwrap();
    assert_eq!(task["tasks"][0]["args"], serde_json::json!(["lint", "--format", "line", "${file}"]));
    let pattern = &task["tasks"][0]["problemMatcher"]["pattern"];
    assert_eq!(pattern["regexp"], r"^(.+?):(\d+):(\d+): (error|warning|advice) \[(.+?)\] (.*)$");
    assert!(recipe("vim", "errorformat").contains(r"errorformat=%f:%l:%v:\ %t%*[^\ ]\ %m"));
}
