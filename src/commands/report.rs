//! `report`: the report of an incident in the form of the process's positive example, reviewed before it is sent.
//! It writes text; sending it is the mail program's, opening the incident is `open`'s.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::commands::session::Session;
use crate::commands::words;
use crate::context::Context;
use crate::document::mail_report::{MailReport, links};
use crate::document::template::{Template, render};
use crate::document::template_fields::PagerReportFields;
use crate::domain::report_review::{DELAY, Point, Report, Weight, review};
use crate::domain::text::{one_line, tidy};
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;

/// Write the report of an incident, or review one
///
/// Anyone may report an incident, and must use PagerDuty: it alerts the on-call engineer at once. The report goes to the team's
/// incident address and says what is seen, since when, and where the evidence is, so that the responder can judge scope and
/// severity.
///
/// What delays a response is refused by name: several people or one, a distribution list, a phone number in place of details,
/// a demand to join a call. No evidence and no start time are warned of. --from reviews a mail that is written already.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident report [OPTIONS] SUBJECT… --team TEAM\n       qpp-incident report --from FILE")]
#[command(
    after_help = "Example: qpp-incident report \"many errors on Auth service\" --team QPP-FE --started-at 23:50 --details \"A massive increase in errors in Splunk.\" --evidence https://splunk.example.com/1
         qpp-incident report --from mail.txt
Next:    send it, then qpp-incident open --from FILE --pagerduty REF"
)]
pub struct Args {
    /// What is wrong, naming the service
    #[arg(value_name = "SUBJECT")]
    words: Vec<String>,
    /// The team whose incident address it goes to
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// A further address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    to: Vec<String>,
    /// When it started, in any form of --at
    #[arg(long, value_name = "TIME")]
    started_at: Option<String>,
    /// What is seen; left out, it is asked for or piped in
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    details: Option<String>,
    /// A link that proves it; may be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,
    /// Review this mail instead; `-` is what is piped in
    #[arg(long, value_name = "FILE", conflicts_with_all = ["team", "to", "started_at", "details", "evidence"])]
    from: Option<PathBuf>,
}

/// A report as text, with what its review looks at.
struct Written {
    text: String,
    reviewed: Report,
    from: Option<String>,
}

/// Runs `report`.
///
/// # Errors
/// The review refuses it, the team is unknown or has no address, or a flag cannot be read.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let written = match &args.from {
        Some(path) => read(&session, path)?,
        None => compose(&session, args)?,
    };
    let points = review(&written.reviewed);
    if points.iter().any(|point| point.weight == Weight::Refused) {
        return Err(unfit(&points));
    }
    answer(&session, &written, &points)
}

fn read(session: &Session<'_>, path: &Path) -> Result<Written, CommandError> {
    let text = session.file_or_piped(path)?;
    let mail = MailReport::read(&text);
    if mail.body.trim().is_empty() {
        return Err(CommandError::usage("empty-report", "the report given with --from is empty"));
    }
    let reviewed = Report { to: mail.receivers, subject: mail.subject.unwrap_or_default(), body: mail.body, links: mail.links };
    Ok(Written { text: tidy(&text), reviewed, from: mail.from.map(|person| person.email.unwrap_or(person.name)) })
}

fn compose(session: &Session<'_>, args: &Args) -> Result<Written, CommandError> {
    let subject = one_line(&args.words.join(" "));
    if subject.is_empty() {
        return Err(CommandError::usage("nothing-to-say", "the report has no subject: what is wrong?")
            .with_hint("qpp-incident report \"many errors on Auth service\" --team TEAM"));
    }
    let to = receivers(session, args)?;
    let zone = session.config.zone();
    let started_at = args.started_at.as_deref().map(|text| session.time(text, zone)).transpose()?;
    let text = match &args.details {
        Some(details) => tidy(details),
        None => session.text(&words::Wanted { words: &[], edit: false, question: "What is seen?" })?,
    };
    let evidence = words::links(&args.evidence)?;
    let from = session.actor(&[])?.by;
    let from = from.email.unwrap_or(from.name);
    let fields = PagerReportFields {
        to: to.join(", "),
        from: from.clone(),
        subject: subject.clone(),
        started_at: started_at.map_or_else(String::new, |at| zone.date_minute(at)),
        text: text.clone(),
        evidence: evidence.clone(),
    };
    let own = session.store.template(Template::Report.file_name()).ok().flatten();
    let mail = render(Template::Report, own.as_deref(), &fields).map_err(|error| CommandError::refused("template", error.to_string()))?;
    let mut found = links(&text);
    found.extend(evidence);
    let body = format!("{} {text}", fields.started_at);
    Ok(Written { text: mail.trim_end().to_owned(), reviewed: Report { to, subject, body, links: found }, from: Some(from) })
}

/// The team's address, then the others.
fn receivers(session: &Session<'_>, args: &Args) -> Result<Vec<String>, CommandError> {
    let mut to = Vec::new();
    if let Some(name) = &args.team {
        let teams = session.teams()?;
        let team =
            teams.find(name).map_err(|error| CommandError::refused("unknown-team", error.to_string()).with_hint("qpp-incident teams"))?;
        let address = team.email.as_ref().filter(|email| email.contains('@') && !email.contains("://"));
        to.push(address.cloned().ok_or_else(|| no_address(&team.full_name(), team.policy.as_deref()))?);
    }
    to.extend(args.to.iter().map(|address| one_line(address)));
    if to.is_empty() {
        return Err(CommandError::usage("nobody-named", "nobody is named: which team is affected?")
            .with_hint("--team TEAM; qpp-incident teams lists them"));
    }
    Ok(to)
}

fn no_address(team: &str, policy: Option<&str>) -> CommandError {
    let policy = policy.map_or_else(|| "fill in its row in incidents/teams.yaml".to_owned(), |policy| format!("its policy is {policy}"));
    CommandError::refused("team-unreachable", format!("{team} has no incident address: {policy}"))
        .with_hint("GDIT's NOC/SOC is there 24x7x365; give another address with --to")
}

fn unfit(points: &[Point]) -> CommandError {
    let lines: Vec<String> = points.iter().map(|point| format!("  {}: {}", point.code, point.message)).collect();
    let is_channel = |point: &Point| ["several-people", "individual", "distribution-list", "join-a-call"].contains(&point.code);
    let delay = if points.iter().any(is_channel) { format!("\n{DELAY}") } else { String::new() };
    CommandError::refused("report-unfit", format!("this report must not go out like this:\n{}{delay}", lines.join("\n")))
        .with_hint("qpp-incident report SUBJECT --team TEAM --started-at TIME --details TEXT --evidence URL writes a good one")
}

fn answer(session: &Session<'_>, written: &Written, points: &[Point]) -> CommandResult {
    let ui = &session.context.ui;
    if session.context.options.json {
        let points: Vec<_> = points.iter().map(|point| json!({ "code": point.code, "message": point.message })).collect();
        let reviewed = &written.reviewed;
        ui.json(&json!({
            "schema": 1,
            "to": reviewed.to,
            "from": written.from,
            "subject": reviewed.subject,
            "text": written.text,
            "evidence": reviewed.links,
            "warnings": points,
        }))?;
        return Ok(ExitStatus::Done);
    }
    for point in points {
        ui.warning(&format!("{}: {}", point.code, point.message));
    }
    ui.data(&written.text)?;
    ui.note("next: send it, then qpp-incident open --from FILE --pagerduty REF");
    Ok(ExitStatus::Done)
}
