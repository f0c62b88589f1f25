//! Comparing one printable value with what a reviewer reads. `SNAPSHOTS=overwrite` writes the new value into the test.
//! Backslashes are kept as they are (markdown escapes with them); line ends are not compared: compare bytes for those.

use std::fmt::Display;

use snapbox::IntoData;
use snapbox::assert::{Assert, DEFAULT_ACTION_ENV};

/// Compares with an inline snapshot, `str![[…]]`; `...` on a line of its own and `[..]` stand for anything.
#[track_caller]
pub fn assert_snapshot(actual: impl Display, expected: impl IntoData) {
    comparison().eq(actual.to_string(), expected);
}

/// The way every snapshot is compared.
pub fn comparison() -> Assert {
    Assert::new().action_env(DEFAULT_ACTION_ENV).normalize_paths(false)
}
