//! The real world, looked at once: clock, environment, terminal, prompter, global options.
//! The only place that reads the clock and the environment. Commands get it whole and look no further.
#![allow(clippy::disallowed_methods, reason = "the home of the clock and of the environment")]

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::domain::timestamp::Timestamp;
use crate::error::CommandError;
use crate::store::git_identity::IdentityEnvironment;
use crate::store::manners::CommitManners;
use crate::store::repository::RepositoryChoice;
use crate::store::turn::{INSIDE_HOOK, Turn};
use crate::terminal::prompter::{self, Prompter};
use crate::terminal::ui::{ColorWhen, Ui};

/// The name by which the command line's parts know `--wait` for others who write.
pub const LOCK_WAIT: &str = "lock_wait";

/// The options that every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a command line")]
#[command(next_help_heading = "Global options")]
pub struct GlobalOptions {
    /// Use the repository that holds this folder
    #[arg(short = 'C', long = "repo", global = true, value_name = "DIR")]
    pub repo: Option<PathBuf>,
    /// The incident: its id, a unique start of it, a unique part of its folder's name, or a path
    #[arg(id = "named_incident", short = 'i', long = "incident", global = true, value_name = "INC")]
    pub incident: Option<String>,
    /// Who acted, if not you: `me`, an e-mail address, `Name <email>` or a unique part of a known name
    #[arg(long, global = true, value_name = "WHO")]
    pub by: Option<String>,
    /// How somebody else said it, when you answer for them: words or a link
    #[arg(long, global = true, value_name = "TEXT|URL")]
    pub via: Option<String>,
    /// When it happened: 14:05, "2026-11-22 14:05", RFC 3339, "10 minutes ago"
    #[arg(long, global = true, value_name = "TIME")]
    pub at: Option<String>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print the incident's id alone
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Answer yes to every question
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Ask nothing, even on a terminal
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Show the edit as a diff and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Push after the commit
    #[arg(long, global = true, conflicts_with = "no_push")]
    pub push: bool,
    /// Do not push after the commit, whatever the settings say
    #[arg(long, global = true)]
    pub no_push: bool,
    /// Commit to what is checked out even when that is no branch
    #[arg(long, global = true)]
    pub detached: bool,
    /// Wait so long for others who write here, instead of 30 s for qpp-incident and 2 s for git
    // Not global to clap: `close --wait` is the closing question's. Every other command gets it in `cli`.
    #[arg(id = LOCK_WAIT, long = "wait", value_name = "SECONDS")]
    pub wait: Option<u64>,
    /// Commit without the hooks pre-commit and commit-msg
    #[arg(long, global = true)]
    pub no_verify: bool,
    /// Commit without a signature where git is set to sign; the commit says so
    #[arg(long, global = true)]
    pub no_sign: bool,
    /// Use no network
    #[arg(long, global = true)]
    pub offline: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorWhen,
}

/// Environment variables and the current folder, taken once.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    /// The current folder, absolute.
    pub current_folder: PathBuf,
    /// This program, to start it once more.
    pub program: PathBuf,
}

impl Environment {
    /// As the process has it.
    fn of_process() -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self {
            variables: variables.collect(),
            current_folder: std::env::current_dir().unwrap_or_default(),
            program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("qpp-incident")),
        }
    }

    /// A variable's value; empty counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The folder of what the user has set for git.
    ///
    /// # Source
    /// git-config(1), "FILES".
    fn users_settings_of_git(&self) -> Option<PathBuf> {
        let folder = self.get("XDG_CONFIG_HOME").map(PathBuf::from);
        folder.or_else(|| Some(PathBuf::from(self.get("HOME")?).join(".config"))).map(|folder| folder.join("git"))
    }
}

/// What a run knows of the world outside the repository.
pub struct Context {
    /// The global options.
    pub options: GlobalOptions,
    /// The environment.
    pub environment: Environment,
    /// Now: the clock, or what `QPP_INCIDENT_NOW` puts in its place.
    pub now: Timestamp,
    /// True when `QPP_INCIDENT_NOW` did.
    pub clock_supplied: bool,
    /// When the world was looked at, to tell how long ago that is.
    looked_at: Instant,
    /// The real clock, or `GIT_COMMITTER_DATE`: the time of the commit itself.
    pub committed_at: Timestamp,
    /// The subcommand's name, such as `log`.
    pub command: String,
    /// How many words stood behind `--` on the command line: those are never an incident's id.
    pub words_after_dashes: usize,
    /// The top of the repository, once a command has opened it: what paths in messages are relative to.
    pub root: OnceCell<PathBuf>,
    /// The way out.
    pub ui: Ui,
    /// The way to ask.
    pub prompter: Box<dyn Prompter>,
}

