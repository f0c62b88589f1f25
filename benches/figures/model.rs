//! One incident of about 3 kB, made by the program's own commands: what the generator writes many of.

use std::path::Path;

use crate::repository::Repository;

const LOGGED: &[&str] = &[
    "Restarted the auth database; the pool is at 40 of 200 connections.",
    "Splunk shows 1,200 errors a minute on /token, all of them time-outs.",
    "Rolled the gateway back to the release of Friday; no change so far.",
    "New Relic: the 99th percentile is down from 30 s to 4 s.",
    "Asked GDIT whether a network change went out at 23:45.",
];

/// How long the document is at least.
const LENGTH: usize = 3_000;

/// The incident, and what `init` writes beside it.
pub struct Model {
    /// `INC-K7QFM`
    pub id: String,
    /// What follows day and id in the folder's name.
    pub slug: String,
    /// The text of the document.
    pub text: String,
    /// The last line of its timeline.
    pub last_line: String,
    /// What that line says.
    pub last_said: String,
    /// The message of the commit that wrote that line.
    pub last_message: String,
    /// Every other file that `init` has committed, path and text.
    pub others: Vec<(String, String)>,
}

impl Model {
    /// Makes it with this program in a repository of its own.
    pub fn make(root: &Path, program: &Path) -> Self {
        let repository = Repository::empty(root);
        let run = |arguments: &[&str]| repository.output(program.to_str().unwrap(), arguments);
        run(&["init"]);
        let id = run(&["open", "--quiet", "Many errors on Auth service", "--severity", "2"]);
        run(&["ack", "-i", &id]);
        run(&["assign-ic", "-i", &id, "Ada Byron <ada@example.org>"]);
        let listed = repository.output("git", &["ls-files"]);
        let (documents, others): (Vec<&str>, Vec<&str>) = listed.lines().partition(|path| path.ends_with("/incident.md"));
        let text_of = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
        let mut text = String::new();
        let mut said = "";
        for turn in 0.. {
            if text.len() >= LENGTH {
                break;
            }
            said = LOGGED[turn % LOGGED.len()];
            run(&["log", "-i", &id, said]);
            text = text_of(documents[0]);
        }
        let folder = documents[0].rsplit('/').nth(1).unwrap();
        Self {
            slug: folder.splitn(3, '-').nth(2).unwrap_or("incident").to_owned(),
            last_line: text.lines().rfind(|line| line.contains(said)).expect("what was logged is in the document").to_owned(),
            last_said: said.to_owned(),
            last_message: repository.output("git", &["log", "-1", "--format=%B"]),
            others: others.into_iter().map(|path| (path.to_owned(), text_of(path))).collect(),
            id,
            text,
        }
    }

    /// True when the program knows how surely a commit is to be on the disk.
    pub fn knows_durability(&self) -> bool {
        self.others.iter().any(|(path, text)| path.ends_with("config.yaml") && text.contains("durability"))
    }
}
