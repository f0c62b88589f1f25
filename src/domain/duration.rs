//! Lengths of time as people say and type them: `1 h 05 min`, `15m`.
//! PURE: seconds in, words out, and back.

/// The longest length that is understood, in seconds: 366 days.
const LONGEST_SECONDS: u64 = 366 * 24 * 3600;

/// A text that is no length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of time: say `15m`, `2h`, `1h30m`, `15 min` or `15` (minutes), a year at most")]
pub struct NotADuration(pub String);

/// A length of time in words, its two greatest units, cut and not rounded; the sign is left to the sentence around it.
///
/// # Examples
/// ```
/// use qpp_incident::domain::duration::in_words;
/// assert_eq!(in_words(45), "45 s");
/// assert_eq!(in_words(12 * 60 + 59), "12 min");
/// assert_eq!(in_words(65 * 60), "1 h 05 min");
/// assert_eq!(in_words(-74 * 3600), "3 d 2 h");
/// ```
pub fn in_words(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours % 24, minutes % 60) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes:02} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// The seconds of a length that somebody typed; a bare number is minutes.
///
/// # Errors
/// The text is no length of time, or more than a year.
///
/// # Examples
/// ```
/// use qpp_incident::domain::duration::parse_seconds;
/// assert_eq!(parse_seconds("1h30m")?, 5400);
/// assert_eq!(parse_seconds("15")?, 900);
/// # Ok::<(), qpp_incident::domain::duration::NotADuration>(())
/// ```
pub fn parse_seconds(text: &str) -> Result<i64, NotADuration> {
    let refused = || NotADuration(text.to_owned());
    // In lower case `15M` is minutes, as everybody means it, and not months.
    let typed = text.trim().to_lowercase();
    let bare = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    let typed = if bare { format!("{typed}m") } else { typed };
    let seconds = humantime::parse_duration(&typed).map_err(|_| refused())?.as_secs();
    if seconds > LONGEST_SECONDS {
        return Err(refused());
    }
    i64::try_from(seconds).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use proptest::prelude::*;

    use super::{in_words, parse_seconds};

    #[test]
    fn the_two_greatest_units_are_said() {
        let cases = [
            (0, "0 s"),
            (1, "1 s"),
            (59, "59 s"),
            (60, "1 min"),
            (899, "14 min"),
            (900, "15 min"),
            (3599, "59 min"),
            (3600, "1 h"),
            (3659, "1 h"),
            (3660, "1 h 01 min"),
            (7200, "2 h"),
            (86_399, "23 h 59 min"),
            (86_400, "1 d"),
            (89_999, "1 d"),
            (90_000, "1 d 1 h"),
            (100 * 86_400, "100 d"),
            (-60, "1 min"),
            (i64::MIN, "106751991167300 d 15 h"),
        ];
        for (seconds, words) in cases {
            assert_eq!(in_words(seconds), words, "{seconds}");
        }
    }

    #[test]
    fn typed_lengths_are_read() {
        let cases = [
            ("15m", 900),
            ("2h", 7200),
            ("1h30m", 5400),
            ("15 min", 900),
            ("15", 900),
            ("0", 0),
            (" 15 Minutes ", 900),
            ("15M", 900),
            ("90s", 90),
            ("1.5h", 5400),
            ("1 h 05 min", 3900),
            ("2d", 172_800),
            ("366d", 366 * 86_400),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_seconds(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused_with_the_forms() {
        for text in ["", " ", "m", "-15m", "0.5", "15x", "367d", "99999999999999999999", "9999999999h", "soon", "١٥"] {
            let error = parse_seconds(text).unwrap_err().to_string();
            assert!(error.contains(&format!("`{text}`")) && error.contains("`1h30m`"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn words_are_read_back_but_for_what_was_cut(seconds in 0_i64..31_000_000) {
            let unit = match seconds { 0..60 => 1, 60..86_400 => 60, _ => 3600 };
            prop_assert_eq!(parse_seconds(&in_words(seconds)), Ok(seconds - seconds % unit));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = parse_seconds(&text);
        }
    }
}
