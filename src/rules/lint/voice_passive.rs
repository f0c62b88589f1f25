//! `voice/passive`: acts that hide who acted, such as "the logs were copied". States, and acts with "by …", say what they can.
//! PURE. A form of *be* or *get*, adverbs, and a participle; closed lists tell acts from states.

use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::passive_aux::{Aux, aux};
use crate::rules::lint::prose::{Prose, Sentence};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "voice/passive",
    level: Level::Warning,
    what: "an act in the passive voice that hides who acted",
    source: "Don't use the passive-voice, except to avoid assigning blame. It's important to know who was performing the action",
    page: include_str!("data/pages/voice-passive.txt"),
};

static IRREGULAR: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/participles.txt")));
static NO_PARTICIPLES: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/not_participles.txt")));
static STATES: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/states.txt")));
static BEFALLS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/befalls.txt")));
static FLOW: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/flow.txt")));
static ADVERBS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/adverbs.txt")));
static RESULTS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/results.txt")));
static REVERSED: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/reversed.txt")));

/// How many words may stand between the verb and its participle.
const MOST_ADVERBS: usize = 4;

/// How many words after the participle an agent is looked for.
const AGENT_WITHIN: usize = 12;

/// Prefixes that leave an act an act: `re-deployed`, `force-pushed`.
const ACT_PREFIXES: &[&str] = &["re", "de", "un", "hot", "force", "soft", "hard", "co", "live", "cherry", "double", "mass", "bulk"];

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences().filter(|sentence| is_judged(sentence)) {
        let mut from = 0;
        while let Some(passive) = next_passive(&sentence, from) {
            from = passive.last + 1;
            let (Some(first), Some(last)) = (sentence.words.get(passive.first), sentence.words.get(passive.last)) else { continue };
            let span = first.span.start..last.span.end;
            let message = format!("\u{201c}{}\u{201d} hides who acted", prose.one_line(span.clone()));
            found.push(LintFinding::new(&RULE, prose, span, message).with_help(help(&last.lower, linted)));
        }
    }
}

/// In lessons learned the active voice could be read as blame; action items tell of nothing that happened.
fn is_judged(sentence: &Sentence) -> bool {
    let section = sentence.block.section;
    !section.is_lessons() && section != SectionKind::ActionItems
}

fn help(participle: &str, linted: &LintedText) -> String {
    let names = linted.known.people();
    let who = names.iter().take(3).map(|name| name.split('<').next().unwrap_or_default().trim()).collect::<Vec<_>>().join(", ");
    if who.is_empty() { format!("who {participle} it?") } else { format!("who {participle} it: {who}?") }
}

/// A passive, as places of words in its sentence.
struct Passive {
    first: usize,
    last: usize,
}

fn next_passive(sentence: &Sentence, from: usize) -> Option<Passive> {
    let words = sentence.words;
    (from..words.len()).find_map(|at| {
        let aux = aux(words, at)?;
        let tells = match aux {
            Aux::Past => true,
            Aux::Present => sentence.block.is_timeline(),
            Aux::Other => false,
        };
        let first = participle_after(words, at)?;
        let last = tells.then(|| act_from(words, at, first))??;
        let stands = aux == Aux::Present && is_how_things_stand(words, at, first);
        let hides = !stands && !is_condition(words, at) && !is_automatic(words, at, last) && !has_agent(words, last);
        hides.then_some(Passive { first: at, last })
    })
}

/// The place of the word behind the adverbs after the verb.
fn participle_after(words: &[Word], verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..=MOST_ADVERBS {
        let before = words.get(at)?;
        at += 1;
        let word = words.get(at)?;
        let divides = before.gap.has(Gap::CLAUSE);
        if divides && !(before.gap.has(Gap::COMMA) && (is_adverb(word) || (at > verb + 1 && is_adverb(before)))) {
            return None;
        }
        if word.kind != WordKind::Plain {
            return None;
        }
        let joins_adverbs = is_adverb(before) && matches!(word.lower.as_ref(), "and" | "but" | "or");
        if !is_adverb(word) && !joins_adverbs {
            return Some(at);
        }
    }
    None
}

fn is_adverb(word: &Word) -> bool {
    word.kind == WordKind::Plain && (ADVERBS.has(word) || word.lower.len() > 4 && word.lower.ends_with("ly"))
}

/// The participle of an act at `first`, or one that is joined to it: "was affected and restarted".
fn act_from(words: &[Word], verb: usize, first: usize) -> Option<usize> {
    let mut at = first;
    loop {
        let word = words.get(at).filter(|word| !word.is_quoted)?;
        if !is_participle(word) {
            return None;
        }
        if is_act(words, verb, at) {
            return Some(at);
        }
        let joined = words.get(at + 1).filter(|next| !word.gap.has(Gap::CLAUSE) && matches!(next.lower.as_ref(), "and" | "or" | "then"))?;
        at += if joined.lower == "and" && words.get(at + 2).is_some_and(is_adverb) { 3 } else { 2 };
    }
}

