//! Which incident a command means: one rule for all of them.
//! Reads; changes nothing.
//!
//! # Source
//! Spec §2 "Ids" and §3 "One rule for INCIDENT in all commands".

use crate::commands::session::{Session, known_people};
use crate::document::broken::BrokenFile;
use crate::document::folder::{Folder, POSTMORTEM_FILE, RCA_FILE};
use crate::document::header::Header;
use crate::document::report_header::{ReportHeader, ReportStatus};
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::status::Status;
use crate::domain::zone::Zone;
use crate::error::CommandError;
use crate::store::paths::IncidentPath;

/// The incident that a command is about.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its folder, relative to the root.
    pub path: String,
    /// Its id.
    pub id: IncidentId,
    /// Its documents as they stand on disk, sound or broken.
    pub folder: Result<Folder, BrokenFile>,
}

impl Target {
    /// The documents.
    ///
    /// # Errors
    /// They cannot be read, and where.
    pub fn sound(&self) -> Result<&Folder, CommandError> {
        self.folder.as_ref().map_err(|broken| {
            if broken.broken.is_missing() {
                let place = format!("{}/{}", self.path, broken.file);
                return CommandError::refused("document-missing", format!("{place} is {}", broken.broken.message))
                    .about(&self.id)
                    .with_hint(format!("git restore -- {place}"));
            }
            let place = format!("{}/{broken}", self.path);
            let hint = if broken.broken.message.contains("conflict marker") {
                format!("qpp-incident repair {}", self.id)
            } else {
                format!("${{EDITOR:-vi}} +{} {}/{}", broken.broken.line, self.path, broken.file)
            };
            CommandError::refused("broken-document", format!("cannot read {place}")).about(&self.id).with_hint(hint)
        })
    }
}

/// For which incidents a command is possible, when none is named.
pub type Possible = fn(&Candidate) -> bool;

/// An incident as the choice sees it: its folder and what its header says.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its folder's name, read.
    pub place: IncidentPath,
    /// Its header; none when it cannot be read.
    pub header: Option<Header>,
    /// True when there is a postmortem.
    pub has_postmortem: bool,
    /// How the postmortem stands, if there is one; one that cannot be read is a draft.
    pub postmortem: Option<ReportStatus>,
    /// How the RCA stands, if there is one; one that cannot be read is a draft.
    pub rca: Option<ReportStatus>,
}

impl Candidate {
    /// Its status; none when the document cannot be read, and then every command is possible.
    pub fn status(&self) -> Option<Status> {
        self.header.as_ref().map(Header::status)
    }

    fn line(&self) -> String {
        match &self.header {
            Some(header) => format!("{} {} ({})", self.place.id, header.title(), header.status()),
            None => format!("{} {} (cannot be read)", self.place.id, self.place.slug),
        }
    }
}

/// Possible while the incident is not closed.
pub fn not_closed(candidate: &Candidate) -> bool {
    candidate.status() != Some(Status::Closed)
}

/// Possible while the incident is acknowledged or mitigated.
pub fn worked_on(candidate: &Candidate) -> bool {
    candidate.status().is_none_or(|status| matches!(status, Status::Acknowledged | Status::Mitigated))
}

/// Possible for every incident.
pub fn any(_: &Candidate) -> bool {
    true
}

