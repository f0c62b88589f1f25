//! A word of prose: what it says, where it stands, what kind it is, and what stands between it and the next.
//! PURE: values; `words` reads them.

use std::borrow::Cow;
use std::ops::Range;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, with apostrophes and hyphens within.
    Plain,
    /// It begins with a digit: a figure, a time, a date, with its unit.
    Number,
    /// A name of a system: a digit, an inner capital, `_`, `.`, `/` … within, or a sign such as `#` before it.
    Name,
    /// A code span, whatever it holds.
    Code,
    /// A URL.
    Url,
}

/// What stands between a word and the next, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap(u16);

impl Gap {
    /// Blanks or a line end.
    pub const SPACE: Self = Self(1);
    /// `.`
    pub const STOP: Self = Self(1 << 1);
    /// `!` or `?`
    pub const CALL: Self = Self(1 << 2);
    /// `,`
    pub const COMMA: Self = Self(1 << 3);
    /// `:`
    pub const COLON: Self = Self(1 << 4);
    /// `;`
    pub const SEMICOLON: Self = Self(1 << 5);
    /// A dash between words, an arrow, a bar.
    pub const DASH: Self = Self(1 << 6);
    /// `(` or `[`
    pub const OPEN: Self = Self(1 << 7);
    /// `)` or `]`
    pub const CLOSE: Self = Self(1 << 8);
    /// A quotation mark.
    pub const QUOTE: Self = Self(1 << 9);
    /// `…`, or several dots.
    pub const ELLIPSIS: Self = Self(1 << 10);
    /// A line end that divides, or one before a label in bold.
    pub const BREAK: Self = Self(1 << 11);
    /// Anything else.
    pub const OTHER: Self = Self(1 << 12);
    /// What divides a sentence into clauses.
    pub const CLAUSE: Self =
        Self(Self::COMMA.0 | Self::COLON.0 | Self::SEMICOLON.0 | Self::DASH.0 | Self::OPEN.0 | Self::CLOSE.0 | Self::STOP.0 | Self::CALL.0);

    /// Whether any of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it is written.
    pub text: &'t str,
    /// In small letters, with plain apostrophes: what lists are asked for.
    pub lower: Cow<'t, str>,
    /// Bytes of the linted text.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: WordKind,
    /// Within quotation marks: somebody's words, or a word that is talked about.
    pub is_quoted: bool,
    /// Within bold text.
    pub is_strong: bool,
    /// What follows it, up to the next word of its block.
    pub gap: Gap,
    /// The hash of `lower`, which lists look it up by.
    pub hash: u32,
}

impl<'t> Word<'t> {
    /// A word of `text`.
    pub fn new(text: &'t str, span: Range<usize>, kind: WordKind) -> Self {
        let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let lower = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.replace(['\u{2019}', '\u{2bc}'], "'").to_lowercase()) };
        let hash = hash(&lower);
        Self { text, lower, span, kind, is_quoted: false, is_strong: false, gap: Gap::default(), hash }
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether rules about words may look at it: letters that nobody quotes.
    pub fn is_plain(&self) -> bool {
        self.kind == WordKind::Plain && !self.is_quoted
    }

    /// Whether it is `lower`, as a plain word.
    pub fn is(&self, lower: &str) -> bool {
        self.kind == WordKind::Plain && self.lower == lower
    }
}

/// The bytes from the first of these words to the last; none of no word.
pub fn span_of(words: &[Word]) -> Option<Range<usize>> {
    Some(words.first()?.span.start..words.last()?.span.end)
}

/// A hash of a word in small letters.
///
/// # Source
/// Fowler, Noll, Vo: FNV-1a, 32 bits.
pub fn hash(lower: &str) -> u32 {
    lower.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
