//! Precision, recall and F1.

use std::collections::BTreeSet;

use super::labelled::Labelled;

/// How often a rule was right.
#[derive(Default, Clone, Copy)]
pub struct Score {
    hits: u32,
    false_alarms: u32,
    misses: u32,
}

impl Score {
    /// Of one rule over all sentences that are labelled for it; `found` is what flagged each sentence.
    pub fn of(rule: &str, labelled: &Labelled, found: &[BTreeSet<String>]) -> Self {
        let mut score = Self::default();
        for (sentence, found) in labelled.sentences.iter().zip(found) {
            match (sentence.expected.get(rule), found.contains(rule)) {
                (Some(true), true) => score.hits += 1,
                (Some(false), true) => score.false_alarms += 1,
                (Some(true), false) => score.misses += 1,
                _ => {}
            }
        }
        score
    }

    /// What share of its findings was right; of none, all.
    pub fn precision(self) -> f64 {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// What share of what it should have found it found.
    pub fn recall(self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)
    }

    /// How many sentences it should have flagged.
    pub fn flags(self) -> u32 {
        self.hits + self.misses
    }

    /// Precision, recall and F1 in words.
    pub fn shown(self) -> String {
        format!("P {:.3}, R {:.3}, F1 {:.3}", self.precision(), self.recall(), self.f1())
    }
}

fn share(of: u32, all: u32) -> f64 {
    if all == 0 { 1.0 } else { f64::from(of) / f64::from(all) }
}
