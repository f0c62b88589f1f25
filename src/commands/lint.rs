//! `lint`: does the prose follow the writing rules of the process.
//! Reads; with `--fix` it writes the files that it was given, and nothing else. The rules are in `rules::lint`.

pub mod by_settings;
pub mod explain;
pub mod fix;
pub mod place;
pub mod source;

use crate::commands::findings::found::{Found, Replacement};
use crate::commands::findings::report::{ListedRule, Looked, Report, Unit};
use crate::commands::findings::{FindingOptions, Format, ended, print};
use crate::commands::lint::by_settings::{known_of, lint_by_settings};
use crate::commands::lint::explain::explain;
use crate::commands::lint::fix::{fixed, write};
use crate::commands::lint::place::LintPlace;
use crate::commands::lint::source::{Source, sources};
use crate::context::Context;
use crate::document::config::Config;
use crate::document::in_parallel::in_parallel;
use crate::document::place::Lines;
use crate::document::teams::Teams;
use crate::domain::finding::Finding;
use crate::domain::status::Status;
use crate::error::{CommandError, CommandResult};
use crate::rules::lint::all::{Linted, rules};
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::{LintedText, TextKind};

/// Of how many texts the reading level is told one by one.
const FEW: usize = 3;

/// Hold a postmortem or an RCA to the writing rules of the process
///
/// Precise words, simple sentences, nobody's fault, the third person, who did what, all four times marked, no casual tone,
/// the dots connected: "How to write a good postmortem". Left without a name it reads the postmortem and the RCA of every
/// incident. Any markdown file can be named, in a repository or not, and - reads standard input for an editor.
///
/// It advises: exit status 3 only for an error (--deny lowers it), such as the first person. A passage is left alone with
/// <!-- qpp-lint disable-next RULE: why --> above it. Nothing is changed without --fix, and no network is used.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident lint INC-K7QFM
         qpp-incident lint postmortem.md --fix --dry-run
         qpp-incident lint --explain voice/passive
Next:    qpp-incident postmortem --done refuses while there is an error; incidents/config.yaml sets levels (lint: {RULE: off})")]
pub struct Args {
    /// Incidents by id or name, markdown files or folders, or - for standard input; left out, all reports of all incidents
    #[arg(value_name = "INCIDENT|PATH|-")]
    names: Vec<String>,
    #[command(flatten)]
    options: FindingOptions,
    /// Do what findings name word for word, and nothing else; with --dry-run show it
    #[arg(long)]
    fix: bool,
    /// Read standard input; the same as -
    #[arg(long)]
    stdin: bool,
    /// Read standard input as if it were this file
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Print what a rule is about, and how to write instead
    #[arg(long, value_name = "RULE", conflicts_with_all = ["names", "fix", "stdin", "stdin_filename"])]
    explain: Option<String>,
}

impl Args {
    /// The names, with `-` for `--stdin`.
    fn names(&self) -> Vec<String> {
        let stdin = (self.stdin && !self.names.iter().any(|name| name == "-")).then(|| "-".to_owned());
        self.names.iter().cloned().chain(stdin).collect()
    }
}

/// A text with what was found in it.
struct LintedSource {
    source: Source,
    linted: Linted,
}

/// Runs `lint`.
///
/// # Errors
/// A name leads nowhere, a file cannot be read or written, the settings are broken, or there is no repository to take incidents from.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    if let Some(rule) = &args.explain {
        return explain(context, rule);
    }
    let format = args.options.format(context)?;
    let place = LintPlace::open(context)?;
    let sources = sources(&place, context, &args.names(), args.stdin_filename.as_deref())?;
    let is_piped = sources.iter().any(|source| source.file.is_none());
    if args.fix && is_piped && sources.len() > 1 {
        return Err(CommandError::usage("one-at-a-time", "--fix answers standard input on standard output: name no file beside it"));
    }
    let mut linted = lint_all(&place, sources);
    if args.fix {
        linted = fix_all(context, &place, linted, format)?;
    }
    let report = report(&linted, args.options);
    // What was mended is the answer then: findings among it would be text to an editor.
    if !(args.fix && (is_piped || (context.options.dry_run && format == Format::Text))) {
        print(context, &report, format)?;
    }
    if format == Format::Text && linted.len() <= FEW {
        linted.iter().filter_map(grade).for_each(|grade| context.ui.note(&grade));
    }
    Ok(ended(context, &report))
}

