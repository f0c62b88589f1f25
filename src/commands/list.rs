//! `list`: all incidents, or those that are not closed.
//! Reads each document once; changes nothing.

use serde_json::Value;

use crate::commands::listed::Listed;
use crate::commands::session::Session;
use crate::context::Context;
use crate::document::in_parallel::in_parallel;
use crate::document::json::clocks::clocks;
use crate::document::json::list::{row, unread_row};
use crate::domain::key::Key;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::terminal::table::Table;
use crate::terminal::ui::indented;

/// List the incidents that are not closed, the newest first
///
/// One row an incident: who commands it, when it was opened, and how long until the next thing is due. A document that
/// cannot be read is listed as such.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident list --all
         for id in $(qi list -q); do qi status $id; done
Next:    qpp-incident status says what is due, and who acts")]
pub struct Args {
    /// List closed incidents too, behind the others
    #[arg(short, long)]
    all: bool,
}

/// Runs `list`.
///
/// # Errors
/// There is no repository, or standard output takes no more.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let every = session.listed(false);
    let (closed, shown): (Vec<&Listed>, Vec<&Listed>) = every.iter().partition(|listed| listed.is_closed() && !args.all);
    session.warn_of_broken(shown.iter().copied());
    if context.options.json {
        context.ui.json_list(&in_parallel(&shown, |listed| indented(&json(listed))))?;
    } else if context.options.quiet {
        let ids: Vec<String> = shown.iter().map(|listed| id(listed)).collect();
        context.ui.data(&ids.join("\n"))?;
    } else if shown.is_empty() {
        context.ui.note(&nothing(closed.len()));
    } else {
        print_table(&shown, context)?;
    }
    Ok(ExitStatus::Done)
}

/// What is said when there is nothing to list.
fn nothing(closed: usize) -> String {
    match closed {
        0 => "there is no incident yet: qpp-incident open \"What is wrong\"".to_owned(),
        1 => "no incident is open; 1 is closed: qpp-incident list --all".to_owned(),
        closed => format!("no incident is open; {closed} are closed: qpp-incident list --all"),
    }
}

fn id(listed: &Listed) -> String {
    listed.read.as_ref().map_or_else(|_| listed.place.id.to_string(), |sound| sound.header.id().to_string())
}

fn json(listed: &Listed) -> Value {
    match &listed.read {
        Ok(sound) => {
            let standing = sound.standing.as_ref();
            row(&sound.header, &listed.place.path, standing.map_or(Value::Null, |standing| clocks(&standing.clocks, sound.header.zone())))
        }
        Err(broken) => unread_row(&listed.place.id, &listed.place.path, broken),
    }
}

fn print_table(shown: &[&Listed], context: &Context) -> Result<(), CommandError> {
    let mut table = Table::new(&["Id", "Status", "Sev", "Title", "IC", "Opened", "Due"]);
    for listed in shown {
        table.row(cells(listed));
    }
    Ok(context.ui.styled(&table.render(context.ui.width(), context.ui.is_colored()))?)
}

fn cells(listed: &Listed) -> [String; 7] {
    let unknown = || "-".to_owned();
    let day = || listed.place.day.map_or_else(unknown, |day| day.to_string());
    let Ok(sound) = &listed.read else {
        return [id(listed), "cannot be read".to_owned(), unknown(), listed.place.slug.clone(), unknown(), day(), unknown()];
    };
    let header = &sound.header;
    let opened = header.instant(Key::OpenedAt).or_else(|| header.instant(Key::ReportedAt));
    [
        id(listed),
        header.status().to_string(),
        header.severity().map_or_else(unknown, |severity| severity.to_string()),
        header.title().to_owned(),
        header.person(Key::Commander).map_or_else(unknown, |person| person.name),
        opened.map_or_else(day, |at| header.zone().date_minute(at)),
        listed.duties().first().map_or_else(unknown, crate::document::duties::Duty::when),
    ]
}
