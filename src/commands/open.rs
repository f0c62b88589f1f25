//! `open`: the incident document, with all available information in it.
//! What is known is gathered from the flags and from a report; the text is made in `document::new_document`.

use std::path::{Path, PathBuf};

use crate::commands::answer::Answer;
use crate::commands::change::{Outcome, outcome};
use crate::commands::opening::{Opening, Typed, title_and_ack};
use crate::commands::session::{Actor, Session};
use crate::commands::{opening_advice, words};
use crate::context::Context;
use crate::document::decision::Decision;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::mail_report::MailReport;
use crate::document::new_document::{NewDocumentError, NewIncident, new_document};
use crate::document::template::Template;
use crate::domain::event::{Action, Event};
use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::domain::severity::Severity;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};
use crate::store::files::read_named;
use crate::store::paths::IncidentPath;
use crate::terminal::stdin::read_piped;

/// Open an incident: its live document, with all that is known so far
///
/// Anyone may open an incident; when in doubt, treat it as one. PagerDuty is the sole mechanism for reporting one, so give
/// its reference with --pagerduty, or the report that was sent there with --from: its sender becomes the reporter, its
/// subject the title, its links the evidence and its text the summary, where flags do not say otherwise.
///
/// With --via you say how it was reported. Left out, the report was made when the document is opened, by who opens it.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Example: qpp-incident open \"Many errors on the Auth service\" --team QPP-FE --pagerduty Q1ABC
         qpp-incident open --from report.eml --ack
Next:    qpp-incident ack says who has it, within 15 minutes of the report")]
pub struct Args {
    /// What is wrong, in one line
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    /// A team affected, as the on-call directory names it; may be given several times
    #[arg(long = "team", value_name = "TEAM")]
    teams: Vec<String>,
    /// A service affected; may be given several times
    #[arg(long = "service", value_name = "SERVICE")]
    services: Vec<String>,
    /// How bad it is: SEV-1, the worst, to SEV-5
    #[arg(long, value_name = "SEV")]
    severity: Option<Severity>,
    /// Two sentences on what went wrong
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    summary: Option<String>,
    /// How many are affected, and how
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    impact: Option<String>,
    /// A link that proves it; may be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,
    /// Who reported it, if not you
    #[arg(long, value_name = "WHO")]
    reporter: Option<String>,
    /// When it was reported, in any form of --at: the 15 minutes run from here
    #[arg(long, value_name = "TIME")]
    reported_at: Option<String>,
    /// You have it: acknowledge in the same breath, now or at a time
    #[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "")]
    ack: Option<String>,
    /// PagerDuty's reference: its id, link or key
    #[arg(long, value_name = "REF")]
    pagerduty: Option<String>,
    /// An affected business owner; may be given several times
    #[arg(long = "owner", value_name = "WHO")]
    owners: Vec<String>,
    /// When normal operation ended
    #[arg(long, value_name = "TIME")]
    started_at: Option<String>,
    /// When somebody or something noticed
    #[arg(long, value_name = "TIME")]
    detected_at: Option<String>,
    /// Whether private data is affected
    #[arg(long, value_enum)]
    privacy: Option<Privacy>,
    /// A report as it was mailed, in a file, or `-` for what is piped in
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,
    /// The id, for tests
    #[arg(long, hide = true, value_name = "ID")]
    id: Option<IncidentId>,
}

/// What is known of private data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Privacy {
    /// It is
    Affected,
    /// It is not
    None,
    /// Nobody knows yet
    Unknown,
}

