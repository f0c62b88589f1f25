//! What a record is made of, read without the code that writes it: keys as lines, markdown by another reader than the
//! program's, trailers by git. Entries are compared as the program reads them.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use qpp_incident::document::incident_document::IncidentDocument;
use qpp_incident::domain::entry::Entry;

use crate::harness::sandbox::Sandbox;

/// The documents of all incidents and the last commit.
#[derive(PartialEq, Eq)]
pub struct Anatomy {
    tip: String,
    trailers: Vec<String>,
    documents: BTreeMap<String, Document>,
    texts: BTreeMap<String, String>,
}

const DOCUMENTS: [&str; 3] = ["incident.md", "postmortem.md", "rca.md"];

#[derive(PartialEq, Eq, Default)]
struct Document {
    keys: BTreeMap<String, String>,
    entries: Vec<Entry>,
    /// Headings with their levels.
    headings: Vec<String>,
    /// Raw HTML, comments included.
    html: Vec<String>,
    /// Bullets at the top level of the timeline.
    bullets: usize,
    /// Rows of the table of action items.
    rows: usize,
}

/// What one command did, as far as it does not depend on words.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Growth {
    /// The keys of the front matter that are new or different.
    keys: BTreeSet<String>,
    /// The kinds of the new entries.
    kinds: Vec<String>,
    headings: usize,
    bullets: usize,
    rows: usize,
    trailers: Vec<String>,
}

impl Growth {
    /// How many entries.
    pub fn entries(&self) -> usize {
        self.kinds.len()
    }

    /// How many trailers.
    pub fn trailers(&self) -> usize {
        self.trailers.len()
    }
}

impl Anatomy {
    /// As it stands in the work tree and at the tip.
    #[track_caller]
    pub fn of(sandbox: &Sandbox) -> Self {
        let repository = git2::Repository::open(sandbox.path("")).unwrap();
        let tip = repository.head().unwrap().peel_to_commit().unwrap();
        let message = tip.message().unwrap();
        assert_eq!(message.chars().find(|c| is_hidden(*c)), None, "a control character stands in the commit\n{message}");
        let trailers = git2::message_trailers_strs(message).unwrap();
        let paths = glob(sandbox).into_iter().flat_map(|folder| DOCUMENTS.map(|name| format!("{folder}/{name}")));
        let read = |path: String| Some((path.clone(), std::fs::read_to_string(sandbox.path(&path)).ok()?));
        let texts: BTreeMap<String, String> = paths.filter_map(read).collect();
        let documents = texts.iter().map(|(path, text)| (path.clone(), Document::read(path, text))).collect();
        Self { tip: tip.id().to_string(), trailers: trailers.iter().map(|(key, _)| key.to_owned()).collect(), documents, texts }
    }

    /// Puts branch, index and documents back, without a process. `index` is the index's bytes.
    pub fn put_back(&self, sandbox: &Sandbox, index: &[u8]) {
        let branch = sandbox.path(".git/refs/heads/main");
        std::fs::write(branch, format!("{}\n", self.tip)).unwrap();
        std::fs::write(sandbox.path(".git/index"), index).unwrap();
        for folder in glob(sandbox) {
            if !self.texts.keys().any(|path| path.starts_with(&folder)) {
                std::fs::remove_dir_all(sandbox.path(&folder)).unwrap();
            }
        }
        for (path, text) in &self.texts {
            std::fs::write(sandbox.path(path), text).unwrap();
        }
    }

    /// What is new, if everything old still stands.
    pub fn grown_to(&self, after: &Self) -> Result<Growth, String> {
        let mut growth = Growth { trailers: after.trailers.clone(), ..Growth::default() };
        let empty = Document::default();
        for (path, new) in &after.documents {
            let old = self.documents.get(path).unwrap_or(&empty);
            old.grown_to(new, &mut growth).map_err(|why| format!("{path}: {why}"))?;
        }
        Ok(growth)
    }
}

fn glob(sandbox: &Sandbox) -> Vec<String> {
    let names = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(sandbox.path(folder)).unwrap().map(Result::unwrap);
        let folders = entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
        folders.map(|name| format!("{folder}/{name}")).collect()
    };
    names("incidents").iter().flat_map(|month| names(month)).collect()
}

