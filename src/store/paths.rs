//! Finding incidents by their folders: by id, by a part of the name, by a path; and the folder of a new one.
//! EFFECT (`std::fs`): reads names alone, never a document.

use std::fs;
use std::path::{Component, Path};

use chrono::{Datelike, NaiveDate};

use crate::domain::incident_id::{IncidentId, are_characters, canonical_base32};
use crate::store::repository::Store;

/// The folder of all incidents, relative to the root.
pub const INCIDENTS: &str = "incidents";

/// How deep folders of incidents are looked for below `incidents/`.
const DEPTH: usize = 4;

/// How far before an id the path of its folder may begin in git's index, in bytes.
const LONGEST_PATH: usize = 256;

/// The longest slug, in characters.
const SLUG_LENGTH: usize = 40;

/// An incident's folder, as its name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentPath {
    /// Relative to the root, with `/`: `incidents/2026-11/22-k7qfm-auth-service-returns-errors`.
    pub path: String,
    /// The id in the folder's name.
    pub id: IncidentId,
    /// What follows the id: `auth-service-returns-errors`.
    pub slug: String,
    /// The day it was opened; none where the month is not in the path.
    pub day: Option<NaiveDate>,
}

impl IncidentPath {
    /// Reads a folder's path; none when its name is not `DAY-ID-SLUG`.
    pub fn parse(path: &str) -> Option<Self> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (day, id, slug) = parse_name(name)?;
        let day = day_of(parent.rsplit('/').next().unwrap_or_default(), day);
        Some(Self { path: path.to_owned(), id, slug, day })
    }

    /// The folder of a new incident.
    pub fn of_new(id: &IncidentId, title: &str, opened_on: NaiveDate) -> Self {
        let slug = slug_of(title);
        let path = format!("{INCIDENTS}/{}/{}-{}-{slug}", opened_on.format("%Y-%m"), opened_on.format("%d"), id.in_path());
        Self { path, id: id.clone(), slug, day: Some(opened_on) }
    }

    /// The folder's name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Day, id and slug of a folder's name.
fn parse_name(name: &str) -> Option<(&str, IncidentId, String)> {
    let (day, id, slug) = split_name(name)?;
    Some((day, format!("INC-{id}").parse().ok()?, slug.to_owned()))
}

/// Day, id and slug as they are written in a folder's name; none when it is not an incident's.
pub(crate) fn split_name(name: &str) -> Option<(&str, &str, &str)> {
    let (day, rest) = name.split_once('-')?;
    let (id, slug) = rest.split_once('-').unwrap_or((rest, ""));
    let is_day = day.len() == 2 && day.bytes().all(|byte| byte.is_ascii_digit());
    (is_day && are_characters(id)).then_some((day, id, slug))
}

