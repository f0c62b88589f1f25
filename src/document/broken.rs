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

/// The same, with the file's name within the incident's folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{broken}")]
pub struct BrokenFile {
    /// `incident.md`, `postmortem.md` or `rca.md`.
    pub file: String,
    /// Where and why.
    pub broken: BrokenDocument,
}
