//! Breaks: each is an error that names the commit, a warning once it is mended or judged.

use super::{are, commit_by_hand, found, found_with, logged, tip};

const LOST: &[(&str, &str)] = &[("entry-lost", "error")];
const CHANGED: &[(&str, &str)] = &[("entry-changed", "error")];
const RESTARTED: &str = "Restarted the auth database.";

/// The lines of a document without those that hold a text.
fn without(text: &str, part: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.contains(part)).collect()
}

#[test]
fn a_changed_line_is_an_error_that_names_the_commit_and_both_texts() {
    let (sandbox, id) = logged();
    assert_eq!(found(&sandbox), []);
    let commit = commit_by_hand(&sandbox, &id, |text| text.replace(RESTARTED, "Restarted the mail server."));
    let output = sandbox.run(&["verify", "--json"]).status_is(3);
    let finding = &output.json()[0];
    assert_eq!((finding["rule"].as_str(), finding["level"].as_str()), (Some("entry-changed"), Some("error")));
    assert_eq!(finding["commit"].as_str(), Some(commit.as_str()));
    assert_eq!(finding["incident"].as_str(), Some(id.as_str()));
    assert_eq!(finding["path"].as_str(), Some(sandbox.document_of(&id).as_str()));
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains(RESTARTED) && message.contains("Restarted the mail server."), "{message}");
}

#[test]
fn a_removed_line_is_an_error() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| without(text, RESTARTED));
    assert_eq!(found(&sandbox), are(LOST));
    sandbox.run(&["verify"]).status_is(3);
    sandbox.run(&["verify", &id]).status_is(3);
}

#[test]
fn a_changed_time_is_an_error_and_so_is_another_day() {
    let (sandbox, id) = logged();
    let path = sandbox.document_of(&id);
    let line = sandbox.read(&path).lines().find(|line| line.contains(RESTARTED)).unwrap().to_owned();
    let later = format!("- 03:33 EST{}", line.split_once(" EST").unwrap().1);
    commit_by_hand(&sandbox, &id, |text| text.replace(&line, &later));
    assert_eq!(found(&sandbox), are(CHANGED));
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replace("### 2026-11-23", "### 2026-11-24"));
    assert!(found(&sandbox).contains(&("entry-changed".to_owned(), "error".to_owned())));
}

#[test]
fn a_line_taken_out_of_sight_is_lost() {
    for (before, after) in [("```\n", "```\n"), ("<!--\n", "-->\n"), ("## Timeline\n\n", "")] {
        let (sandbox, id) = logged();
        commit_by_hand(&sandbox, &id, |text| {
            let at = text.find("## Timeline").unwrap();
            let (head, tail) = text.split_at(at);
            let next = tail[3..].find("\n## ").map_or(tail.len(), |next| next + 4);
            format!("{head}{before}{}{after}{}", &tail[..next], &tail[next..])
        });
        assert!(found(&sandbox).contains(&("entry-lost".to_owned(), "error".to_owned())), "{before:?}");
    }
}

#[test]
fn a_changed_instant_of_the_front_matter_is_an_error_unless_an_entry_says_so() {
    let (sandbox, id) = logged();
    let is = |text: &str| text.lines().find(|line| line.starts_with("acknowledged_at:")).unwrap().to_owned();
    let changed = commit_by_hand(&sandbox, &id, |text| text.replace(&is(text), "acknowledged_at: 2026-11-22T23:59:30-05:00"));
    let output = sandbox.run(&["verify", "--json"]).status_is(3);
    let finding = output.json()[0].clone();
    assert_eq!((finding["rule"].as_str(), finding["commit"].as_str()), (Some("instant-changed"), Some(changed.as_str())));
    assert!(finding["message"].as_str().unwrap().starts_with("acknowledged_at was 2026-11-23T00:00:00-05:00 and is 2026-11-22T23:59:30"));
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| without(text, "acknowledged_at:"));
    assert!(found(&sandbox).contains(&("instant-changed".to_owned(), "error".to_owned())));
    let (sandbox, id) = logged();
    sandbox.run(&["set", &id, "detected_at=23:40", "--reason", "The alert came then."]).success();
    sandbox.run(&["set", &id, "detected_at=23:41", "--reason", "By the pager's log."]).success();
    assert_eq!(found(&sandbox), []);
}

