//! Which texts `lint` reads: reports of incidents, any markdown file, what lies below a folder, standard input.
//! Reads; changes nothing. A file that is no text is an error with the place of its first bad byte.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::commands::checked_place::CheckedPlace;
use crate::commands::lint::place::LintPlace;
use crate::context::Context;
use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::domain::incident_id::IncidentId;
use crate::error::CommandError;
use crate::rules::lint::linted_text::TextKind;
use crate::store::any_file::{PathKind, kind_of, markdown_below, real_path};
use crate::store::file_error::utf8;
use crate::store::files::{read_named, text_below};
use crate::store::paths::IncidentPath;
use crate::terminal::stdin::read_document;

/// What standard input is called unless `--stdin-filename` says otherwise.
const STDIN: &str = "<stdin>";

/// A text to be linted.
#[derive(Debug, Clone)]
pub struct Source {
    /// How findings name it: from the root for an incident's report, as it was typed for a file.
    pub path: String,
    /// Where it is on disk; none for standard input.
    pub file: Option<PathBuf>,
    /// What it says.
    pub text: String,
    /// What it is.
    pub kind: TextKind,
    /// The document of its incident, if that can be read.
    pub record: Option<IncidentDocument>,
}

impl Source {
    /// The incident's id, if it belongs to one.
    pub fn id(&self) -> Option<IncidentId> {
        self.record.as_ref().map(IncidentDocument::id)
    }

    fn read(path: String, file: &Path) -> Result<Self, CommandError> {
        let text = read_named(file)?;
        Ok(Self::of(path, Some(file.to_owned()), text, file))
    }

    /// A text with what lies beside the file that it is or will be.
    fn of(path: String, file: Option<PathBuf>, text: String, beside: &Path) -> Self {
        let record = beside.parent().and_then(|folder| text_below(folder, INCIDENT_FILE).ok().flatten());
        let record = record.and_then(|text| IncidentDocument::parse(&text).ok());
        let kind = match beside.file_name().and_then(|name| name.to_str()) {
            Some(POSTMORTEM_FILE) if record.is_some() => TextKind::Postmortem,
            Some(RCA_FILE) if record.is_some() => TextKind::Rca,
            _ => TextKind::Other,
        };
        Self { path, file, text, kind, record }
    }
}

/// What was named, each text once, in the order of the names; without a name all reports of all incidents.
///
/// # Errors
/// A name leads nowhere, a file cannot be read or is no text, or there is no repository whose incidents could be meant.
pub fn sources(place: &LintPlace<'_>, context: &Context, names: &[String], stdin_name: Option<&str>) -> Result<Vec<Source>, CommandError> {
    let asked: Vec<&str> = context.options.incident.iter().chain(names).map(String::as_str).collect();
    let mut found = Vec::new();
    if asked.is_empty() && stdin_name.is_none() {
        let incidents = place.incidents()?;
        for incident in incidents.incidents() {
            found.extend(reports(incidents, &incident)?);
        }
    }
    if stdin_name.is_some() && !asked.contains(&"-") {
        found.push(of_stdin(context, stdin_name)?);
    }
    for name in asked {
        match name {
            "-" => found.push(of_stdin(context, stdin_name)?),
            name => found.extend(named(place, context, name)?),
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|source| source.file.as_ref().is_none_or(|file| seen.insert(real_path(file))));
    Ok(found)
}

fn of_stdin(context: &Context, name: Option<&str>) -> Result<Source, CommandError> {
    let path = name.unwrap_or(STDIN);
    let bytes = read_document()?.ok_or_else(|| {
        CommandError::usage("nothing-to-read", "standard input is a terminal: there is nothing to lint")
            .with_hint("qpp-incident lint - < FILE, or qpp-incident lint FILE")
    })?;
    let text = utf8(Path::new(path), bytes)?;
    let beside = context.environment.current_folder.join(name.unwrap_or_default());
    Ok(Source::of(path.to_owned(), None, text, &beside))
}

fn named(place: &LintPlace<'_>, context: &Context, name: &str) -> Result<Vec<Source>, CommandError> {
    let mut file = context.environment.current_folder.join(name);
    let from_root = place.incidents().ok().map(|incidents| incidents.root().join(name));
    // A path that a command has printed counts from the top of the repository.
    if let Some(from_root) = from_root.filter(|from_root| kind_of(&file) == PathKind::Nothing && kind_of(from_root) == PathKind::File) {
        file = from_root;
    }
    let typed = name.strip_prefix("./").unwrap_or(name);
    let kind = if name.parse::<IncidentId>().is_ok() { PathKind::Nothing } else { kind_of(&file) };
    match kind {
        PathKind::File => Ok(vec![Source::read(typed.to_owned(), &file)?]),
        PathKind::Folder => below(place, context, name, &file),
        PathKind::Nothing => {
            let is_path = name.contains('/') || Path::new(name).extension().is_some_and(|extension| extension == "md");
            let missing = || CommandError::refused("no-such-file", format!("{name} does not exist"));
            let incidents = place.incidents().map_err(|error| if is_path { missing() } else { error })?;
            let (incidents_named, _) = incidents.named(context, name).map_err(|error| if is_path { missing() } else { error })?;
            let found = of_incidents(incidents, &incidents_named)?;
            match (found.is_empty(), incidents_named.as_slice()) {
                (true, [incident]) => Err(without_reports(&incident.id)),
                _ => Ok(found),
            }
        }
    }
}

/// The reports of the incidents in a folder, or of the one that it is; where there are none, all markdown below it.
fn below(place: &LintPlace<'_>, context: &Context, name: &str, folder: &Path) -> Result<Vec<Source>, CommandError> {
    if let Ok(incidents) = place.incidents() {
        let found = incidents.named(context, name).map(|(found, _)| found).unwrap_or_default();
        match (of_incidents(incidents, &found)?, found.as_slice()) {
            (reports, [_, ..]) if !reports.is_empty() => return Ok(reports),
            (_, [incident]) => return Err(without_reports(&incident.id)),
            _ => {}
        }
    }
    let typed = Path::new(name.strip_prefix("./").unwrap_or(name));
    let typed = if typed.as_os_str() == "." { Path::new("") } else { typed };
    let files = markdown_below(folder);
    if files.is_empty() {
        return Err(
            CommandError::refused("no-markdown", format!("there is no markdown below {name}")).with_hint("name the files themselves")
        );
    }
    let files = files.into_iter().map(|file| (typed.join(&file).display().to_string(), folder.join(&file)));
    files.map(|(path, file)| Source::read(path, &file)).collect()
}

fn of_incidents(place: &CheckedPlace<'_>, incidents: &[IncidentPath]) -> Result<Vec<Source>, CommandError> {
    let reports: Vec<Vec<Source>> = incidents.iter().map(|incident| reports(place, incident)).collect::<Result<_, _>>()?;
    Ok(reports.into_iter().flatten().collect())
}

fn reports(place: &CheckedPlace<'_>, incident: &IncidentPath) -> Result<Vec<Source>, CommandError> {
    let files = [POSTMORTEM_FILE, RCA_FILE].map(|file| format!("{}/{file}", incident.path));
    let there = files.into_iter().map(|path| (place.root().join(&path), path)).filter(|(file, _)| kind_of(file) == PathKind::File);
    there.map(|(file, path)| Source::read(path, &file)).collect()
}

fn without_reports(id: &IncidentId) -> CommandError {
    CommandError::refused("no-report", format!("{id} has neither a postmortem nor an RCA yet"))
        .with_hint(format!("qpp-incident postmortem {id}, once it is closed"))
        .about(id)
}
