//! `watch`: what `status` says, kept on the screen.
//! Reads; changes nothing. It says nothing that `status` does not say: each second `status` is asked again.

use std::collections::BTreeSet;
use std::io;
use std::time::{Duration, Instant};

use crate::commands::session::Session;
use crate::commands::status;
use crate::context::Context;
use crate::document::config::Config;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::terminal::captured::captured;
use crate::terminal::frame::frame;
use crate::terminal::live::{self, Live, Wish};
use crate::terminal::sanitize::sanitize;

/// How often it is looked at again.
const PAUSE: Duration = Duration::from_secs(1);

/// So many times as long as a look took is waited until the next: where there are very many incidents, watching must not take the
/// machine from those who work.
const REST: u32 = 9;

/// Keep the status on the screen
///
/// What `qpp-incident status` says, of one incident or of all, redrawn in place: each second, and when the size of the window
/// changes. What others commit or write into the files is there a second later; what a `sync` brings, too. The bell sounds once
/// when something newly becomes overdue. q or Ctrl-C ends it, Ctrl-Z stops it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident watch
         qpp-incident watch INC-K7QFM
Next:    qpp-incident update \"…\" when the live document is due

For a program: qpp-incident status --json.")]
pub struct Args {
    /// The incident; left out, the only one that is not closed, else the board
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
}

/// Runs `watch`.
///
/// # Errors
/// There is no terminal, JSON is asked for, or `status` has nothing to show at the beginning.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    refuse_without_a_screen(args, context)?;
    let mut look = Look::at(args, context)?;
    let mut live = Live::open().map_err(failed)?;
    let mut known = look.overdue.clone();
    loop {
        let is_new = !look.overdue.is_subset(&known);
        known.clone_from(&look.overdue);
        live.draw(look.lines, is_new).map_err(failed)?;
        if live.wait(PAUSE.max(look.took * REST)).map_err(failed)? == Wish::Leave {
            return Ok(ExitStatus::Done);
        }
        look = Look::whatever_happens(args, context, &known)?;
    }
}

/// A screen is for a person: nothing else gets one.
fn refuse_without_a_screen(args: &Args, context: &Context) -> Result<(), CommandError> {
    let named = args.name.as_deref().or(context.options.incident.as_deref()).map_or_else(String::new, |name| format!(" {name}"));
    if context.options.json {
        let error = CommandError::usage("watch-json", "watch keeps a screen for people and has no JSON");
        return Err(error.with_hint(format!("qpp-incident status{named} --json")));
    }
    if live::can_watch() && context.environment.get("TERM") != Some("dumb") {
        return Ok(());
    }
    let error = CommandError::usage("not-a-terminal", "watch needs a terminal that it can draw on");
    Err(error.with_hint(format!("qpp-incident status{named}")))
}

fn failed(error: io::Error) -> CommandError {
    anyhow::Error::new(error).context("the terminal cannot be used").into()
}

/// One look: the lines of the screen, and what is overdue.
struct Look {
    lines: Vec<String>,
    overdue: BTreeSet<String>,
    took: Duration,
}

impl Look {
    /// What `status` says now.
    fn at(args: &Args, context: &Context) -> Result<Self, CommandError> {
        Self::taken(args, context, Err)
    }

    /// As [`Look::at`]; a document that is being edited may not be readable for a while: then the screen says why, and what was
    /// overdue still is.
    fn whatever_happens(args: &Args, context: &Context, overdue: &BTreeSet<String>) -> Result<Self, CommandError> {
        Self::taken(args, context, |error| Ok((overdue.clone(), said(&error))))
    }

    fn taken(args: &Args, context: &Context, instead: impl FnOnce(CommandError) -> Failed) -> Result<Self, CommandError> {
        let began = Instant::now();
        let (width, height) = live::size();
        let mut now = context.looked_at_again()?;
        let (ui, out, err) = captured((width, height.saturating_sub(1)), context.ui.is_colored());
        now.ui = ui;
        now.options.quiet = false;
        let mut zone = Config::default().zone();
        let overdue = Session::open_whatever_the_settings(&now).and_then(|session| {
            zone = session.config.zone();
            status::say(args.name.as_deref(), &session)
        });
        let (overdue, error) = overdue.map(|overdue| (overdue, String::new())).or_else(instead)?;
        let lines = frame(&heading(now.now, zone), &format!("{error}{}", out.text()), &err.text(), width, height);
        Ok(Self { lines, overdue, took: began.elapsed() })
    }
}

/// What is shown when `status` fails: what is overdue all the same, and why it fails.
type Failed = Result<(BTreeSet<String>, String), CommandError>;

/// `2026-11-23 00:20:05 EST   q: quit`, in the zone of the settings.
fn heading(now: Timestamp, zone: Zone) -> String {
    format!("{} {} {}   q: quit", zone.date(now), zone.time(now).format("%H:%M:%S"), zone.abbreviation(now))
}

fn said(error: &CommandError) -> String {
    let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!("hint: {}\n", sanitize(hint)));
    format!("error: {}\n{hint}", sanitize(&error.message))
}