fn lint_all(place: &LintPlace<'_>, sources: Vec<Source>) -> Vec<LintedSource> {
    // Names from the history are only asked for where there is an incident to tell of.
    let others: &[String] = if sources.iter().any(|source| source.record.is_some()) { place.others() } else { &[] };
    let has_report = sources.iter().any(|source| source.kind != TextKind::Other);
    let templates = if has_report { place.templates() } else { &[None, None] };
    let (config, teams) = (&place.config, place.teams.as_ref());
    let linted = in_parallel(&sources, |source| lint_one(source, config, teams, others, templates));
    sources.into_iter().zip(linted).map(|(source, linted)| LintedSource { source, linted }).collect()
}

fn lint_one(source: &Source, config: &Config, teams: Option<&Teams>, others: &[String], templates: &[Option<String>; 2]) -> Linted {
    let [postmortem, rca] = templates;
    let template = match source.kind {
        TextKind::Postmortem => postmortem.as_deref(),
        TextKind::Rca => rca.as_deref(),
        TextKind::Other => None,
    };
    let known = known_of(source.record.as_ref(), teams, config.lint(), others);
    let mut text = LintedText {
        path: Some(&source.path),
        kind: source.kind,
        record: source.record.as_ref(),
        template,
        ..LintedText::other(&source.text, &known)
    };
    text.is_closed = source.record.as_ref().is_none_or(|record| record.status() == Status::Closed);
    lint_by_settings(&text, config.lint())
}

/// Mends every text, writes those that changed, and reads them again.
fn fix_all(context: &Context, place: &LintPlace<'_>, linted: Vec<LintedSource>, format: Format) -> Result<Vec<LintedSource>, CommandError> {
    let mut changed = Vec::new();
    for LintedSource { source, linted } in linted {
        let fixed = fixed(&source, &linted.findings);
        write(context, &source, &fixed, format == Format::Text)?;
        changed.push(Source { text: fixed.text, ..source });
    }
    Ok(lint_all(place, changed))
}

fn report(linted: &[LintedSource], options: FindingOptions) -> Report {
    Report {
        command: "lint",
        rules: rules().into_iter().map(|rule| ListedRule { id: rule.id, level: rule.level, what: rule.what }).collect(),
        unit: Unit::Documents,
        looked: linted.iter().map(|linted| looked(&linted.source)).collect(),
        texts: linted.iter().map(|linted| (linted.source.path.clone(), linted.source.text.clone())).collect(),
        findings: linted.iter().flat_map(found).collect(),
        failing: options.failing(),
    }
}

fn looked(source: &Source) -> Looked {
    let title = source.record.as_ref().map(|record| format!("{}, {}", record.title(), file_name(&source.path)));
    Looked { path: source.path.clone(), id: source.id(), headline: title.unwrap_or_else(|| source.path.clone()) }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn found(linted: &LintedSource) -> Vec<Found> {
    let lines = Lines::of(&linted.source.text);
    let id = linted.source.id();
    let shown = |found: &LintFinding| {
        let fix = found.fix.as_ref().map(|fix| Replacement { stretch: lines.stretch(fix.span.clone()), text: fix.text.clone() });
        let finding = Finding { incident: id.clone(), path: Some(linted.source.path.clone()), ..found.finding.clone() };
        Found { finding, stretch: Some(lines.stretch(found.span.clone())), fix }
    };
    linted.linted.findings.iter().map(shown).collect()
}

/// `postmortem.md: grade 5.9 (ARI), 6.1 (Flesch-Kincaid): 412 words, 31 sentences, 1803 letters`
fn grade(linted: &LintedSource) -> Option<String> {
    Some(format!("{}: {}", linted.source.path, linted.linted.figures?.sentence()))
}
