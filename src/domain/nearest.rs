//! The known word that a mistyped one most likely means.
//! PURE.

/// The candidate most like what was typed, case aside; `None` when there are none.
///
/// # Examples
/// ```
/// use qpp_incident::domain::nearest::nearest;
/// assert_eq!(nearest("severty", ["status", "severity"]), Some("severity"));
/// ```
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&candidate.to_lowercase(), &typed);
    candidates.into_iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
}
