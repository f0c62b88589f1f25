//! `verify`: does the git history prove that nothing of the record was changed.
//! Reads the whole history; moves `refs/qpp-incident/seen` when it is clean. The rules are in `rules::verify`.

use crate::commands::checked_place::lenient_session;
use crate::commands::findings::{FindingOptions, answer};
use crate::commands::session::Session;
use crate::commands::verify_report::{Scope, SeenTip, report};
use crate::context::Context;
use crate::document::commit_message::judgment_message;
use crate::document::header::Header;
use crate::domain::finding::{Finding, Level};
use crate::domain::history::CommitRecord;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::error::{CommandError, CommandResult};
use crate::rules::verify::ledger::Ledger;
use crate::rules::verify::step::short;
use crate::rules::verify::{history_rewritten, shallow, signature};
use crate::store::history_walk::HistoryScope;

/// From how many commits on an index of the changed paths pays.
const LONG: usize = 10_000;

/// Verify that the history proves the record: nothing lost, nothing changed
///
/// Walks every commit and compares it with each of its parents: an entry or an instant that is missing or different, a message
/// that contradicts its entry, a bad signature, a history that no longer has what was verified or pushed from this clone.
/// docs/verify.md lists every rule, and what no history can prove.
///
/// For CI: exit status 3 when there is an error (--deny lowers it), else 0. Without an incident, all are verified, and the tip is
/// remembered when nothing is wrong. No network is used.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident verify
         qpp-incident verify --accept 1a2b3c4d5e --reason \"Ada merged it by hand; nothing is lost, see OPS-12.\"
Next:    qpp-incident repair puts back what was lost; verify --accept judges what cannot be mended")]
pub struct Args {
    /// One incident, by id, name or path; left out, all of them
    #[arg(value_name = "INCIDENT")]
    incident: Option<String>,
    #[command(flatten)]
    options: FindingOptions,
    /// A shallow clone is a warning, not an error
    #[arg(long)]
    allow_shallow: bool,
    /// Say why what this commit did may stand: a warning from then on, with your words
    #[arg(long, value_name = "COMMIT", requires = "reason")]
    accept: Option<String>,
    /// Why it may stand
    #[arg(long, value_name = "TEXT", requires = "accept")]
    reason: Option<String>,
}

/// Runs `verify`.
///
/// # Errors
/// There is no adopted repository, the name fits no incident, git cannot read the history, or there is nothing to accept.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let format = args.options.format(context)?;
    let session = lenient_session(context)?;
    let scope = scope(&session, args.incident.as_deref())?;
    let seen = seen(&session)?;
    let mut ledger = look(&session, &scope)?;
    let mut findings = findings(&session, args, &mut ledger, &scope, &seen)?;
    if let (Some(commit), Some(reason)) = (&args.accept, &args.reason) {
        let commit = accept(&session, commit, reason, &findings)?;
        ledger.take_judgment(&commit.1);
        findings.retain(|finding| finding.commit.as_deref() == Some(&commit.0));
        findings = findings.into_iter().map(|finding| ledger.judged(finding)).collect();
    } else if scope == Scope::All && findings.iter().all(|finding| finding.level != Level::Error) && !session.store.is_shallow() {
        remember(&session, &seen);
    }
    if scope == Scope::All && ledger.commits() > LONG && !session.store.has_path_index() {
        context.ui.note("verify of one incident is quicker after: git commit-graph write --reachable --changed-paths");
    }
    answer(context, &report(&session, &ledger, &scope, findings, args.options.failing()), format)
}

/// What is verified.
fn scope(session: &Session<'_>, named: Option<&str>) -> Result<Scope, CommandError> {
    let Some(name) = named.or(session.context.options.incident.as_deref()) else { return Ok(Scope::All) };
    match session.find(name) {
        Ok(place) => Ok(Scope::Folder(place.path)),
        // A document that is gone is what `verify` is for.
        Err(error) => name.parse::<IncidentId>().map(Scope::Id).map_err(|_| error),
    }
}

/// How the tip that was last seen stands to the history.
fn seen(session: &Session<'_>) -> Result<SeenTip, CommandError> {
    let tip = session.store.branch()?.tip;
    let (Some(seen), Some(_)) = (session.store.seen(), tip) else { return Ok(SeenTip::None) };
    Ok(if session.store.is_in_history(&seen)? {
        SeenTip::InHistory
    } else if session.store.seen_elsewhere(&seen) {
        SeenTip::Elsewhere
    } else {
        SeenTip::Lost(seen)
    })
}

/// Walks the history. Where the document of one incident came from another folder, that one's history is walked too.
///
/// # Errors
/// git cannot read it.
pub fn look(session: &Session<'_>, scope: &Scope) -> Result<Ledger, CommandError> {
    if session.store.branch()?.tip.is_none() {
        return Ok(Ledger::default());
    }
    let first = match scope {
        Scope::All => HistoryScope::All,
        Scope::Folder(path) => HistoryScope::Folders(vec![path.clone()]),
        Scope::Id(id) => HistoryScope::Ids(vec![id.in_path()]),
    };
    let ledger = walk(session, &first)?;
    let Scope::Folder(path) = scope else { return Ok(ledger) };
    if !ledger.came_from_elsewhere().iter().any(|document| document.starts_with(path.as_str())) {
        return Ok(ledger);
    }
    walk(session, &HistoryScope::Ids(names(session, path)))
}