impl Document {
    fn read(path: &str, text: &str) -> Self {
        assert_eq!(text.chars().find(|c| is_hidden(*c)), None, "a control character stands in {path}\n{text}");
        let (yaml, body) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")).unwrap();
        let mut document = Self { keys: keys(yaml), ..Self::default() };
        document.read_body(body);
        if path.ends_with("/incident.md") {
            let incident = IncidentDocument::parse(text).unwrap_or_else(|broken| panic!("{path}:{broken}\n{text}"));
            document.entries = incident.entries().into_iter().cloned().collect();
            assert_eq!(incident.timeline().unread, [], "{text}");
        }
        document
    }

    fn read_body(&mut self, body: &str) {
        let arena = Arena::new();
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.footnotes = true;
        let root = parse_document(&arena, body, &options);
        let mut section = String::new();
        for block in root.children() {
            match &block.data.borrow().value {
                NodeValue::Heading(heading) => {
                    let title = body.lines().nth(block.data.borrow().sourcepos.start.line - 1).unwrap_or_default().to_owned();
                    if heading.level == 2 {
                        section.clone_from(&title);
                    }
                    // A title may change with the command, its place not.
                    self.headings.push(if heading.level == 1 { "#".to_owned() } else { title });
                }
                NodeValue::List(_) if section.starts_with("## Timeline") => self.bullets += block.children().count(),
                NodeValue::Table(_) if section.starts_with("## Action Items") => self.rows += block.children().count(),
                _ => {}
            }
        }
        for node in root.descendants() {
            match &node.data.borrow().value {
                NodeValue::HtmlBlock(html) => self.html.push(html.literal.trim_end().to_owned()),
                NodeValue::HtmlInline(html) => self.html.push(html.clone()),
                _ => {}
            }
        }
    }

    fn grown_to(&self, new: &Self, growth: &mut Growth) -> Result<(), String> {
        growth.keys.extend(new.keys.iter().filter(|(key, lines)| self.keys.get(*key) != Some(lines)).map(|(key, _)| key.clone()));
        growth.keys.extend(self.keys.keys().filter(|key| !new.keys.contains_key(*key)).map(|key| format!("no {key}")));
        let is_new = self.headings.is_empty();
        if let Some(html) = new.html.iter().find(|html| !(self.html.contains(html) || is_new && html.starts_with("<!--"))) {
            return Err(format!("raw HTML: {html}"));
        }
        let mut headings = new.headings.iter();
        if !self.headings.iter().all(|heading| headings.any(|other| other == heading)) {
            return Err(format!("a heading is gone: {:?} of {:?}", new.headings, self.headings));
        }
        let mut rest: Vec<&Entry> = new.entries.iter().collect();
        for entry in &self.entries {
            // What a redaction takes away is its business.
            let at = rest.iter().position(|other| *other == entry || (other.at == entry.at && other.text.contains("[redacted 2026")));
            rest.remove(at.ok_or_else(|| format!("an entry is gone: {entry:?}"))?);
        }
        growth.kinds.extend(rest.iter().map(|entry| format!("{:?} by {}", entry.kind, entry.by.is_some())));
        growth.headings += new.headings.len() - self.headings.len();
        growth.bullets += new.bullets - self.bullets;
        growth.rows += new.rows - self.rows;
        Ok(())
    }
}

/// Each key with its lines; what begins no key belongs to the one above.
fn keys(yaml: &str) -> BTreeMap<String, String> {
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let mut current = String::new();
    for line in yaml.lines() {
        if !line.starts_with([' ', '-', '#']) {
            line.split(':').next().unwrap_or_default().clone_into(&mut current);
        }
        let lines = keys.entry(current.clone()).or_default();
        lines.push_str(line);
        lines.push('\n');
    }
    keys
}

/// Controls but the line feed and the tab, and the marks of bidirectional text.
pub fn is_hidden(c: char) -> bool {
    let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}');
    bidi || (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}')
}
