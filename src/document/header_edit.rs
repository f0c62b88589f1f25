//! Edits of a document's front matter: the bytes of what changes and no others, or a refusal.
//! PURE: text in, text out. Splices by `document::yaml_splice`, always judged by `document::edit_gate`.

use crate::document::broken::BrokenDocument;
use crate::document::edit_gate::{Wanted, judge};
use crate::document::field::Field;
use crate::document::front_matter::FrontMatter;
use crate::document::header::{Header, read_fields, read_person};
use crate::document::report_header::{REPORT_KEYS, ReportHeader};
use crate::document::yaml_scalar::{Place, scalar};
use crate::document::yaml_splice::{Why, add_item, remove, remove_items, set};
use crate::domain::change::Change;
use crate::domain::key::Key;

/// Why the front matter was not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It cannot be read as it is.
    #[error(transparent)]
    Broken(#[from] BrokenDocument),
    /// The change would touch more than it should, or make the front matter unsound.
    #[error("cannot change `{key}` in the front matter: {why}")]
    Refused {
        /// The key that should have changed.
        key: String,
        /// What stands in the way, lower case.
        why: String,
    },
}

impl EditError {
    /// The command that helps: the change by hand, with validation.
    pub fn hint(&self) -> &'static str {
        "qpp-incident edit"
    }
}

/// The whole document with these changes made in its front matter, one after the other.
///
/// # Errors
/// The front matter cannot be read, or a change is refused; then nothing is changed.
///
/// # Examples
/// ```
/// use qpp_incident::document::header_edit::edit;
/// use qpp_incident::domain::{change::Change, key::Key};
/// let text = "---\nid: INC-K7QFM\ntitle: 'Errors' # as reported\nstatus: open\n---\n# Errors\n";
/// let edited = edit(text, &[Change::Set(Key::Status, "acknowledged".to_owned())])?;
/// assert_eq!(edited, text.replace("open", "acknowledged"));
/// # Ok::<(), qpp_incident::document::header_edit::EditError>(())
/// ```
pub fn edit(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let order: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    let form = Form { order: &order, check: |yaml| Header::parse(yaml, 2).map(drop) };
    changes.iter().try_fold(text.to_owned(), |text, change| form.apply(&text, change.key().name(), |field| plan(field, change)))
}

/// The whole report with these keys set (`Some`) or removed (`None`), one after the other.
///
/// # Errors
/// As [`edit`].
pub fn edit_report(text: &str, changes: &[(&str, Option<&str>)]) -> Result<String, EditError> {
    let form = Form { order: &REPORT_KEYS, check: |yaml| ReportHeader::parse(yaml, 2).map(drop) };
    changes.iter().try_fold(text.to_owned(), |text, (name, value)| {
        form.apply(&text, name, |field| match value {
            Some(value) => plan_text(field, value, false),
            None => Ok(plan_absence(field)),
        })
    })
}

/// A change as it will be made on the YAML, and what must be read from it afterwards.
struct Plan {
    wanted: Wanted,
    splice: Splice,
}

enum Splice {
    /// The value as it shall be written.
    Set(String),
    Remove,
    Add(String),
    /// The items' texts as they stand.
    RemoveItems(Vec<String>),
}

impl Splice {
    fn carry_out(&self, yaml: &str, name: &str, order: &[&str]) -> Result<String, Why> {
        match self {
            Self::Set(written) => set(yaml, name, written, order),
            Self::Remove => remove(yaml, name),
            Self::Add(item) => add_item(yaml, name, item, order),
            Self::RemoveItems(items) => remove_items(yaml, name, |item| items.iter().any(|gone| gone == item)),
        }
    }
}

/// A kind of front matter: the order of its keys and what makes it sound.
struct Form<'order> {
    order: &'order [&'order str],
    check: fn(&str) -> Result<(), BrokenDocument>,
}

impl Form<'_> {
    /// Makes one change of the key `name`, behind the gate.
    fn apply<P>(&self, text: &str, name: &str, plan: P) -> Result<String, EditError>
    where
        P: FnOnce(Option<&Field>) -> Result<Option<Plan>, BrokenDocument>,
    {
        let parts = FrontMatter::split(text)?;
        let yaml = parts.yaml_of(text);
        let fields = read_fields(yaml, parts.first_line)?;
        let Some(Plan { wanted, splice }) = plan(fields.iter().find(|field| field.name == name))? else { return Ok(text.to_owned()) };
        let refused = |why: String| EditError::Refused { key: name.to_owned(), why };
        let edited = splice.carry_out(yaml, name, self.order).map_err(|why| refused(why.to_owned()))?;
        judge(yaml, &edited, name, &wanted).map_err(refused)?;
        if (self.check)(yaml).is_ok() {
            (self.check)(&edited).map_err(|broken| refused(broken.message))?;
        }
        let (before, after) = (text.get(..parts.yaml.start).unwrap_or_default(), text.get(parts.yaml.end..).unwrap_or_default());
        let whole = [before, &edited, after].concat();
        FrontMatter::split(&whole).map_err(|broken| refused(broken.message))?;
        Ok(whole)
    }
}

/// What a change comes to; `None` when all stands as wanted already.
fn plan(field: Option<&Field>, change: &Change) -> Result<Option<Plan>, BrokenDocument> {
    let key = change.key();
    match change {
        Change::Set(_, value) => plan_text(field, value, key == Key::Restored),
        Change::Remove(_) => Ok(plan_absence(field)),
        Change::AddItem(_, item) => {
            let mut items = field.map_or_else(|| Ok(Vec::new()), Field::list)?;
            if items.iter().any(|present| is_same(key, present, item)) {
                return Ok(None);
            }
            items.push(item.clone());
            Ok(Some(Plan { wanted: Wanted::List(items), splice: Splice::Add(item.clone()) }))
        }
        Change::RemoveItem(_, item) => {
            let items = field.map_or_else(|| Ok(Vec::new()), Field::list)?;
            let (gone, stay): (Vec<String>, Vec<String>) = items.into_iter().partition(|present| is_same(key, present, item));
            if gone.is_empty() {
                return Ok(None);
            }
            let wanted = if stay.is_empty() { Wanted::Absent } else { Wanted::List(stay) };
            Ok(Some(Plan { wanted, splice: Splice::RemoveItems(gone) }))
        }
    }
}

fn plan_text(field: Option<&Field>, value: &str, is_number: bool) -> Result<Option<Plan>, BrokenDocument> {
    if let Some(field) = field
        && field.text()?.as_deref() == Some(value)
    {
        return Ok(None);
    }
    let bare = is_number && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let written = if bare { value.to_owned() } else { scalar(value, Place::Block) };
    Ok(Some(Plan { wanted: Wanted::Text(value.to_owned()), splice: Splice::Set(written) }))
}

fn plan_absence(field: Option<&Field>) -> Option<Plan> {
    field.map(|_| Plan { wanted: Wanted::Absent, splice: Splice::Remove })
}

/// Whether two items of a list say the same; people by who they are.
fn is_same(key: Key, one: &str, two: &str) -> bool {
    let is_person = matches!(key, Key::Responders | Key::BusinessOwners | Key::Audience);
    one == two || (is_person && read_person(one).is_ok_and(|one| read_person(two).is_ok_and(|two| one.is_same(&two))))
}

#[cfg(test)]
mod tests;
