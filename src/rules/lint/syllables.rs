//! How many syllables an English word has, by rule: runs of vowels, mute endings, vowels that stand apart, and a list of exceptions.
//! PURE. Tuned on counts of words of a dictionary; the list holds common words that no rule gets right.

use std::sync::LazyLock;

use crate::rules::lint::word_list::WordList;

static EXCEPTIONS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/syllables.txt")));

/// The syllables of a word in small letters; of a compound, those of its parts.
pub fn syllables(lower: &str) -> usize {
    lower.split(['-', '/', '.']).map(with_contraction).sum::<usize>().max(1)
}

/// "isn't" has one more than "is", "don't" and "it's" none more than "do" and "it".
fn with_contraction(part: &str) -> usize {
    let Some((base, tail)) = part.split_once('\'') else { return part_syllables(part) };
    let letters = base.as_bytes();
    let more = match tail {
        "t" => matches!(letters, [.., before, b'n'] if !is_vowel(*before)),
        "s" => matches!(letters, [.., b's' | b'x' | b'z']),
        "ve" | "d" | "ll" => letters.last().is_some_and(|last| !is_vowel(*last)),
        _ => false,
    };
    part_syllables(base) + usize::from(more)
}

fn part_syllables(part: &str) -> usize {
    let mut held = Vec::new();
    let letters = if part.bytes().all(|byte| byte.is_ascii_lowercase()) {
        part.as_bytes()
    } else {
        held.extend(part.bytes().filter(u8::is_ascii_lowercase));
        held.as_slice()
    };
    if letters.len() <= 2 {
        return usize::from(part.chars().any(char::is_alphabetic));
    }
    if let Some(count) = EXCEPTIONS.value_of(part).and_then(|count| count.parse().ok()) {
        return count;
    }
    // "mechanism" and "algorithm" end in a syllable without a vowel.
    let endings = ["sm", "sms", "thm", "thms"].iter().filter(|ending| part.ends_with(**ending)).count();
    let again = usize::from(part.starts_with("re") && AGAIN.iter().any(|beginning| part.starts_with(beginning)));
    (vowel_runs(letters) + hiatuses(letters) + endings + again).saturating_sub(mutes(letters)).max(1)
}

/// Beginnings in which "re" stands apart from the vowel after it.
const AGAIN: &[&str] = &[
    "react", "reallo", "reapp", "reass", "reatt", "reauth", "reeval", "reex", "reen", "reinst", "reimp", "reint", "reiss", "reit",
    "reopen", "reord", "reorg", "reus",
];

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Runs of vowels; a y before a vowel, at the start or between two, is a consonant: "year", "layout".
fn vowel_runs(letters: &[u8]) -> usize {
    let mut count = 0;
    let mut is_within = false;
    for (at, letter) in letters.iter().enumerate() {
        let follows = letters.get(at + 1).is_some_and(|next| is_vowel(*next));
        let is_consonant = !is_vowel(*letter) || (*letter == b'y' && follows && (at == 0 || is_within));
        count += usize::from(!is_consonant && !is_within);
        is_within = !is_consonant;
    }
    count
}

/// Vowels that stand together and are spoken apart.
fn hiatuses(letters: &[u8]) -> usize {
    let pairs = letters.windows(2).enumerate();
    pairs.filter(|(at, pair)| is_hiatus(letters, *at, pair)).count()
}

fn is_hiatus(letters: &[u8], at: usize, pair: &[u8]) -> bool {
    let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or(b' ');
    let after = letters.get(at + 2).copied().unwrap_or(b' ');
    let rest = letters.get(at + 2..).unwrap_or_default();
    let rest_is = |endings: &[&str]| endings.iter().any(|ending| rest == ending.as_bytes());
    let rest_begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| rest.starts_with(beginning.as_bytes()));
    match pair {
        // "social", "nation" and "special" are not apart; "material" and "radio" are.
        b"ia" => !(matches!(before, b'c' | b't' | b's' | b'g') && matches!(after, b'l' | b'n' | b' ') && rest.len() <= 3) || at <= 1,
        b"io" => !matches!(before, b't' | b's' | b'c' | b'g' | b'x' | b'h') || (after != b'n' && after != b'u'),
        b"iu" | b"uo" | b"ii" => before != b'q',
        b"ua" => !matches!(before, b'q' | b'g'),
        b"eo" => !(rest_begins(&["ple", "us"]) || rest == b"n" && matches!(before, b'g' | b'h')),
        b"ye" | b"ya" | b"yo" | b"yi" => at > 0 && !is_vowel(before),
        // "carrier" and "earlier", not "tier"; "quiet"; "client" and "experience", not "patient".
        b"ie" if rest_is(&["r", "rs", "st"]) => at > 2 && before != b'h',
        b"ie" => rest_is(&["t", "tly", "ty"]) || rest_begins(&["nc", "nt"]) && !matches!(before, b'c' | b't' | b'p'),
        // "area" and "idea", not "sea"; "create" and its kin.
        b"ea" if rest_is(&["", "s"]) => letters.get(..at).unwrap_or_default().iter().any(|letter| is_vowel(*letter)),
        b"ea" => matches!(before, b'r' | b'n') && rest_is(&["te", "ted", "tes", "ting", "tion", "tions", "tive", "tor", "tors"]),
        b"ei" | b"oi" | b"ui" => rest_is(&["ng", "ngs"]),
        b"oe" => rest_begins(&["t", "m"]),
        b"ue" => rest_begins(&["nt", "nc"]) || rest_is(&["l", "ls"]),
        b"eu" => rest_is(&["m", "s"]),
        b"ao" => true,
        _ => false,
    }
}

