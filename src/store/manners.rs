//! How far a command follows git's own manners when it commits: hooks and signature, or without them as was asked.
//! EFFECT layer, but values alone; `context` fills them.

use std::cell::Cell;
use std::time::Duration;

/// How long the hooks of one command may take, together.
const HOOK_TIME: Duration = Duration::from_secs(10);

/// What a command line says about committing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommitManners {
    /// `--no-verify`: the hooks `pre-commit` and `commit-msg` are passed over, as `git commit` does.
    pub no_verify: bool,
    /// `--no-sign`: where git is configured to sign, the commit goes on without a signature and says so.
    pub no_sign: bool,
}

/// The manners of one command and the time that its hooks have left.
#[derive(Debug)]
pub(crate) struct Manners {
    /// As the command line has it.
    pub asked: CommitManners,
    hook_time: Cell<Duration>,
}

impl Default for Manners {
    fn default() -> Self {
        Self { asked: CommitManners::default(), hook_time: Cell::new(HOOK_TIME) }
    }
}

impl Manners {
    pub(crate) fn new(asked: CommitManners) -> Self {
        Self { asked, ..Self::default() }
    }

    /// What is left of the time for hooks.
    pub(crate) fn hook_time(&self) -> Duration {
        self.hook_time.get()
    }

    /// Takes what a hook has used off that time.
    pub(crate) fn hook_took(&self, time: Duration) {
        self.hook_time.set(self.hook_time.get().saturating_sub(time));
    }
}
