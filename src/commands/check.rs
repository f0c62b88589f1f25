//! `check`: is the record complete and on time.
//! Reads the work tree and changes nothing; needs no network, no history and no branch. The rules are in `rules::check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::commands::checked_place::CheckedPlace;
use crate::commands::findings::found::Found;
use crate::commands::findings::report::{ListedRule, Looked, Report, Unit};
use crate::commands::findings::{FindingOptions, answer};
use crate::context::Context;
use crate::document::broken::BrokenFile;
use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::in_parallel::in_parallel;
use crate::document::teams::Teams;
use crate::domain::finding::Finding;
use crate::domain::key::Key;
use crate::error::{CommandError, CommandResult};
use crate::rules::check::all::{check_folder, check_repository, rules};
use crate::rules::check::checked_folder::{CheckedFolder, Surroundings};
use crate::rules::check::checked_repository::{CheckedRepository, KnownId};
use crate::rules::lint::all::rules as writing_rules;
use crate::store::files::text_below;
use crate::store::paths::IncidentPath;

/// Check that the record is complete and on time
///
/// Names what is missing, contradictory or late, where, and the command that mends it: front matter that cannot be read, a
/// status that its entries do not lead to, entries out of order, a closed incident without its postmortem, an
/// acknowledgement that came late. docs/checks.md lists every rule with the sentence of the process that it comes from.
///
/// A folder of incidents without git is checked too; what only git knows is then skipped, and that is said.
///
/// For CI: exit status 3 when there is an error (--deny lowers it), else 0. Nothing is changed, and no network is used.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident check
         qpp-incident check incidents/2026-11 --format github --deny warning
Next:    each finding says what mends it; incidents/config.yaml sets the level of a rule (check: {RULE: off})")]
pub struct Args {
    /// Incidents by id, name or path, or a folder of several; left out, all, and the rules over the whole repository
    #[arg(value_name = "INCIDENT|PATH")]
    names: Vec<String>,
    #[command(flatten)]
    options: FindingOptions,
}

/// Runs `check`.
///
/// # Errors
/// There is no adopted repository and no folder with incidents, or a name fits no incident or several.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let format = args.options.format(context)?;
    let place = CheckedPlace::open(context)?;
    let chosen = choose(&place, context, &args.names)?;
    let teams = place.teams_text().ok().flatten().and_then(|text| Teams::parse(&text).ok());
    let around = Arc::new(Surroundings { now: context.now, config: place.config().clone(), teams });
    let mut kept = kept_by_folder(&place);
    let mut repository = CheckedRepository { now: Some(context.now), ..CheckedRepository::default() };
    let mut report = empty_report(args.options);
    let kept_here: Vec<Vec<String>> = chosen.places.iter().map(|place| kept.remove(&place.path).unwrap_or_default()).collect();
    let incidents: Vec<_> = chosen.places.iter().zip(&kept_here).collect();
    let root = place.root();
    for checked in in_parallel(&incidents, |(incident, kept)| check_incident(root, incident, kept, &around)) {
        report.findings.extend(checked.findings.into_iter().map(Found::from));
        report.looked.push(checked.looked);
        repository.ids.push(checked.id);
    }
    if chosen.is_whole {
        repository.kept_elsewhere = kept.values().map(Vec::len).sum();
        report.findings.extend(of_repository(&place, repository).into_iter().map(Found::from));
    }
    answer(context, &report, format)
}

/// The incidents to look at, and whether they are all.
struct Chosen {
    places: Vec<IncidentPath>,
    is_whole: bool,
}

fn choose(place: &CheckedPlace<'_>, context: &Context, names: &[String]) -> Result<Chosen, CommandError> {
    let asked: Vec<&String> = context.options.incident.iter().chain(names).collect();
    if asked.is_empty() {
        return Ok(Chosen { places: place.incidents(), is_whole: true });
    }
    let mut chosen = Chosen { places: Vec::new(), is_whole: false };
    let mut seen = BTreeSet::new();
    for name in asked {
        let (places, is_whole) = place.named(context, name)?;
        chosen.is_whole |= is_whole;
        chosen.places.extend(places.into_iter().filter(|place| seen.insert(place.path.clone())));
    }
    Ok(chosen)
}

/// Why entries are kept, by the folder that they wait for; those that cannot be read under no folder.
fn kept_by_folder(place: &CheckedPlace<'_>) -> BTreeMap<String, Vec<String>> {
    let mut by_folder: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kept in place.kept() {
        let (path, why) = kept.entry.map(|entry| (entry.folder_path, entry.why)).unwrap_or_default();
        by_folder.entry(path).or_default().push(why);
    }
    by_folder
}

fn empty_report(options: FindingOptions) -> Report {
    let listed = rules().into_iter().map(|rule| ListedRule { id: rule.id, level: rule.level, what: rule.what });
    Report {
        command: "check",
        rules: listed.collect(),
        unit: Unit::Incidents,
        looked: Vec::new(),
        texts: BTreeMap::new(),
        findings: Vec::new(),
        failing: options.failing(),
    }
}

/// What was found in one incident.
struct Checked {
    findings: Vec<Finding>,
    looked: Looked,
    id: KnownId,
}

fn check_incident(root: &Path, incident: &IncidentPath, kept: &[String], around: &Arc<Surroundings>) -> Checked {
    let folder = CheckedFolder { kept: kept.to_vec(), ..read(root, incident, around) };
    Checked { findings: check_folder(&folder), looked: looked(&folder), id: known_id(&folder) }
}

/// Reads each file of an incident once; one that is no text is a finding.
fn read(root: &Path, incident: &IncidentPath, around: &Arc<Surroundings>) -> CheckedFolder {
    let mut texts = BTreeMap::new();
    let mut unreadable = Vec::new();
    for name in [INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE] {
        match text_below(root, &format!("{}/{name}", incident.path)) {
            Ok(Some(text)) => drop(texts.insert(name.to_owned(), text)),
            Ok(None) => {}
            Err(error) => unreadable.push(BrokenFile { file: name.to_owned(), broken: error.of_document() }),
        }
    }
    CheckedFolder { unreadable, ..CheckedFolder::read(&incident.path, incident.id.clone(), texts, around) }
}

fn looked(folder: &CheckedFolder) -> Looked {
    let headline = folder.document().map(|document| format!("{} ({})", document.title(), document.status()));
    Looked { path: folder.path.clone(), id: Some(folder.id()), headline: headline.unwrap_or_else(|| "(cannot be read)".to_owned()) }
}

fn known_id(folder: &CheckedFolder) -> KnownId {
    let line = folder.header().and_then(|header| header.line(Key::Id)).unwrap_or(1);
    KnownId { id: folder.id(), path: format!("{}/{INCIDENT_FILE}", folder.path), line }
}

/// What lies outside the incidents' folders.
fn of_repository(place: &CheckedPlace<'_>, repository: CheckedRepository) -> Vec<Finding> {
    let repository = CheckedRepository {
        config: place.config_text().map_err(|error| error.of_document()).transpose(),
        teams: place.teams_text().map_err(|error| error.of_document()).transpose(),
        rules: rules().into_iter().map(|rule| rule.id).collect(),
        lint_rules: writing_rules().into_iter().map(|rule| rule.id).collect(),
        not_pushed: place.not_pushed(),
        has_live_link: place.has_live_link().filter(|_| !repository.ids.is_empty()),
        verified_for_days: place.config().verified_for_days(),
        ..repository
    };
    check_repository(&repository, place.config())
}