/// The part of a word that is looked up: `deployed` of `re-deployed`; nothing for a compound such as `well-known`.
fn stem<'w>(word: &'w Word) -> Option<&'w str> {
    let lower = word.lower.split('/').next().unwrap_or_default();
    match lower.split_once('-') {
        Some((prefix, rest)) => ACT_PREFIXES.contains(&prefix).then_some(rest),
        None => Some(lower),
    }
}

/// Whether a word is a participle of a verb that takes an object.
pub fn is_participle(word: &Word) -> bool {
    if word.kind != WordKind::Plain {
        return false;
    }
    let Some(stem) = stem(word) else { return false };
    let is_regular = stem.len() >= 4 && stem.ends_with("ed") && NO_PARTICIPLES.value_of(stem).is_none();
    is_regular || IRREGULAR.value_of(stem).is_some()
}

/// Whether the participle at `at` is of an act: no state, and nothing that befalls a system.
fn is_act(words: &[Word], verb: usize, at: usize) -> bool {
    let Some((word, stem)) = words.get(at).and_then(|word| Some((word, stem(word)?))) else { return false };
    if stem.starts_with("un") && !matches!(stem.get(..5), Some("under" | "unite")) && REVERSED.value_of(stem) != Some("") {
        return false;
    }
    if stem.starts_with("over") && STATES.value_of(stem).is_some() {
        return false;
    }
    let next = words.get(at + 1).filter(|_| !word.gap.has(Gap::CLAUSE));
    // "was deployed in two regions" and "was written in Go" are states, "was deployed on Monday" and "was written in haste" are acts.
    let is_dated = words.get(at + 2).is_some_and(is_date) || stem == "written" && !words.get(at + 2).is_some_and(Word::is_capital);
    let is_followed = |value: &str| {
        value.is_empty()
            || next.is_some_and(|next| value.split(' ').any(|wanted| next.lower == wanted) && !(is_dated && is_preposition(next)))
    };
    // "had been set to 100" tells of the act, "was set to 100" of the state.
    let tells_of_act =
        words.get(verb).is_some_and(|verb| verb.lower == "been") && !matches!(stem, "used" | "kept" | "left" | "built" | "made");
    let is_state = |value: &str| is_followed(value) && (value.is_empty() || !tells_of_act);
    if STATES.value_of(stem).is_some_and(is_state) || is_felt(words, verb, at) {
        return false;
    }
    match BEFALLS.value_of(stem) {
        None => true,
        Some("flow") => !subject(words, verb).is_some_and(|subject| FLOW.has(subject)),
        Some(value) => !is_followed(value),
    }
}

fn is_preposition(word: &Word) -> bool {
    matches!(word.lower.as_ref(), "at" | "on" | "in")
}

/// A time, a date, a day or a month.
fn is_date(word: &Word) -> bool {
    let days =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.kind == WordKind::Number || (word.is_capital() && word.lower.get(..3).is_some_and(|start| days.contains(&start)))
}

/// "was very concerned", "there was increased latency": an adjective.
fn is_felt(words: &[Word], verb: usize, at: usize) -> bool {
    let is_degree =
        |word: &Word| matches!(word.lower.as_ref(), "very" | "too" | "quite" | "rather" | "extremely" | "fairly" | "highly" | "poorly");
    let before = words.get(verb + 1..at).unwrap_or_default();
    before.iter().any(is_degree) || verb.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| word.is("there"))
}

/// The word that the verb is about: the one before it, adverbs and auxiliaries left out.
fn subject<'w, 't>(words: &'w [Word<'t>], verb: usize) -> Option<&'w Word<'t>> {
    let before = words.get(..verb)?.iter().rev().take(6);
    before.into_iter().find(|word| {
        !is_adverb(word) && !matches!(word.lower.as_ref(), "have" | "has" | "had" | "that" | "which" | "were" | "was" | "been" | "being")
    })
}

/// "is not deleted", "is now set", "is restored", "until it is restarted": in the present these tell of no act that took place.
fn is_how_things_stand(words: &[Word], verb: usize, participle: usize) -> bool {
    let is_result = words.get(participle).is_some_and(|word| RESULTS.has(word));
    let begins = verb.saturating_sub(1);
    let tells_state = |word: &Word| matches!(word.lower.as_ref(), "not" | "never" | "now" | "still" | "already" | "currently" | "longer");
    let between = words.get(begins..participle).unwrap_or_default();
    let is_told = between.iter().any(|word| tells_state(word) || word.lower.ends_with("n't"));
    is_result || is_told || clause_before(words, verb).any(|word| word.is("until") || word.is("till"))
}

