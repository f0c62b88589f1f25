//! The texts of new documents: built in from `templates/`, or a repository's own file of the same name.
//! PURE: an override is handed in as text. Values stand in the result as they are; their escapes are the caller's.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::domain::text::one_line;

/// How many steps a template may take: a document of ten thousand lines needs a tenth of it.
const FUEL: u64 = 1_000_000;

/// The templates that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The incident document's body, filled from [`crate::document::template_fields::DocumentFields`].
    Incident,
    /// The postmortem's body, filled from the same.
    Postmortem,
    /// The RCA's body, filled from the same.
    Rca,
    /// A status update, filled by `document::status_update`.
    StatusUpdate,
    /// A report to `PagerDuty`, filled from [`crate::document::template_fields::PagerReportFields`].
    Report,
}

/// A template cannot be read or filled; only an override can be at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("templates/{template}:{line}: {message}")]
pub struct TemplateError {
    /// The file's name.
    pub template: &'static str,
    /// 1-based line in the template.
    pub line: usize,
    /// What is wrong, lower case.
    pub message: String,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Incident, Self::Postmortem, Self::Rca, Self::StatusUpdate, Self::Report];

    /// The name of the file, in the program's templates and in a repository's.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Incident => "incident.md",
            Self::Postmortem => "postmortem.md",
            Self::Rca => "rca.md",
            Self::StatusUpdate => "status-update.md",
            Self::Report => "report.txt",
        }
    }

    /// The text that is compiled in.
    ///
    /// # Source
    /// The process: "Sample Incident Response Document", "Sample incident status update", "Positive example of reporting an
    /// incident", "How to write a good postmortem", and for the RCA "After an incident".
    pub fn built_in(self) -> &'static str {
        match self {
            Self::Incident => include_str!("../../templates/incident.md"),
            Self::Postmortem => include_str!("../../templates/postmortem.md"),
            Self::Rca => include_str!("../../templates/rca.md"),
            Self::StatusUpdate => include_str!("../../templates/status-update.md"),
            Self::Report => include_str!("../../templates/report.txt"),
        }
    }
}

/// Fills a template, or the text that stands in for it, from the fields of `context`.
///
/// # Errors
/// The override is no template, names a field that does not exist, or does not come to an end.
///
/// # Examples
/// ```
/// use qpp_incident::document::template::{Template, render};
/// let context = serde_json::json!({ "title": "Many errors" });
/// assert_eq!(render(Template::Incident, Some("# {{ title }}\n"), &context)?, "# Many errors\n");
/// let error = render(Template::Incident, Some("\n{{ titel }}"), &context).unwrap_err();
/// assert_eq!(error.to_string(), "templates/incident.md:2: undefined value");
/// # Ok::<(), qpp_incident::document::template::TemplateError>(())
/// ```
pub fn render(template: Template, override_text: Option<&str>, context: &impl Serialize) -> Result<String, TemplateError> {
    let environment = environment();
    let text = override_text.map_or_else(|| template.built_in().to_owned(), |text| text.replace("\r\n", "\n"));
    environment.render_named_str(template.file_name(), &text, Value::from(Serde(context))).map_err(|error| TemplateError {
        template: template.file_name(),
        line: error.line().unwrap_or(1),
        message: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    })
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.unwrap_or_default()); // fails for other delimiters alone
    environment.add_filter("one_line", |text: String| one_line(&text));
    environment
}

#[cfg(test)]
mod tests;
