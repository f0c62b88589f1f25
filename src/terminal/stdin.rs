//! Text that is piped in: `log -`, `open --from -`, `log < notes.txt`.
//! EFFECT: the only reader of standard input besides the prompts. It never reads from a terminal.

use std::io::{self, IsTerminal, Read};

/// How many bytes are read at most: 4 MiB, far above any timeline.
const LIMIT: u64 = 4 * 1024 * 1024;

/// How many bytes of a whole document are read at most: 64 MiB.
const LONGEST_DOCUMENT: u64 = 64 * 1024 * 1024;

/// Why what was piped in cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StdinError {
    /// Bytes that are no text.
    #[error("standard input is not UTF-8: the byte at offset {offset} does not fit")]
    NotUtf8 {
        /// 0-based offset of the first wrong byte.
        offset: usize,
    },
    /// More than anybody would record.
    #[error("standard input is longer than {LIMIT} bytes")]
    TooLong,
    /// More than any document has.
    #[error("standard input is longer than {LONGEST_DOCUMENT} bytes")]
    TooLongForADocument,
    /// It could not be read.
    #[error("standard input could not be read: {0}")]
    Unreadable(#[source] io::Error),
}

impl StdinError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotUtf8 { .. } => Some("pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in"),
            Self::TooLong => Some("put it where others can open it, and record the link: qpp-incident log \"…\" --evidence URL"),
            Self::TooLongForADocument | Self::Unreadable(_) => None,
        }
    }
}

/// All of standard input; `None` when it is a terminal.
///
/// # Errors
/// What is piped in cannot be read, is no UTF-8 or does not end.
pub fn read_piped() -> Result<Option<String>, StdinError> {
    let stdin = io::stdin();
    if stdin.is_terminal() { Ok(None) } else { read_all(stdin.lock()).map(Some) }
}

/// All bytes of a document that is piped in, as they are; `None` when it is a terminal.
///
/// # Errors
/// It cannot be read, or does not end.
pub fn read_document() -> Result<Option<Vec<u8>>, StdinError> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(LONGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(StdinError::Unreadable)?;
    if u64::try_from(read).is_ok_and(|read| read > LONGEST_DOCUMENT) { Err(StdinError::TooLongForADocument) } else { Ok(Some(bytes)) }
}

/// All of a stream as text, without a byte order mark.
///
/// # Errors
/// As [`read_piped`].
pub fn read_all(stream: impl Read) -> Result<String, StdinError> {
    let mut bytes = Vec::new();
    let read = stream.take(LIMIT + 1).read_to_end(&mut bytes).map_err(StdinError::Unreadable)?;
    if u64::try_from(read).is_ok_and(|read| read > LIMIT) {
        return Err(StdinError::TooLong);
    }
    let text = String::from_utf8(bytes).map_err(|error| StdinError::NotUtf8 { offset: error.utf8_error().valid_up_to() })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_is_read_whole_without_its_byte_order_mark() {
        assert_eq!(read_all("über\r\nzwei".as_bytes()).unwrap(), "über\r\nzwei");
        assert_eq!(read_all("\u{feff}text".as_bytes()).unwrap(), "text");
        assert_eq!(read_all(io::empty()).unwrap(), "");
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let error = read_all(&b"ab\xffcd"[..]).unwrap_err();
        assert_eq!(error.to_string(), "standard input is not UTF-8: the byte at offset 2 does not fit");
    }

    #[test]
    fn a_stream_without_end_is_refused() {
        assert!(matches!(read_all(io::repeat(b'y')), Err(StdinError::TooLong)));
    }
}
