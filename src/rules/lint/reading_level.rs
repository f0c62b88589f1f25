//! How hard the prose is to read: letters, words, sentences and syllables, the Automated Readability Index and Flesch-Kincaid.
//! PURE. Prose alone counts: no front matter, headings, tables, quotations or code blocks; inline code and URLs are one word.

use crate::rules::lint::known::Known;
use crate::rules::lint::prose::{Prose, Sentence};
use crate::rules::lint::syllables::syllables;
use crate::rules::lint::word::{Word, WordKind};
use crate::rules::lint::word_end::has_inner_capital;

/// What a name counts, whatever its letters: readers take it in at one glance.
const NAME_LETTERS: usize = 4;

/// Counts and the grades that follow from them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ReadingFigures {
    /// Letters.
    pub letters: usize,
    /// Words.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Syllables.
    pub syllables: usize,
}

impl ReadingFigures {
    /// Of all prose of a text; nothing if it has no word.
    pub fn of(prose: &Prose, known: &Known) -> Option<Self> {
        let mut figures = Self::without_syllables(prose, known);
        figures.syllables = prose.sentences().flat_map(|sentence| sentence.words).map(|word| word_syllables(word, known)).sum();
        (figures.words > 0).then_some(figures)
    }

    /// Of all prose of a text, without its syllables, which cost more than all else.
    pub fn without_syllables(prose: &Prose, known: &Known) -> Self {
        prose.sentences().map(|sentence| Self::of_sentence(sentence, known)).fold(Self::default(), Self::plus)
    }

    /// Of one sentence, without its syllables.
    pub fn of_sentence(sentence: Sentence, known: &Known) -> Self {
        let letters = sentence.words.iter().map(|word| word_letters(word, known)).sum();
        Self { letters, words: sentence.words.len(), sentences: 1, syllables: 0 }
    }

    #[must_use]
    fn plus(self, other: Self) -> Self {
        Self {
            letters: self.letters + other.letters,
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
        }
    }

    /// The Automated Readability Index: a grade of school.
    ///
    /// # Source
    /// Smith and Senter, "Automated Readability Index", AMRL-TR-66-220 (1967).
    pub fn ari(&self) -> f64 {
        4.71 * ratio(self.letters, self.words) + 0.5 * ratio(self.words, self.sentences) - 21.43
    }

    /// The Flesch-Kincaid grade.
    ///
    /// # Source
    /// Kincaid et al., "Derivation of New Readability Formulas …", Research Branch Report 8-75 (1975).
    pub fn flesch_kincaid(&self) -> f64 {
        0.39 * ratio(self.words, self.sentences) + 11.8 * ratio(self.syllables, self.words) - 15.59
    }

    /// Both grades, no lower than 0, and what they follow from: `grade 5.9 (ARI), 6.1 (Flesch-Kincaid): 412 words, 31 sentences, 1803 letters`.
    pub fn sentence(&self) -> String {
        let (ari, kincaid) = (self.ari().max(0.0), self.flesch_kincaid().max(0.0));
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let counts = [(self.words, "word"), (self.sentences, "sentence"), (self.letters, "letter")];
        let counts = counts.map(|(count, what)| counted(count, what)).join(", ");
        format!("grade {ari:.1} (ARI), {kincaid:.1} (Flesch-Kincaid): {counts}")
    }
}

#[allow(clippy::cast_precision_loss)] // counts of a text are far below 2^52
fn ratio(count: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

/// Names, words with a digit, an inner capital or `_`, code and URLs are taken in at one glance.
fn is_name(word: &Word, known: &Known) -> bool {
    match word.kind {
        WordKind::Plain => known.is_term(&word.lower) || known.is_system(&word.lower),
        WordKind::Name => {
            known.is_term(&word.lower) || word.text.contains(|c: char| c.is_numeric() || c == '_') || has_inner_capital(word.text)
        }
        WordKind::Number | WordKind::Code | WordKind::Url => true,
    }
}

fn word_letters(word: &Word, known: &Known) -> usize {
    if is_name(word, known) { NAME_LETTERS } else { word.text.chars().filter(|c| c.is_alphabetic()).count() }
}

/// The syllables of a word as the grade counts them.
pub fn word_syllables(word: &Word, known: &Known) -> usize {
    if is_name(word, known) { 1 } else { syllables(&word.lower) }
}
