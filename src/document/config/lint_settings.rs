//! `lint:` in `config.yaml`: the levels of its rules, words of this place that are names, rules that are off.
//! PURE. Which rules there are is known in `rules::lint`; a key without a slash is none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::document::config::rule_level::RuleLevel;
use crate::domain::finding::Level;

/// The settings of `lint`.
///
/// # Source
/// Spec §8, `lint.*`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LintSettings {
    levels: BTreeMap<String, RuleLevel>,
    terms: Vec<String>,
    disable: BTreeSet<String>,
}

impl LintSettings {
    /// The level of a rule whose own is `usual`; `None` when it is off.
    pub fn level(&self, rule: &str, usual: Level) -> Option<Level> {
        if self.disable.contains(rule) { None } else { RuleLevel::of(self.levels.get(rule).copied(), usual) }
    }

    /// Words that are names here, and so neither hard to read nor vague.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The rules that are named, so that a command can name one that does not exist.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.levels.keys().chain(&self.disable).map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for LintSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SettingsVisitor)
    }
}

struct SettingsVisitor;

impl<'de> Visitor<'de> for SettingsVisitor {
    type Value = LintSettings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules with their levels, `terms` and `disable`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LintSettings, A::Error> {
        let mut settings = LintSettings::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "terms" => settings.terms = map.next_value::<Option<Vec<String>>>()?.unwrap_or_default(),
                "disable" => settings.disable = map.next_value::<Option<BTreeSet<String>>>()?.unwrap_or_default(),
                rule if rule.contains('/') => drop(settings.levels.insert(rule.to_owned(), map.next_value()?)),
                _ => return Err(A::Error::unknown_field(&key, &["terms", "disable"])),
            }
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::document::config::Config;
    use crate::domain::finding::Level;

    #[test]
    fn levels_terms_and_what_is_off_are_read() {
        let text = "lint:\n  voice/passive: advice\n  casual/emoji: off\n  terms: [QPP, Splunk]\n  disable:\n  - precise/hedge\n";
        let config = Config::parse(text).unwrap();
        let lint = config.lint();
        assert_eq!(lint.level("voice/passive", Level::Warning), Some(Level::Advice));
        assert_eq!(lint.level("casual/emoji", Level::Advice), None);
        assert_eq!(lint.level("precise/hedge", Level::Advice), None);
        assert_eq!(lint.level("person/first", Level::Error), Some(Level::Error));
        assert_eq!(lint.terms(), ["QPP", "Splunk"]);
        assert_eq!(lint.rules().collect::<Vec<_>>(), ["casual/emoji", "voice/passive", "precise/hedge"]);
    }

    #[test]
    fn left_empty_it_has_every_default() {
        for text in ["lint:\n", "lint: {}\n", "lint:\n  terms:\n  disable:\n"] {
            assert_eq!(Config::parse(text).unwrap().lint(), Config::default().lint(), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let cases = [
            ("lint:\n  term: [a]\n", "2:3: unknown key `term`; the nearest is `terms`"),
            ("lint:\n  voice/passive: loud\n", "2:18: "),
            ("lint: [voice/passive]\n", "1:7: "),
            ("lint:\n  terms: QPP\n", "2:10: "),
        ];
        for (text, expected) in cases {
            let broken = Config::parse(text).unwrap_err().to_string();
            assert!(broken.starts_with(expected), "{broken} for {text}");
        }
    }
}