/// The day that a month's folder and the number before the id give.
fn day_of(month: &str, day: &str) -> Option<NaiveDate> {
    let (year, month) = month.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A title as a part of a folder's name: ASCII, cut at a word at forty characters, never empty.
///
/// # Examples
/// ```
/// use qpp_incident::store::paths::slug_of;
/// assert_eq!(slug_of("Auth service returns errors"), "auth-service-returns-errors");
/// assert_eq!(slug_of("???"), "incident");
/// ```
pub fn slug_of(title: &str) -> String {
    let whole = slug::slugify(title);
    let mut slug = String::new();
    for word in whole.split('-').filter(|word| !word.is_empty()) {
        let joined = slug.len() + usize::from(!slug.is_empty()) + word.len();
        if joined > SLUG_LENGTH {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    let first_word = || whole.chars().take(SLUG_LENGTH).collect::<String>();
    let slug = if slug.is_empty() { first_word() } else { slug };
    if slug.is_empty() { "incident".to_owned() } else { slug }
}

impl Store {
    /// All incidents on disk, the latest month and day first.
    pub fn incidents(&self) -> Vec<IncidentPath> {
        incidents_in(self.root())
    }

    /// The incidents on disk that were opened on this day or later; the folders of earlier months are not read.
    pub fn incidents_since(&self, day: NaiveDate) -> Vec<IncidentPath> {
        let is_earlier = |name: &str| day_of(name, "28").is_some_and(|one| (one.year(), one.month()) < (day.year(), day.month()));
        let mut found = Vec::new();
        let folder = self.root().join(INCIDENTS);
        let visitor = &mut |incident: IncidentPath| {
            found.extend(Some(incident).filter(|incident| incident.day.is_some_and(|opened| opened >= day)));
            true
        };
        visit_folder(&folder, INCIDENTS, DEPTH, &|name| !is_earlier(name), visitor);
        found
    }

    /// The incident whose folder has that id, the latest if there are several.
    pub fn find_by_id(&self, id: &IncidentId) -> Option<IncidentPath> {
        let mut found = self.find_in_index(id);
        if found.is_some() {
            return found;
        }
        self.visit(&|characters| id.is_written(characters), &mut |incident| {
            found = Some(incident);
            false
        });
        found
    }

    /// The folder on disk that git's index has under that id. Only what is not found so is looked for folder by folder: there are
    /// as many as months.
    fn find_in_index(&self, id: &IncidentId) -> Option<IncidentPath> {
        let index = self.index_memory.read(&self.git_dir().join("index")).ok()?;
        let is_meant = |incident: &IncidentPath| incident.path.matches('/').count() <= DEPTH && self.root().join(&incident.path).is_dir();
        let found = folders_in_index(&index, id).filter(is_meant).max_by(|one, two| one.path.cmp(&two.path));
        self.index_memory.keep(index);
        found
    }

    /// The incidents whose id begins with these characters, `INC-` allowed before them; none for fewer than three.
    pub fn find_by_prefix(&self, typed: &str) -> Vec<IncidentPath> {
        let typed = typed.trim();
        let characters = match typed.split_once('-') {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("inc") => rest,
            _ => typed,
        };
        let Some(prefix) = canonical_base32(characters).filter(|prefix| prefix.len() >= 3) else { return Vec::new() };
        self.incidents().into_iter().filter(|incident| incident.id.characters().starts_with(&prefix)).collect()
    }

    /// The incidents whose folder's name has this part, in any case.
    pub fn find_by_name_part(&self, part: &str) -> Vec<IncidentPath> {
        let part = part.trim().to_lowercase();
        if !part.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        self.incidents().into_iter().filter(|incident| incident.name().contains(&part)).collect()
    }

    /// The incident that a path names: its folder or something in it, relative to `current_folder` or to the root.
    pub fn find_by_path(&self, current_folder: &Path, typed: &str) -> Option<IncidentPath> {
        find_by_path_in(self.root(), current_folder, typed)
    }

    /// The incidents in a folder that is no incident's own, such as a month; relative to `current_folder`, the root or
    /// `incidents/`. None where there is no such folder. True when it holds all incidents.
    pub fn find_below(&self, current_folder: &Path, typed: &str) -> Option<(Vec<IncidentPath>, bool)> {
        find_below_in(self.root(), current_folder, typed)
    }

    /// Shows the folder of every incident whose id is wanted to `visitor`, the latest first, until it says false.
    fn visit(&self, is_wanted: &dyn Fn(&str) -> bool, visitor: &mut dyn FnMut(IncidentPath) -> bool) {
        let is_shown = |name: &str| split_name(name).is_none_or(|(_, id, _)| is_wanted(id));
        visit_folder(&self.root().join(INCIDENTS), INCIDENTS, DEPTH, &is_shown, visitor);
    }
}

/// All incidents below a folder, the latest month and day first.
pub fn incidents_in(root: &Path) -> Vec<IncidentPath> {
    let mut found = Vec::new();
    visit_folder(&root.join(INCIDENTS), INCIDENTS, DEPTH, &|_| true, &mut |incident| {
        found.push(incident);
        true
    });
    found
}

/// As [`Store::find_by_path`], below any folder.
pub(crate) fn find_by_path_in(root: &Path, current_folder: &Path, typed: &str) -> Option<IncidentPath> {
    let root = fs::canonicalize(root).ok()?;
    let places = [current_folder.join(typed), root.join(typed)];
    let mut existing = places.iter().filter_map(|place| fs::canonicalize(place).ok());
    existing.find_map(|place| incident_above(place.strip_prefix(&root).ok()?))
}

/// As [`Store::find_below`], below any folder.
pub(crate) fn find_below_in(root: &Path, current_folder: &Path, typed: &str) -> Option<(Vec<IncidentPath>, bool)> {
    let top = fs::canonicalize(root).ok()?;
    let places = [current_folder.join(typed), top.join(typed), top.join(INCIDENTS).join(typed)];
    let mut folders = places.iter().filter_map(|place| fs::canonicalize(place).ok()).filter(|place| place.is_dir());
    let relative = folders.find_map(|place| place.strip_prefix(&top).ok().map(Path::to_path_buf))?;
    if incident_above(&relative).is_some() {
        return None;
    }
    let below = |incident: &IncidentPath| Path::new(&incident.path).starts_with(&relative);
    let is_whole = Path::new(INCIDENTS).starts_with(&relative);
    Some((incidents_in(root).into_iter().filter(below).collect(), is_whole))
}

/// The incident's folder that a path relative to the root lies in.
fn incident_above(relative: &Path) -> Option<IncidentPath> {
    let mut path = String::new();
    for component in relative.components() {
        let Component::Normal(name) = component else { return None };
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name.to_str()?);
        if path.starts_with("incidents/") && parse_name(name.to_str()?).is_some() {
            return IncidentPath::parse(&path);
        }
    }
    None
}

/// The folders of incidents with this id, as they stand in the bytes of an index. One whose paths are compressed (version 4) or
/// elsewhere (a split one) gives none.
pub(crate) fn folders_in_index<'a>(index: &'a [u8], id: &'a IncidentId) -> impl Iterator<Item = IncidentPath> + 'a {
    let part = format!("-{}-", id.in_path());
    let finder = memchr::memmem::Finder::new(&part).into_owned();
    let mut from = 0;
    let places = std::iter::from_fn(move || {
        let at = from + finder.find(index.get(from..)?)?;
        from = at + 1;
        Some(at)
    });
    let paths = places.filter_map(|at| path_at(index, at));
    paths.filter_map(|path| incident_above(Path::new(path))).filter(move |incident| incident.id == *id)
}

/// The path in an index from `incidents/` to the end of the name that holds the byte at `at`.
fn path_at(index: &[u8], at: usize) -> Option<&str> {
    let from = at.saturating_sub(LONGEST_PATH);
    let start = from + memchr::memmem::rfind(index.get(from..at)?, b"incidents/")?;
    let end = at + index.get(at..)?.iter().position(|byte| matches!(byte, 0 | b'/'))?;
    std::str::from_utf8(index.get(start..end)?).ok()
}

/// Walks folders in falling order of their names, so that the latest month comes first. False: stop.
/// `is_shown` is asked of a folder's name before it is read as an incident's: there may be a hundred thousand.
fn visit_folder(
    folder: &Path,
    relative: &str,
    depth: usize,
    is_shown: &dyn Fn(&str) -> bool,
    visitor: &mut dyn FnMut(IncidentPath) -> bool,
) -> bool {
    let mut names = folder_names(folder, is_shown);
    names.sort_unstable_by(|one, two| two.cmp(one));
    for name in names {
        let path = format!("{relative}/{name}");
        let go_on = match IncidentPath::parse(&path) {
            Some(incident) => visitor(incident),
            None if depth > 1 => visit_folder(&folder.join(&name), &path, depth - 1, is_shown, visitor),
            None => true,
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// The names of the folders in a folder that shall be seen; none when it cannot be read.
fn folder_names(folder: &Path, is_shown: &dyn Fn(&str) -> bool) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let folders = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| is_shown(name)).collect()
}

#[cfg(test)]
mod tests;
