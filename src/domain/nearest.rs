//! The known word that a mistyped one most likely means.
//! PURE.

/// The candidate most like what was typed, case aside; `None` when there are none.
///
/// # Examples
/// ```
/// use qpp_incident::domain::nearest::nearest;
/// assert_eq!(nearest("severty", ["status", "severity"]), Some("severity"));
/// assert_eq!(nearest("lgo", ["close", "log"]), Some("log"));
/// ```
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates.into_iter().max_by(|one, other| likeness(one, &typed).total_cmp(&likeness(other, &typed)))
}

/// Common beginnings count (Jaro-Winkler), and so do swapped letters (Damerau-Levenshtein).
fn likeness(candidate: &str, typed: &str) -> f64 {
    let candidate = candidate.to_lowercase();
    strsim::jaro_winkler(&candidate, typed) + strsim::normalized_damerau_levenshtein(&candidate, typed)
}
