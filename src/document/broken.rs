//! Where and why a document cannot be read.
//! PURE.

/// A place in a file and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct BrokenDocument {
    /// 1-based line in the file, front matter included.
    pub line: usize,
    /// 1-based column in characters.
    pub column: usize,
    /// What is wrong, lower case, without the place.
    pub message: String,
}

/// What is said of a document that is not there at all.
const MISSING: &str = "missing from the work tree";

impl BrokenDocument {
    /// A document that is not there.
    pub fn missing() -> Self {
        Self { line: 1, column: 1, message: MISSING.to_owned() }
    }

    /// True when it is not there.
    pub fn is_missing(&self) -> bool {
        self.message == MISSING
    }
}

/// The same, with the file's name within the incident's folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{broken}")]
pub struct BrokenFile {
    /// `incident.md`, `postmortem.md` or `rca.md`.
    pub file: String,
    /// Where and why.
    pub broken: BrokenDocument,
}
