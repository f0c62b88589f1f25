//! The whole history as values, one commit at a time, the first one first: by git's own `log`, against every parent.
//! EFFECT (processes). Memory holds the last version of each document on the way, never the history.
//!
//! # Source
//! git-log(1): without `--full-history` a path prunes the side that a merge threw away, and without a format for merges
//! none is compared. git-cat-file(1) `--batch`.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use crate::domain::history::{Blob, CommitRecord, DocumentChange};
use crate::store::git_program::git;
use crate::store::history_blobs::BlobReader;
use crate::store::history_log::{LogReader, RawChange, RawCommit};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// How many documents are held at once: their last versions, so that each is read once.
const HELD: usize = 8192;

/// How many commits git may be ahead of us.
const AHEAD: usize = 512;

/// What of the history is walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryScope {
    /// Every commit.
    All,
    /// The commits that changed these folders, relative to the root, and every merge.
    Folders(Vec<String>),
    /// The commits that judge others: see `verify --accept`.
    Judgments,
    /// The folders' commits, wherever in `incidents/` a folder has one of these ids in its name: `k7qfm`.
    Ids(Vec<String>),
}

/// A commit and what must be known to put its documents together.
struct Planned {
    commit: RawCommit,
    /// The blobs that are asked for, in order.
    fetch: Vec<String>,
    /// Documents that are held no longer.
    forget: Vec<String>,
}

/// The commits, the first one first; parents before children.
pub struct HistoryWalk {
    commits: Receiver<io::Result<Planned>>,
    blobs: BlobReader,
    held: HashMap<String, Arc<Blob>>,
    cut_off: HashSet<String>,
    log: Child,
    contents: Child,
    planner: Option<JoinHandle<()>>,
    ended: bool,
}

impl Store {
    /// Walks the history of what is checked out; nothing before the first commit.
    ///
    /// # Errors
    /// git could not be started.
    pub fn walk_history(&self, scope: &HistoryScope) -> Result<HistoryWalk, StoreError> {
        let failed = |error: io::Error| StoreError::git("run git", git2::Error::from_str(&error.to_string()));
        let mut log = self.log_command(scope).spawn().map_err(failed)?;
        let mut contents = self.git_to_read();
        let contents = contents.args(["cat-file", "--batch"]).stdin(Stdio::piped()).spawn();
        let mut contents = contents.inspect_err(|_| drop(log.kill())).map_err(failed)?;
        let piped = (log.stdout.take(), contents.stdin.take(), contents.stdout.take());
        let (Some(printed), Some(asked), Some(answers)) = piped else { return Err(failed(io::Error::other("no pipe"))) };
        let (sender, commits) = sync_channel(AHEAD);
        let planner = std::thread::spawn(move || plan(printed, asked, &sender));
        Ok(HistoryWalk {
            commits,
            blobs: BlobReader::new(answers),
            held: HashMap::new(),
            cut_off: self.cut_off(),
            log,
            contents,
            planner: Some(planner),
            ended: false,
        })
    }

    fn log_command(&self, scope: &HistoryScope) -> Command {
        let mut command = self.git_to_read();
        command.args(["-c", "log.showRoot=true", "-c", "i18n.logOutputEncoding=UTF-8"]);
        command.args(["log", "--full-history", "--diff-merges=separate", "--raw", "--no-abbrev", "--no-renames", "-O/dev/null"]);
        command.args([
            "--topo-order",
            "--reverse",
            "--parents",
            "--format=raw",
            "-z",
            "--no-show-signature",
            "--no-decorate",
            "--no-notes",
        ]);
        match scope {
            HistoryScope::All => {}
            HistoryScope::Judgments => drop(command.arg("--grep=^Accepts: ")),
            // A commit that touches other incidents too is shown whole: its message speaks of all of them.
            HistoryScope::Folders(_) | HistoryScope::Ids(_) => drop(command.arg("--full-diff")),
        }
        command.args(["HEAD", "--"]);
        match scope {
            HistoryScope::All | HistoryScope::Judgments => {}
            HistoryScope::Folders(folders) => drop(command.args(folders.iter().map(|folder| format!(":(top,literal){folder}")))),
            HistoryScope::Ids(ids) => drop(command.args(ids.iter().map(|id| format!(":(top,glob)incidents/**/??-{id}-*/incident.md")))),
        }
        command
    }

    /// git over this repository, for reading: what a person has replaced locally counts as it was, nothing is fetched, and
    /// nobody is asked.
    pub(crate) fn git_to_read(&self) -> Command {
        let mut command = git();
        command.arg("--no-replace-objects").arg("-C").arg(self.root()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("LC_ALL", "C").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
        command
    }
}

impl Iterator for HistoryWalk {
    type Item = Result<CommitRecord, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let Ok(planned) = self.commits.recv() else {
            self.ended = true;
            return self.end().map(Err);
        };
        let next = planned.map_err(|error| self.failure(&error.to_string())).and_then(|planned| self.record(planned));
        self.ended = next.is_err();
        Some(next)
    }
}

