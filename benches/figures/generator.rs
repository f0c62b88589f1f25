//! Many incidents and their history, by `git fast-import`. Seeded: the same figures make the same repository. What was made stays
//! in the cache, under a name that holds everything it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use qpp_incident::document::commit_message::entry_digest;
use sha2::{Digest, Sha256};

use crate::Bench;
use crate::model::Model;
use crate::repository::Repository;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const AUTHOR: &str = "Grace Hopper <grace@example.org>";
/// 2026-11-23T12:00:00Z
const FIRST_COMMIT_AT: u64 = 1_795_435_200;

/// What is to be generated.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    /// How many incidents.
    pub incidents: usize,
    /// How many entries each has already beside those of the model.
    pub entries: usize,
    /// How many commits of one entry each follow, over all incidents in turn.
    pub commits: usize,
    /// `durability:` in the settings, where the program knows it.
    pub durability: Option<&'static str>,
}

impl Bench {
    /// A clone of the generated repository in `folder`, under this name, without a remote.
    pub fn repository(&self, wanted: Wanted, folder: &Path, name: &str) -> Repository {
        let (origin, incidents) = self.generated(wanted);
        let repository = Repository::cloned(&origin, &folder.join(name), incidents);
        repository.output("git", &["remote", "remove", "origin"]);
        repository
    }

    /// The generated repository, bare, made or from the cache; and its incidents: id and document.
    ///
    /// # Panics
    /// The cache cannot be written.
    pub fn generated(&self, wanted: Wanted) -> (PathBuf, Vec<(String, String)>) {
        let incidents = incidents(&self.model.slug, wanted.incidents);
        let durability = wanted.durability.unwrap_or("default");
        let place = format!("{}-{}-{}-{durability}-{}.git", wanted.incidents, wanted.entries, wanted.commits, fingerprint(&self.model));
        let place = self.cache.join(place);
        if !place.is_dir() {
            let unfinished = place.with_extension("unfinished");
            let _left_over = std::fs::remove_dir_all(&unfinished);
            std::fs::create_dir_all(&unfinished).unwrap();
            import(&self.model, wanted, &incidents, &unfinished);
            std::fs::rename(&unfinished, &place).unwrap();
        }
        (place, incidents)
    }
}

/// What the generated text depends on: the form of the document and of the message, not the drawn id or the time.
fn fingerprint(model: &Model) -> String {
    let form = format!("2 {} {}", model.text, model.last_message).replace(&model.id, "ID");
    let form: String = form.chars().filter(|c| !c.is_ascii_digit() && !c.is_ascii_hexdigit()).collect();
    Sha256::digest(form.as_bytes()).iter().take(6).fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
}

/// Ids and documents of incidents with this in their folders' names.
pub fn incidents(slug: &str, count: usize) -> Vec<(String, String)> {
    let mut random = Random(20_261_123);
    let (mut found, mut taken) = (Vec::new(), BTreeSet::new());
    while found.len() < count {
        let characters: String = (0..5).map(|_| char::from(ALPHABET[random.below(32)])).collect();
        let (year, month, day) = (2020 + random.below(7), 1 + random.below(12), 1 + random.below(28));
        let path = format!("incidents/{year}-{month:02}/{day:02}-{}-{}/incident.md", characters.to_lowercase(), slug);
        if taken.insert(characters.clone()) {
            found.push((format!("INC-{characters}"), path));
        }
    }
    found
}

fn import(model: &Model, wanted: Wanted, incidents: &[(String, String)], place: &Path) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(place).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command
    };
    assert!(git(&["init", "--quiet", "--bare", "--initial-branch=main", "."]).status().unwrap().success());
    let mut child = git(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stream = BufWriter::new(child.stdin.take().unwrap());
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    header(&mut stream, "many incidents", 0);
    for (path, text) in settings(model, wanted.durability) {
        file(&mut stream, &path, &text);
    }
    for (number, (id, path)) in incidents.iter().enumerate() {
        let mut text = model.text.replace(&model.id, id);
        let lines: String = (0..wanted.entries).map(|entry| line(model, &format!("Before, {entry}.")) + "\n").collect();
        insert(&mut text, model, &lines);
        file(&mut stream, path, &text);
        if wanted.commits > 0 {
            texts.insert(number, text);
        }
    }
    for commit in 0..wanted.commits {
        let number = commit % incidents.len();
        let (id, path) = &incidents[number];
        let text = texts.get_mut(&number).unwrap();
        header(&mut stream, &one_more(model, id, text, commit), commit + 1);
        file(&mut stream, path, text);
    }
    writeln!(stream, "done").unwrap();
    drop(stream);
    assert!(child.wait().unwrap().success(), "git fast-import");
    assert!(git(&["gc", "--quiet"]).status().unwrap().success());
}

fn header(stream: &mut impl std::io::Write, message: &str, number: usize) {
    let at = FIRST_COMMIT_AT + u64::try_from(number).unwrap();
    writeln!(stream, "commit refs/heads/main\nauthor {AUTHOR} {at} +0000\ncommitter {AUTHOR} {at} +0000").unwrap();
    writeln!(stream, "data {}\n{message}", message.len()).unwrap();
}

fn file(stream: &mut impl std::io::Write, path: &str, text: &str) {
    writeln!(stream, "M 100644 inline {path}\ndata {}\n{text}", text.len()).unwrap();
}

/// What `init` has written, with this durability.
fn settings(model: &Model, durability: Option<&str>) -> Vec<(String, String)> {
    let mut settings = model.others.clone();
    if let (Some(durability), true) = (durability, model.knows_durability()) {
        let config = settings.iter_mut().find(|(path, _)| path.ends_with("config.yaml")).unwrap();
        let kept: Vec<&str> = config.1.lines().filter(|line| !line.starts_with("durability:")).collect();
        config.1 = kept.join("\n");
        write!(config.1, "\ndurability: {durability}\n").unwrap();
    }
    settings
}

/// A line of the timeline that says something else than the model's last.
fn line(model: &Model, said: &str) -> String {
    model.last_line.replace(&model.last_said, said)
}

fn insert(text: &mut String, model: &Model, lines: &str) {
    let last = format!("{}\n", model.last_line);
    let at = text.rfind(&last).expect("the model's last line");
    text.insert_str(at, lines);
}

/// Adds one more entry to the text; the message of its commit, as the program writes it.
fn one_more(model: &Model, id: &str, text: &mut String, number: usize) -> String {
    let said = format!("Step {number} of many.");
    let line = line(model, &said);
    insert(text, model, &format!("{line}\n"));
    let old = entry_digest(&model.last_line);
    assert!(model.last_message.contains(&old), "the trailer of the model's last entry");
    let message = model.last_message.replace(&model.id, id).replace(&old, &entry_digest(&line));
    let (_, rest) = message.split_once("\n\n").expect("a message with a body");
    let trailers = rest.rsplit("\n\n").next().unwrap_or(rest);
    format!("{id} log: {said}\n\n{trailers}\n")
}

/// A small linear generator: the repository must be the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}
