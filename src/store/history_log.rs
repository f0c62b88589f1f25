//! Reading what `git log --raw --format=raw -z` prints, one commit at a time.
//! EFFECT layer, but it only reads the stream that it is given.

use std::io::{self, BufRead};

use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::paths::IncidentPath;

/// One line of `--raw`: a document that a commit has otherwise than one parent. Object names are git's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawChange {
    pub path: String,
    pub parent: usize,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A commit as git prints it, compared with each parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawCommit {
    pub id: String,
    /// Those of the history that is walked.
    pub parents: Vec<String>,
    pub author: (Person, Timestamp),
    pub committer: (Person, Timestamp),
    pub message: String,
    pub is_signed: bool,
    pub changes: Vec<RawChange>,
}

/// The commits of a stream.
pub(crate) struct LogReader<R> {
    stream: R,
    token: Vec<u8>,
    next: Option<RawCommit>,
}

impl<R: BufRead> LogReader<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self { stream, token: Vec::new(), next: None }
    }

    /// Whether the next commit may have to be waited for.
    pub(crate) fn may_block(&mut self, buffered: impl Fn(&R) -> usize) -> bool {
        buffered(&self.stream) < 4096
    }

    /// The next commit with what it changed against all of its parents; none at the end.
    pub(crate) fn next_commit(&mut self) -> io::Result<Option<RawCommit>> {
        let Some(mut commit) = self.next.take().map_or_else(|| self.part(), |commit| Ok(Some(commit)))? else { return Ok(None) };
        loop {
            match self.part()? {
                Some(part) if part.id == commit.id => commit.changes.extend(part.changes),
                part => {
                    self.next = part;
                    return Ok(Some(commit));
                }
            }
        }
    }

    /// What git prints of one commit against one parent.
    fn part(&mut self) -> io::Result<Option<RawCommit>> {
        while self.read_token()? && !self.token.starts_with(b"commit ") {}
        if self.token.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&self.token).into_owned();
        let (mut commit, parent, mut meta) = head(&text);
        // The paths of this commit, each with what stands before it; an empty token ends them.
        while let Some(line) = meta.take() {
            self.read_token()?;
            let path = String::from_utf8_lossy(&self.token).into_owned();
            if is_document(&path) {
                commit.changes.extend(change(&line, path, parent));
            }
            if self.is_at(b':')? {
                self.read_token()?;
                meta = Some(String::from_utf8_lossy(&self.token).into_owned());
            }
        }
        Ok(Some(commit))
    }

    fn is_at(&mut self, byte: u8) -> io::Result<bool> {
        Ok(self.stream.fill_buf()?.first() == Some(&byte))
    }

    /// The bytes up to the next NUL; false at the end of the stream.
    fn read_token(&mut self) -> io::Result<bool> {
        self.token.clear();
        let read = self.stream.read_until(0, &mut self.token)?;
        if self.token.last() == Some(&0) {
            self.token.pop();
        }
        Ok(read > 0)
    }
}

/// True for the document of an incident.
fn is_document(path: &str) -> bool {
    let folder = path.strip_suffix("/incident.md").filter(|folder| folder.starts_with("incidents/"));
    folder.is_some_and(|folder| IncidentPath::parse(folder).is_some())
}

/// A commit's header and message, the parent it is compared with, and the first line of its changes.
fn head(text: &str) -> (RawCommit, usize, Option<String>) {
    let nobody = || (Person::new("", None), Timestamp::new(chrono::DateTime::UNIX_EPOCH));
    let mut commit = RawCommit {
        id: String::new(),
        parents: Vec::new(),
        author: nobody(),
        committer: nobody(),
        message: String::new(),
        is_signed: false,
        changes: Vec::new(),
    };
    let mut from = None;
    let mut lines = text.split('\n');
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("commit", names) => {
                let (names, compared) = names.split_once(" (from ").unwrap_or((names, ""));
                from = compared.strip_suffix(')').map(str::to_owned);
                let mut names = names.split(' ').map(str::to_owned);
                commit.id = names.next().unwrap_or_default();
                commit.parents = names.collect();
            }
            ("author", who) => commit.author = signed(who),
            ("committer", who) => commit.committer = signed(who),
            ("gpgsig" | "gpgsig-sha256", _) => commit.is_signed = true,
            _ => {}
        }
    }
    let mut meta = None;
    for line in lines {
        match line.strip_prefix("    ") {
            Some(said) => commit.message.extend([said, "\n"]),
            None if line.starts_with(':') => meta = Some(line.to_owned()),
            None => {}
        }
    }
    let parent = from.and_then(|from| commit.parents.iter().position(|parent| *parent == from)).unwrap_or_default();
    (commit, parent, meta)
}

