//! `triage`: is it an incident? Four signs as questions or flags; unsure means that it is one.
//! Without an incident it says the verdict and records nothing; with one the answers stand in its log.

use serde_json::json;

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::any;
use crate::commands::session::Session;
use crate::commands::triage_rules::{Example, Sign, Signs, Verdict, verdict};
use crate::context::Context;
use crate::document::json as shapes;
use crate::domain::event::Action;
use crate::domain::person::Person;
use crate::domain::text::one_line;
use crate::domain::wording::sentence;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;

/// Judge whether it is an incident
///
/// An incident is the deviation of a system from its normal operation such that immediate corrective action is required. The
/// four general signs are asked, or given as flags; whatever nobody is sure of counts as a sign: when in doubt, treat it as an
/// active incident until proven otherwise. That it is none takes a reason and who says so.
///
/// With an incident named, the answers are recorded in its timeline.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: qpp-incident triage --immediate-response yes --cross-team unsure --disrupts-users yes --business-impact no
         qpp-incident triage --example ui-bug --not-an-incident \"One label is cut off.\"
Next:    qpp-incident open \"What is wrong\""
)]
pub struct Args {
    /// The incident whose timeline keeps the answers; left out, nothing is recorded
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    /// It requires an immediate response
    #[arg(long, value_enum, value_name = "ANSWER")]
    immediate_response: Option<Sign>,
    /// It may require cross-team collaboration
    #[arg(long, value_enum, value_name = "ANSWER")]
    cross_team: Option<Sign>,
    /// It disrupts the activities or privacy of end users
    #[arg(long, value_enum, value_name = "ANSWER")]
    disrupts_users: Option<Sign>,
    /// It has a significant impact on normal business operations
    #[arg(long, value_enum, value_name = "ANSWER")]
    business_impact: Option<Sign>,
    /// Which example of no incident it looks like
    #[arg(long, value_enum)]
    example: Option<Example>,
    /// It is no incident: why
    #[arg(long, value_name = "REASON", allow_hyphen_values = true)]
    not_an_incident: Option<String>,
}

/// What was answered and what follows.
struct Triage {
    signs: Signs,
    example: Option<Example>,
    verdict: Verdict,
    reason: Option<String>,
    by: Person,
}

/// Runs `triage`.
///
/// # Errors
/// A sign shows and it is said to be no incident, the incident is unknown, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let signs = asked(args, &session)?;
    let reason = args.not_an_incident.as_deref().map(one_line).filter(|reason| !reason.is_empty());
    if args.not_an_incident.is_some() && reason.is_none() {
        return Err(CommandError::usage("nothing-to-say", "that it is no incident takes a reason"));
    }
    let verdict = verdict(signs, reason.is_some()).ok_or_else(|| shows(signs))?;
    let named = args.name.is_some() || context.options.incident.is_some();
    let target = if named { Some(session.choose(args.name.as_deref(), any)?) } else { None };
    let known = target.as_ref().map(|target| session.zone_and_known(target).1).unwrap_or_default();
    let actor = session.actor(&known)?;
    let triage = Triage { signs, example: args.example, verdict, reason, by: actor.by.clone() };
    let Some(target) = target else { return print(&session, &triage) };
    let document = &target.sound()?.incident;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        decide_events(folder, vec![session.event(&actor, occurred_at, Action::Triaged { text: entry(&triage) })])
    })?;
    let next = match verdict {
        Verdict::NotAnIncident => Some(format!("qpp-incident close {} --reason false-alarm \"why\"", target.id)),
        _ => None,
    };
    session.answer(&outcome, &Answer { extra: extra(&triage), text: Some(advice(&triage)), next, ..Answer::default() })
}

/// The flags; on a terminal without any of them each sign is asked.
fn asked(args: &Args, session: &Session<'_>) -> Result<Signs, CommandError> {
    let given = [args.immediate_response, args.cross_team, args.disrupts_users, args.business_impact];
    let prompter = &session.context.prompter;
    let asks = given.iter().all(Option::is_none) && args.not_an_incident.is_none() && prompter.can_ask();
    let items: Vec<String> = Sign::ALL.iter().map(|sign| sign.word().to_owned()).collect();
    let mut answers = [Sign::Unsure; 4];
    for ((answer, given), (question, _)) in answers.iter_mut().zip(given).zip(Signs::default().named()) {
        *answer = match given {
            Some(sign) => sign,
            None if asks => {
                let index = prompter.select(&format!("It {question}?"), &items).map_err(anyhow::Error::from)?;
                Sign::ALL.get(index).copied().unwrap_or_default()
            }
            None => Sign::Unsure,
        };
    }
    let [immediate_response, cross_team, users, business] = answers;
    Ok(Signs { immediate_response, cross_team, users, business })
}

fn shows(signs: Signs) -> CommandError {
    let shown: Vec<&str> = signs.named().into_iter().filter(|(_, sign)| *sign == Sign::Yes).map(|(question, _)| question).collect();
    CommandError::refused("signs-of-an-incident", format!("it is an incident: it {}", shown.join(", and it ")))
        .with_hint("qpp-incident open \"What is wrong\"; take the answer back if it is wrong")
}

/// What the entry says.
fn entry(triage: &Triage) -> String {
    let signs: Vec<String> = triage.signs.named().iter().map(|(question, sign)| format!("{question}: {}", sign.word())).collect();
    let example = triage.example.map_or_else(String::new, |example| format!(" It looks like {}.", example.words()));
    let verdict = match (triage.verdict, &triage.reason) {
        (Verdict::NotAnIncident, Some(reason)) => format!("Not an incident: {}", sentence(reason)),
        (Verdict::MayBeNone, _) => "It may be no incident.".to_owned(),
        _ => "Active incident.".to_owned(),
    };
    format!("Triage: {}.{example} {verdict}", signs.join("; "))
}

/// The verdict and what the process says to do.
fn advice(triage: &Triage) -> String {
    let mut lines = vec![triage.verdict.words().to_owned()];
    if let Some(example) = triage.example {
        lines.push(format!("the process counts {} among non-incidents", example.words()));
    }
    if triage.example == Some(Example::UiBug) {
        lines.push("escalate to the Product Owner for prioritization".to_owned());
    }
    lines.extend(triage.reason.as_ref().map(|reason| format!("{} says: {}", triage.by.name, sentence(reason))));
    lines.join("\n")
}

fn extra(triage: &Triage) -> Vec<(&'static str, serde_json::Value)> {
    let product_owner = triage.example == Some(Example::UiBug);
    vec![
        ("verdict", json!(triage.verdict)),
        ("signs", json!(triage.signs)),
        ("example", json!(triage.example)),
        ("reason", json!(triage.reason)),
        ("by", shapes::person(&triage.by)),
        ("advice", json!(product_owner.then_some("escalate to the Product Owner for prioritization"))),
    ]
}

/// The verdict alone; nothing is recorded.
fn print(session: &Session<'_>, triage: &Triage) -> CommandResult {
    let ui = &session.context.ui;
    if session.context.options.json {
        let mut object = serde_json::Map::from_iter([("schema".to_owned(), json!(1))]);
        object.extend(extra(triage).into_iter().map(|(key, value)| (key.to_owned(), value)));
        ui.json(&serde_json::Value::Object(object))?;
        return Ok(ExitStatus::Done);
    }
    for (question, sign) in triage.signs.named() {
        ui.data(&format!("it {question}: {}", sign.word()))?;
    }
    ui.data(&advice(triage))?;
    if triage.verdict != Verdict::NotAnIncident {
        ui.note("next: qpp-incident open \"What is wrong\"");
    }
    Ok(ExitStatus::Done)
}