impl HistoryWalk {
    /// Puts the documents of a commit together: those that are held, and those that were asked for.
    fn record(&mut self, planned: Planned) -> Result<CommitRecord, StoreError> {
        let mut fetched: HashMap<String, Arc<Blob>> = HashMap::new();
        for name in planned.fetch {
            match self.blobs.next_blob() {
                Ok(Some(blob)) => drop(fetched.insert(name, blob)),
                Ok(None) => return Err(missing(&name, &planned.commit.id)),
                Err(error) => return Err(self.failure(&error.to_string())),
            }
        }
        let commit = planned.commit;
        let find = |path: &str, name: &Option<String>| {
            let name = name.as_ref()?;
            fetched.get(name).cloned().or_else(|| self.held.get(path).filter(|blob| blob.id == *name).cloned())
        };
        let changes = commit.changes.into_iter().map(|change| DocumentChange {
            old: find(&change.path, &change.old),
            new: find(&change.path, &change.new),
            path: change.path,
            parent: change.parent,
        });
        let changes: Vec<DocumentChange> = changes.collect();
        for change in &changes {
            match &change.new {
                Some(new) => drop(self.held.insert(change.path.clone(), Arc::clone(new))),
                None => drop(self.held.remove(&change.path)),
            }
        }
        planned.forget.iter().for_each(|path| drop(self.held.remove(path)));
        Ok(CommitRecord {
            is_cut_off: self.cut_off.contains(&commit.id),
            id: commit.id,
            parents: commit.parents,
            author: commit.author.0,
            authored_at: commit.author.1,
            committer: commit.committer.0,
            committed_at: commit.committer.1,
            message: commit.message,
            is_signed: commit.is_signed,
            changes,
        })
    }

    /// What git itself said, else what we saw.
    fn failure(&mut self, seen: &str) -> StoreError {
        let said = [&mut self.log, &mut self.contents].into_iter().filter_map(|child| {
            let _it_may_have_ended = child.kill();
            let mut said = String::new();
            child.stderr.take()?.read_to_string(&mut said).ok()?;
            Some(said.trim().to_owned())
        });
        let said = said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ");
        StoreError::git("read the history", git2::Error::from_str(if said.is_empty() { seen } else { &said }))
    }

    /// The end of the walk: an error when git did not come to its own.
    fn end(&mut self) -> Option<StoreError> {
        let log = self.log.wait().is_ok_and(|status| status.success());
        (!log).then(|| self.failure("git log failed"))
    }
}

fn missing(blob: &str, commit: &str) -> StoreError {
    StoreError::NotInClone { blob: blob.to_owned(), commit: commit.to_owned() }
}

impl Drop for HistoryWalk {
    fn drop(&mut self) {
        for child in [&mut self.log, &mut self.contents] {
            let _it_may_have_ended = child.kill();
            let _reaped = child.wait();
        }
        // The planner may wait to hand over a commit: without a receiver it ends.
        let (_, nobody) = sync_channel(0);
        self.commits = nobody;
        if let Some(planner) = self.planner.take() {
            let _it_has_ended = planner.join();
        }
    }
}

/// Reads what git prints, asks for the contents that are not held, and hands each commit over.
fn plan(printed: ChildStdout, asked: ChildStdin, sender: &SyncSender<io::Result<Planned>>) {
    let mut reader = LogReader::new(BufReader::with_capacity(1 << 18, printed));
    let mut asked = BufWriter::new(asked);
    let mut held = Held::default();
    loop {
        // Nobody waits for what is still in our buffer while we wait ourselves.
        if reader.may_block(|stream| stream.buffer().len()) && asked.flush().is_err() {
            return;
        }
        let planned = match reader.next_commit() {
            Ok(Some(commit)) => held.plan(commit),
            Ok(None) => return,
            Err(error) => return drop(sender.send(Err(error))),
        };
        // The names go out behind the commit: who reads the answers must know that they come.
        let names: String = planned.fetch.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
        let sent = match sender.try_send(Ok(planned)) {
            Err(TrySendError::Full(planned)) => asked.flush().is_ok() && sender.send(planned).is_ok(),
            sent => sent.is_ok(),
        };
        if !sent || asked.write_all(names.as_bytes()).is_err() {
            return;
        }
    }
}

/// Which version of each document the reader holds: kept in step with [`HistoryWalk`] by telling it what to forget.
#[derive(Default)]
struct Held {
    versions: HashMap<String, String>,
    order: VecDeque<String>,
}

impl Held {
    fn plan(&mut self, commit: RawCommit) -> Planned {
        let mut fetch: Vec<String> = Vec::new();
        for RawChange { path, old, new, .. } in &commit.changes {
            for name in [old, new].into_iter().flatten() {
                if self.versions.get(path) != Some(name) && !fetch.contains(name) {
                    fetch.push(name.clone());
                }
            }
        }
        let mut forget = Vec::new();
        for RawChange { path, new, .. } in &commit.changes {
            match new {
                Some(new) => {
                    if self.versions.insert(path.clone(), new.clone()).is_none() {
                        self.order.push_back(path.clone());
                    }
                }
                None => drop(self.versions.remove(path)),
            }
        }
        while self.order.len() > HELD {
            let Some(oldest) = self.order.pop_front() else { break };
            if self.versions.remove(&oldest).is_some() {
                forget.push(oldest);
            }
        }
        Planned { commit, fetch, forget }
    }
}
