//! What every command starts from: the open repository, its settings, who acts and when.
//! Reads; changes nothing. Which incident is meant is decided in `incident_choice`.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::document::broken::{BrokenDocument, BrokenFile};
use crate::document::config::Config;
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::teams::Teams;
use crate::domain::at_time::{AtError, parse_at, parse_until};
use crate::domain::event::{Action, Event};
use crate::domain::person::Person;
use crate::domain::text::one_line;
use crate::domain::timestamp::Timestamp;
use crate::domain::who::{WhoError, resolve_who};
use crate::domain::zone::Zone;
use crate::error::CommandError;
use crate::store::kept_entry::KeptEntry;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;

/// An adopted repository with its settings, for the length of one command.
pub struct Session<'a> {
    /// The world outside.
    pub context: &'a Context,
    /// The repository.
    pub store: Store,
    /// `incidents/config.yaml`
    pub config: Config,
}

/// Who acts, and who types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The commit's author.
    pub by: Person,
    /// The commit's committer: the git identity.
    pub committer: Person,
}

impl Actor {
    /// Who typed it, when that was somebody else.
    pub fn recorded_by(&self) -> Option<Person> {
        (!self.by.is_same(&self.committer)).then(|| self.committer.clone())
    }
}

impl<'a> Session<'a> {
    /// Opens the repository that the options and the environment name.
    ///
    /// # Errors
    /// There is no adopted repository, or its settings cannot be read.
    pub fn open(context: &'a Context) -> Result<Self, CommandError> {
        let store = opened(context)?;
        let config = settings(&store)?;
        Ok(Self::with(context, store, config))
    }

    /// As [`Session::open`], for commands that broken settings must not stop in the middle of an incident: they say so and go on
    /// without them. What rests on a setting (a new document's zone, who must consent to a close) takes [`Session::open`].
    ///
    /// # Errors
    /// There is no adopted repository.
    pub fn open_whatever_the_settings(context: &'a Context) -> Result<Self, CommandError> {
        let store = opened(context)?;
        let config = settings(&store).unwrap_or_else(|error| {
            context.ui.warning(&format!("no settings are used: {}", error.message));
            Config::default()
        });
        Ok(Self::with(context, store, config))
    }

    fn with(context: &'a Context, store: Store, config: Config) -> Self {
        let session = Self { context, store, config };
        session.mention_other_branch();
        session.install_merge_driver();
        session
    }

    /// One warning line when the settings name another branch than the one that is checked out.
    fn mention_other_branch(&self) {
        let Some(wanted) = self.config.branch() else { return };
        let checked_out = self.store.branch().ok().and_then(|branch| branch.name);
        if let Some(name) = checked_out.filter(|name| name != wanted) {
            self.context.ui.warning(&format!("incidents are kept on branch `{wanted}`, and `{name}` is checked out"));
        }
    }

    /// git does not carry the driver along when it clones: whoever works in a clone for the first time gets it. What cannot be
    /// written (a read-only file system) is no reason to stop.
    fn install_merge_driver(&self) {
        if !self.context.options.dry_run && self.store.ensure_merge_driver().unwrap_or(false) {
            self.context.ui.note("this clone now knows how to merge incident documents (merge.qpp-incident in its git config)");
        }
    }

    /// The on-call directory.
    ///
    /// # Errors
    /// It cannot be read as one.
    pub fn teams(&self) -> Result<Teams, CommandError> {
        let text = self.store.teams_text()?.unwrap_or_default();
        Teams::parse(&text).map_err(|broken| CommandError::refused("bad-teams", format!("incidents/teams.yaml:{broken}")))
    }