impl Session<'_> {
    /// The incident of a command whose other words are text: `-i`, else the first word if it is a whole id, else the choice.
    /// Gives back the words that are left.
    ///
    /// # Errors
    /// The name fits none or several, or there is nothing to choose.
    pub fn choose_before(&self, words: &[String], possible: Possible) -> Result<(Target, Vec<String>), CommandError> {
        let (word, rest) = self.leading_id(words);
        Ok((self.choose(word, possible)?, rest))
    }

    /// The first word if it names the incident, and the words that are left. Beside `-i` an id that is nobody's is text.
    fn leading_id<'a>(&self, words: &'a [String]) -> (Option<&'a str>, Vec<String>) {
        let dashed = self.context.words_after_dashes >= words.len();
        let first = words.first().filter(|word| !dashed && word.parse::<IncidentId>().is_ok());
        match first.filter(|word| self.context.options.incident.is_none() || self.find(word).is_ok()) {
            Some(first) => (Some(first), words.iter().skip(1).cloned().collect()),
            None => (None, words.to_vec()),
        }
    }

    /// As [`Session::choose_before`], for what goes on after the close: the only one that is not closed, else the only one.
    ///
    /// # Errors
    /// As [`Session::choose_before`].
    pub fn choose_on_record_before(&self, words: &[String]) -> Result<(Target, Vec<String>), CommandError> {
        let (word, rest) = self.leading_id(words);
        Ok((self.target(self.choose_to_read(word)?), rest))
    }

    /// As [`Session::choose_before`], for what is too grave to guess: the incident must be named.
    ///
    /// # Errors
    /// It is not, or the name fits none or several.
    pub fn choose_named_before(&self, words: &[String], command: &str) -> Result<(Target, Vec<String>), CommandError> {
        let (word, rest) = self.leading_id(words);
        match self.named(word, any)? {
            Some(place) => Ok((self.target(place), rest)),
            None => Err(not_named(&self.candidates(), command)),
        }
    }

    /// The incident of a command that takes nothing else: every form of a name is allowed.
    ///
    /// # Errors
    /// As [`Session::choose_before`].
    pub fn choose(&self, word: Option<&str>, possible: Possible) -> Result<Target, CommandError> {
        if let Some(place) = self.named(word, possible)? {
            return Ok(self.target(place));
        }
        let all = self.candidates();
        let nothing_fits = !all.iter().any(possible);
        let place = only_unclosed(&all).filter(|_| nothing_fits).map_or_else(|| self.only_possible(&all, possible), Ok)?;
        Ok(self.target(place))
    }

    /// As [`Session::choose`], but never one for which the command is not possible.
    ///
    /// # Errors
    /// As [`Session::choose_before`].
    pub fn choose_possible(&self, word: Option<&str>, possible: Possible) -> Result<Target, CommandError> {
        let place = match self.named(word, possible)? {
            Some(place) => place,
            None => self.only_possible(&self.candidates(), possible)?,
        };
        Ok(self.target(place))
    }

    /// The incident of a command that only reads: named, else the only one that is not closed, else the only one.
    ///
    /// # Errors
    /// As [`Session::choose_before`].
    pub fn choose_to_read(&self, word: Option<&str>) -> Result<IncidentPath, CommandError> {
        if let Some(place) = self.named(word, any)? {
            return Ok(place);
        }
        let all = self.candidates();
        let possible = if all.iter().any(not_closed) { not_closed } else { any };
        self.only_possible(&all, possible)
    }

    /// The incident that `-i`, the word or `$QPP_INCIDENT` names, if one of them does.
    ///
    /// # Errors
    /// The name fits none or several, option and word name two, or the environment names a closed one while another is open.
    pub fn named(&self, word: Option<&str>, possible: Possible) -> Result<Option<IncidentPath>, CommandError> {
        let option = self.context.options.incident.as_deref();
        match (option, word, self.context.environment.get("QPP_INCIDENT")) {
            (Some(option), Some(word), _) => one_and_the_same(self.find(option)?, &self.find(word)?).map(Some),
            (Some(name), None, _) | (None, Some(name), _) => self.find(name).map(Some),
            (None, None, Some(name)) => self.not_a_closed_one(self.find(name)?, name, possible).map(Some),
            (None, None, None) => Ok(None),
        }
    }

    /// An incident with its documents as they stand on disk.
    pub fn target(&self, place: IncidentPath) -> Target {
        let folder = self.folder(&place.path);
        let id = folder.as_ref().map_or_else(|_| place.id.clone(), |folder| folder.incident.id());
        Target { path: place.path, id, folder }
    }

    /// The document's zone, and whom a WHO may mean, as far as the document can be read.
    pub fn zone_and_known(&self, target: &Target) -> (Zone, Vec<Person>) {
        match &target.folder {
            Ok(folder) => (folder.incident.zone(), known_people(&folder.incident)),
            Err(_) => (self.config.zone(), Vec::new()),
        }
    }

    /// The incident that a name means: its id, its five characters, a path; else what has it as the start of its id or as a part
    /// of its folder's name, both looked at together: `bad` must not silently be INC-BAD07 of last year while bad-gateway is open.
    ///
    /// # Errors
    /// The name fits none or several.
    pub fn find(&self, name: &str) -> Result<IncidentPath, CommandError> {
        if let Ok(id) = name.parse::<IncidentId>() {
            let found = self.store.find_by_id(&id).or_else(|| self.find_by_aka(&id));
            return found.ok_or_else(|| self.unknown(name));
        }
        let characters = format!("INC-{}", name.trim()).parse::<IncidentId>().ok();
        let by_path = || self.store.find_by_path(&self.context.environment.current_folder, name);
        if let Some(found) = characters.as_ref().and_then(|id| self.store.find_by_id(id)).or_else(by_path) {
            return Ok(found);
        }
        let mut fits = self.store.find_by_prefix(name);
        let by_part = self.store.find_by_name_part(name).into_iter().filter(|place| !fits.contains(place)).collect::<Vec<_>>();
        fits.extend(by_part);
        if !fits.is_empty() {
            return self.single(name, fits);
        }
        characters.and_then(|id| self.find_by_aka(&id)).ok_or_else(|| self.unknown(name))
    }

    fn find_by_aka(&self, id: &IncidentId) -> Option<IncidentPath> {
        let is_it = |text: &String| text.parse::<IncidentId>().is_ok_and(|earlier| earlier == *id);
        let known = |candidate: &Candidate| candidate.header.as_ref().is_some_and(|header| header.list(Key::Aka).iter().any(is_it));
        self.candidates().into_iter().find(known).map(|candidate| candidate.place)
    }

    /// The one that fits; incidents that are not closed come first.
    fn single(&self, name: &str, fits: Vec<IncidentPath>) -> Result<IncidentPath, CommandError> {
        let mut candidates: Vec<Candidate> = fits.into_iter().map(|place| self.candidate(place)).collect();
        candidates.sort_by_key(|candidate| !not_closed(candidate));
        let open: Vec<&Candidate> = candidates.iter().filter(|candidate| not_closed(candidate)).collect();
        match (open.as_slice(), candidates.as_slice()) {
            ([only], _) => Ok(only.place.clone()),
            ([], [only]) => Ok(only.place.clone()),
            _ => Err(CommandError::refused(
                "ambiguous-incident",
                format!("`{name}` fits {} incidents:{}", candidates.len(), lines(&candidates)),
            )
            .with_hint(name_one(&candidates))),
        }
    }

    fn unknown(&self, name: &str) -> CommandError {
        let all = self.store.incidents().into_iter().map(|place| (likeness(name, &place), place));
        let mut candidates: Vec<(f64, IncidentPath)> = all.filter(|(likeness, _)| *likeness > 0.6).collect();
        candidates.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let nearest: Vec<Candidate> = candidates.into_iter().take(3).map(|(_, place)| self.candidate(place)).collect();
        let near = if nearest.is_empty() { String::new() } else { format!("; the nearest:{}", lines(&nearest)) };
        let hint = if self.store.is_sparse() {
            "git sparse-checkout add incidents, if this sparse checkout leaves it out"
        } else {
            "qpp-incident list --all"
        };
        CommandError::refused("unknown-incident", format!("no incident is named `{name}`{near}")).with_hint(hint)
    }

    /// `$QPP_INCIDENT` may be left over from yesterday: it must not swallow what is meant for an incident that is open.
    fn not_a_closed_one(&self, place: IncidentPath, name: &str, possible: Possible) -> Result<IncidentPath, CommandError> {
        let named = self.candidate(place);
        if not_closed(&named) {
            return Ok(named.place);
        }
        let others: Vec<Candidate> = self.candidates().into_iter().filter(|other| not_closed(other) && possible(other)).collect();
        if others.is_empty() {
            return Ok(named.place);
        }
        let message = format!("$QPP_INCIDENT names {name}, which is closed, while another is not:{}", lines(&others));
        let other = others.first().map_or_else(String::new, |candidate| candidate.place.id.to_string());
        Err(CommandError::refused("closed-incident-in-environment", message)
            .with_hint(format!("export QPP_INCIDENT={other}, or name the closed one with -i {}", named.place.id)))
    }

    fn only_possible(&self, all: &[Candidate], possible: Possible) -> Result<IncidentPath, CommandError> {
        let fits: Vec<&Candidate> = all.iter().filter(|candidate| possible(candidate)).collect();
        match fits.as_slice() {
            [only] => Ok(only.place.clone()),
            [] => Err(nothing_fits(all)),
            several if self.context.prompter.can_ask() => {
                let items: Vec<String> = several.iter().map(|candidate| candidate.line()).collect();
                let index = self.context.prompter.select("Which incident?", &items).map_err(anyhow::Error::from)?;
                several.get(index).map(|candidate| candidate.place.clone()).ok_or_else(|| nothing_fits(all))
            }
            several => {
                let several: Vec<Candidate> = several.iter().map(|candidate| (*candidate).clone()).collect();
                Err(CommandError::refused("which-incident", format!("{} incidents are possible:{}", several.len(), lines(&several)))
                    .with_hint(name_one(&several)))
            }
        }
    }

    /// All incidents with what their headers say, the latest first.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.store.incidents().into_iter().map(|place| self.candidate(place)).collect()
    }

    fn candidate(&self, place: IncidentPath) -> Candidate {
        let text = self.store.text(&format!("{}/incident.md", place.path)).ok().flatten();
        let header = text.and_then(|text| Header::of_document(&text).ok());
        let report = |name: &str| match self.store.text(&format!("{}/{name}", place.path)) {
            Ok(None) => None,
            Ok(Some(text)) => Some(ReportHeader::of_document(&text).map_or(ReportStatus::Draft, |header| header.status)),
            Err(_) => Some(ReportStatus::Draft),
        };
        let (postmortem, rca) = (report(POSTMORTEM_FILE), report(RCA_FILE));
        Candidate { place, header, has_postmortem: postmortem.is_some(), postmortem, rca }
    }
}

