//! `set`: facts of the front matter and sections of the body, each with its line in the timeline.
//! What a key may hold and which keys an event moves is decided in `fact`.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::fact::{NewValue, fact_set, is_list, may_be_set, order_warnings};
use crate::commands::session::{Session, known_people};
use crate::commands::{fact_value, words};
use crate::context::Context;
use crate::document::folder::{Folder, POSTMORTEM_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::domain::assignment::{Assignment, NotAnAssignment, Operator, Subject};
use crate::domain::event::Action;
use crate::domain::key::{Key, KeyShape};
use crate::domain::refusal::Refusal;
use crate::domain::section::Section;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};

/// Set facts of the incident, or write its sections
///
/// KEY=VALUE sets, KEY= empties. A list takes KEY+=ITEM (one more), KEY-=ITEM (one less) or KEY=ITEM,ITEM (all of it).
/// SECTION=- reads the text from standard input. Each fact gets its line in the timeline; setting the value that stands
/// does too, which settles a merge. Everything else is moved by its own command, and the refusal names it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Facts:    title severity reporter reported_via pagerduty chat privacy cms_process visibility
Lists:    teams services audience evidence
Instants: outage_started_at detected_at reported_at outage_ended_at (with --reason; a time as --at takes it)
Sections: summary impact extent root_causes trigger resolution detection went_well went_wrong got_lucky

Example: qpp-incident set severity=SEV-2 teams+=QPP-FE impact=\"40 % of logins fail.\"
         qpp-incident set outage_started_at=23:50 --reason \"The first error in Splunk is of 23:50.\"
Next:    qpp-incident show prints the document; qpp-incident edit opens it in your editor")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then one or more of KEY=VALUE
    #[arg(value_name = "[INCIDENT] KEY=VALUE", required = true)]
    words: Vec<String>,
    /// Why: needed for an instant
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// One wish whose value was understood.
enum Wish {
    Fact(Key, NewValue),
    Prose(Section, String),
}

/// Runs `set`.
///
/// # Errors
/// A key is unknown or moved by an event, a value does not fit, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let assignments = assignments(&rest)?;
    let document = &target.sound()?.incident;
    for assignment in &assignments {
        allowed(document, assignment).map_err(|refusal| CommandError::from(refusal).about(&target.id))?;
    }
    let actor = session.actor(&known_people(document))?;
    let wishes = assignments.iter().map(|assignment| wish(&session, document, assignment)).collect::<Result<Vec<_>, _>>()?;
    let reason = args.reason.as_deref().map(one_line).filter(|reason| !reason.is_empty());
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder: &Folder| {
        assignments.iter().try_for_each(|assignment| allowed(&folder.incident, assignment))?;
        let actions = wishes.iter().map(|wish| action(&folder.incident, wish, reason.as_deref()));
        let events = actions.map(|action| action.map(|action| session.event(&actor, occurred_at, action)));
        decide_events(folder, events.collect::<Result<Vec<_>, _>>()?)
    })?;
    let keys: Vec<Key> = wishes.iter().filter_map(Wish::key).collect();
    let mut warnings = order_warnings(outcome.folder.incident.header(), &keys);
    warnings.extend(postmortem_warning(&outcome.folder, &wishes));
    session.answer(&outcome, &Answer { warnings, ..Answer::default() })
}

/// A section that stands in the postmortem too is not changed there.
fn postmortem_warning(folder: &Folder, wishes: &[Wish]) -> Option<(String, String)> {
    let prose = wishes.iter().find_map(|wish| if let Wish::Prose(section, _) = wish { Some(section) } else { None })?;
    folder.postmortem.as_ref()?;
    let id = folder.incident.id();
    let told =
        format!("{POSTMORTEM_FILE} has its own {}, which this does not change: qpp-incident edit {id} --postmortem", prose.heading());
    Some(("postmortem-has-its-own".to_owned(), told))
}

impl Wish {
    fn key(&self) -> Option<Key> {
        match self {
            Self::Fact(key, _) => Some(*key),
            Self::Prose(..) => None,
        }
    }
}

/// The wishes as typed; a key may come twice only to add and remove items.
fn assignments(words: &[String]) -> Result<Vec<Assignment>, CommandError> {
    let read = |word: &String| {
        word.parse::<Assignment>().map_err(|error| {
            let hint = match &error {
                NotAnAssignment::NoSign(_) => {
                    "qpp-incident set KEY=VALUE; text with blanks in quotes: impact=\"40 % of logins fail.\"".to_owned()
                }
                NotAnAssignment::Unknown { nearest, .. } => format!("qpp-incident set {nearest}=VALUE"),
            };
            CommandError::usage("no-such-fact", error.to_string()).with_hint(hint)
        })
    };
    let wishes = words.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if wishes.is_empty() {
        return Err(CommandError::usage("nothing-to-set", "there is nothing to set").with_hint("qpp-incident set severity=SEV-2"));
    }
    for (index, wish) in wishes.iter().enumerate() {
        let same = |other: &&Assignment| other.subject == wish.subject;
        let earlier = wishes.iter().take(index).filter(same);
        if earlier.into_iter().any(|other| other.operator == Operator::Set || wish.operator == Operator::Set) {
            return Err(CommandError::usage("set-twice", format!("`{}` is given twice", wish.subject.word())));
        }
    }
    if wishes.iter().filter(|wish| wish.value == "-" && matches!(wish.subject, Subject::Section(_))).count() > 1 {
        return Err(CommandError::usage("standard-input-twice", "standard input can be read for one section only"));
    }
    Ok(wishes)
}

fn allowed(document: &IncidentDocument, assignment: &Assignment) -> Result<(), Refusal> {
    let Subject::Key(key) = assignment.subject else { return Ok(()) };
    may_be_set(document, key, assignment.operator, &assignment.value)
}

fn wish(session: &Session<'_>, document: &IncidentDocument, assignment: &Assignment) -> Result<Wish, CommandError> {
    let value = assignment.value.as_str();
    let word = assignment.subject.word();
    let no_list = assignment.operator != Operator::Set;
    match assignment.subject {
        Subject::Key(key) if is_list(key) => {
            let items = fact_value::items(session, document, key, assignment.operator, value)?;
            Ok(Wish::Fact(key, NewValue::Items(assignment.operator, items)))
        }
        _ if no_list => {
            Err(CommandError::usage("not-a-list", format!("`{word}` is no list")).with_hint(format!("qpp-incident set {word}=VALUE")))
        }
        Subject::Key(key) if key.shape() == KeyShape::Instant => {
            let at = if value.is_empty() { None } else { Some(session.time(value, document.zone())?) };
            Ok(Wish::Fact(key, NewValue::Instant(at)))
        }
        Subject::Key(key) if value.is_empty() => Ok(Wish::Fact(key, NewValue::Text(None))),
        Subject::Key(key) => Ok(Wish::Fact(key, NewValue::Text(Some(fact_value::text(session, document, key, value)?)))),
        Subject::Section(section) if value.is_empty() => Ok(Wish::Prose(section, String::new())),
        Subject::Section(section) => {
            let text = session.text(&words::Wanted { words: &[value.to_owned()], edit: false, question: word })?;
            Ok(Wish::Prose(section, text))
        }
    }
}

/// The rule for one wish.
fn action(document: &IncidentDocument, wish: &Wish, reason: Option<&str>) -> Result<Action, Refusal> {
    match wish {
        Wish::Fact(key, value) => fact_set(document, *key, value, reason),
        Wish::Prose(section, text) => Ok(Action::SectionWritten { section: section.word().to_owned(), text: text.clone() }),
    }
}