    /// Who acts: `--by`, else `QPP_INCIDENT_BY`, else the git identity.
    ///
    /// # Errors
    /// There is no identity at all, or `--by` names nobody or several.
    pub fn actor(&self, known: &[Person]) -> Result<Actor, CommandError> {
        let git = self.context.identity_environment();
        let me = git.author(Some(&self.store));
        let committer = git.committer(Some(&self.store)).or_else(|| me.clone());
        let by = match self.typed_by() {
            Some(who) => self.who(who, known)?,
            None => me.ok_or_else(no_identity)?,
        };
        let committer = committer.unwrap_or_else(|| by.clone());
        Ok(Actor { by, committer })
    }

    fn typed_by(&self) -> Option<&str> {
        self.context.options.by.as_deref().or_else(|| self.context.environment.get("QPP_INCIDENT_BY"))
    }

    /// The person whom a typed WHO means.
    ///
    /// # Errors
    /// It names nobody or several.
    pub fn who(&self, who: &str, known: &[Person]) -> Result<Person, CommandError> {
        Ok(self.resolved(who, known)?)
    }

    /// As [`Session::who`], for somebody from outside: a name that nobody known has is kept as it was typed.
    ///
    /// # Errors
    /// It names several people, or is no person.
    pub fn anybody(&self, who: &str, known: &[Person]) -> Result<Person, CommandError> {
        match self.resolved(who, known) {
            Err(WhoError::Unknown { text, .. }) if !text.is_empty() => Ok(Person::new(&text, None)),
            _ => self.who(who, known),
        }
    }

    fn resolved(&self, who: &str, known: &[Person]) -> Result<Person, WhoError> {
        let mut everybody = known.to_vec();
        everybody.extend(self.config.people());
        everybody.extend(self.teams().map(|teams| teams.people()).unwrap_or_default());
        everybody.extend(self.store.recent_authors());
        let by_option = || self.typed_by().and_then(|by| resolve_who(by, None, &everybody).ok());
        let me = self.context.identity_environment().author(Some(&self.store)).or_else(by_option);
        resolve_who(who, me.as_ref(), &everybody)
    }

    /// When it happened: `--at`, else now. Says the day when it is not today.
    ///
    /// # Errors
    /// `--at` cannot be read, is in the future, or falls in a gap or a repeated hour.
    pub fn at(&self, zone: Zone) -> Result<Timestamp, CommandError> {
        match &self.context.options.at {
            Some(text) => self.time(text, zone),
            None => Ok(self.context.now),
        }
    }

    /// A typed time in a zone.
    ///
    /// # Errors
    /// As [`Session::at`].
    pub fn time(&self, text: &str, zone: Zone) -> Result<Timestamp, CommandError> {
        let at = parse_at(text, self.context.now, zone).map_err(|error| time_error(&error))?;
        if zone.date(at) != zone.date(self.context.now) {
            self.context.ui.note(&format!("`{text}` is {}", zone.date_minute(at)));
        }
        Ok(at)
    }

    /// A typed time that is still to come.
    ///
    /// # Errors
    /// It cannot be read, or is past.
    pub fn time_to_come(&self, text: &str, zone: Zone) -> Result<Timestamp, CommandError> {
        parse_until(text, self.context.now, zone).map_err(|error| time_error(&error))
    }

    /// The event of an action by somebody, now or at `--at`.
    pub fn event(&self, actor: &Actor, occurred_at: Timestamp, action: Action) -> Event {
        Event {
            occurred_at,
            recorded_at: self.context.now,
            by: actor.by.clone(),
            recorded_by: actor.recorded_by(),
            evidence: self.via_link().into_iter().collect(),
            action,
        }
    }

    /// `--via` as a link, when it is one.
    fn via_link(&self) -> Option<String> {
        self.context.options.via.as_deref().map(one_line).filter(|via| via.contains("://"))
    }

    /// What the store needs to know of who records.
    pub fn order(&self, actor: &Actor) -> RecordOrder {
        RecordOrder {
            read: None,
            author: actor.by.clone(),
            committer: actor.committer.clone(),
            recorded_at: self.context.now,
            committed_at: self.context.committed_at,
            clock_supplied: self.context.clock_supplied,
            wait: self.context.wait(),
            turn: self.context.turn(),
            detached: self.context.options.detached,
            durability: self.config.durability(),
        }
    }

