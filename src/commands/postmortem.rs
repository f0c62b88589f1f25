//! `postmortem`: what happened and what was learned, begun with all that the incident document knows.
//! The path that it shares with `rca` is `closing_report`.

use crate::commands::closing_report::{Asked, Finish, closed_as_resolved, run as run_report};
use crate::commands::incident_choice::Candidate;
use crate::context::Context;
use crate::document::report::Report;
use crate::document::report_header::ReportStatus;
use crate::error::CommandResult;

/// Write the postmortem of a closed incident, or declare it done
///
/// Makes postmortem.md beside the incident document and copies what that knows: the sections, the action items, and the
/// timeline with the start and end of outage and incident marked. What nobody has written yet is a prompt, which says what to
/// write. From then on action items live in the postmortem.
///
/// Run again it changes nothing, unless the incident was reopened and closed since: then it adds what happened, and the
/// postmortem is a draft again. --done refuses while a prompt stands, a part is empty or `lint` finds an error, and names each
/// with its line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident postmortem INC-K7QFM
         qpp-incident postmortem INC-K7QFM --done
Next:    complete it in your editor, qpp-incident lint, then --done; qpp-incident rca writes the root cause analysis")]
pub struct Args {
    /// The incident; left out, the only closed one without a postmortem
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    #[command(flatten)]
    finish: Finish,
}

fn is_missing(candidate: &Candidate) -> bool {
    closed_as_resolved(candidate) && candidate.postmortem.is_none()
}

fn is_draft(candidate: &Candidate) -> bool {
    candidate.postmortem == Some(ReportStatus::Draft)
}

/// Runs `postmortem`.
///
/// # Errors
/// The incident is not closed, something is still to be written, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let asked = Asked {
        report: Report::Postmortem,
        incident: args.name.as_deref(),
        finish: &args.finish,
        possible: if args.finish.done { is_draft } else { is_missing },
    };
    run_report(&asked, context)
}
