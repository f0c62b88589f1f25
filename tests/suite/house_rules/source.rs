//! The files of `src/` as the checkers see them.

use std::path::Path;

use super::blank::{without_tests, without_text};

/// One Rust file.
pub struct SourceFile {
    /// From the root of the repository, with `/`: `src/domain/person.rs`.
    pub path: String,
    /// As it stands.
    pub text: String,
    /// Without comments and literals.
    pub code: String,
    /// Without tests either.
    pub production: String,
}

impl SourceFile {
    /// A file from its path and text.
    pub fn new(path: &str, text: &str) -> Self {
        let code = without_text(text);
        let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
        let production = if is_test { String::new() } else { without_tests(&code) };
        Self { path: path.to_owned(), text: text.to_owned(), code, production }
    }

    /// Every Rust file below `src/` of this project.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        collect(root, &root.join("src"), &mut files);
        assert!(files.len() > 20, "src/ was not found");
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// The module that the file is: `src/a/b.rs` is `a`, `b`; a program's own file is `main`.
    pub fn module(&self) -> Vec<String> {
        if self.path == "src/main.rs" || self.path.starts_with("src/bin/") {
            return vec!["main".to_owned()];
        }
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        if inner == "lib" { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
    }

    /// The layer: the first part of the module, `lib` for the crate's root.
    pub fn layer(&self) -> String {
        self.module().first().cloned().unwrap_or_else(|| "lib".to_owned())
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(SourceFile::new(&name, &std::fs::read_to_string(&path).unwrap()));
        }
    }
}

mod tests {
    use super::*;

    #[test]
    fn a_path_says_module_and_layer() {
        for (path, module, layer) in [
            ("src/lib.rs", "", "lib"),
            ("src/main.rs", "main", "main"),
            ("src/bin/qi.rs", "main", "main"),
            ("src/domain/mod.rs", "domain", "domain"),
            ("src/rules/check/ids.rs", "rules::check::ids", "rules"),
        ] {
            let file = SourceFile::new(path, "");
            assert_eq!((file.module().join("::").as_str(), file.layer().as_str()), (module, layer), "{path}");
        }
    }
}
