//! `init`: a git repository that keeps incidents, made or adopted. Safe to run again.
//! The files and the commit are the store's; this file says what they hold and what came of it.

use std::path::PathBuf;

use serde_json::json;

use crate::commands::session::{Actor, no_identity};
use crate::context::Context;
use crate::document::config::CONFIG_TEMPLATE;
use crate::document::config::Durability;
use crate::document::teams::TEAMS_TEMPLATE;
use crate::domain::person::Person;
use crate::domain::who::resolve_who;
use crate::domain::zone::Zone;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::adopt::{AdoptOrder, Adopted, adopt, preview};
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// What `templates/config.yaml` says of pushing, and what it says after `init --push`.
const PUSH_SETTING: [(&str, &str); 2] = [("#share:\n", "share:\n"), ("#  push: manual  ", "  push: auto     ")];

/// Make or adopt a git repository for incidents
///
/// Writes and commits the settings (incidents/config.yaml), the on-call directory with the rows of the process
/// (incidents/teams.yaml) and incidents/.gitattributes, and tells this clone how to merge incident documents. Nothing that
/// stands is overwritten, and running it again changes nothing.
///
/// Without DIR it is the repository that -C, `$QPP_INCIDENT_REPO` or `git config qpp-incident.repo` names, else the one that
/// holds the current folder, else a new one in the current folder. With --push the settings say that every later commit is
/// pushed (share.push: auto); without it you push when you want to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident init ~/incidents
Next:    qpp-incident open \"What is wrong\"")]
pub struct Args {
    /// Where the repository is, or is to be made
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

/// Runs `init`.
///
/// # Errors
/// Nobody is known to git, or the repository cannot be made, used or written.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let directory = directory(args, context)?;
    let order = order(directory, context)?;
    let adopted = if context.options.dry_run { preview(&order)? } else { adopt(&order)? };
    let warnings = warnings(&adopted, context);
    if context.options.json {
        context.ui.json(&json!({
            "schema": 1,
            "path": adopted.root,
            "made_repository": adopted.made_repository,
            "files": adopted.files,
            "commits": adopted.commit.iter().collect::<Vec<_>>(),
            "warnings": warnings.iter().map(|(code, message)| json!({ "code": code, "message": message })).collect::<Vec<_>>(),
        }))?;
        return Ok(ExitStatus::Done);
    }
    for (_, message) in &warnings {
        context.ui.warning(message);
    }
    if context.options.quiet {
        context.ui.data(&adopted.root.display().to_string())?;
    } else {
        context.ui.data(&what_was_done(&adopted, context.options.dry_run))?;
        context.ui.note(&next_step(&adopted, context));
    }
    Ok(ExitStatus::Done)
}

/// DIR, else what every command would use, else the place where that one would have looked.
fn directory(args: &Args, context: &Context) -> Result<PathBuf, CommandError> {
    let choice = context.repository_choice();
    if let Some(directory) = &args.directory {
        let above = choice.directory.map_or_else(|| choice.current_folder.clone(), |folder| choice.current_folder.join(folder));
        return Ok(above.join(directory));
    }
    match Store::open_any(&choice) {
        Ok(store) => Ok(store.root().to_owned()),
        Err(StoreError::NoRepository { start, .. }) => Ok(start),
        Err(error) => Err(error.into()),
    }
}

fn order(directory: PathBuf, context: &Context) -> Result<AdoptOrder, CommandError> {
    let Actor { by, committer } = founder(&directory, context)?;
    Ok(AdoptOrder {
        directory,
        config_text: config_text(context.options.push),
        teams_text: TEAMS_TEMPLATE.to_owned(),
        order: RecordOrder {
            read: None,
            author: by,
            committer,
            recorded_at: context.now,
            committed_at: context.committed_at,
            clock_supplied: context.clock_supplied,
            wait: context.wait(),
            turn: context.turn(),
            detached: context.options.detached,
            durability: Durability::default(),
        },
        zone: Zone::default(),
        manners: context.manners(),
    })
}

