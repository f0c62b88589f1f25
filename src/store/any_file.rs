//! Files that a person named, in a repository or anywhere else: what lies below a folder, and a text in the place of another.
//! EFFECT (`std::fs`). Documents of the record are written by `record`; this writes what a person asked to be mended, and no more.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::store::file_error::FileError;

/// How deep markdown is looked for below a folder.
const DEPTH: usize = 16;

/// What a path that somebody typed leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file, a pipe, anything that is read.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

/// What stands at a path, links followed.
pub fn kind_of(path: &Path) -> PathKind {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => PathKind::Folder,
        Ok(_) => PathKind::File,
        Err(_) => PathKind::Nothing,
    }
}

/// The path without links, to tell whether two are one; as it stands where that cannot be told.
pub fn real_path(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The markdown files below a folder, by name, relative to it; hidden folders and links to folders are left out.
pub fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    visit(folder, Path::new(""), DEPTH, &mut found);
    found
}

fn visit(folder: &Path, relative: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let is_hidden = name.to_string_lossy().starts_with('.');
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !is_hidden && depth > 0 {
            visit(&path, &relative.join(&name), depth - 1, found);
        } else if !is_folder && !is_hidden && path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
            found.push(relative.join(&name));
        }
    }
}

/// Puts a text in the place of the one that was read, whole or not at all; the file keeps its mode.
///
/// # Errors
/// It was changed since, is a symbolic link, or cannot be written.
pub fn replace_read(path: &Path, read: &str, text: &str) -> Result<(), FileError> {
    let failed = |error| FileError::new("write", path, error);
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    if metadata.is_symlink() {
        return Err(FileError::Symlink(path.to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".qpp-incident.").tempfile_in(folder).map_err(failed)?;
    new.write_all(text.as_bytes()).map_err(failed)?;
    new.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    new.as_file().sync_all().map_err(failed)?;
    if fs::read(path).map_err(failed)? != read.as_bytes() {
        return Err(FileError::Other { doing: "write", path: path.to_owned(), source: std::io::Error::other("it was changed in between") });
    }
    new.persist(path).map(drop).map_err(|error| failed(error.error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    #[test]
    fn markdown_is_found_below_a_folder_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.md", "a/c.markdown", "a/d.txt", ".git/e.md", ".f.md", "a/b/g.md"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found: Vec<String> = markdown_below(folder.path()).iter().map(|path| path.display().to_string()).collect();
        assert_eq!(found, ["a/b/g.md", "a/c.markdown", "b.md"]);
        assert_eq!(kind_of(&folder.path().join("a")), PathKind::Folder);
        assert_eq!(kind_of(&folder.path().join("b.md")), PathKind::File);
        assert_eq!(kind_of(&folder.path().join("none")), PathKind::Nothing);
    }

    #[cfg(unix)]
    #[test]
    fn a_text_is_replaced_with_its_mode_unless_it_was_changed_or_is_a_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace_read(&path, "old", "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(replace_read(&path, "old", "newer").unwrap_err().to_string().contains("changed in between"));
        let link = folder.path().join("b.md");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(matches!(replace_read(&link, "new", "newer"), Err(FileError::Symlink(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
