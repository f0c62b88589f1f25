//! Whether any of git's attribute files speaks of a conversion between blob and work tree: asked once for all files of a commit or
//! a merge, since libgit2 looks at five places for each attribute of each file, and stores what may be filtered by way of two files.
//! EFFECT (`std::fs`). Says no only where that is certain; what an attribute means for a path is libgit2's to say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::store::repository::Store;

/// The attributes without which nothing is converted that the settings leave alone.
const CONVERTING: [&str; 4] = ["filter", "ident", "eol", "working-tree-encoding"];

/// The attribute file of a folder.
const NAME: &str = ".gitattributes";

/// Whether a path in the index is that of an attribute file.
pub(crate) fn is_attribute_file(path: &[u8]) -> bool {
    path.ends_with(NAME.as_bytes())
}

impl Store {
    /// True when no attribute file that counts for these files names a filter, an encoding, a line end or `ident`.
    /// `staged`: the paths of the attribute files that are in the index.
    ///
    /// # Source
    /// gitattributes(5): which files count.
    pub(crate) fn no_attributes_convert<'a>(&self, paths: impl Iterator<Item = &'a str>, staged: impl Iterator<Item = &'a [u8]>) -> bool {
        let Some(mut files) = self.attributes_of_all() else { return false };
        let folders: BTreeSet<&str> = paths.flat_map(folders_above).collect();
        files.extend(folders.iter().map(|folder| self.root().join(folder).join(NAME)));
        let staged = staged.map(|path| Some(self.root().join(std::str::from_utf8(path).ok()?)));
        let Some(staged) = staged.collect::<Option<BTreeSet<PathBuf>>>() else { return false };
        // One that is in the index alone counts as well: where its file is not, libgit2 reads it there.
        let mut others = files.iter().filter(|place| !staged.contains(*place));
        staged.iter().all(|place| says_nothing(place, false)) && others.all(|place| says_nothing(place, true))
    }

    /// The attribute files of the machine, the user and the clone; none when it is not known where they are.
    fn attributes_of_all(&self) -> Option<Vec<PathBuf>> {
        let named = self.settings().ok()?.get_path("core.attributesFile").ok();
        let users = named.or_else(|| self.users_settings.as_ref().map(|folder| folder.join("attributes")))?;
        Some(vec![PathBuf::from("/etc/gitattributes"), users, self.common_dir().join("info/attributes")])
    }
}

/// The folders that a file lies in, the root included.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once("").chain(path.match_indices('/').filter_map(|(at, _)| path.get(..at)))
}

fn says_nothing(place: &Path, may_be_missing: bool) -> bool {
    match fs::read_to_string(place) {
        Ok(text) => !text.split_whitespace().any(names_conversion),
        Err(error) => may_be_missing && error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Whether a word of such a file names one of them, be it set, unset or given a value. What is a pattern or a comment is taken for one as well.
fn names_conversion(word: &str) -> bool {
    let name = word.trim_start_matches(['-', '!']).split('=').next().unwrap_or_default();
    CONVERTING.contains(&name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::repository::{RepositoryChoice, Store};
    use crate::store::test_repository::TestRepository;

    const DOCUMENT: &str = "incidents/2026-11/22-k7qfm-checkout/incident.md";

    fn says_no(repository: &TestRepository, users: Option<&Path>) -> bool {
        let choice = RepositoryChoice { users_settings: users.map(Path::to_owned), ..repository.choice() };
        let store = Store::open(&choice).unwrap();
        store.no_attributes_convert([DOCUMENT].into_iter(), store.index_entries().unwrap().attribute_files())
    }

    #[test]
    fn each_attribute_file_that_counts_is_looked_at() {
        let users = tempfile::tempdir().unwrap();
        let places = ["incidents/.gitattributes", ".gitattributes", "incidents/2026-11/.gitattributes", ".git/info/attributes"];
        for place in places {
            let repository = TestRepository::with_incident();
            repository.write("incidents/2026-10/.gitattributes", "*.md merge=qpp-incident\n");
            assert!(says_no(&repository, Some(users.path())), "{place}");
            repository.write(place, "*.md text eol=crlf\n");
            assert!(!says_no(&repository, Some(users.path())), "{place}");
        }
    }

    #[test]
    fn the_users_own_are_looked_at_and_nothing_is_certain_while_it_is_not_known_where_they_are() {
        let users = tempfile::tempdir().unwrap();
        let repository = TestRepository::with_incident();
        assert!(says_no(&repository, Some(users.path())) && !says_no(&repository, None));
        fs::write(users.path().join("attributes"), "*.md filter=x\n").unwrap();
        assert!(!says_no(&repository, Some(users.path())));
        fs::write(users.path().join("elsewhere"), "*.md ident\n").unwrap();
        repository.git(&["config", "core.attributesFile", users.path().join("elsewhere").to_str().unwrap()]);
        assert!(!says_no(&repository, None));
    }

    #[test]
    fn those_that_are_in_the_index_alone_are_left_to_libgit2() {
        let users = tempfile::tempdir().unwrap();
        let repository = TestRepository::with_incident();
        repository.write("incidents/.gitattributes", "*.md merge=qpp-incident\n");
        repository.git(&["add", "incidents/.gitattributes"]);
        assert!(says_no(&repository, Some(users.path())));
        fs::remove_file(repository.root().join("incidents/.gitattributes")).unwrap();
        assert!(!says_no(&repository, Some(users.path())));
    }
}
