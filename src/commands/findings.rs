//! How findings are answered: the formats, the failing level and the exit status, one way for `check` and its kin.
//! Data on standard output, the summary on standard error.

pub mod by_rule;
pub mod found;
pub mod github;
pub mod junit;
pub mod rdjsonl;
pub mod report;
pub mod sarif;
pub mod text;

use crate::commands::findings::found::Found;
use crate::commands::findings::report::{Report, Unit};
use crate::context::Context;
use crate::document::json::answered;
use crate::domain::finding::Level;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Lines for people, by incident
    #[default]
    Text,
    /// `path:line:column: level [rule] message`, for editors
    Line,
    /// An array; the same as --json
    Json,
    /// Reviewdog's Diagnostic, one JSON a line
    Rdjsonl,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// XML for CI reports
    Junit,
}

/// What else fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Deny {
    /// Warnings fail too
    Warning,
    /// Everything fails
    Advice,
}

/// The options of every command that gives findings.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct FindingOptions {
    /// How findings are printed
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Let weaker findings fail the run too: exit status 3
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Deny>,
}

impl FindingOptions {
    /// Findings of this level and above fail.
    pub fn failing(self) -> Level {
        match self.deny {
            None => Level::Error,
            Some(Deny::Warning) => Level::Warning,
            Some(Deny::Advice) => Level::Advice,
        }
    }

    /// The format, where `--json` is one.
    ///
    /// # Errors
    /// `--json` and another format are both asked for.
    pub fn format(self, context: &Context) -> Result<Format, CommandError> {
        match (self.format, context.options.json) {
            (None | Some(Format::Json), true) => Ok(Format::Json),
            (Some(_), true) => Err(CommandError::usage("two-formats", "--json is a format: give it or --format, not both")),
            (format, false) => Ok(format.unwrap_or_default()),
        }
    }
}

/// Prints the findings; with `--quiet` the ids of the incidents that fail.
///
/// # Errors
/// Standard output takes no more.
pub fn answer(context: &Context, report: &Report, format: Format) -> CommandResult {
    print(context, report, format)?;
    Ok(ended(context, report))
}

/// Prints the findings alone.
///
/// # Errors
/// As [`answer`].
pub fn print(context: &Context, report: &Report, format: Format) -> Result<(), CommandError> {
    let ui = &context.ui;
    match format {
        Format::Json => {
            let findings = report.findings.iter().map(|found| serde_json::to_value(&found.finding)).collect::<Result<_, _>>();
            ui.json(&answered(findings.map_err(anyhow::Error::from)?))?;
        }
        Format::Sarif => ui.json(&sarif::sarif(report).map_err(anyhow::Error::from)?)?,
        Format::Line => ui.data(&text::lines(report))?,
        Format::Rdjsonl => ui.data(&rdjsonl::rdjsonl(report)?)?,
        Format::Github => ui.data(&github::github(report))?,
        Format::Junit => ui.data(&junit::junit(report))?,
        Format::Text if ui.is_quiet() => ui.data(&failing_ids(report))?,
        Format::Text if !report.texts.is_empty() => ui.styled(&by_rule::by_rule(report, ui.width()))?,
        Format::Text => ui.data(&text::text(report))?,
    }
    Ok(())
}

/// Says what was found in one line, and tells whether it fails.
pub fn ended(context: &Context, report: &Report) -> ExitStatus {
    context.ui.note(&report.summary());
    let fails = report.findings.iter().any(|found| report.fails(&found.finding));
    if fails { ExitStatus::Findings } else { ExitStatus::Done }
}

/// The incidents that fail by their ids; of documents, which may belong to none, the paths.
fn failing_ids(report: &Report) -> String {
    let groups = report.groups();
    let failing = groups.iter().flat_map(|group| &group.findings).filter(|found| report.fails(&found.finding));
    let mut ids: Vec<String> = failing.filter_map(|found| name(report, found)).collect();
    ids.dedup();
    ids.join("\n")
}

fn name(report: &Report, found: &Found) -> Option<String> {
    match report.unit {
        Unit::Incidents => found.finding.incident.as_ref().map(ToString::to_string),
        Unit::Documents => found.finding.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::report::sample::report;

    #[test]
    fn the_failing_level_is_error_unless_more_is_denied() {
        let failing = |deny| FindingOptions { format: None, deny }.failing();
        assert_eq!([None, Some(Deny::Warning), Some(Deny::Advice)].map(failing), [Level::Error, Level::Warning, Level::Advice]);
    }

    #[test]
    fn quiet_names_each_failing_incident_once() {
        assert_eq!(failing_ids(&report()), "INC-K7QFM");
        assert_eq!(failing_ids(&Report { failing: Level::Advice, ..report() }), "INC-K7QFM");
    }
}
