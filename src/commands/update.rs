//! `update`: the status update that interested parties get, printed to be sent and recorded.
//! It never stands in the way: what cannot be committed now is kept, and the update is printed all the same.

use serde_json::json;

use crate::commands::answer::Answer;
use crate::commands::change::{Beside, Outcome};
use crate::commands::incident_choice::{Target, not_closed};
use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::context::Context;
use crate::document::folder::INCIDENT_FILE;
use crate::document::head_block::status_words;
use crate::document::header::Header;
use crate::document::json as shapes;
use crate::document::status_update::{StatusUpdate, bare, status_update};
use crate::document::template::{Template, TemplateError};
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::wording::NO_NEWS;
use crate::domain::zone::Zone;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;

/// Write a status update: printed to be sent, and recorded
///
/// The four lines of the process's sample (title, incident commander, status, live document), then the news, and when
/// the next update comes. Standard output is the update alone, so that it can be piped into a mail; the addresses of the
/// business owners and of the audience are on standard error. At least once every two hours, even if there is no news.
///
/// --bare prints the four lines alone; what is said with it is recorded as ever, and without a text nothing is.
/// What cannot be committed now is kept, printed, and folded in by the next command that can.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident update \"Logins work again for 60 % of users. The cause is not known yet.\"
         qpp-incident update --no-news
Next:    send what was printed to the people named; qpp-incident log … goes on")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the news
    #[arg(value_name = "[INCIDENT] TEXT")]
    words: Vec<String>,
    /// Say "No new information."
    #[arg(long)]
    no_news: bool,
    /// Print the four lines alone
    #[arg(long)]
    bare: bool,
}

/// Runs `update`.
///
/// # Errors
/// There is nothing to say, the incident is closed, or no space and no permission to keep it.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let header = header(&session, &target);
    if args.bare && rest.is_empty() && !args.no_news {
        return print_alone(&session, &target, header.as_ref());
    }
    let text = news(&session, args, &rest)?;
    if let Some(header) = header.as_ref().filter(|header| header.status() == Status::Closed) {
        let fits = format!("qpp-incident log {} \"…\" adds to the record", target.id);
        let refusal = Refusal::DoesNotFit { id: header.id(), status: Status::Closed, command: "update", fits };
        return Err(CommandError::from(refusal).about(&target.id));
    }
    let zone = header.as_ref().map_or_else(|| session.config.zone(), Header::zone);
    let known = target.folder.as_ref().map(|folder| known_people(&folder.incident)).unwrap_or_default();
    let actor = session.actor(&known)?;
    let event = session.event(&actor, session.at(zone)?, Action::Updated { text: text.clone() });
    let update = StatusUpdate { text, next_update_by: Some(next_update(&session, zone)), ..lines(&session, &target, header.as_ref()) };
    let whole = composed(&session, &update, status_update)?;
    let shown = if args.bare { composed(&session, &update, bare)? } else { whole.clone() };
    let to = recipients(header.as_ref());
    let extra = vec![("update", json!(whole)), ("to", to.iter().map(shapes::person).collect())];
    let beside = Beside { text: Some(shown), extra };
    let status = match session.change_or_keep_beside(&target, &actor, &event, &beside)? {
        Ok(outcome) => {
            session.answer(&outcome, &Answer { text: beside.text, extra: beside.extra, is_text_alone: true, ..Answer::default() })?
        }
        Err(kept) => kept,
    };
    say_recipients(&session, &to);
    Ok(status)
}

/// A status update with this news about an incident as it is now, and who gets it: for commands that tell the outside of what
/// they change. Its entry is theirs.
///
/// # Errors
/// The built-in template cannot be filled.
pub fn broadcast(session: &Session<'_>, outcome: &Outcome, news: &str) -> Result<(String, Vec<Person>), CommandError> {
    let (folder, header) = (&outcome.folder, outcome.folder.incident.header());
    let target = Target { path: folder.path.clone(), id: folder.incident.id(), folder: Ok(folder.clone()) };
    let next_update_by = Some(next_update(session, header.zone()));
    let update = StatusUpdate { text: news.to_owned(), next_update_by, ..lines(session, &target, Some(header)) };
    Ok((composed(session, &update, status_update)?, recipients(Some(header))))
}