/// Every id that the incident of a folder has or had, as folders have it.
fn names(session: &Session<'_>, path: &str) -> Vec<String> {
    let text = session.store.text(&format!("{path}/incident.md")).ok().flatten().unwrap_or_default();
    let header = Header::of_document(&text).ok();
    let aka = header.iter().flat_map(|header| header.list(Key::Aka)).filter_map(|text| text.parse::<IncidentId>().ok());
    let own = header.iter().map(Header::id);
    let in_path = path.rsplit('/').next().and_then(|name| name.split('-').nth(1)).map(str::to_owned);
    let mut names: Vec<String> = own.chain(aka).map(|id| id.in_path()).chain(in_path).collect();
    names.sort();
    names.dedup();
    names
}

fn walk(session: &Session<'_>, scope: &HistoryScope) -> Result<Ledger, CommandError> {
    let mut ledger = Ledger::default();
    for commit in session.store.walk_history(scope)? {
        ledger.take(&commit?);
    }
    Ok(ledger)
}

/// Everything that was found, judgments applied.
fn findings(session: &Session<'_>, args: &Args, ledger: &mut Ledger, scope: &Scope, seen: &SeenTip) -> Result<Vec<Finding>, CommandError> {
    let is_shallow = shallow::check(session.store.is_shallow(), args.allow_shallow);
    let rewritten = if let SeenTip::Lost(seen) = seen { Some(history_rewritten::check(seen)) } else { None };
    let mut found: Vec<Finding> =
        is_shallow.into_iter().chain(rewritten).chain(ledger.findings()).chain(signatures(session, ledger)?).collect();
    found.retain(|finding| scope.concerns(finding));
    if *scope != Scope::All && found.iter().any(|finding| finding.level == Level::Error) {
        for commit in session.store.walk_history(&HistoryScope::Judgments)? {
            ledger.take_judgment(&commit?);
        }
    }
    Ok(found.into_iter().map(|finding| ledger.judged(finding)).collect())
}

fn signatures(session: &Session<'_>, ledger: &Ledger) -> Result<Vec<Finding>, CommandError> {
    let me = session.context.identity_environment().committer(Some(&session.store));
    let required = match (session.config.requires_signatures(), session.store.signs_commits(), me) {
        (true, ..) => signature::Required::Everybody,
        (false, true, Some(me)) => signature::Required::Of(me),
        _ => signature::Required::Nobody,
    };
    let candidates = signature::required(ledger.candidates(), &required);
    let signed: Vec<String> = candidates.iter().filter(|commit| commit.is_signed).map(|commit| commit.commit.clone()).collect();
    let states = session.store.signatures(&signed)?;
    Ok(signature::check(&candidates, &|commit| states.get(commit).copied()))
}

/// Records that somebody has judged what a commit did: its full name, and the judgment as the history holds it.
fn accept(session: &Session<'_>, commit: &str, reason: &str, findings: &[Finding]) -> Result<(String, CommitRecord), CommandError> {
    let judged = session.store.commit_named(commit).map_err(|_| {
        CommandError::refused("unknown-commit", format!("there is no commit `{commit}`")).with_hint("qpp-incident verify names the commits")
    })?;
    let broken: Vec<&Finding> =
        findings.iter().filter(|finding| finding.level == Level::Error && finding.commit.as_deref() == Some(&judged)).collect();
    if broken.is_empty() {
        let what = format!("verify finds no error in commit {}: there is nothing to accept", short(&judged));
        return Err(CommandError::refused("nothing-to-accept", what).with_hint("qpp-incident verify"));
    }
    if reason.trim().is_empty() {
        return Err(CommandError::usage("reason", "--reason needs words: who reads the finding must see why it may stand"));
    }
    let mut incidents: Vec<IncidentId> = broken.iter().filter_map(|finding| finding.incident.clone()).collect();
    incidents.dedup();
    let actor = session.actor(&[])?;
    let message = judgment_message(&incidents, &judged, reason, session.context.clock_supplied);
    let made = session.store.record_judgment(&session.order(&actor), &message)?;
    session.context.ui.note(&format!("accepted in commit {}", short(&made)));
    let record = CommitRecord {
        id: made,
        parents: Vec::new(),
        author: actor.by,
        authored_at: session.context.now,
        committer: actor.committer,
        committed_at: session.context.committed_at,
        message,
        is_signed: false,
        is_cut_off: false,
        changes: Vec::new(),
    };
    Ok((judged, record))
}

/// Remembers the tip as verified. A clone that cannot be written to is verified all the same.
fn remember(session: &Session<'_>, seen: &SeenTip) {
    let tip = session.store.branch().ok().and_then(|branch| branch.tip);
    let Some(tip) = tip.filter(|_| *seen != SeenTip::Elsewhere) else { return };
    if let Err(error) = session.store.mark_seen(&tip) {
        session.context.ui.warning(&format!("verified, and not remembered: {error}"));
    }
}
