//! What `postmortem` and `rca` share: choose the incident, write or finish the report, answer with its path and what is next.
//! The rules are in `report_rules`.

use serde_json::{Value, json};

use crate::commands::answer::Answer;
use crate::commands::change::Outcome;
use crate::commands::incident_choice::{Candidate, Possible, Target, any};
use crate::commands::lint::by_settings::known_rules_alone;
use crate::commands::report_rules::{Manner, ReportWish, finish, lint_report, needs_none, to_write, write};
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::report::Report;
use crate::document::report_header::ReportHeader;
use crate::domain::business_day::end_of_next_business_day;
use crate::domain::duration::in_words;
use crate::domain::event::CloseReason;
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::domain::text::one_line;
use crate::domain::timestamp::Timestamp;
use crate::error::{CommandError, CommandResult};
use crate::rules::lint::all::Linted;
use crate::rules::lint::reading_level::ReadingFigures;

/// The options of both commands.
#[derive(Debug, clap::Args)]
pub struct Finish {
    /// Declare it done
    #[arg(long)]
    pub done: bool,
    /// Do it although parts are unfinished, a writing rule is broken, or none is needed: why
    #[arg(long, value_name = "REASON")]
    force: Option<String>,
}

/// What both commands are asked for.
pub struct Asked<'a> {
    /// Which report.
    pub report: Report,
    /// The incident as it was named.
    pub incident: Option<&'a str>,
    /// `--done` and `--force`.
    pub finish: &'a Finish,
    /// For which incidents it is possible when none is named.
    pub possible: Possible,
}

/// Possible for an incident that is closed and needs reports.
pub fn closed_as_resolved(candidate: &Candidate) -> bool {
    let reason = candidate.header.as_ref().and_then(|header| header.text(Key::CloseReason).map(str::to_owned));
    candidate.status() == Some(Status::Closed) && reason.is_none_or(|reason| reason == CloseReason::Resolved.word())
}

/// Runs `postmortem` or `rca`.
///
/// # Errors
/// A rule refuses it, or it could not be recorded.
pub fn run(asked: &Asked<'_>, context: &Context) -> CommandResult {
    let session = Session::open(context)?;
    let target = chosen(&session, asked)?;
    let document = &target.sound()?.incident;
    let mut known = known_people(document);
    let actor = session.actor(&known)?;
    known.extend([actor.by.clone(), actor.committer.clone()]);
    known.extend(session.store.recent_authors());
    known.extend(session.config.people());
    let force = match asked.finish.force.as_deref().map(one_line) {
        Some(why) if why.is_empty() => return Err(CommandError::usage("nothing-to-say", "--force needs a reason, which is recorded")),
        force => force,
    };
    let template = session.store.template(asked.report.file())?;
    known_rules_alone(session.config.lint())?;
    let manner = Manner { settings: session.config.lint().clone(), teams: session.teams().ok() };
    let wish = ReportWish { report: asked.report, template, known, force, manner };
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let event = |action| session.event(&actor, occurred_at, action);
        if asked.finish.done { finish(folder, &wish, event) } else { write(folder, &wish, event) }
    })?;
    session.answer(&outcome, &answer(&session, &outcome, &wish))
}

/// The incident; when there is nothing to do for any, the only closed one or the only one at all, so that it can be said why.
fn chosen(session: &Session<'_>, asked: &Asked<'_>) -> Result<Target, CommandError> {
    let error = match session.choose_possible(asked.incident, asked.possible) {
        Err(error) if error.code == "no-incident" && asked.incident.is_none() => error,
        target => return target,
    };
    let candidates = session.candidates();
    let closed: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.status() == Some(Status::Closed)).collect();
    let only = match closed.as_slice() {
        [] => candidates.first().filter(|_| candidates.len() == 1),
        [only] => Some(*only),
        _ => None,
    };
    only.map_or(Err(error), |only| session.choose(Some(&only.place.path), any))
}