impl Context {
    /// Looks at the world, for a subcommand of this name.
    ///
    /// # Errors
    /// `QPP_INCIDENT_NOW` is no RFC 3339 time.
    pub fn new(options: GlobalOptions, command: String) -> Result<Self, CommandError> {
        let environment = Environment::of_process();
        let clock = Timestamp::new(Utc::now());
        let supplied = environment.get("QPP_INCIDENT_NOW").map(str::parse::<Timestamp>).transpose();
        let supplied = supplied.map_err(|error| CommandError::usage("bad-clock", format!("QPP_INCIDENT_NOW: {error}")))?;
        let committed_at = environment.get("GIT_COMMITTER_DATE").and_then(git_date).unwrap_or(clock);
        Ok(Self {
            now: supplied.unwrap_or(clock),
            clock_supplied: supplied.is_some(),
            looked_at: Instant::now(),
            committed_at,
            command,
            words_after_dashes: words_after_dashes(std::env::args_os()),
            root: OnceCell::new(),
            ui: Ui::new(options.color, options.quiet),
            prompter: prompter::choose(options.no_input || options.json),
            environment,
            options,
        })
    }

    /// The world looked at once more, for a command that stays: a clock that was put in place of the real one has run on since.
    ///
    /// # Errors
    /// As [`Context::new`].
    pub fn looked_at_again(&self) -> Result<Self, CommandError> {
        let mut again = Self::new(self.options.clone(), self.command.clone())?;
        if self.clock_supplied {
            again.now = self.now.plus_seconds(i64::try_from(self.looked_at.elapsed().as_secs()).unwrap_or_default());
        }
        Ok(again)
    }

    /// Where the repository is to be looked for.
    pub fn repository_choice(&self) -> RepositoryChoice {
        RepositoryChoice {
            directory: self.options.repo.clone(),
            environment: self.environment.get("QPP_INCIDENT_REPO").map(PathBuf::from),
            current_folder: self.environment.current_folder.clone(),
            users_settings: self.environment.users_settings_of_git(),
        }
    }

    /// The error with a hint that can be pasted where the person stands: paths in hints are relative to the repository.
    pub fn with_hint_from_here(&self, error: CommandError) -> CommandError {
        let error = match error.hint.clone().filter(|hint| self.command == "close" && hint.starts_with("--wait")) {
            Some(hint) => error.with_hint(format!("before the word `close`, {hint}")),
            None => error,
        };
        let Some(root) = self.root.get().filter(|root| **root != self.environment.current_folder) else { return error };
        let names_file = |hint: &String| (hint.starts_with("${EDITOR") || hint.starts_with("git restore")) && hint.contains(" incidents/");
        let root = root.display().to_string();
        match error.hint.clone().filter(names_file) {
            Some(hint) => error.with_hint(format!("cd {} && {hint}", shell_words::quote(&root))),
            None => error,
        }
    }

    /// How commits follow git's manners.
    pub fn manners(&self) -> CommitManners {
        CommitManners { no_verify: self.options.no_verify, no_sign: self.options.no_sign, may_ask: self.prompter.can_ask() }
    }

    /// What git would look at for an identity.
    pub fn identity_environment(&self) -> IdentityEnvironment {
        let variable = |name: &str| self.environment.get(name).map(str::to_owned);
        IdentityEnvironment {
            author_name: variable("GIT_AUTHOR_NAME"),
            author_email: variable("GIT_AUTHOR_EMAIL"),
            committer_name: variable("GIT_COMMITTER_NAME"),
            committer_email: variable("GIT_COMMITTER_EMAIL"),
            email: variable("EMAIL"),
        }
    }

    /// How long others who write are waited for, when the person said so.
    pub fn wait(&self) -> Option<Duration> {
        self.options.wait.map(Duration::from_secs)
    }

    /// How a command that writes takes its turn.
    pub fn turn(&self) -> Turn {
        let index = self.environment.get("GIT_INDEX_FILE").map(|index| self.environment.current_folder.join(index));
        let tell: fn(&str) = |line| Ui::new(ColorWhen::Auto, false).note(line);
        Turn { command: self.command.clone(), inside_hook: self.environment.get(INSIDE_HOOK).is_some(), index, tell }
    }

    /// True when no network may be used.
    pub fn is_offline(&self) -> bool {
        self.options.offline || self.environment.get("QPP_OFFLINE").is_some()
    }
}

/// The command line as it was typed, the program's name first.
pub fn typed_arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// Whether the command line says `--json`, read before it could be parsed: a wrong one is answered in JSON too.
pub fn asks_for_json() -> bool {
    std::env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

/// Whether the command line can only be answered with help: it says so, or says nothing.
pub fn asks_for_help() -> bool {
    let mut arguments = std::env::args_os().skip(1).peekable();
    arguments.peek().is_none() || arguments.any(|argument| argument == "-h" || argument == "--help" || argument == "help")
}

fn words_after_dashes(arguments: impl Iterator<Item = OsString>) -> usize {
    arguments.skip_while(|argument| argument != "--").skip(1).count()
}

/// A date as git takes it: RFC 3339, or seconds with an offset, with or without `@`.
///
/// # Source
/// git-commit(1) "Date formats".
fn git_date(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let seconds = text.trim().trim_start_matches('@').split(' ').next()?.parse::<i64>().ok()?;
    DateTime::from_timestamp(seconds, 0).map(Timestamp::new)
}
