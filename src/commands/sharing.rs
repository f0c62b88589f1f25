//! What every command does about sharing: pushes when that was asked for, starts a push that nobody waits for, and says what is
//! not pushed yet. The work is the store's.

use std::time::Duration;

use crate::commands::session::{Actor, Session};
use crate::document::config::Push;
use crate::document::folder::INCIDENT_FILE;
use crate::document::live_link::live_link;
use crate::store::network::NetworkManners;
use crate::store::repository::Store;
use crate::store::sync::Stopped;
use crate::store::sync_error::SyncError;
use crate::store::synced::{Reach, SyncOrder, Synced};

/// How long one fetch or push may take when nothing is said.
const LIMIT: Duration = Duration::from_secs(60);

/// The same where a person is there to be asked: a passphrase takes its time to type.
const LIMIT_AT_A_TERMINAL: Duration = Duration::from_secs(300);

impl Session<'_> {
    /// The order to sync as far as `reach` says.
    pub fn sync_order(&self, actor: &Actor, reach: Reach, limit: Option<Duration>) -> SyncOrder {
        let may_ask = self.context.prompter.can_ask();
        let environment = &self.context.environment;
        SyncOrder {
            record: self.order(actor),
            zone: self.config.zone(),
            manners: NetworkManners {
                may_ask,
                limit: limit.unwrap_or(if may_ask { LIMIT_AT_A_TERMINAL } else { LIMIT }),
                ssh_command: environment.get("GIT_SSH_COMMAND").map(str::to_owned),
                has_ssh_program: environment.get("GIT_SSH").is_some(),
            },
            remote: self.config.share().remote.clone(),
            branch: self.config.branch().map(str::to_owned),
            reach,
            may_ride_along: false,
            dry_run: self.context.options.dry_run,
        }
    }

    /// With `--push`, what was committed is pushed, merged first with what others pushed meanwhile; with `share.push: auto` a
    /// push is started and not waited for. What is committed stands whatever comes of that.
    ///
    /// # Errors
    /// Why it is not pushed.
    pub fn share(&self) -> Result<(), String> {
        let options = &self.context.options;
        if options.push && self.context.is_offline() {
            return Err("committed, and not pushed: no network may be used (--offline)".to_owned());
        }
        if options.push {
            let synced = self.store.sync(&self.push_order()?);
            let synced = synced.map_err(|stopped| format!("committed, and not pushed: {}", with_hint(&stopped.error)))?;
            self.context.ui.note(&pushed(&synced.unwrap_or_default()));
        } else if self.pushes_by_itself() {
            match self.store.shared_through(&self.push_order()?) {
                Ok(shared) => match self.store.push_in_the_background(&self.context.environment.program) {
                    Ok(()) => self.context.ui.note(&format!("pushing to {}", shared.remote)),
                    Err(error) => self.context.ui.note(&format!("not pushed: {error}")),
                },
                Err(error) => self.context.ui.note(&format!("not pushed: {error}")),
            }
        }
        Ok(())
    }

    /// Whoever acted, the merge is made by who types.
    fn push_order(&self) -> Result<SyncOrder, String> {
        let git = self.context.identity_environment();
        let typist = git.committer(Some(&self.store)).or_else(|| git.author(Some(&self.store)));
        let actor = match typist {
            Some(typist) => Actor { by: typist.clone(), committer: typist },
            None => self.actor(&[]).map_err(|error| error.message)?,
        };
        Ok(self.sync_order(&actor, Reach::PushFirst, None))
    }

    /// Says how much is not pushed yet, and why the last try failed.
    pub fn note_not_pushed(&self) {
        if let Some(said) = self.not_pushed() {
            self.context.ui.note(&said);
        }
    }

    /// How much is not pushed yet, as one line; none when everything is, or a push was started a moment ago.
    fn not_pushed(&self) -> Option<String> {
        let failed = self.store.why_not_pushed();
        let ahead = self.store.ahead_count().filter(|ahead| *ahead > 0)?;
        if self.pushes_by_itself() && failed.is_none() {
            return None;
        }
        Some(format!("{}: qpp-incident sync", not_pushed_words(ahead, failed.as_deref())))
    }

    /// Where an incident's live document is read: by the remote and the branch that incidents are shared by.
    pub fn live_link_of(&self, path: &str) -> String {
        let share = self.config.share();
        let upstream = self.store.upstream();
        let upstream = upstream.as_deref().and_then(|name| name.split_once('/'));
        let remote = share.remote.as_deref().or(upstream.map(|(remote, _)| remote)).unwrap_or("origin");
        let checked_out = self.store.branch().ok().and_then(|branch| branch.name);
        let branch = self.config.branch().or(upstream.map(|(_, branch)| branch)).or(checked_out.as_deref()).unwrap_or("HEAD");
        let url = self.store.remote_url(remote);
        live_link(share.url.as_deref(), url.as_deref(), branch, &format!("{path}/{INCIDENT_FILE}"))
    }

    /// Whether that is a link, and not the mere path of the file.
    pub fn has_live_link(&self) -> bool {
        self.live_link_of("x").contains("://")
    }

    fn pushes_by_itself(&self) -> bool {
        let options = &self.context.options;
        self.config.share().push == Push::Auto && !options.no_push && !self.context.is_offline()
    }
}

/// `2 commits are not pushed yet (the last try failed: …)`
pub fn not_pushed_words(ahead: usize, failed: Option<&str>) -> String {
    let commits = if ahead == 1 { "commit is" } else { "commits are" };
    let why = failed.map_or_else(String::new, |why| format!(" (the last try failed: {why})"));
    format!("{ahead} {commits} not pushed yet{why}")
}

/// What `status` says of commits that others do not have; none when they have all, or when there are no others.
pub fn not_live_yet(store: &Store) -> Option<String> {
    if store.is_unshared() {
        return Some("no upstream: nothing was pushed yet, so nothing is live: qpp-incident sync".to_owned());
    }
    let ahead = store.ahead_count().filter(|ahead| *ahead > 0)?;
    Some(not_live(ahead, store.why_not_pushed().as_deref()))
}

fn not_live(ahead: usize, failed: Option<&str>) -> String {
    format!("{}, so not live: qpp-incident sync", not_pushed_words(ahead, failed))
}

/// Why it stopped, and what to do, in one line.
pub fn with_hint(error: &SyncError) -> String {
    error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}; {hint}"))
}

/// What is said of a sync that did not come to its end, in the one line that the next command shows.
pub fn failure(stopped: &Stopped) -> String {
    crate::domain::text::one_line(&stopped.error.to_string())
}

fn pushed(synced: &Synced) -> String {
    match synced.received {
        0 => format!("pushed to {}", synced.remote),
        1 => format!("pushed to {}, with 1 commit that came from there", synced.remote),
        count => format!("pushed to {}, with {count} commits that came from there", synced.remote),
    }
}