fn news(session: &Session<'_>, args: &Args, rest: &[String]) -> Result<String, CommandError> {
    match (args.no_news, rest.is_empty()) {
        (true, true) => Ok(NO_NEWS.to_owned()),
        (true, false) => Err(CommandError::usage("news-with-no-news", "--no-news says that there is no news, and a text is given")),
        (false, _) => session.text(&words::Wanted { words: rest, edit: false, question: "What is the news?" }),
    }
}

/// What the front matter says: on disk, or as it was committed last while somebody has broken it.
fn header(session: &Session<'_>, target: &Target) -> Option<Header> {
    if let Ok(folder) = &target.folder {
        return Some(folder.incident.header().clone());
    }
    let path = format!("{}/{INCIDENT_FILE}", target.path);
    let on_disk = session.store.text(&path).ok().flatten().and_then(|text| Header::of_document(&text).ok());
    on_disk.or_else(|| session.store.committed_text(&path).and_then(|text| Header::of_document(&text).ok()))
}

/// The four lines.
fn lines(session: &Session<'_>, target: &Target, header: Option<&Header>) -> StatusUpdate {
    let live_document = session.live_link_of(&target.path);
    let Some(header) = header else {
        let unknown = "unknown: the document cannot be read";
        let commander = Some(Person::new(unknown, None));
        return StatusUpdate {
            title: target.id.to_string(),
            commander,
            status: unknown.to_owned(),
            live_document,
            ..StatusUpdate::default()
        };
    };
    StatusUpdate {
        title: header.title().to_owned(),
        commander: header.person(Key::Commander),
        status: status_words(header),
        live_document,
        ..StatusUpdate::default()
    }
}

/// When the next one is due: an interval after this one is written.
fn next_update(session: &Session<'_>, zone: Zone) -> String {
    let now = session.context.now;
    let due = now.plus_seconds(session.config.document_interval_seconds());
    if zone.date(due) == zone.date(now) { zone.minute(due) } else { zone.date_minute(due) }
}

/// The way from the fields to the text: whole or bare.
type Compose = fn(&StatusUpdate, Option<&str>) -> Result<String, TemplateError>;

/// The text by the repository's own template, or by the built-in one when that cannot be filled: an update is never held up.
fn composed(session: &Session<'_>, update: &StatusUpdate, compose: Compose) -> Result<String, CommandError> {
    let own = session.store.template(Template::StatusUpdate.file_name()).ok().flatten();
    let failed = match compose(update, own.as_deref()) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    session.context.ui.warning(&format!("{failed}; the built-in template is used"));
    compose(update, None).map_err(|error| CommandError::refused("template", error.to_string()))
}

/// Business owners and audience, each once.
fn recipients(header: Option<&Header>) -> Vec<Person> {
    let Some(header) = header else { return Vec::new() };
    let mut people: Vec<Person> = Vec::new();
    for person in [Key::BusinessOwners, Key::Audience].into_iter().flat_map(|key| header.people(key)) {
        if !people.iter().any(|other| other.is_same(&person)) {
            people.push(person);
        }
    }
    people
}

/// Who gets a status update, on standard error.
pub fn say_recipients(session: &Session<'_>, to: &[Person]) {
    if session.context.options.json {
        return;
    }
    if to.is_empty() {
        session.context.ui.note("to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS");
    } else {
        session.context.ui.note(&format!("to: {}", to.iter().map(address).collect::<Vec<_>>().join(", ")));
    }
}

/// `Pat Lee <pat@example.org>`, or the address alone where there is no name beside it.
fn address(person: &Person) -> String {
    match &person.email {
        Some(email) if *email == person.name => email.clone(),
        _ => person.to_string(),
    }
}

/// `--bare` without a text: the four lines as they are now, and nothing is recorded.
fn print_alone(session: &Session<'_>, target: &Target, header: Option<&Header>) -> CommandResult {
    let text = composed(session, &lines(session, target, header), bare)?;
    let to = recipients(header);
    if session.context.options.json {
        session.context.ui.json(&json!({
            "schema": 1,
            "id": target.id,
            "path": format!("{}/{INCIDENT_FILE}", target.path),
            "event": null,
            "status": header.map(Header::status),
            "commits": [],
            "entries": [],
            "warnings": [],
            "update": text,
            "to": to.iter().map(shapes::person).collect::<Vec<_>>(),
        }))?;
    } else {
        session.context.ui.data(&text)?;
    }
    say_recipients(session, &to);
    Ok(ExitStatus::Done)
}