/// Vowels that are written and not spoken, at the end and before an ending.
fn mutes(letters: &[u8]) -> usize {
    // "table" and "settled" are spoken, "rule" and "filled" are not.
    let is_spoken_l = |stem: &[u8]| matches!(stem, [.., before, b'l'] if !is_vowel(*before) && !matches!(before, b'l' | b'r'));
    let is_y_after_vowel = |stem: &[u8]| matches!(stem, [.., before, b'y'] if is_vowel(*before));
    let is_mute_after = |stem: &[u8]| stem.last().is_some_and(|last| !is_vowel(*last)) && !is_spoken_l(stem) || is_y_after_vowel(stem);
    let is_mute = match letters {
        // "queue", "league", "mosque".
        [.., b'q' | b'g', b'u', b'e'] | [.., b'q' | b'g', b'u', b'e', b's' | b'd'] => letters.len() > 4,
        [stem @ .., b'e'] => is_mute_after(stem),
        // "stopped" but "started", "added".
        [stem @ .., b'e', b'd'] => !matches!(stem, [.., b't' | b'd']) && is_mute_after(stem),
        // "makes" but "changes", "boxes", "patches".
        [.., b'c' | b's', b'h', b'e', b's'] => false,
        [stem @ .., b'e', b's'] => !matches!(stem, [.., b's' | b'z' | b'x' | b'c' | b'g']) && is_mute_after(stem),
        [.., b'i', b'c', b'a', b'l', b'l', b'y'] => true,
        _ => false,
    };
    usize::from(is_mute) + inner_mutes(letters)
}

/// A mute e before an ending: "safely", "movement", "useful", "careless", "something".
fn inner_mutes(letters: &[u8]) -> usize {
    let endings: &[&str] = &[
        "ly", "ment", "ments", "ful", "fully", "less", "ness", "where", "thing", "body", "time", "times", "line", "lines", "base", "bases",
        "space", "spaces", "out", "outs", "wall", "walls", "stamp", "stamps", "side", "ship", "some", "work", "works", "port", "man",
        "men", "woman", "women", "book", "point", "points", "board", "boards", "room", "fold", "back", "load", "server", "servers",
        "keeper", "berry", "one", "fore", "how", "what", "holders", "holder", "worker", "workers", "zone", "zones", "spread",
    ];
    if letters.len() < 6 {
        return 0;
    }
    let is_mute = |ending: &&str| {
        let Some(stem) = letters.strip_suffix(ending.as_bytes()) else { return false };
        matches!(stem, [.., vowel, consonant, b'e'] if !is_vowel(*consonant) && (is_vowel(*vowel) || *consonant != b'l')) && stem.len() > 3
    };
    usize::from(endings.iter().any(is_mute))
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn syllables_are_counted() {
        for (count, words) in [
            (1, "the makes stopped rule don't it's queue yes played through changed phase league"),
            (2, "table started changes being client isn't layout settled software pipeline create service safely player namespace"),
            (3, "area idea created radio carrier period influence interface recovery deploying manager"),
            (4, "automatic situation material usually algorithm"),
            (5, "automatically authentication"),
        ] {
            for word in words.split(' ') {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }

    #[test]
    fn anything_has_a_syllable_at_least() {
        for word in ["", "-", "q", "pst", "42", "\u{436}\u{443}\u{43a}", "'"] {
            assert!(syllables(word) >= 1, "{word}");
        }
    }
}
