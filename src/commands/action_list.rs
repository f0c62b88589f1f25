//! `action list`: the follow-up work of one incident or of all.
//! Reads; changes nothing. Each item once, the postmortem's row winning.

use crate::commands::action_choice::item_json;
use crate::commands::incident_choice::any;
use crate::commands::session::Session;
use crate::context::Context;
use crate::document::action_table::of_folder;
use crate::document::folder::Folder;
use crate::document::json::answered;
use crate::domain::action_item::{ActionItem, ActionType};
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::terminal::table::Table;

/// List action items
///
/// Those of one incident, or of all incidents when none is named, the latest incident first. What is done is left out unless
/// --all asks for it. A row that somebody typed without a reference is listed too, and named by a part of its text.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident action list --all INC-K7QFM
Next:    qpp-incident action done REF; qpp-incident action link REF ISSUE")]
pub struct Args {
    /// The incident; left out, all of them
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    /// Show what is done, too
    #[arg(long)]
    all: bool,
}

/// Runs `action list`.
///
/// # Errors
/// The incident named is none, or standard output takes no more.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let folders = folders(&session, args)?;
    let items: Vec<(&Folder, ActionItem)> =
        folders.iter().flat_map(|folder| of_folder(folder).into_iter().map(move |item| (folder, item))).collect();
    let shown: Vec<&(&Folder, ActionItem)> = items.iter().filter(|(_, item)| args.all || item.done_on.is_none()).collect();
    if context.options.json {
        let array = shown.iter().map(|(folder, item)| item_json(folder, item)).collect();
        context.ui.json(&answered(array))?;
        return Ok(ExitStatus::Done);
    }
    if !shown.is_empty() {
        let table = table(&shown, folders.len() > 1, args.all);
        context.ui.styled(&table.render(context.ui.width(), context.ui.is_colored()))?;
    }
    match (shown.len(), items.len() - shown.len()) {
        (0, 0) => context.ui.note("there is no action item: qpp-incident action add \"what is to be done\""),
        (0, done) => context.ui.note(&format!("nothing is left to do; --all shows what is done ({done})")),
        (_, 0) => {}
        (_, done) => context.ui.note(&format!("--all shows what is done, too ({done})")),
    }
    Ok(ExitStatus::Done)
}

/// The incidents to look at; one that cannot be read is named and left out, unless it was asked for.
fn folders(session: &Session<'_>, args: &Args) -> Result<Vec<Folder>, CommandError> {
    let options = &session.context.options;
    let is_named = args.name.is_some() || options.incident.is_some() || session.context.environment.get("QPP_INCIDENT").is_some();
    if is_named {
        let target = session.choose(args.name.as_deref(), any)?;
        return Ok(vec![target.sound()?.clone()]);
    }
    let mut folders = Vec::new();
    for place in session.store.incidents() {
        match session.folder(&place.path) {
            Ok(folder) => folders.push(folder),
            Err(broken) => session.context.ui.warning(&format!("left out, for it cannot be read: {}/{broken}", place.path)),
        }
    }
    Ok(folders)
}

fn table(shown: &[&(&Folder, ActionItem)], with_incident: bool, with_done: bool) -> Table {
    let incident: &[&str] = if with_incident { &["Incident"] } else { &[] };
    let done: &[&str] = if with_done { &["Done"] } else { &[] };
    let mut table = Table::new(&[incident, &["Ref", "Type", "Action item", "Owner", "Issue"], done].concat());
    for (folder, item) in shown {
        let id = with_incident.then(|| folder.incident.id().to_string());
        let cells = [
            item.reference.map(|reference| reference.to_string()),
            item.item_type.map(ActionType::word).map(str::to_owned),
            Some(item.text.clone()),
            item.owner.clone(),
            item.issue.clone(),
            item.done_on.map(|day| day.to_string()),
        ];
        table.row(id.into_iter().chain(cells.into_iter().map(Option::unwrap_or_default)));
    }
    table
}
