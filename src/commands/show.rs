//! `show`: one incident's document, for people, for programs, and as it is.
//! Reads; changes nothing. A document that is broken is still shown.

use crate::commands::session::Session;
use crate::context::Context;
use crate::document::clock_facts::folder_clocks;
use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::front_matter::FrontMatter;
use crate::document::json::show::show;
use crate::document::render::html;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::paths::IncidentPath;
use crate::terminal::pager::Pager;

/// Show an incident's document
///
/// On a terminal it is shown to be read, what happened first and the front matter last, in $PAGER when it is long. Piped, it is the
/// file's own bytes. --json gives everything that the documents say, as docs/schema/show.json describes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident show INC-K7QFM
         qpp-incident show --json | jq .clocks.acknowledge
Next:    qpp-incident status INC-K7QFM says what is due")]
pub struct Args {
    /// The incident; left out, the only one that is not closed
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    /// As an HTML fragment, without anything that a browser would run
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// The postmortem instead
    #[arg(long, conflicts_with_all = ["rca", "json"])]
    postmortem: bool,
    /// The root cause analysis instead
    #[arg(long, conflicts_with = "json")]
    rca: bool,
}

/// Runs `show`.
///
/// # Errors
/// There is no such file, or with `--json` the document cannot be read, and where.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let place = session.choose_to_read(args.name.as_deref())?;
    if context.options.json {
        let target = session.target_to_read(place);
        let folder = target.sound()?;
        context.ui.json(&show(folder, &folder_clocks(folder, &session.config, context.now)))?;
        return Ok(ExitStatus::Done);
    }
    let path = format!("{}/{}", place.path, file(args));
    let bytes = session.store.bytes(&path)?.ok_or_else(|| missing(args, &place))?;
    let text = String::from_utf8_lossy(&bytes);
    if args.html {
        context.ui.raw(html(&text).as_bytes())?;
    } else if context.ui.is_terminal() {
        let environment = &context.environment;
        let pager = Pager::choose(environment.get("PAGER"), environment.get("LESS"));
        context.ui.page(&readable(&path, &text), pager.as_ref())?;
    } else {
        context.ui.raw(&bytes)?;
    }
    Ok(ExitStatus::Done)
}

fn file(args: &Args) -> &'static str {
    match (args.postmortem, args.rca) {
        (true, _) => POSTMORTEM_FILE,
        (_, true) => RCA_FILE,
        _ => INCIDENT_FILE,
    }
}

fn missing(args: &Args, place: &IncidentPath) -> CommandError {
    let (what, hint) = match (args.postmortem, args.rca) {
        (true, _) => ("no postmortem", format!("qpp-incident postmortem {}", place.id)),
        (_, true) => ("no root cause analysis", format!("qpp-incident rca {}", place.id)),
        _ => ("no incident document", format!("git log -- {}", place.path)),
    };
    CommandError::refused("no-such-file", format!("{} has {what}: {}/{} does not exist", place.id, place.path, file(args)))
        .about(&place.id)
        .with_hint(hint)
}

/// The document for a person: its body, then its front matter; one without is shown as it is.
fn readable(path: &str, text: &str) -> String {
    let Ok(parts) = FrontMatter::split(text) else { return text.to_owned() };
    let body = text.get(parts.body_start..).unwrap_or_default().trim();
    format!("{body}\n\n---\n{path}\n{}\n", parts.yaml_of(text).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_matter_comes_last_for_people() {
        let text = "---\nid: INC-K7QFM # mine\n---\n\n# Many errors\n\nx\n";
        assert_eq!(readable("a/incident.md", text), "# Many errors\n\nx\n\n---\na/incident.md\nid: INC-K7QFM # mine\n");
        assert_eq!(readable("a", "---\nbroken"), "---\nbroken");
    }
}
