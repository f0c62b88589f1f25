//! Two clones open incidents with the same id: the one that no remote has yet gets another, and neither replaces the other.

use crate::harness::clones::Clones;

fn open(clones: &Clones, clone: usize, title: &str, at: &str) {
    clones.run(clone, &["open", title, "--id", "INC-AAAAA", "--pagerduty", "Q1", "--at", at]).success();
}

#[test]
fn the_incident_that_no_remote_has_yet_gets_another_id() {
    let clones = Clones::new(2);
    open(&clones, 0, "Disk full", "10:01");
    clones.run(0, &["log", "INC-AAAAA", "The disk."]).success();
    clones.run(0, &["sync"]).success();
    open(&clones, 1, "Logins fail", "10:02");
    clones.run(1, &["log", "INC-AAAAA", "The logins."]).success();
    clones.write(1, &format!("{}/shot.txt", clones_folder(&clones, "logins-fail")), "an attachment\n");
    clones.git(1, &["add", "."]).success();
    clones.git(1, &["commit", "--quiet", "-m", "an attachment"]).success();
    let answer = clones.run(1, &["--json", "sync"]).success().json();
    let renumbered = &answer["renumbered"][0];
    assert_eq!(renumbered["old"], "INC-AAAAA", "{answer}");
    let new = renumbered["new"].as_str().unwrap();
    assert_ne!(new, "INC-AAAAA");
    assert_eq!(answer["warnings"][0]["code"], "renumbered");
    clones.run(0, &["sync"]).success();
    clones.are_one();
    for clone in 0..2 {
        let theirs = clones.run(clone, &["show", "INC-AAAAA", "--json"]).success().json();
        assert_eq!(theirs["title"], "Disk full");
        let ours = clones.run(clone, &["show", new, "--json"]).success().json();
        assert_eq!((&ours["title"], &ours["aka"][0]), (&"Logins fail".into(), &"INC-AAAAA".into()));
        let texts: Vec<&str> = ours["timeline"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect();
        assert!(texts.contains(&"The logins."), "{texts:?}");
        assert!(texts.iter().any(|text| text.starts_with(&format!("id: INC-AAAAA → {new}."))), "{texts:?}");
        let path = renumbered["path"].as_str().unwrap();
        assert_eq!(clones.read(clone, &format!("{path}/shot.txt")), "an attachment\n");
        assert!(clones.read(clone, &format!("{path}/incident.md")).contains(&format!("# Logins fail (incident #{new})\n")));
    }
    let subject =
        clones.git(1, &["log", "-1", "--format=%s%n%(trailers:key=Event,valueonly)", renumbered["commit"].as_str().unwrap()]).stdout;
    assert!(subject.starts_with(&format!("{new} renumber: id: INC-AAAAA")) && subject.contains("\nrenumber\n"), "{subject}");
}

#[test]
fn two_documents_at_the_same_path_are_told_apart_too() {
    let clones = Clones::new(2);
    open(&clones, 0, "Logins fail", "10:01");
    clones.run(0, &["sync"]).success();
    open(&clones, 1, "Logins fail", "10:02");
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
    let listed = clones.run(0, &["list", "--json"]).success().json();
    let fails = listed.as_array().unwrap().iter().filter(|incident| incident["title"] == "Logins fail").count();
    assert_eq!(fails, 2, "{listed}");
    clones.run(0, &["check"]).success();
}

#[test]
fn one_incident_that_came_by_two_ways_is_one() {
    let clones = Clones::new(2);
    open(&clones, 0, "Logins fail", "10:01");
    clones.git(1, &["fetch", "--quiet", "../repo", "main"]).success();
    clones.run(1, &["log", "INC-K7QFM", "Elsewhere."]).success();
    clones.git(1, &["cherry-pick", "FETCH_HEAD"]).success();
    clones.run(1, &["log", "INC-AAAAA", "Picked."]).success();
    clones.sync_all();
    clones.are_one();
    let listed = clones.run(0, &["list", "--json"]).success().json();
    assert_eq!(listed.as_array().unwrap().len(), 2, "{listed}");
}

fn clones_folder(clones: &Clones, part: &str) -> String {
    let month = clones.sandbox.path("../b/incidents/2026-11");
    let names = std::fs::read_dir(month).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = names.into_iter().find(|name| name.contains(part)).unwrap();
    format!("incidents/2026-11/{name}")
}
