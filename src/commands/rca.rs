//! `rca`: the root cause analysis, which may be shared with other teams and is due within one business day.
//! The path that it shares with `postmortem` is `closing_report`.

use crate::commands::closing_report::{Asked, Finish, closed_as_resolved, run as run_report};
use crate::commands::incident_choice::Candidate;
use crate::context::Context;
use crate::document::report::Report;
use crate::document::report_header::ReportStatus;
use crate::error::CommandResult;

/// Write the root cause analysis of a closed incident, or declare it done
///
/// Makes rca.md beside the incident document: what the problem was, how the team responded, and what steps it is taking to
/// prevent the next one. It may be shared with other teams within CMS, so it stands by itself and holds no names, addresses
/// or phone numbers of people: --done refuses while it does.
///
/// It is due at the end of the next federal business day after the close; the time is printed, and --done stops the clock.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident rca INC-K7QFM
         qpp-incident rca INC-K7QFM --done
Next:    complete it in your editor, qpp-incident lint, then --done; qpp-incident action list shows the follow-up work")]
pub struct Args {
    /// The incident; left out, the only closed one without an RCA
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    #[command(flatten)]
    finish: Finish,
}

fn is_missing(candidate: &Candidate) -> bool {
    closed_as_resolved(candidate) && candidate.rca.is_none()
}

fn is_draft(candidate: &Candidate) -> bool {
    candidate.rca == Some(ReportStatus::Draft)
}

/// Runs `rca`.
///
/// # Errors
/// The incident is not closed, something is still to be written, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let asked = Asked {
        report: Report::Rca,
        incident: args.name.as_deref(),
        finish: &args.finish,
        possible: if args.finish.done { is_draft } else { is_missing },
    };
    run_report(&asked, context)
}
