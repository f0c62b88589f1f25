//! Random bytes, for ids and references.
//! EFFECT: the only place of the store that draws; what the bytes mean is decided by pure code.

use crate::store::store_error::StoreError;

/// Bytes that nobody can foresee.
///
/// # Errors
/// The system gives none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0_u8; N];
    let failed = |_| StoreError::git("draw at random", git2::Error::from_str("the system gives no random bytes"));
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