    /// The documents of a folder as they stand on disk.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn texts(&self, path: &str) -> Result<BTreeMap<String, String>, CommandError> {
        let mut texts = BTreeMap::new();
        for name in [INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE] {
            if let Some(text) = self.store.text(&format!("{path}/{name}"))? {
                texts.insert(name.to_owned(), text);
            }
        }
        Ok(texts)
    }

    /// The entries of an incident that are kept and not yet in its document, the oldest first.
    pub fn kept_of(&self, path: &str) -> Vec<KeptEntry> {
        self.store.kept().into_iter().filter_map(|kept| kept.entry).filter(|entry| entry.folder_path == path).collect()
    }

    /// A folder as it stands on disk.
    ///
    /// # Errors
    /// A document is missing, cannot be read, is no text, or not what it should be.
    pub fn folder(&self, path: &str) -> Result<Folder, BrokenFile> {
        Folder::parse(path, &self.texts_of(path)?)
    }

    /// The front matter of an incident's document, whose folder can be read: what [`Session::folder`] would refuse is refused.
    ///
    /// # Errors
    /// As [`Session::folder`].
    pub fn header(&self, path: &str) -> Result<Header, BrokenFile> {
        let text = self.texts_of(path)?.remove(INCIDENT_FILE).unwrap_or_default();
        IncidentDocument::header_of(&text).map_err(|broken| BrokenFile { file: INCIDENT_FILE.to_owned(), broken })
    }

    fn texts_of(&self, path: &str) -> Result<BTreeMap<String, String>, BrokenFile> {
        let mut texts = BTreeMap::new();
        for name in [INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE] {
            match self.store.text(&format!("{path}/{name}")) {
                Ok(text) => texts.extend(text.map(|text| (name.to_owned(), text))),
                Err(error) => return Err(BrokenFile { file: name.to_owned(), broken: error.of_document() }),
            }
        }
        if !texts.contains_key(INCIDENT_FILE) {
            return Err(BrokenFile { file: INCIDENT_FILE.to_owned(), broken: BrokenDocument::missing() });
        }
        Ok(texts)
    }
}

fn opened(context: &Context) -> Result<Store, CommandError> {
    let store = Store::open(&context.repository_choice())?.with_manners(context.manners());
    let _first_one_counts = context.root.set(store.root().to_owned());
    Ok(store)
}

fn settings(store: &Store) -> Result<Config, CommandError> {
    let Some(text) = store.config_text()? else { return Ok(Config::default()) };
    Config::parse(&text).map_err(|broken| {
        CommandError::refused("bad-config", format!("incidents/config.yaml:{broken}"))
            .with_hint(format!("${{EDITOR:-vi}} +{} incidents/config.yaml", broken.line))
    })
}

/// A text that is no time is a wrong command line; a time that cannot be meant is refused.
fn time_error(error: &AtError) -> CommandError {
    let refusal = match error {
        AtError::Unreadable(_) => CommandError::usage("time", error.to_string()),
        AtError::Past { .. } => CommandError::refused("past-time", error.to_string()),
        AtError::Future { .. } => CommandError::refused("future-time", error.to_string()),
        AtError::Local(_) => CommandError::refused("time", error.to_string()),
    };
    refusal.with_hint(error.hint())
}

/// Everybody an incident names: whom a WHO may mean first.
pub fn known_people(document: &IncidentDocument) -> Vec<Person> {
    document.people()
}

/// The error of a machine on which git knows nobody: both ways to give an identity.
pub fn no_identity() -> CommandError {
    CommandError::refused("no-identity", "nobody is known to git on this machine, and the record must say who acted")
        .with_hint("--by \"Your Name <you@example.org>\", or once: git config --global user.name \"Your Name\" && git config --global user.email you@example.org")
}