/// "was automatically restarted", "was restored without intervention": it says that nobody acted.
fn is_automatic(words: &[Word], verb: usize, participle: usize) -> bool {
    let around = words.get(verb..(participle + 4).min(words.len())).unwrap_or_default();
    let by_itself = around.iter().take(participle + 2 - verb).any(|word| word.is("automatically"));
    by_itself || around.windows(2).any(|pair| matches!(pair, [one, other] if one.is("without") && other.lower.starts_with("interven")))
}

/// "if pods were deleted": nothing happened yet.
fn is_condition(words: &[Word], verb: usize) -> bool {
    clause_before(words, verb).any(|word| matches!(word.lower.as_ref(), "if" | "unless" | "whether"))
}

/// The words before the verb in its clause, the nearest first.
fn clause_before<'w, 't>(words: &'w [Word<'t>], verb: usize) -> impl Iterator<Item = &'w Word<'t>> {
    let before = words.get(..verb).unwrap_or_default().iter().rev().take(10);
    before.take_while(|word| !word.gap.has(Gap::CLAUSE))
}

/// "by …" in the same clause, unless it is an amount, a time or a manner, or belongs to another participle.
fn has_agent(words: &[Word], participle: usize) -> bool {
    for at in participle..participle + AGENT_WITHIN {
        let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
        if word.gap.has(Gap::CLAUSE) && !word.gap.has(Gap::OPEN) && !word.gap.has(Gap::CLOSE) {
            return false;
        }
        if next.is("by") {
            let is_joined = words.get(participle + 1).is_some_and(|word| matches!(word.lower.as_ref(), "and" | "or"));
            let is_another = at > participle && is_participle(word) && !(is_joined && at <= participle + 3);
            return !is_another && words.get(at + 2).is_some_and(is_agent);
        }
        let is_passive = aux(words, at + 1).is_some() && words.get(at + 2).is_some_and(is_participle);
        if is_passive || is_end_of_clause(&next.lower) {
            return false;
        }
    }
    false
}

fn is_end_of_clause(lower: &str) -> bool {
    matches!(lower, "but" | "which" | "because" | "when" | "while" | "so" | "until" | "before" | "after" | "who" | "since")
}

fn is_agent(word: &Word) -> bool {
    let manners = [
        "hand",
        "mistake",
        "accident",
        "default",
        "then",
        "now",
        "chance",
        "about",
        "around",
        "noon",
        "midnight",
        "far",
        "half",
        "up",
        "roughly",
        "approximately",
        "almost",
        "nearly",
        "tomorrow",
    ];
    let is_manner = manners.contains(&word.lower.as_ref());
    word.kind != WordKind::Number && !is_manner
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    fn found(text: &str) -> Vec<String> {
        found_by("voice/passive", text)
    }

    #[test]
    fn an_act_that_hides_who_acted_is_found() {
        for (text, wanted) in [
            ("The logs were copied to a remote machine.", "were copied"),
            ("The token has not yet been revoked.", "been revoked"),
            ("It was quickly and quietly rolled back.", "was quickly"),
            ("The pods got deleted.", "got deleted"),
            ("The fix was being deployed at 10:35.", "being deployed"),
            ("The node was affected and restarted.", "was affected and restarted"),
            ("The index was rebuilt by mistake.", "was rebuilt"),
            ("The limit was raised by 10 %.", "was raised"),
            ("The service was re-deployed.", "was re-deployed"),
            ("It was decided to wait.", "was decided"),
            ("## Timeline\n\n- 10:35 The pod is restarted.\n", "is restarted"),
        ] {
            let found = found(text);
            assert!(
                found.len() == 1 && found.iter().all(|found| found.starts_with(wanted) || wanted == "was quickly"),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn who_acted_is_said_or_nobody_did() {
        for text in [
            "The logs were copied by Sally.",
            "The pods were deleted and recreated by the operator.",
            "The pods were found by looking at the logs.",
            "The service is based on Postgres and was connected to it.",
            "The database was overloaded and requests were dropped.",
            "Version checks are skipped when the cluster is full.",
            "The pod will be restarted, and should have been tested.",
            "If pods were deleted, users would see errors.",
            "There was increased latency. They were red herrings.",
            "The team was very concerned.",
            "The claim \"it was deleted\" is false.",
            "The status was `deleted`.",
            "## Lessons learned\n\n- The alert was ignored.\n\n### What went wrong\n\n- The page was missed.\n",
            "The pod was automatically restarted, and service was restored without intervention.",
            "## Timeline\n\n- 10:35 The pod is not deleted.\n- 10:36 Pods aren't being created.\n- 10:37 Service is restored.\n",
            "## Timeline\n\n- 10:38 The limit is now raised.\n- 10:39 It stays open until the tasks are merged.\n",
            "## Action items\n\n- The runbook was promised.\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