/// What `-i` and the word name, when that is one incident.
fn one_and_the_same(by_option: IncidentPath, by_word: &IncidentPath) -> Result<IncidentPath, CommandError> {
    if by_option == *by_word {
        return Ok(by_option);
    }
    let message = format!("two incidents are named: {} by -i, and {}", by_option.id, by_word.id);
    Err(CommandError::usage("two-incidents", message).with_hint("name one; a text that begins with an id goes behind --"))
}

fn name_one(candidates: &[Candidate]) -> String {
    candidates.first().map_or_else(String::new, |candidate| format!("name one with -i {}", candidate.place.id))
}

fn lines(candidates: &[Candidate]) -> String {
    candidates.iter().take(8).fold(String::new(), |list, candidate| format!("{list}\n  {}", candidate.line()))
}

fn likeness(name: &str, place: &IncidentPath) -> f64 {
    let name = name.to_lowercase();
    let id = strsim::jaro_winkler(&name, &place.id.to_string().to_lowercase());
    let bare = strsim::jaro_winkler(&name, &place.id.in_path());
    let slug = strsim::jaro_winkler(&name, &place.slug);
    id.max(bare).max(slug)
}

/// Where one alone is not closed it is meant, and the command itself says why it does not fit.
fn only_unclosed(all: &[Candidate]) -> Option<IncidentPath> {
    let mut unclosed = all.iter().filter(|candidate| not_closed(candidate));
    unclosed.next().filter(|_| unclosed.next().is_none()).map(|only| only.place.clone())
}

fn nothing_fits(all: &[Candidate]) -> CommandError {
    if all.is_empty() {
        return no_incident_yet();
    }
    let none = if all.iter().any(not_closed) { "none of them fits" } else { "every one is closed" };
    CommandError::refused("no-incident", format!("no incident is named, and {none}:{}", latest(all)))
        .with_hint("name one with -i, or see qpp-incident list --all")
}

fn not_named(all: &[Candidate], command: &str) -> CommandError {
    let Some(first) = all.first() else { return no_incident_yet() };
    CommandError::refused("no-incident", format!("{command} takes an incident by name, so that none is meant by accident:{}", latest(all)))
        .with_hint(format!("qpp-incident {command} {} \"…\"", first.place.id))
}

fn no_incident_yet() -> CommandError {
    CommandError::refused("no-incident", "there is no incident yet").with_hint("qpp-incident open \"What is wrong\"")
}

fn latest(all: &[Candidate]) -> String {
    lines(all.get(..all.len().min(5)).unwrap_or(all))
}
