//! How many syllables an English word has, by rule.
//! PURE.

/// The syllables of a word in small letters.
pub fn syllables(lower: &str) -> usize {
    let is_vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in lower.chars() {
        count += usize::from(is_vowel(c) && !before);
        before = is_vowel(c);
    }
    let is_mute = lower.ends_with('e') && !lower.ends_with("le") && count > 1;
    count - usize::from(is_mute)
}