#[test]
fn another_timezone_moves_every_entry() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replace("timezone: America/New_York", "timezone: Europe/Berlin"));
    assert!(found(&sandbox).contains(&("instant-changed".to_owned(), "error".to_owned())));
}

#[test]
fn a_front_matter_that_is_broken_for_a_while_is_named_and_hides_nothing() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replacen("---\n", "---\nstatus: open\n", 1));
    assert!(found(&sandbox).contains(&("document-unread".to_owned(), "warning".to_owned())));
    sandbox.run(&["verify"]).success();
    commit_by_hand(&sandbox, &id, |text| {
        let text = text
            .replacen("---\nstatus: open\n", "---\n", 1)
            .replace("acknowledged_at: 2026-11-23T00:00", "acknowledged_at: 2026-11-22T23:59");
        without(&text, RESTARTED)
    });
    let found = found(&sandbox);
    for rule in ["instant-changed", "entry-lost"] {
        assert!(found.contains(&(rule.to_owned(), "error".to_owned())), "{rule}: {found:?}");
    }
}

#[test]
fn a_file_that_is_no_text_or_half_merged_is_read_as_far_as_it_goes() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| {
        let line = text.lines().find(|line| line.contains(RESTARTED)).unwrap();
        text.replace(line, &format!("<<<<<<< HEAD\n{line}\n=======\n- 00:09 EST: Theirs.\n>>>>>>> side"))
    });
    assert!(!found(&sandbox).iter().any(|(_, level)| level == "error"), "both sides are there");
    let path = sandbox.document_of(&id);
    let mut bytes = sandbox.read(&path).into_bytes();
    bytes.push(0xff);
    sandbox.write(&path, bytes);
    sandbox.git(&["commit", "--quiet", "-am", "No text."]).success();
    assert!(!found(&sandbox).iter().any(|(_, level)| level == "error"));
}

#[test]
fn a_trailer_that_contradicts_its_entry_is_an_error() {
    let rewrites: [fn(&str) -> String; 6] = [
        |message| replace_value(message, "Entry", "0123456789abcdef"),
        |message| replace_value(message, "Occurred-At", "2026-11-20T10:00:00-05:00"),
        |message| replace_value(message, "Event", "resolve"),
        |message| replace_value(message, "Event", "approve"),
        |message| replace_value(message, "Event", "phase"),
        |message| replace_value(message, "Incident", "INC-00000"),
    ];
    for rewrite in rewrites {
        let (sandbox, _) = logged();
        let message = sandbox.git(&["log", "-1", "--format=%B"]).success().stdout;
        sandbox.git(&["commit", "--quiet", "--amend", "-m", &rewrite(&message)]).success();
        let found = found(&sandbox);
        assert!(found.contains(&("trailer-mismatch".to_owned(), "error".to_owned())), "{}: {found:?}", rewrite(&message));
    }
}

fn replace_value(message: &str, key: &str, value: &str) -> String {
    let key = format!("{key}: ");
    message.lines().map(|line| if line.starts_with(&key) { format!("{key}{value}\n") } else { format!("{line}\n") }).collect()
}

#[test]
fn an_amended_entry_with_its_old_message_contradicts_it() {
    let (sandbox, id) = logged();
    let path = sandbox.document_of(&id);
    let text = sandbox.read(&path).replace("The pool is full again.", "All is well.");
    sandbox.write(&path, text);
    sandbox.git(&["commit", "--quiet", "--amend", "--no-edit", "-a"]).success();
    assert!(found(&sandbox).contains(&("trailer-mismatch".to_owned(), "error".to_owned())));
}

#[test]
fn a_merge_that_throws_a_side_away_is_an_error() {
    let (sandbox, id) = logged();
    sandbox.git(&["switch", "--quiet", "-c", "side"]).success();
    sandbox.run(&["log", &id, "Seen on the side."]).success();
    sandbox.git(&["switch", "--quiet", "main"]).success();
    sandbox.run(&["log", &id, "Seen on main."]).success();
    sandbox.git(&["merge", "--quiet", "-s", "ours", "side", "-m", "Merge"]).success();
    for words in [&[][..], &[id.as_str()]] {
        assert_eq!(found_with(&sandbox, words), are(LOST), "{words:?}");
    }
    let output = sandbox.run(&["verify", "--json"]);
    assert_eq!(output.json()[0]["commit"].as_str().unwrap(), tip(&sandbox));
}

