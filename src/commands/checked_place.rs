//! Where `check` reads: a repository, or a plain folder of files.
//! Reads; changes nothing. What only git knows is none in a plain folder, and is said to be left out.

use std::path::Path;

use crate::commands::session::Session;
use crate::context::Context;
use crate::document::config::Config;
use crate::error::CommandError;
use crate::store::file_error::FileError;
use crate::store::files::{TEAMS_PATH, text_below};
use crate::store::kept::KeptFile;
use crate::store::paths::{IncidentPath, incidents_in};
use crate::store::plain_folder::PlainFolder;
use crate::store::repository::{CONFIG_PATH, Store};
use crate::store::store_error::StoreError;

/// A session even where the settings cannot be read: that is a finding of `check`, and no reason to prove nothing.
///
/// # Errors
/// There is no adopted repository.
pub fn lenient_session(context: &Context) -> Result<Session<'_>, CommandError> {
    let store = Store::open(&context.repository_choice())?;
    let text = store.config_text().ok().flatten();
    let config = text.and_then(|text| Config::parse(&text).ok()).unwrap_or_default();
    Ok(Session { context, store, config })
}

/// The rules that ask git, and say nothing in a plain folder.
pub const HISTORY_RULES: [&str; 3] = ["kept-entries", "live-link", "not-pushed"];

/// What is read.
pub enum CheckedPlace<'a> {
    /// An adopted repository.
    Repository(Box<Session<'a>>),
    /// A folder without git, and its settings.
    Folder(PlainFolder, Box<Config>),
}

impl<'a> CheckedPlace<'a> {
    /// The repository that is meant, else the folder; the latter is noted.
    ///
    /// # Errors
    /// There is neither, or the repository is not adopted.
    pub fn open(context: &'a Context) -> Result<Self, CommandError> {
        let place = Self::open_quietly(context)?;
        if let Self::Folder(folder, _) = &place {
            let rules = HISTORY_RULES.join(", ");
            context.ui.note(&format!("no git to ask at {}: the files alone are checked; skipped: {rules}", folder.root().display()));
        }
        Ok(place)
    }

    /// As [`CheckedPlace::open`], for rules that ask git nothing.
    ///
    /// # Errors
    /// As [`CheckedPlace::open`].
    pub fn open_quietly(context: &'a Context) -> Result<Self, CommandError> {
        let choice = context.repository_choice();
        match Store::open(&choice) {
            Err(error @ (StoreError::NoRepository { .. } | StoreError::ForeignOwner { .. })) => {
                let folder = PlainFolder::find(&choice).ok_or(error)?;
                let text = folder.text(CONFIG_PATH).ok().flatten();
                let config = text.and_then(|text| Config::parse(&text).ok()).unwrap_or_default();
                Ok(Self::Folder(folder, Box::new(config)))
            }
            _ => Ok(Self::Repository(Box::new(lenient_session(context)?))),
        }
    }

    /// The settings, or the defaults where they cannot be read.
    pub fn config(&self) -> &Config {
        match self {
            Self::Repository(session) => &session.config,
            Self::Folder(_, config) => config,
        }
    }

    /// The folder that holds `incidents/`.
    pub fn root(&self) -> &Path {
        match self {
            Self::Repository(session) => session.store.root(),
            Self::Folder(folder, _) => folder.root(),
        }
    }

    /// The text of a file; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn text(&self, relative: &str) -> Result<Option<String>, FileError> {
        text_below(self.root(), relative)
    }

    /// The text of the settings.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn config_text(&self) -> Result<Option<String>, FileError> {
        self.text(CONFIG_PATH)
    }

    /// The text of the on-call directory.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn teams_text(&self) -> Result<Option<String>, FileError> {
        self.text(TEAMS_PATH)
    }

    /// All incidents.
    pub fn incidents(&self) -> Vec<IncidentPath> {
        incidents_in(self.root())
    }

    /// What a name on the command line means, and whether that is everything.
    ///
    /// # Errors
    /// It means no incident, or several.
    pub fn named(&self, context: &Context, name: &str) -> Result<(Vec<IncidentPath>, bool), CommandError> {
        let current_folder = &context.environment.current_folder;
        match self {
            Self::Repository(session) => match session.store.find_below(current_folder, name) {
                Some(found) => Ok(found),
                None => Ok((vec![session.find(name)?], false)),
            },
            Self::Folder(folder, _) => {
                if let Some(found) = folder.find_below(current_folder, name) {
                    return Ok(found);
                }
                let found = folder.find_named(current_folder, name);
                match found.len() {
                    1 => Ok((found, false)),
                    0 => Err(CommandError::refused(
                        "unknown-incident",
                        format!("no incident is named `{name}` in {}", folder.root().display()),
                    )
                    .with_hint(format!("qpp-incident {}, without a name, looks at all of them", context.command))),
                    count => Err(CommandError::refused("ambiguous-incident", format!("`{name}` names {count} incidents"))
                        .with_hint(found.iter().map(|place| place.id.to_string()).collect::<Vec<_>>().join(", "))),
                }
            }
        }
    }

    /// What is kept and not yet committed.
    pub fn kept(&self) -> Vec<KeptFile> {
        match self {
            Self::Repository(session) => session.store.kept(),
            Self::Folder(..) => Vec::new(),
        }
    }

    /// How many commits the upstream does not have.
    pub fn not_pushed(&self) -> usize {
        match self {
            Self::Repository(session) => session.store.ahead_count().unwrap_or_default(),
            Self::Folder(..) => 0,
        }
    }

    /// Whether a link to the live documents can be given; none where it cannot be told.
    pub fn has_live_link(&self) -> Option<bool> {
        match self {
            Self::Repository(session) => Some(session.has_live_link()),
            Self::Folder(_, config) => config.share().url.as_ref().map(|_| true),
        }
    }
}
