//! Why git could not reach the others: its own words, sorted by what a person can do about them.
//! EFFECT layer, but a value.

use std::time::Duration;

use crate::domain::text::cut;

/// How many characters of git's words are repeated.
const SAID: usize = 400;

/// Why a fetch or a push did not come to its end. Nothing here has changed.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// There is no git to run.
    #[error("git could not be run: {0}")]
    NotRun(#[source] std::io::Error),
    /// A git whose answers are not understood.
    #[error("sync needs git {needed} or newer, and this is `{said}`")]
    TooOld {
        /// What `git version` says.
        said: String,
        /// The oldest one that will do.
        needed: String,
    },
    /// It was ended by us.
    #[error("git took longer than {} and was stopped", humantime::format_duration(*limit))]
    TooLong {
        /// How long it was given.
        limit: Duration,
    },
    /// No network, no such host, nobody listening.
    #[error("the remote cannot be reached: {0}")]
    Unreachable(String),
    /// The remote does not know us.
    #[error("the remote wants credentials that git does not have, or refuses them: {0}")]
    Credentials(String),
    /// The host's key is not known here, or is another than it was.
    #[error("ssh does not trust the remote's host key: {0}")]
    HostKey(String),
    /// There is no repository at that address.
    #[error("there is no repository at the remote's address: {0}")]
    NoRepository(String),
    /// Another git is busy with the same reference.
    #[error("another git command is busy with the same branch: {0}")]
    Busy(String),
    /// Anything else.
    #[error("git could not do it: {0}")]
    Other(String),
}

/// An error, given git's words.
type Make = fn(String) -> NetworkError;

/// What git and ssh say, in English since they are asked to, and what it means.
const MEANINGS: &[(&str, Make)] = &[
    ("Host key verification failed", NetworkError::HostKey),
    ("HOST IDENTIFICATION HAS CHANGED", NetworkError::HostKey),
    ("Permission denied (", NetworkError::Credentials),
    ("Permission denied, please try again", NetworkError::Credentials),
    ("terminal prompts disabled", NetworkError::Credentials),
    ("could not read Username", NetworkError::Credentials),
    ("could not read Password", NetworkError::Credentials),
    ("Authentication failed", NetworkError::Credentials),
    ("returned error: 401", NetworkError::Credentials),
    ("returned error: 403", NetworkError::Credentials),
    ("Too many authentication failures", NetworkError::Credentials),
    ("Could not resolve host", NetworkError::Unreachable),
    ("Temporary failure in name resolution", NetworkError::Unreachable),
    ("Name or service not known", NetworkError::Unreachable),
    ("Connection refused", NetworkError::Unreachable),
    ("Connection timed out", NetworkError::Unreachable),
    ("Connection reset", NetworkError::Unreachable),
    ("Connection closed by", NetworkError::Unreachable),
    ("Operation timed out", NetworkError::Unreachable),
    ("Network is unreachable", NetworkError::Unreachable),
    ("No route to host", NetworkError::Unreachable),
    ("Failed to connect", NetworkError::Unreachable),
    ("Could not connect to server", NetworkError::Unreachable),
    ("the remote end hung up unexpectedly", NetworkError::Unreachable),
    ("returned error: 5", NetworkError::Unreachable),
    ("does not appear to be a git repository", NetworkError::NoRepository),
    ("not a git repository", NetworkError::NoRepository),
    ("epository not found", NetworkError::NoRepository),
    ("returned error: 404", NetworkError::NoRepository),
    ("cannot lock ref", NetworkError::Busy),
    ("Unable to create", NetworkError::Busy),
];

impl NetworkError {
    /// What git's words mean.
    pub(crate) fn of(said: &str) -> Self {
        let meaning = MEANINGS.iter().find(|(words, _)| said.contains(words));
        let said = reason(said);
        meaning.map_or_else(|| Self::Other(said.clone()), |(_, make)| make(said.clone()))
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRun(_) => "no-git",
            Self::TooOld { .. } => "git-too-old",
            Self::TooLong { .. } => "timed-out",
            Self::Unreachable(_) => "unreachable",
            Self::Credentials(_) => "credentials",
            Self::HostKey(_) => "host-key",
            Self::NoRepository(_) => "no-remote-repository",
            Self::Busy(_) => "branch-busy",
            Self::Other(_) => "git",
        }
    }

    /// A command that can be pasted, or what to do. `remote`: its name.
    pub fn hint(&self, remote: &str) -> String {
        let remote = shell_words::quote(remote);
        match self {
            Self::NotRun(_) => "install git 2.41 or newer".to_owned(),
            Self::TooOld { .. } => "install a newer git; until then: git pull --no-rebase && git push".to_owned(),
            Self::TooLong { .. } => "qpp-incident sync --timeout 5m".to_owned(),
            Self::Unreachable(_) => format!("git ls-remote {remote} says whether it is back; what you record meanwhile is committed here"),
            Self::Credentials(_) | Self::HostKey(_) => format!("git fetch {remote}, in a terminal where git can ask"),
            Self::NoRepository(_) => format!("git remote get-url {remote}; git remote set-url {remote} URL sets another"),
            Self::Busy(_) => "try again in a moment".to_owned(),
            Self::Other(_) => format!("git fetch {remote}"),
        }
    }
}

/// The lines of git's answer that say why, as one.
pub(crate) fn reason(said: &str) -> String {
    let telling = ["fatal:", "error:", "remote:", "ssh:", "!"];
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let chosen: Vec<&str> = lines.iter().copied().filter(|line| telling.iter().any(|word| line.starts_with(word))).collect();
    let no_use = |line: &&&str| !line.starts_with("error: failed to push some refs") && !line.ends_with("remote:");
    let useful: Vec<&str> = chosen.iter().filter(no_use).copied().collect();
    let shown = [useful, chosen, lines].into_iter().find(|lines| !lines.is_empty()).unwrap_or_default();
    cut(&shown.join("; ").replace('\t', " "), SAID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gits_words_are_sorted_by_what_can_be_done() {
        let code = |said: &str| NetworkError::of(said).code();
        assert_eq!(code("git@host: Permission denied (publickey).\nfatal: Could not read from remote repository."), "credentials");
        assert_eq!(code("fatal: could not read Username for 'https://x': terminal prompts disabled"), "credentials");
        assert_eq!(code("ssh: connect to host x port 22: Connection refused\nfatal: Could not read"), "unreachable");
        assert_eq!(code("fatal: unable to access 'https://x/': Could not resolve host: x"), "unreachable");
        assert_eq!(code("fatal: '/x' does not appear to be a git repository"), "no-remote-repository");
        assert_eq!(code("error: cannot lock ref 'refs/remotes/origin/main': is at 1 but expected 2"), "branch-busy");
        assert_eq!(code("Host key verification failed.\nfatal: Could not read from remote repository."), "host-key");
        assert_eq!(code("something"), "git");
    }

    #[test]
    fn the_lines_that_say_why_are_repeated() {
        assert_eq!(
            reason("To ../hub\nremote: no entries on Sundays\n! a:b\terror: failed to push some refs to 'x'\n"),
            "remote: no entries on Sundays; ! a:b error: failed to push some refs to 'x'"
        );
        assert_eq!(reason("error: failed to push some refs to 'x'"), "error: failed to push some refs to 'x'");
        assert_eq!(reason("only this"), "only this");
    }
}