/// `Name <email> SECONDS OFFSET`
fn signed(who: &str) -> (Person, Timestamp) {
    let (person, when) = who.rsplit_once('>').unwrap_or((who, ""));
    let (name, email) = person.split_once('<').unwrap_or((person, ""));
    let seconds = when.split_whitespace().next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
    let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    (Person::new(name, Some(email)), Timestamp::new(at))
}

/// `:100644 100644 OLD NEW M`
fn change(line: &str, path: String, parent: usize) -> Option<RawChange> {
    let mut fields = line.split(' ').skip(2);
    let mut object = || fields.next().map(|name| (!name.bytes().all(|byte| byte == b'0')).then(|| name.to_owned()));
    let (old, new) = (object()?, object()?);
    Some(RawChange { path, parent, old, new })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const DOCUMENT: &str = "incidents/2026-11/22-k7qfm-many-errors/incident.md";

    fn read(text: &str) -> Vec<RawCommit> {
        let text = text.replace('@', "\0").replace("DOC", DOCUMENT);
        let mut reader = LogReader::new(text.as_bytes());
        std::iter::from_fn(|| reader.next_commit().unwrap()).collect()
    }

    #[test]
    fn header_message_and_documents_are_read() {
        let commits = read(
            "commit c1\ntree t\nauthor A B <a_b.org> 1795610311 +0000\ncommitter C <c> 1795610371 +0000\ngpgsig -----BEGIN\n  x\n\n    one\n    \n    Incident: X\n\n:000000 100644 0000 aaaa A@other.md@:000000 100644 0000 bbbb A@DOC@@commit c2 c1\ntree t\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n    empty\n@commit c3 c2\ntree t\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n\n:100644 000000 bbbb 0000 D@DOC@",
        );
        assert_eq!(commits.len(), 3);
        assert_eq!((commits[0].message.as_str(), commits[0].is_signed), ("one\n\nIncident: X\n", true));
        assert_eq!((commits[0].author.0.name.as_str(), commits[0].committer.1.seconds()), ("A B", 1_795_610_371));
        assert_eq!(commits[0].changes, [RawChange { path: DOCUMENT.to_owned(), parent: 0, old: None, new: Some("bbbb".to_owned()) }]);
        assert_eq!((commits[1].message.as_str(), commits[1].changes.len(), commits[1].is_signed), ("empty\n", 0, false));
        assert_eq!(commits[2].changes[0].old.as_deref(), Some("bbbb"));
    }

    #[test]
    fn a_merge_is_one_commit_with_the_changes_against_each_parent() {
        let head = |from: &str| {
            format!(
                "commit m p1 p2 (from {from})\ntree t\nparent p1\nparent p2\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n    merge\n\n"
            )
        };
        let commits = read(&format!(
            "{}:100644 100644 aaaa cccc M@DOC@@{}:100644 100644 bbbb cccc M@DOC@:100644 000000 dddd 0000 D@x@",
            head("p1"),
            head("p2")
        ));
        assert_eq!(commits.len(), 1);
        let changes: Vec<_> = commits[0].changes.iter().map(|change| (change.parent, change.old.as_deref().unwrap())).collect();
        assert_eq!(changes, [(0, "aaaa"), (1, "bbbb")]);
    }

    #[test]
    fn a_message_that_looks_like_a_change_is_words() {
        let commits = read("commit c\ntree t\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n    :100644 x\n    commit y\n@");
        assert_eq!(commits[0].message, ":100644 x\ncommit y\n");
    }
}
