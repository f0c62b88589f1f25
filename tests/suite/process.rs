//! `docs/process.md`: every command, option, clock, rule and test that the page names exists.

use std::path::Path;

use crate::harness::sandbox::Sandbox;

const PAGE: &str = include_str!("../../docs/process.md");

/// The rows of the table: what the process says, what serves it, the test.
fn rows() -> Vec<[String; 3]> {
    let lines = PAGE.lines().filter(|line| line.starts_with("| \""));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    lines.map(|line| cells(line).try_into().unwrap_or_else(|cells| panic!("three cells: {cells:?}"))).collect()
}

/// The words in code marks of a cell.
fn named(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_test_that_the_page_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(rows().len() > 40);
    for [sentence, _, test] in rows() {
        let names = named(&test);
        assert!(!names.is_empty(), "no test for {sentence}");
        for name in names {
            let (file, function) = name.split_once("::").unwrap();
            let places = ["tests/suite/*.rs", "src/domain/*/tests.rs", "src/rules/check/*.rs", "src/rules/lint/*.rs"]
                .map(|place| place.replace('*', file));
            let found = places.iter().filter_map(|place| std::fs::read_to_string(root.join(place)).ok());
            assert!(found.into_iter().any(|text| text.contains(&format!("fn {function}("))), "{name} does not exist");
        }
    }
}

#[test]
fn every_command_option_and_rule_that_the_page_names_exists() {
    let sandbox = Sandbox::new();
    let page = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let rules = page("docs/checks.md") + &page("docs/lint.md");
    let clocks = ["acknowledge", "document", "inquiries", "approvals", "second_responder", "rotations", "rca"];
    for [_, serves, _] in rows() {
        let mut what = "command";
        for part in serves.split(", ") {
            what = ["rule", "clock"]
                .into_iter()
                .find(|word| part.starts_with(word))
                .unwrap_or(if part.starts_with('`') && what != "rule" { "command" } else { what });
            for name in named(part) {
                match what {
                    "rule" => assert!(rules.contains(&format!("\n| `{name}` |")), "no rule {name}"),
                    "clock" => assert!(clocks.contains(&name.as_str()), "no clock {name}"),
                    _ => {
                        let mut words = name.split(' ');
                        let command = words.next().unwrap();
                        let help = sandbox.run(&[command, "--help"]).success().stdout;
                        for option in words.filter(|word| word.starts_with("--")) {
                            assert!(help.contains(option), "{command} has no {option}");
                        }
                    }
                }
            }
        }
    }
}
