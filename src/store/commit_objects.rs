//! Blobs, trees and commits, made beside the branch: nothing that anybody sees until `publish` moves it.
//! EFFECT (git2). Trees come from the tip's tree, never from the index, so nothing staged is swept along.

use std::path::Path;

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Oid, Signature, Time};

use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::store::index_form::IndexForm;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// What one commit does to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileChange {
    /// Relative to the root.
    pub path: String,
    /// The new content; none when the file goes.
    pub blob: Option<Oid>,
    /// True for a file that was committed as executable.
    pub executable: bool,
}

/// Who and when, and what is said.
pub(crate) struct CommitText<'a> {
    pub author: &'a Person,
    pub authored_at: Timestamp,
    pub committer: &'a Person,
    pub committed_at: Timestamp,
    /// Both times are written with this zone's offset.
    pub zone: Zone,
    pub message: &'a str,
}

impl<'a> CommitText<'a> {
    /// By who records, at the times of the order.
    pub(crate) fn of(order: &'a RecordOrder, zone: Zone, message: &'a str) -> Self {
        Self {
            author: &order.author,
            authored_at: order.recorded_at,
            committer: &order.committer,
            committed_at: order.committed_at,
            zone,
            message,
        }
    }
}

impl Store {
    /// Stores a file's content as git would: through the filters that its path has (line ends, `.gitattributes`).
    pub(crate) fn blob(&self, path: &str, content: &[u8]) -> Result<Oid, StoreError> {
        let written = match self.write_blob(path, content) {
            Err(error) if IndexForm::refused(error.message()).is_some() => {
                // The filters look into the index; git makes it readable.
                self.repository.set_index(&mut self.index()?).and_then(|()| self.write_blob(path, content))
            }
            written => written,
        };
        written.map_err(|error| self.could_not_store(path, error))
    }

    /// Stores a file's content as it is: for a path that has no filters, or a content that is in git's form already.
    pub(crate) fn unfiltered_blob(&self, path: &str, content: &[u8]) -> Result<Oid, StoreError> {
        let written = self.repository.blob(content).map_err(|error| in_words(error.message()));
        written.map_err(|error| self.could_not_store(path, error))
    }

    fn write_blob(&self, path: &str, content: &[u8]) -> Result<Oid, git2::Error> {
        let mut writer = self.repository.blob_writer(Some(Path::new(path)))?;
        std::io::Write::write_all(&mut writer, content).map_err(|error| in_words(&error.to_string()))?;
        writer.commit().map_err(|error| in_words(error.message()))
    }

    /// A full disk may be seen by a file that came out short: whether it is full is tried out.
    fn could_not_store(&self, path: &str, error: git2::Error) -> StoreError {
        let doing = format!("store {path}");
        let mut probe = tempfile::tempfile_in(self.common_dir());
        let written = probe.as_mut().map(|file| std::io::Write::write_all(file, &[0; 4096]));
        match written {
            Ok(Err(full)) if full.kind() == std::io::ErrorKind::StorageFull => StoreError::NoSpace { doing },
            _ => StoreError::git(doing, error),
        }
    }

    /// Makes the commit that carries these changes over its parent.
    pub(crate) fn commit_object(&self, parent: Option<Oid>, changes: &[FileChange], text: &CommitText<'_>) -> Result<Oid, StoreError> {
        let failed = |error| StoreError::git("make the commit", error);
        let parent = parent.map(|oid| self.repository.find_commit(oid)).transpose().map_err(failed)?;
        let tree = self.tree(parent.as_ref(), changes).map_err(failed)?;
        self.commit_of(&tree, &parent.iter().collect::<Vec<_>>(), text)
    }

