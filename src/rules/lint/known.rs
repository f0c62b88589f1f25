//! Who is a person and what is a system: from the incident and the settings, never guessed from capitals.
//! PURE.

use std::collections::BTreeSet;

/// Names, by their parts in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    people: Vec<String>,
    people_parts: BTreeSet<String>,
    systems: Vec<Vec<String>>,
    system_parts: BTreeSet<String>,
    terms: BTreeSet<String>,
}

impl Known {
    /// Of the names of people (reporter, commander, responders, owners, authors of commits), of services and teams,
    /// and of the settings' `lint.terms`.
    pub fn new<S: AsRef<str>>(people: &[S], systems: &[S], terms: &[S]) -> Self {
        let parts = |names: &[S]| names.iter().flat_map(|name| words_of(name.as_ref())).collect::<BTreeSet<String>>();
        let people_parts = parts(people).into_iter().filter(|part| part.chars().count() > 1).collect();
        let systems: Vec<Vec<String>> = systems.iter().map(|name| words_of(name.as_ref())).filter(|words| !words.is_empty()).collect();
        let system_parts = systems.iter().flatten().cloned().collect();
        let people = people.iter().map(|name| name.as_ref().to_owned()).collect();
        Self { people, people_parts, systems, system_parts, terms: parts(terms) }
    }

    /// Whether a word, in small letters, is a name of somebody of the incident.
    pub fn is_person(&self, lower: &str) -> bool {
        !self.people_parts.is_empty() && self.people_parts.contains(lower)
    }

    /// Whether a word, in small letters, is a service, a team, or a part of its name.
    pub fn is_system(&self, lower: &str) -> bool {
        !self.system_parts.is_empty() && self.system_parts.contains(lower)
    }

    /// Whether a word, in small letters, is one of the settings' `lint.terms`.
    pub fn is_term(&self, lower: &str) -> bool {
        !self.terms.is_empty() && self.terms.contains(lower)
    }

    /// The people, as they are written.
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// The names of services and teams, in words of small letters.
    pub fn systems(&self) -> &[Vec<String>] {
        &self.systems
    }
}

/// The words of a name in small letters; an address in `<…>` is none.
fn words_of(name: &str) -> Vec<String> {
    let name = name.split('<').next().unwrap_or_default();
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"'));
    words.map(|word| word.trim_matches('.').to_lowercase()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_parts() {
        let known = Known::new(&["Sally Ride <sally@example.org>", "J. Doe"], &["Auth Service"], &["QPP"]);
        assert!(known.is_person("sally") && known.is_person("ride") && known.is_person("doe"));
        assert!(!known.is_person("j") && !known.is_person("sally@example.org") && !known.is_person("auth"));
        assert!(known.is_system("auth") && known.is_term("qpp"));
        assert_eq!(known.systems(), [["auth", "service"]]);
    }
}
