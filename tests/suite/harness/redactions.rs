//! Random and machine-made words out of printed output: ids, references, commits, the sandbox's path.
//! What is seen first gets the first name, so that the same test prints the same text on every run.
//! An id that the test typed itself stays as it is.

use std::collections::BTreeSet;

const BASE32: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PLACEHOLDERS: &str = "ABCDEFGHJKMNPQRSTVWXYZ";
const REFERENCE_LETTERS: &str = "QSPOA";

/// What was seen so far, each with the name that it is printed under.
#[derive(Debug, Clone, Default)]
pub struct Redactions {
    typed: BTreeSet<String>,
    ids: Vec<(String, String)>,
    references: Vec<(String, String)>,
    commits: Vec<(String, String)>,
    paths: Vec<(String, String)>,
    wanted_ids: Vec<String>,
    wanted_references: Vec<String>,
}

impl Redactions {
    /// A path that is printed under a name.
    pub fn path(&mut self, path: &str, name: &str) {
        self.paths.push((path.to_owned(), name.to_owned()));
    }

    /// The ids and references of a page become the names, in the order in which the page uses them: a page so keeps ids that look real.
    pub fn names_of_page(&mut self, page: &str) {
        self.wanted_ids = in_order(ids_in(page));
        self.wanted_references = in_order(references_in(page));
    }

    /// What a test wrote: ids in it are not random and stay.
    pub fn typed(&mut self, text: &str) {
        for id in ids_in(text) {
            if !self.ids.iter().any(|(real, _)| *real == id) {
                self.typed.insert(id);
            }
        }
    }

    /// Gives names to the ids and references of an output.
    pub fn learn(&mut self, output: &str) {
        for id in ids_in(output) {
            if !self.typed.contains(&id) && !self.ids.iter().any(|(real, _)| *real == id) {
                let at = self.ids.len();
                let letter = PLACEHOLDERS.chars().cycle().nth(at).unwrap_or('A');
                let name = self.wanted_ids.get(at).cloned().unwrap_or_else(|| letter.to_string().repeat(5));
                self.ids.push((id, name));
            }
        }
        for reference in references_in(output) {
            if !self.references.iter().any(|(real, _)| *real == reference) {
                let name = self.name_of_reference(&reference);
                self.references.push((reference, name));
            }
        }
    }

    fn name_of_reference(&self, reference: &str) -> String {
        let letter = reference.chars().next().unwrap_or('?');
        let at = self.references.iter().filter(|(real, _)| real.starts_with(letter)).count();
        let wanted = self.wanted_references.iter().filter(|name| name.starts_with(letter)).nth(at);
        wanted.cloned().unwrap_or_else(|| format!("{letter}{:02}", at + 1))
    }

    /// Gives names to the commits of an output; `known` are all the commits of the repository.
    pub fn learn_commits(&mut self, output: &str, known: &[String]) {
        for word in hex_words(output) {
            let full = known.iter().find(|commit| commit.starts_with(word));
            if let Some(full) = full.filter(|full| !self.commits.iter().any(|(real, _)| real == *full)) {
                self.commits.push((full.clone(), format!("[commit {}]", self.commits.len() + 1)));
            }
        }
    }

    /// The text with every name in place of what is random.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (path, name) in &self.paths {
            text = text.replace(path, name);
        }
        for (real, name) in &self.ids {
            // Folders first: an id of digits alone is the same in capitals.
            text = text.replace(&format!("-{}-", real.to_lowercase()), &format!("-{}-", name.to_lowercase()));
            text = replace_word(&text, real, name);
            text = replace_word(&text, &real.to_lowercase(), &name.to_lowercase());
        }
        for (real, name) in &self.references {
            text = replace_word(&text, real, name);
        }
        self.redact_hex(&text)
    }

    /// A command of a page with the real ids in place of the names.
    pub fn real(&self, command: &str) -> String {
        let mut command = command.to_owned();
        for (real, name) in self.ids.iter().chain(&self.references) {
            command = replace_word(&command, name, real);
            command = replace_word(&command, &name.to_lowercase(), &real.to_lowercase());
        }
        command
    }

    fn redact_hex(&self, text: &str) -> String {
        let mut redacted = text.to_owned();
        for word in in_order(hex_words(text).map(str::to_owned)) {
            if let Some((_, name)) = self.commits.iter().find(|(real, _)| real.starts_with(&word)) {
                redacted = replace_word(&redacted, &word, name);
            } else if redacted.contains(&format!("Entry: {word}")) {
                redacted = redacted.replace(&format!("Entry: {word}"), "Entry: [hash]");
            }
        }
        redacted
    }
}

/// The five characters of each `INC-XXXXX` and of each incident folder's name.
fn ids_in(text: &str) -> impl Iterator<Item = String> {
    let written = text.split("INC-").skip(1).map(str::to_owned).filter_map(|rest| base32_word(&rest, 5));
    let folders = text.split('/').filter_map(|part| {
        let (day, rest) = part.split_once('-')?;
        let (id, _) = rest.split_once('-')?;
        let lower = id.chars().all(|c| !c.is_ascii_uppercase());
        (day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit()) && lower && id.len() == 5).then(|| base32_word(&id.to_uppercase(), 5))?
    });
    written.chain(folders)
}

