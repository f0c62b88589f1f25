//! `SEV-1` (worst) to `SEV-5`.
//! PURE.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// How bad it is. Unset is allowed; a smaller number is worse and sorts first.
///
/// # Examples
/// ```
/// use qpp_incident::domain::severity::Severity;
/// assert_eq!("sev2".parse::<Severity>()?.to_string(), "SEV-2");
/// # Ok::<(), qpp_incident::domain::severity::NotASeverity>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Severity(u8);

/// A text that is no severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a severity (SEV-1, the worst, to SEV-5)")]
pub struct NotASeverity(pub String);

impl Severity {
    /// The number, 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SEV-{}", self.0)
    }
}

impl FromStr for Severity {
    type Err = NotASeverity;

    /// Reads `SEV-2`, `sev2` or `2`.
    fn from_str(text: &str) -> Result<Self, NotASeverity> {
        let refused = || NotASeverity(text.to_owned());
        let lower = text.trim().to_lowercase();
        let digits = lower.strip_prefix("sev").unwrap_or(&lower);
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        let number: u8 = digits.parse().map_err(|_| refused())?;
        if (1..=5).contains(&number) && digits.len() == 1 { Ok(Self(number)) } else { Err(refused()) }
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