impl Privacy {
    /// The word in the front matter.
    fn word(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// Runs `open`.
///
/// # Errors
/// There is no title, a flag cannot be read, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open(context)?;
    let report = report(args, context)?;
    let (words, ack) = title_and_ack(&args.title, args.ack.as_deref(), context.now, session.config.zone())?;
    let title = title(&words, &report, context)?;
    let sender: Vec<Person> = report.from.iter().cloned().collect();
    let actor = session.actor(&sender)?;
    let opening = Opening::read(&session, &typed(args, ack.as_deref()), &report)?;
    let new = new_incident(&session, args, &actor, title, &report, &opening)?;
    let events = events(&session, &actor, &new, &opening);
    let warnings = [opening.warnings, opening_advice::warnings(&session, &new)].concat();
    let outcome = record(&session, &actor, &new, events)?;
    let next = match opening.acknowledged_at {
        Some(_) => format!("qpp-incident assign-ic {} WHO", new.id),
        None => format!("qpp-incident ack {}", new.id),
    };
    let text = format!("document: {}/{INCIDENT_FILE}", outcome.folder.path);
    session.answer(&outcome, &Answer { text: Some(text), warnings, ..Answer::next(next) })
}

fn typed<'a>(args: &'a Args, ack: Option<&'a str>) -> Typed<'a> {
    let (reported_at, started_at) = (args.reported_at.as_deref(), args.started_at.as_deref());
    Typed { ack, reported_at, started_at, detected_at: args.detected_at.as_deref(), teams: &args.teams }
}

/// What was mailed; nothing without `--from`.
fn report(args: &Args, context: &Context) -> Result<MailReport, CommandError> {
    let text = match &args.from {
        None => return Ok(MailReport::default()),
        Some(path) if path == Path::new("-") => read_piped()?.unwrap_or_default(),
        Some(path) => read_named(&context.environment.current_folder.join(path))?,
    };
    if text.trim().is_empty() {
        return Err(CommandError::usage("empty-report", "the report given with --from is empty"));
    }
    Ok(MailReport::read(&text))
}

/// The title: the words, else the report's subject, else the answer to a question.
fn title(words: &[String], report: &MailReport, context: &Context) -> Result<String, CommandError> {
    let typed = one_line(&words.join(" "));
    let title = match &report.subject {
        Some(subject) if typed.is_empty() => subject.clone(),
        None if typed.is_empty() && words.is_empty() && context.prompter.can_ask() => {
            one_line(&context.prompter.text("What is wrong, in one line?", None)?)
        }
        _ => typed,
    };
    if title.is_empty() {
        return Err(CommandError::usage("no-title", "an incident needs a title: what is wrong, in one line")
            .with_hint("qpp-incident open \"Many errors on the Auth service\""));
    }
    Ok(title)
}

fn new_incident(
    session: &Session<'_>,
    args: &Args,
    actor: &Actor,
    title: String,
    report: &MailReport,
    opening: &Opening,
) -> Result<NewIncident, CommandError> {
    let sender: Vec<Person> = report.from.iter().cloned().collect();
    let who = |who: &String| session.who(who, &sender);
    let reporter = args.reporter.as_ref().map(who).transpose()?.or_else(|| report.from.clone());
    let reported_via = session.context.options.via.clone().or_else(|| report.pagerduty.as_ref().map(|_| "pagerduty".to_owned()));
    let said = args.summary.clone().unwrap_or_default();
    Ok(NewIncident {
        id: id(session, args)?,
        title,
        severity: args.severity,
        teams: opening.teams.clone(),
        services: args.services.clone(),
        reporter: reporter.unwrap_or_else(|| actor.by.clone()),
        reported_via,
        pagerduty: args.pagerduty.clone().or_else(|| report.pagerduty.clone()),
        business_owners: args.owners.iter().map(who).collect::<Result<_, _>>()?,
        chat: Some(session.config.chat().to_owned()),
        privacy: args.privacy.map(|privacy| privacy.word().to_owned()),
        evidence: [words::links(&args.evidence)?, report.links.clone()].concat(),
        zone: session.config.zone(),
        outage_started_at: opening.outage_started_at,
        detected_at: opening.detected_at,
        reported_at: opening.reported_at,
        opened_at: opening.opened_at,
        summary: [said, report.body.clone()].join("\n\n"),
        impact: args.impact.clone().unwrap_or_default(),
    })
}

fn id(session: &Session<'_>, args: &Args) -> Result<IncidentId, CommandError> {
    match &args.id {
        Some(id) if session.store.is_taken(id) => Err(CommandError::refused("id-taken", format!("{id} is another incident's id"))),
        Some(id) => Ok(id.clone()),
        None => Ok(session.store.free_id()?),
    }
}

fn events(session: &Session<'_>, actor: &Actor, new: &NewIncident, opening: &Opening) -> Vec<Event> {
    let opened = session.event(actor, opening.opened_at, Action::Opened { title: new.title.clone() });
    let acknowledged = opening.acknowledged_at.map(|at| session.event(actor, at, Action::Acknowledged));
    // `--via` says how it was reported; it is a fact of the document, and no evidence of an entry.
    [Some(opened), acknowledged].into_iter().flatten().map(|event| Event { evidence: Vec::new(), ..event }).collect()
}

fn record(session: &Session<'_>, actor: &Actor, new: &NewIncident, events: Vec<Event>) -> Result<Outcome, CommandError> {
    let own_template = session.store.template(Template::Incident.file_name())?;
    let text = new_document(new, &events, own_template.as_deref()).map_err(|error| no_document(&error))?;
    let decision = Decision { files: vec![(INCIDENT_FILE.to_owned(), text)], events, ..Decision::default() };
    let place = IncidentPath::of_new(&new.id, &new.title, new.zone.date(new.opened_at));
    if !session.context.options.dry_run {
        let recorded = session.store.record_new(&place.path, &session.order(actor), &decision)?;
        return Ok(outcome(recorded, decision));
    }
    let folder = Folder::parse(&place.path, &decision.files.iter().cloned().collect());
    let folder = folder.map_err(|broken| CommandError::refused("broken-document", broken.to_string()))?;
    Ok(Outcome { before: None, folder, decision, commits: Vec::new(), warnings: Vec::new() })
}

fn no_document(error: &NewDocumentError) -> CommandError {
    let refused = CommandError::refused("no-document", format!("the incident document was not made: {error}"));
    match error {
        NewDocumentError::Template(_) => refused.with_hint("mend templates/incident.md, or move it away: the built-in one then serves"),
        _ => refused,
    }
}