/// References where the format puts them: in a bold kind, in a cell or after a strike, in an entry about one, as a JSON value.
fn references_in(text: &str) -> impl Iterator<Item = String> {
    let marks = ["** ", "Action item ", "| ", "|", "~~", "\"ref\": \"", "\"ref\":\""];
    let bold =
        text.lines().filter_map(|line| line.split_once("**")?.1.split_once(".**")?.0.rsplit_once(' ').map(|(_, word)| word.to_owned()));
    let marked =
        text.lines().flat_map(move |line| marks.iter().flat_map(|mark| line.split(mark).skip(1)).map(str::to_owned).collect::<Vec<_>>());
    let of_kind =
        |word: &String| word.chars().next().is_some_and(|c| REFERENCE_LETTERS.contains(c)) && word.contains(|c: char| c.is_ascii_digit());
    // The letter of an objection is none of the alphabet.
    let reference = |text: String| {
        let rest = text.get(1..).filter(|_| text.starts_with(|c: char| REFERENCE_LETTERS.contains(c)))?;
        Some(format!("{}{}", &text[..1], base32_word(rest, 2)?))
    };
    bold.chain(marked).filter_map(reference).filter(of_kind)
}

/// The first characters when they are of the alphabet and end there.
fn base32_word(text: &str, length: usize) -> Option<String> {
    let word: String = text.chars().take_while(|c| BASE32.contains(*c)).collect();
    let ends = !text.chars().nth(length).is_some_and(|c| c.is_ascii_alphanumeric());
    (word.len() == length && ends).then_some(word)
}

fn hex_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| (7..=40).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// Whether an output holds something that may be a commit's name.
pub fn may_name_a_commit(output: &str) -> bool {
    hex_words(output).next().is_some()
}

fn in_order(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}

fn replace_word(text: &str, word: &str, name: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(word) {
        let inside = before.ends_with(|c: char| c.is_ascii_alphanumeric()) || after.starts_with(|c: char| c.is_ascii_alphanumeric());
        replaced.push_str(before);
        replaced.push_str(if inside { word } else { name });
        rest = after;
    }
    replaced + rest
}

mod tests {
    use super::*;

    fn learned(outputs: &[&str]) -> Redactions {
        let mut redactions = Redactions::default();
        for output in outputs {
            redactions.learn(output);
        }
        redactions
    }

    #[test]
    fn ids_are_named_in_the_order_in_which_they_are_seen() {
        let redactions = learned(&["INC-K7QFM opened", "INC-00001 and INC-K7QFM"]);
        let shown = redactions.redact("INC-00001, #INC-K7QFM), incidents/2026-11/22-k7qfm-auth/incident.md, K7QFMX, INC-ZZZZZ");
        assert_eq!(shown, "INC-BBBBB, #INC-AAAAA), incidents/2026-11/22-aaaaa-auth/incident.md, K7QFMX, INC-ZZZZZ");
    }

    #[test]
    fn an_id_of_digits_alone_is_small_in_its_folder() {
        assert_eq!(learned(&["INC-12345 opened"]).redact("INC-12345: 2026-11/22-12345-auth/x"), "INC-AAAAA: 2026-11/22-aaaaa-auth/x");
    }

    #[test]
    fn an_id_is_learned_from_a_folder_too() {
        assert_eq!(learned(&["incidents/2026-11/22-k7qfm-auth/x"]).redact("INC-K7QFM"), "INC-AAAAA");
        assert_eq!(learned(&["incidents/2026-11/22-about-words"]).redact("about"), "about");
    }

    #[test]
    fn an_id_that_the_test_typed_stays() {
        let mut redactions = Redactions::default();
        redactions.typed("show INC-ZZZZ9");
        redactions.learn("no incident INC-ZZZZ9; nearest: INC-ZZZZ8");
        assert_eq!(redactions.redact("INC-ZZZZ9 INC-ZZZZ8"), "INC-ZZZZ9 INC-AAAAA");
    }

    #[test]
    fn references_are_learned_where_the_format_puts_them() {
        let redactions =
            learned(&["- 00:40 EST: **Approved P4X.** \"x\"", "| A9D Add an alert | prevent |", "\"ref\": \"Q7F\"", "SEV-2 ~~A0C Done~~"]);
        assert_eq!(redactions.redact("P4X A9D Q7F A0C SEV-2 QPP"), "P01 A01 Q01 A02 SEV-2 QPP");
    }

    #[test]
    fn commits_are_numbered_whole_or_short() {
        let full = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
        let mut redactions = Redactions::default();
        redactions.learn_commits("4b825dc log", &[full.to_owned()]);
        assert_eq!(redactions.redact(&format!("4b825dc {full} deadbeef")), "[commit 1] [commit 1] deadbeef");
        assert_eq!(redactions.redact("Entry: 0123456789abcdef"), "Entry: [hash]");
    }

    #[test]
    fn a_page_lends_its_ids_and_gets_the_real_ones_back() {
        let mut redactions = Redactions::default();
        redactions.names_of_page("$ qi open\nINC-K7QFM opened\n- 00:40 EST: **Asked to close.** x");
        redactions.learn("INC-00001 opened");
        assert_eq!(redactions.redact("INC-00001"), "INC-K7QFM");
        assert_eq!(redactions.real("qi show INC-K7QFM k7qfm"), "qi show INC-00001 00001");
    }
}
