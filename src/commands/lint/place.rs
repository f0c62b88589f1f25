//! Where `lint` is run: what the repository or the folder of incidents around it knows, or nothing at all.
//! Reads; changes nothing. A text is linted anywhere; only an incident by its name needs a repository.

use std::cell::OnceCell;

use crate::commands::checked_place::CheckedPlace;
use crate::commands::lint::by_settings::known_rules_alone;
use crate::context::Context;
use crate::document::config::Config;
use crate::document::report::Report;
use crate::document::teams::Teams;
use crate::error::CommandError;

/// What is known where `lint` is run.
pub struct LintPlace<'a> {
    place: Result<CheckedPlace<'a>, CommandError>,
    /// Its settings, or the defaults where there is no repository.
    pub config: Config,
    /// The on-call directory.
    pub teams: Option<Teams>,
    authors: OnceCell<Vec<String>>,
    templates: OnceCell<[Option<String>; 2]>,
}

impl<'a> LintPlace<'a> {
    /// Looks around.
    ///
    /// # Errors
    /// The settings cannot be read or name a rule that does not exist, or `-C` names no repository.
    pub fn open(context: &'a Context) -> Result<Self, CommandError> {
        let place = CheckedPlace::open_quietly(context);
        if let (Err(error), true) = (&place, context.options.repo.is_some()) {
            return Err(error.clone());
        }
        let read = |place: &CheckedPlace<'_>| place.config_text().map_err(CommandError::from);
        let text = place.as_ref().map_or(Ok(None), read)?.unwrap_or_default();
        let config = Config::parse(&text).map_err(|broken| {
            CommandError::refused("bad-config", format!("incidents/config.yaml:{broken}"))
                .with_hint(format!("${{EDITOR:-vi}} +{} incidents/config.yaml", broken.line))
        })?;
        known_rules_alone(config.lint())?;
        let teams = place.as_ref().ok().and_then(|place| Teams::parse(&place.teams_text().ok()??).ok());
        Ok(Self { place, config, teams, authors: OnceCell::new(), templates: OnceCell::new() })
    }

    /// The repository or the folder of incidents.
    ///
    /// # Errors
    /// There is neither, and why.
    pub fn incidents(&self) -> Result<&CheckedPlace<'a>, CommandError> {
        self.place.as_ref().map_err(Clone::clone)
    }

    /// The repository's own templates of a postmortem and of an RCA, where it has them.
    pub fn templates(&self) -> &[Option<String>; 2] {
        self.templates.get_or_init(|| {
            let of = |report: Report| match &self.place {
                Ok(CheckedPlace::Repository(session)) => session.store.template(report.file()).ok().flatten(),
                _ => None,
            };
            [of(Report::Postmortem), of(Report::Rca)]
        })
    }

    /// The names of people beside those of the incident: of the settings, and who committed lately.
    pub fn others(&self) -> &[String] {
        self.authors.get_or_init(|| {
            let authors = match &self.place {
                Ok(CheckedPlace::Repository(session)) => session.store.recent_authors(),
                _ => Vec::new(),
            };
            // A program that commits is nobody.
            let authors = authors.into_iter().filter(|author| !author.name.ends_with("[bot]"));
            authors.chain(self.config.people()).map(|person| person.name).collect()
        })
    }
}
