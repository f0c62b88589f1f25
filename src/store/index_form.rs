//! The forms of git's index that libgit2 cannot read (split, sparse): git makes a private copy plain, and gives it its form back.
//! EFFECT (processes, git2). The user's own index is only looked at here.

use std::fs;
use std::path::Path;

use git2::{Index, ObjectFormat};

use crate::store::file_error::FileError;
use crate::store::git_program::{answer, git_at};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// How git has written an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexForm {
    /// One file with every entry.
    Plain,
    /// The entries are in a file beside it, shared with later ones.
    Split,
    /// A folder outside a sparse checkout is one entry.
    Sparse,
}

impl IndexForm {
    /// The form that libgit2 has refused with these words.
    pub(crate) fn refused(message: &str) -> Option<Self> {
        if message.contains("'link'") {
            Some(Self::Split)
        } else if message.contains("'sdir'") {
            Some(Self::Sparse)
        } else {
            None
        }
    }

    /// Gives a plain index its form back, which git would do at its next writing: what fails leaves the plain one, as good a one.
    pub(crate) fn restore(self, root: &Path, index: &Path) {
        let _plain_is_as_good = self.rewrite(root, index, true);
    }

    fn rewrite(self, root: &Path, index: &Path, in_form: bool) -> Result<(), StoreError> {
        let setting = match self {
            Self::Plain => return Ok(()),
            Self::Split => format!("core.splitIndex={in_form}"),
            Self::Sparse => format!("index.sparse={in_form}"),
        };
        let rewrite = ["-c", &setting, "-c", "advice.sparseIndexExpanded=false", "update-index", "--force-write-index"];
        let mut command = git_at(root, &rewrite);
        command.env("GIT_INDEX_FILE", index);
        answer("read the index", command, b"").map(drop)
    }
}

/// Opens a private copy of the index, made plain where that is needed, and says which form it had.
///
/// # Errors
/// Neither libgit2 nor git can read it.
pub(crate) fn open_copy(store: &Store, copy: &Path) -> Result<(Index, IndexForm), StoreError> {
    let open = || Index::open_ext(copy, store.repository.object_format());
    let failed = |error| StoreError::git("read the index", error);
    let refused = match open() {
        Ok(index) => return Ok((index, IndexForm::Plain)),
        Err(error) => error,
    };
    let Some(form) = IndexForm::refused(refused.message()) else { return Err(failed(refused)) };
    form.rewrite(store.root(), copy, false)?;
    open().map(|index| (index, form)).map_err(failed)
}

impl Store {
    /// The index as it stands, to be read alone; no index is an empty one.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn index(&self) -> Result<Index, StoreError> {
        let place = self.git_dir().join("index");
        let refused = match Index::open_ext(&place, self.repository.object_format()) {
            Err(error) if IndexForm::refused(error.message()).is_some() => error,
            opened => return opened.map_err(|error| StoreError::git("read the index", error)),
        };
        drop(refused);
        let copy = tempfile::Builder::new().prefix("index.").tempfile_in(self.git_dir());
        let copy = copy.map_err(|error| FileError::new("write", &place, error))?.into_temp_path();
        fs::copy(&place, &copy).map_err(|error| FileError::new("read", &place, error))?;
        open_copy(self, &copy).map(|(index, _)| index)
    }

    /// True for a repository whose objects have the names that every libgit2 knows.
    pub(crate) fn has_sha1_names(&self) -> bool {
        self.repository.object_format() == ObjectFormat::Sha1
    }
}
