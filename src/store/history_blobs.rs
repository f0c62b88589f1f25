//! The contents of blobs, asked of one long-running `git cat-file --batch`: names in, texts out, in the same order.
//! EFFECT (processes).

use std::io::{self, BufRead, BufReader, Read};
use std::process::ChildStdout;
use std::sync::Arc;

use crate::domain::history::Blob;

/// The answers of `git cat-file --batch`.
pub(crate) struct BlobReader {
    stream: BufReader<ChildStdout>,
}

impl BlobReader {
    pub(crate) fn new(stream: ChildStdout) -> Self {
        Self { stream: BufReader::with_capacity(1 << 16, stream) }
    }

    /// The next blob; none when git does not have it here.
    ///
    /// # Source
    /// git-cat-file(1), "Batch output".
    pub(crate) fn next_blob(&mut self) -> io::Result<Option<Arc<Blob>>> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        let mut words = line.trim_end().split(' ');
        let (Some(id), Some(_type), Some(size)) = (words.next(), words.next(), words.next()) else { return Ok(None) };
        let size: usize = size.parse().map_err(|_| io::Error::other(format!("git cat-file said `{}`", line.trim_end())))?;
        let mut bytes = vec![0; size + 1]; // a line feed follows
        self.stream.read_exact(&mut bytes)?;
        bytes.truncate(size);
        let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Some(Arc::new(Blob { id: id.to_owned(), text })))
    }
}
