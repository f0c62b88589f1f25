//! `teams`: the on-call directory, which the process calls the master list.
//! Reads, and with `--verify` stamps one row with the day on which somebody checked it.

use serde_json::{Value, json};

use crate::commands::session::Session;
use crate::context::Context;
use crate::document::json::people;
use crate::document::teams::{Team, Teams};
use crate::document::teams_edit::verified;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::files::TEAMS_PATH;
use crate::store::shared_file::FileOrder;
use crate::terminal::table::Table;

/// Show the on-call directory
///
/// Whom an incident of each team is reported to: escalation policy, incident address, phone, hours, and when somebody last
/// verified it. Blank cells are blank in the process too, and are named. --verify NAME stamps a row with today, once the team
/// has confirmed it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident teams
         qpp-incident teams GDIT
         qpp-incident teams --verify QPP-FE
Next:    fill in blank cells: ${EDITOR:-vi} incidents/teams.yaml")]
pub struct Args {
    /// One team; left out, all
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Record that the row was verified today
    #[arg(long)]
    verify: bool,
}

/// Runs `teams`.
///
/// # Errors
/// The directory cannot be read, no team has the name, or the stamp could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    if args.verify {
        verify(&session, args.name.as_deref())?;
    }
    let teams = session.teams()?;
    let shown: Vec<&Team> = match &args.name {
        Some(name) => vec![teams.find(name).map_err(|error| unknown(&error.to_string()))?],
        None => teams.teams.iter().collect(),
    };
    let ui = &context.ui;
    if context.options.json {
        let rows: Vec<Value> = shown.iter().map(|team| row(team)).collect();
        ui.json(&json!({ "schema": 1, "path": TEAMS_PATH, "master_list": teams.master_list, "teams": rows }))?;
    } else if context.options.quiet {
        ui.data(&shown.iter().map(|team| team.name.as_str()).collect::<Vec<_>>().join("\n"))?;
    } else if let ([team], true) = (shown.as_slice(), args.name.is_some()) {
        ui.data(&one(team))?;
    } else {
        all(&session, &teams)?;
    }
    for team in shown.iter().filter(|team| !team.blank_cells().is_empty()) {
        ui.note(&format!("blank: {} has no {}", team.full_name(), team.blank_cells().join(", ")));
    }
    Ok(ExitStatus::Done)
}

fn unknown(message: &str) -> CommandError {
    CommandError::refused("unknown-team", message).with_hint("qpp-incident teams")
}

/// A row as programs read it; blank cells are null and named.
fn row(team: &Team) -> Value {
    json!({
        "name": team.name,
        "contractor": team.contractor,
        "policy": team.policy,
        "email": team.email,
        "phone": team.phone,
        "hours": team.hours,
        "verified_on": team.verified_on,
        "notes": team.notes,
        "people": people(&team.known_people()),
        "blank": team.blank_cells(),
    })
}

/// One team, a cell a line.
fn one(team: &Team) -> String {
    let cell = |cell: &Option<String>| cell.as_deref().map(one_line).filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned());
    let verified = team.verified_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let mut lines = vec![
        team.full_name(),
        format!("policy: {}", cell(&team.policy)),
        format!("email: {}", cell(&team.email)),
        format!("phone: {}", cell(&team.phone)),
        format!("hours: {}", cell(&team.hours)),
        format!("verified on: {verified}"),
    ];
    lines.extend(team.known_people().iter().map(|person| format!("person: {person}")));
    lines.extend(team.notes.iter().map(|note| format!("note: {}", one_line(note))));
    lines.join("\n")
}

/// All teams as a table.
fn all(session: &Session<'_>, teams: &Teams) -> Result<(), CommandError> {
    let ui = &session.context.ui;
    let blank = |cell: &Option<String>| cell.as_deref().map(one_line).filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned());
    let mut table = Table::new(&["Team", "Policy", "Incident address", "Phone", "Hours", "Verified"]);
    for team in &teams.teams {
        let verified = team.verified_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
        table.row([team.full_name(), blank(&team.policy), blank(&team.email), blank(&team.phone), blank(&team.hours), verified]);
    }
    ui.styled(&table.render(ui.width(), ui.is_colored()))?;
    if let Some(page) = &teams.master_list {
        ui.note(&format!("master list: {page}"));
    }
    Ok(())
}

/// Stamps the row with today and commits that.
fn verify(session: &Session<'_>, name: Option<&str>) -> Result<(), CommandError> {
    let Some(name) = name else {
        return Err(
            CommandError::usage("nobody-named", "no team is named: which row was verified?").with_hint("qpp-incident teams --verify NAME")
        );
    };
    let teams = session.teams()?;
    let team = teams.find(name).map_err(|error| unknown(&error.to_string()))?.name.clone();
    let zone = session.config.zone();
    let today = zone.date(session.context.now);
    let text = session.store.teams_text()?.unwrap_or_default();
    let Some(edited) = verified(&text, &team, today) else {
        let message = format!("the row of {team} in {TEAMS_PATH} has a form that cannot be changed safely");
        return Err(CommandError::refused("cannot-edit", message).with_hint(format!("${{EDITOR:-vi}} {TEAMS_PATH}: verified_on: {today}")));
    };
    if edited == text || session.context.options.dry_run {
        session.context.ui.note(&format!("{team} is verified on {today}{}", if edited == text { " already" } else { " (--dry-run)" }));
        return Ok(());
    }
    let actor = session.actor(&[])?;
    let message = format!("teams: {team} verified on {today}\n\nEvent: teams-verify\n");
    let order = FileOrder { path: TEAMS_PATH, before: &text, after: &edited, message: &message, order: &session.order(&actor), zone };
    let commit = session.store.commit_shared_file(&order).map_err(|error| {
        let hint = error.hint();
        let refused = CommandError::refused(error.code(), error.to_string());
        hint.map_or(refused.clone(), |hint| refused.with_hint(hint))
    })?;
    session.context.ui.note(&format!("{team} is verified on {today}, commit {}", commit.get(..8).unwrap_or(&commit)));
    Ok(())
}
