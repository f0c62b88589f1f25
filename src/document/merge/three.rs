//! The three versions of one thing that is merged, and the rule that comes before all others: whoever changed it is right (M0).
//! PURE.

/// A thing as both sides have it, and as it was when they parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Three<T> {
    /// The version from which both come; none if there is no such version, or it lacks the thing.
    pub base: Option<T>,
    /// One side's.
    pub ours: T,
    /// The other side's.
    pub theirs: T,
}

impl<T> Three<T> {
    /// The same of a part of the thing.
    pub fn map<'a, U>(&'a self, part: impl Fn(&'a T) -> U) -> Three<U> {
        Three { base: self.base.as_ref().map(&part), ours: part(&self.ours), theirs: part(&self.theirs) }
    }
}

impl<T: PartialEq> Three<T> {
    /// What both sides have, or the side's that differs from the base; `None` when each changed it in its own way.
    pub fn agreed(&self) -> Option<&T> {
        if self.ours == self.theirs || self.base.as_ref() == Some(&self.theirs) {
            Some(&self.ours)
        } else if self.base.as_ref() == Some(&self.ours) {
            Some(&self.theirs)
        } else {
            None
        }
    }
}

impl<T: Ord> Three<T> {
    /// What is agreed, else the smaller.
    pub fn agreed_or_smaller(&self) -> &T {
        self.agreed().unwrap_or_else(|| (&self.ours).min(&self.theirs))
    }

    /// What is agreed, else the greater.
    pub fn agreed_or_greater(&self) -> &T {
        self.agreed().unwrap_or_else(|| (&self.ours).max(&self.theirs))
    }
}

/// Whether a member of a set stands: in both sides, or new in one (M3).
pub fn stands(in_base: bool, in_ours: bool, in_theirs: bool) -> bool {
    (in_ours && in_theirs) || (!in_base && (in_ours || in_theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changed_it_is_right() {
        let agreed = |base: Option<u8>, ours: u8, theirs: u8| Three { base, ours, theirs }.agreed().copied();
        assert_eq!(agreed(None, 1, 1), Some(1));
        assert_eq!(agreed(Some(1), 1, 2), Some(2));
        assert_eq!(agreed(Some(2), 1, 2), Some(1));
        assert_eq!(agreed(Some(3), 1, 2), None);
        assert_eq!(agreed(None, 1, 2), None);
        assert_eq!(Three { base: None, ours: 2, theirs: 1 }.agreed_or_smaller(), &1);
        assert_eq!(Three { base: None, ours: 2, theirs: 1 }.agreed_or_greater(), &2);
    }

    #[test]
    fn a_set_keeps_what_is_common_or_new() {
        let cases = [(true, true, true), (true, true, false), (false, true, false), (false, false, true), (true, false, false)];
        assert_eq!(cases.map(|(base, ours, theirs)| stands(base, ours, theirs)), [true, false, true, true, false]);
    }
}