    /// Makes the commit of a tree that is ready, over these parents.
    pub(crate) fn commit_of_tree(&self, tree: Oid, parents: &[Oid], text: &CommitText<'_>) -> Result<Oid, StoreError> {
        let failed = |error| StoreError::git("make the commit", error);
        let tree = self.repository.find_tree(tree).map_err(failed)?;
        let parents: Result<Vec<_>, _> = parents.iter().map(|parent| self.repository.find_commit(*parent)).collect();
        self.commit_of(&tree, &parents.map_err(failed)?.iter().collect::<Vec<_>>(), text)
    }

    fn commit_of(&self, tree: &git2::Tree<'_>, parents: &[&git2::Commit<'_>], text: &CommitText<'_>) -> Result<Oid, StoreError> {
        let failed = |error| StoreError::git("make the commit", error);
        let author = signature(text.author, text.authored_at, text.zone).map_err(failed)?;
        let committer = signature(text.committer, text.committed_at, text.zone).map_err(failed)?;
        let variables = author_variables(text.author, text.authored_at, text.zone);
        let message = self.message_after_hooks(&self.told_unsigned(text.message), parents.len() > 1, &variables)?;
        let content = self.repository.commit_create_buffer(&author, &committer, &message, tree, parents).map_err(failed)?;
        self.finish_commit(&content)
    }

    /// The one place where a finished commit becomes an object, with a signature where git is set to sign.
    fn finish_commit(&self, content: &[u8]) -> Result<Oid, StoreError> {
        if self.signs() {
            return self.signed_commit(content);
        }
        let written = self.repository.odb().and_then(|objects| objects.write(ObjectType::Commit, content));
        written.map_err(|error| StoreError::git("make the commit", error))
    }

    /// The tree without a file, from which a first commit starts.
    pub(crate) fn empty_tree(&self) -> Result<Oid, StoreError> {
        let written = self.repository.treebuilder(None).and_then(|tree| tree.write());
        written.map_err(|error| StoreError::git("make the commit", error))
    }

    /// An object's name as git prints it.
    pub(crate) fn oid(&self, hex: &str) -> Result<Oid, StoreError> {
        Oid::from_str_ext(hex, self.repository.object_format()).map_err(|error| StoreError::git("read what git answered", error))
    }

    fn tree(&self, parent: Option<&git2::Commit<'_>>, changes: &[FileChange]) -> Result<git2::Tree<'_>, git2::Error> {
        let base = match parent {
            Some(parent) => parent.tree()?,
            None => self.repository.find_tree(self.repository.treebuilder(None)?.write()?)?,
        };
        let mut update = TreeUpdateBuilder::new();
        for change in changes {
            let mode = if change.executable { FileMode::BlobExecutable } else { FileMode::Blob };
            match change.blob {
                Some(blob) => update.upsert(change.path.as_str(), blob, mode),
                None => update.remove(change.path.as_str()),
            };
        }
        self.repository.find_tree(update.create_updated(&self.repository, &base)?)
    }
}

/// What a hook is told of the author, as git tells it.
pub(crate) fn author_variables(person: &Person, at: Timestamp, zone: Zone) -> Vec<(&'static str, String)> {
    let email = person.email.clone().unwrap_or_default();
    vec![("GIT_AUTHOR_NAME", person.name.clone()), ("GIT_AUTHOR_EMAIL", email), ("GIT_AUTHOR_DATE", zone.rfc3339(at))]
}

/// An error of libgit2's that has just come up: it has no words for a stream that cannot be written, but the system has.
fn in_words(message: &str) -> git2::Error {
    let of_the_system = std::io::Error::last_os_error().to_string();
    git2::Error::from_str(if message == "no error" { &of_the_system } else { message })
}

fn signature(person: &Person, at: Timestamp, zone: Zone) -> Result<Signature<'static>, git2::Error> {
    let offset = chrono::DateTime::parse_from_rfc3339(&zone.rfc3339(at)).map_or(0, |local| local.offset().local_minus_utc() / 60);
    Signature::new(&person.name, person.email.as_deref().unwrap_or_default(), &Time::new(at.seconds(), offset))
}