#[test]
fn a_document_that_is_deleted_is_an_error_and_still_found_by_its_id() {
    let (sandbox, id) = logged();
    let other = sandbox.open("Slow search", &[]);
    sandbox.git(&["rm", "-r", "--quiet", &sandbox.folder_of(&id)]).success();
    sandbox.git(&["commit", "--quiet", "-m", "Clean up."]).success();
    assert_eq!(found(&sandbox), are(LOST));
    assert_eq!(found_with(&sandbox, &[&id]), are(LOST));
    assert_eq!(found_with(&sandbox, &[&other]), []);
}

#[test]
fn the_past_edited_through_the_program_is_an_error_too() {
    let (sandbox, id) = logged();
    let path = sandbox.document_of(&id);
    let text = without(&sandbox.read(&path), RESTARTED);
    sandbox.write(&path, text);
    sandbox.run(&["log", &id, "Next."]).success();
    assert!(found(&sandbox).contains(&("entry-lost".to_owned(), "error".to_owned())));
}

#[test]
fn a_break_is_a_warning_once_a_later_commit_holds_the_entry_again() {
    let (sandbox, id) = logged();
    let broken = commit_by_hand(&sandbox, &id, |text| text.replace(RESTARTED, "Restarted the mail server."));
    sandbox.run(&["log", &id, "Meanwhile."]).success();
    sandbox.git(&["revert", "--no-edit", &broken]).success();
    let output = sandbox.run(&["verify", "--json"]).success();
    let finding = output.json()[0].clone();
    assert_eq!((finding["rule"].as_str(), finding["level"].as_str()), (Some("entry-changed"), Some("warning")));
    assert!(finding["message"].as_str().unwrap().contains(&format!("mended by {}", &tip(&sandbox)[..10])));
    assert_eq!(output.json().as_array().unwrap().len(), 1);
}

#[test]
fn a_break_on_a_branch_is_mended_by_the_merge_that_keeps_the_entry() {
    let (sandbox, id) = logged();
    sandbox.git(&["switch", "--quiet", "-c", "side"]).success();
    commit_by_hand(&sandbox, &id, |text| without(text, RESTARTED));
    sandbox.git(&["switch", "--quiet", "main"]).success();
    sandbox.run(&["log", &id, "Seen on main."]).success();
    sandbox.git(&["merge", "--quiet", "-s", "ours", "side", "-m", "Merge"]).success();
    assert_eq!(found(&sandbox), are(&[("entry-lost", "warning")]));
}

#[test]
fn a_judged_break_is_a_warning_with_both_texts_and_travels_with_the_history() {
    let (sandbox, id) = logged();
    let broken = commit_by_hand(&sandbox, &id, |text| without(text, RESTARTED));
    let refused = sandbox.run(&["verify", "--accept", "HEAD~1", "--reason", "x"]).status_is(1);
    assert!(refused.stderr.contains("nothing to accept"), "{}", refused.stderr);
    sandbox.run(&["verify", "--accept", "nowhere", "--reason", "x"]).status_is(1);
    sandbox.run(&["verify", "--accept", &broken]).status_is(2);
    sandbox.write("staged.txt", "mine");
    sandbox.git(&["add", "staged.txt"]).success();
    let accepted = sandbox.run(&["verify", "--accept", &broken[..12], "--reason", "Logged twice by mistake."]).success();
    assert!(accepted.stdout.contains("is missing since") && accepted.stdout.contains("Logged twice by mistake."), "{}", accepted.stdout);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "A  staged.txt\n");
    sandbox.git(&["clone", "--quiet", ".", "../clone"]).success();
    for words in [&["verify", "--json"][..], &["verify", "--json", "-i", &id], &["-C", "../clone", "verify", "--json"]] {
        let output = sandbox.run(words).success();
        let finding = output.json()[0].clone();
        assert_eq!(finding["level"].as_str(), Some("warning"), "{words:?}");
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains("is missing since") && message.contains("accepted by Grace Hopper: Logged twice"), "{message}");
    }
}

#[test]
fn two_incidents_are_told_apart() {
    let (sandbox, id) = logged();
    let other = sandbox.open("Slow search", &[]);
    commit_by_hand(&sandbox, &id, |text| without(text, RESTARTED));
    assert_eq!(found_with(&sandbox, &[&other]), []);
    assert_eq!(found_with(&sandbox, &[&id]), are(LOST));
    assert_eq!(sandbox.run(&["verify", "--quiet"]).status_is(3).stdout.trim(), id);
}
