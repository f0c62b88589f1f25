//! What a Handoff entry says, read back from its sentence: who takes command over.
//! PURE: the inverse of what `domain::wording` writes.

/// Who takes over, as `OLD to NEW. Brief: …` or `OLD (not reachable) to NEW. Brief: …` names them; names may hold a " to " where `old`
/// is known as the sentence writes them. Nothing without a taker.
///
/// # Examples
/// ```
/// use qpp_incident::domain::handoff_words::taker;
/// assert_eq!(taker("Sam <s@x.org> to Pat <p@x.org>. Brief: Talk to Ada.", None), Some("Pat <p@x.org>"));
/// assert_eq!(taker("Sam (not reachable) to Pat. Brief: x.", Some("Sam")), Some("Pat"));
/// assert_eq!(taker("Sam rests.", None), None);
/// ```
pub fn taker<'text>(text: &'text str, old: Option<&str>) -> Option<&'text str> {
    let people = text.split_once(". Brief: ").map_or(text, |(people, _)| people).trim_end_matches('.');
    let behind_old = old.and_then(|old| people.strip_prefix(old));
    let behind_old = behind_old.map(|rest| rest.strip_prefix(" (not reachable)").unwrap_or(rest));
    behind_old.and_then(|rest| rest.strip_prefix(" to ")).or_else(|| people.rsplit_once(" to ").map(|(_, new)| new))
}
