//! A list of words and phrases, one a line of a data file beside the rules: `entry`, or `entry = value`; `#` begins a comment.
//! PURE. A word is looked up by the hash that it already has: no allocation, no search.

use std::ops::Range;

use crate::rules::lint::word::{Gap, Word, WordKind, hash, span_of};

/// An entry: its words, and the value that stands behind `=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    phrase: &'static str,
    value: &'static str,
    /// How long its first word is, in bytes.
    first: usize,
}

impl Entry {
    fn first_word(&self) -> &'static str {
        self.phrase.get(..self.first).unwrap_or_default()
    }
}

/// A place in the table: the first word's hash, and which entry is the first that begins with it, from 1; 0 is none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    place: u32,
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// How many words it has.
    pub length: usize,
    /// The value behind `=`; empty without one.
    pub value: &'static str,
}

/// The entries of a file, by their first word.
#[derive(Debug)]
pub struct WordList {
    entries: Vec<Entry>,
    /// Open addressing.
    slots: Vec<Slot>,
}

impl Match {
    /// The bytes of the phrase, `words` being those that began with it.
    pub fn span(&self, words: &[Word]) -> Range<usize> {
        words.get(..self.length).and_then(span_of).unwrap_or_default()
    }
}

impl WordList {
    /// Reads a file. Its lines are sorted, so that entries with one first word stand together.
    pub fn parse(text: &'static str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &'static str| {
            let (phrase, value) = line.split_once('=').unwrap_or((line, ""));
            let phrase = phrase.trim();
            Entry { phrase, value: value.trim(), first: phrase.find(' ').unwrap_or(phrase.len()) }
        };
        let entries: Vec<Entry> = lines.map(entry).collect();
        let mut list = Self { slots: vec![Slot::default(); (entries.len() * 2).next_power_of_two().max(2)], entries: Vec::new() };
        for (place, entry) in (1..).zip(&entries) {
            let hash = hash(entry.first_word());
            let slot = list.slot(entry.first_word(), hash, &entries);
            if let Some(free) = list.slots.get_mut(slot).filter(|slot| slot.place == 0) {
                *free = Slot { hash, place };
            }
        }
        list.entries = entries;
        list
    }

    /// The slot of a first word, or the free one where it would stand.
    fn slot(&self, first: &str, hash: u32, entries: &[Entry]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(taken) = self.slots.get(slot).filter(|slot| slot.place != 0) {
            if taken.hash == hash && entries.get(taken.place as usize - 1).is_some_and(|entry| entry.first_word() == first) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn entries_from(&self, first: &str, hash: u32) -> impl Iterator<Item = &Entry> {
        let slot = self.slot(first, hash, &self.entries);
        let from = self.slots.get(slot).map_or(0, |slot| slot.place as usize);
        let entries = if from == 0 { &[] } else { self.entries.get(from - 1..).unwrap_or_default() };
        entries.iter().take_while(move |entry| entry.first_word() == first)
    }

    /// Whether the word alone is an entry.
    pub fn has(&self, word: &Word) -> bool {
        word.kind == WordKind::Plain && self.value(word).is_some()
    }

    /// The value of the word alone; empty for an entry without one.
    pub fn value(&self, word: &Word) -> Option<&'static str> {
        self.entries_from(&word.lower, word.hash).next().filter(|entry| entry.phrase == word.lower).map(|entry| entry.value)
    }

    /// As [`WordList::value`] of any text in small letters.
    pub fn value_of(&self, lower: &str) -> Option<&'static str> {
        self.entries_from(lower, hash(lower)).next().filter(|entry| entry.phrase == lower).map(|entry| entry.value)
    }

    /// The longest entry that `words` begin with: plain words with only blanks between them, none of them quoted.
    pub fn find(&self, words: &[Word]) -> Option<Match> {
        let first = words.first().filter(|word| word.is_plain())?;
        let found = self.entries_from(&first.lower, first.hash).filter_map(|entry| {
            let length = phrase_length(entry, words)?;
            Some(Match { length, value: entry.value })
        });
        found.max_by_key(|found| found.length)
    }

    /// The entries, for tests and pages.
    pub fn phrases(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.entries.iter().map(|entry| (entry.phrase, entry.value))
    }
}

/// How many words the phrase has, if the words go on as it does; the first is known to be its first.
fn phrase_length(entry: &Entry, words: &[Word]) -> Option<usize> {
    let Some(rest) = entry.phrase.get(entry.first + 1..) else { return Some(1) };
    let mut length = 1;
    for part in rest.split(' ') {
        let before = words.get(length - 1).filter(|before| !before.gap.has(Gap::CLAUSE));
        before.and(words.get(length)).filter(|word| word.is_plain() && word.lower == part)?;
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn words(text: &'static str) -> Vec<Word<'static>> {
        text.split(' ')
            .map(|part| {
                let plain = part.trim_end_matches(',');
                let mut word = Word::new(plain, 0..0, WordKind::Plain);
                if plain.len() < part.len() {
                    word.gap.add(Gap::COMMA);
                }
                word
            })
            .collect()
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let list = WordList::parse("# comment\na\na lot\na lot of = many\nprior to = before\n");
        assert_eq!(list.find(&words("A lot of work")), Some(Match { length: 3, value: "many" }));
        assert_eq!(list.find(&words("a lot more")), Some(Match { length: 2, value: "" }));
        assert_eq!(list.find(&words("prior, to")), None);
        assert_eq!(list.find(&words("prior")), None);
        assert!(list.has(words("a").first().unwrap()) && !list.has(words("prior").first().unwrap()));
        assert_eq!(list.phrases().count(), 4);
    }

    #[test]
    fn an_empty_list_has_nothing() {
        assert_eq!(WordList::parse("").find(&words("a b")), None);
    }

    #[test]
    fn every_list_is_sorted_and_has_no_entry_twice() {
        for (name, text) in LISTS {
            let list = WordList::parse(text);
            let phrases: Vec<&str> = list.phrases().map(|(phrase, _)| phrase).collect();
            assert!(!phrases.is_empty(), "{name}");
            for (one, next) in phrases.iter().zip(phrases.iter().skip(1)) {
                assert!(one < next, "{name}: {next} stands behind {one}");
            }
        }
    }

    const LISTS: &[(&str, &str)] = &[
        ("adverbs.txt", include_str!("data/adverbs.txt")),
        ("befalls.txt", include_str!("data/befalls.txt")),
        ("blaming.txt", include_str!("data/blaming.txt")),
        ("casual_words.txt", include_str!("data/casual_words.txt")),
        ("duty_verbs.txt", include_str!("data/duty_verbs.txt")),
        ("failing_verbs.txt", include_str!("data/failing_verbs.txt")),
        ("first_person.txt", include_str!("data/first_person.txt")),
        ("flow.txt", include_str!("data/flow.txt")),
        ("hedges.txt", include_str!("data/hedges.txt")),
        ("intensifiers.txt", include_str!("data/intensifiers.txt")),
        ("judgments.txt", include_str!("data/judgments.txt")),
        ("not_participles.txt", include_str!("data/not_participles.txt")),
        ("participles.txt", include_str!("data/participles.txt")),
        ("persons.txt", include_str!("data/persons.txt")),
        ("quantities.txt", include_str!("data/quantities.txt")),
        ("reversed.txt", include_str!("data/reversed.txt")),
        ("simpler_words.txt", include_str!("data/simpler_words.txt")),
        ("states.txt", include_str!("data/states.txt")),
        ("syllables.txt", include_str!("data/syllables.txt")),
    ];
}
