//! How far a command follows git's own manners when it commits: hooks and signature, or without them as was asked.
//! EFFECT layer, but values alone; `context` fills them.

use std::cell::Cell;
use std::time::Duration;

/// How long the hooks of one command may take, together.
const HOOK_TIME: Duration = Duration::from_secs(10);

/// How long one signature may take where a program may ask the person for it, and where it may not.
const SIGNING_TIME: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(10)];

/// What a command line says about committing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommitManners {
    /// `--no-verify`: the hooks `pre-commit` and `commit-msg` are passed over, as `git commit` does.
    pub no_verify: bool,
    /// `--no-sign`: where git is configured to sign, the commit goes on without a signature and says so.
    pub no_sign: bool,
    /// A person is at a terminal, where a signing program may ask for a passphrase or a key to be touched.
    pub may_ask: bool,
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

    /// How long one signature may take.
    pub(crate) fn signing_time(&self) -> Duration {
        let [at_a_terminal, alone] = SIGNING_TIME;
        if self.asked.may_ask { at_a_terminal } else { alone }
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