/// Who adopts. There are no settings yet: `--by` may name who is known to git, or anybody in full.
fn founder(directory: &std::path::Path, context: &Context) -> Result<Actor, CommandError> {
    let choice = crate::store::repository::RepositoryChoice { directory: Some(directory.to_owned()), ..context.repository_choice() };
    let store = Store::open_any(&choice).ok();
    let git = context.identity_environment();
    let me = git.author(store.as_ref());
    let known: Vec<Person> = store.as_ref().map(Store::recent_authors).unwrap_or_default();
    let by = match context.options.by.as_deref().or_else(|| context.environment.get("QPP_INCIDENT_BY")) {
        Some(who) => resolve_who(who, me.as_ref(), &known)?,
        None => me.ok_or_else(no_identity)?,
    };
    Ok(Actor { committer: git.committer(store.as_ref()).unwrap_or_else(|| by.clone()), by })
}

/// The settings of a new repository.
fn config_text(push: bool) -> String {
    let changes = PUSH_SETTING.iter().filter(|_| push);
    changes.fold(CONFIG_TEMPLATE.to_owned(), |text, (manual, auto)| text.replacen(manual, auto, 1))
}

fn warnings(adopted: &Adopted, context: &Context) -> Vec<(&'static str, String)> {
    let mut warnings = adopted.warnings.clone();
    if adopted.other_content && !adopted.files.is_empty() {
        let why = "its branches, CI, permissions and code reviews are made for other work, and would hold up or rewrite the record";
        warnings.push(("other-content", format!("this repository holds other things too; one of its own is safer: {why}")));
    }
    let wrote_config = adopted.files.iter().any(|file| file == crate::store::repository::CONFIG_PATH);
    if context.options.push && !wrote_config {
        warnings
            .push(("config-stands", "incidents/config.yaml stands already and was not changed: set `share.push: auto` there".to_owned()));
    }
    warnings
}

fn what_was_done(adopted: &Adopted, dry_run: bool) -> String {
    let root = adopted.root.display();
    if adopted.files.is_empty() && !adopted.installed_driver {
        return format!("{root} keeps incidents already: nothing changed");
    }
    if adopted.files.is_empty() {
        return format!("{root} keeps incidents already; this clone now knows how to merge their documents");
    }
    let verb = match (dry_run, adopted.made_repository) {
        (false, true) => "made a git repository for incidents in",
        (false, false) => "adopted the git repository",
        (true, true) => "would make a git repository for incidents in",
        (true, false) => "would adopt the git repository",
    };
    adopted.files.iter().fold(format!("{verb} {root}"), |text, file| format!("{text}\n  {file}{}", purpose(file)))
}

fn purpose(file: &str) -> &'static str {
    match file {
        "incidents/config.yaml" => "     settings, all optional",
        "incidents/teams.yaml" => "      the on-call directory: fill in its blank cells",
        "incidents/.gitattributes" => "  names the merge driver, so that no entry is lost",
        _ => "",
    }
}

/// The first incident; from elsewhere, how to get there.
fn next_step(adopted: &Adopted, context: &Context) -> String {
    if context.options.dry_run {
        return "nothing was written (--dry-run)".to_owned();
    }
    let here = context.environment.current_folder.starts_with(&adopted.root);
    let root = adopted.root.display().to_string();
    let way = if here { String::new() } else { format!("cd {} && ", shell_words::quote(&root)) };
    format!("next: {way}qpp-incident open \"What is wrong\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::document::config::{Config, Push};

    #[test]
    fn the_settings_push_only_when_init_was_told_so() {
        assert_eq!(Config::parse(&config_text(false)).unwrap(), Config::default());
        let pushing = Config::parse(&config_text(true)).unwrap();
        assert_eq!(pushing.share().push, Push::Auto);
        assert_eq!(config_text(true).lines().count(), config_text(false).lines().count());
    }
}