fn answer(session: &Session<'_>, outcome: &Outcome, wish: &ReportWish) -> Answer {
    let folder = &outcome.folder;
    let report = wish.report;
    let id = folder.incident.id();
    let header = report.of(folder).and_then(|text| ReportHeader::of_document(text).ok());
    let done_at = header.as_ref().filter(|header| header.is_done()).map(|header| header.done_at.unwrap_or(session.context.now));
    let path = format!("{}/{}", folder.path, report.file());
    let gaps = to_write(folder, wish);
    let mut parts: Vec<&str> = gaps.iter().map(|gap| gap.part.as_str()).filter(|part| !part.is_empty()).collect();
    parts.dedup();
    let due = due(session, outcome);
    let mut lines = vec![path.clone()];
    if done_at.is_none() && !parts.is_empty() {
        lines.push(format!("to write: {}", parts.join(", ")));
    }
    let linted = report.of(folder).filter(|_| done_at.is_some()).map(|text| lint_report(folder, wish, text));
    let figures = linted.as_ref().and_then(|linted| linted.figures);
    lines.extend(linted.as_ref().and_then(|linted| judged(linted, &path)));
    let is_rca = report == Report::Rca;
    lines.extend(due.map(|due| due_line(session, outcome, due, done_at.filter(|_| is_rca))).filter(|_| is_rca || folder.rca.is_none()));
    let nothing_done = outcome.decision.events.is_empty();
    if nothing_done && !session.context.options.json {
        let state = if done_at.is_some() { "done" } else { "a draft" };
        session.context.ui.note(&format!("the {} is there already, {state}: nothing was changed", report.name()));
    }
    let gaps = gaps.iter().map(|gap| json!({ "line": gap.line, "part": gap.part, "what": gap.what })).collect::<Vec<_>>();
    Answer {
        text: Some(lines.join("\n")),
        extra: vec![
            ("report", json!(path)),
            ("report_status", json!(header.map(|header| header.status))),
            ("to_write", json!(gaps)),
            ("reading", figures.map_or(Value::Null, |figures| reading(&figures))),
            ("rca_due", json!(due.map(|due| folder.incident.zone().rfc3339(due)))),
        ],
        next: Some(next(report, &id.to_string(), done_at.is_some(), folder.rca.is_some())),
        ..Answer::default()
    }
}

/// The reading level, and how much `lint` would still say: no error, unless it is done by force.
fn judged(linted: &Linted, path: &str) -> Option<String> {
    let grade = linted.figures?.sentence();
    let more = match linted.findings.len() {
        0 => return Some(grade),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    Some(format!("{grade}; {more}: qpp-incident lint {path}"))
}

fn reading(figures: &ReadingFigures) -> Value {
    json!({
        "ari": tenths(figures.ari()), "flesch_kincaid": tenths(figures.flesch_kincaid()),
        "words": figures.words, "sentences": figures.sentences, "letters": figures.letters,
    })
}

fn tenths(grade: f64) -> f64 {
    (grade * 10.0).round() / 10.0
}

fn next(report: Report, id: &str, is_done: bool, has_rca: bool) -> String {
    match (report, is_done) {
        (_, false) => format!("complete it in your editor, then qpp-incident {} {id} --done", report.word()),
        (Report::Postmortem, true) if !has_rca => format!("qpp-incident rca {id}"),
        _ => format!("qpp-incident action list {id}"),
    }
}

/// When the RCA is due, if one is.
fn due(session: &Session<'_>, outcome: &Outcome) -> Option<Timestamp> {
    let document = &outcome.folder.incident;
    if needs_none(document).is_some() {
        return None;
    }
    let closed_at = document.header().instant(Key::ClosedAt)?;
    Some(end_of_next_business_day(closed_at, document.zone(), &session.config.days_off()))
}

/// When the RCA is due, and whether it was or still is in time.
fn due_line(session: &Session<'_>, outcome: &Outcome, due: Timestamp, done_at: Option<Timestamp>) -> String {
    let when = outcome.folder.incident.zone().date_minute(due);
    let left = due.seconds_since(done_at.unwrap_or(session.context.now));
    match (done_at, left < 0) {
        (Some(_), false) => format!("RCA due by {when}: in time"),
        (Some(_), true) => format!("RCA due by {when}: {} late", in_words(left)),
        (None, false) => format!("RCA due by {when}, in {}", in_words(left)),
        (None, true) => format!("RCA due by {when}, overdue by {}", in_words(left)),
    }
}
