//! The command line: global options, the subcommands by stage of the process, dispatch.
//! What each command takes and does is in `commands/`.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgMatches, Args as _, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands;
use crate::context::{Context, GlobalOptions, LOCK_WAIT, asks_for_help, asks_for_json, typed_arguments};
use crate::domain::nearest::nearest;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::terminal::interrupt::report_bugs;
use crate::terminal::ui::{ColorWhen, Ui};

/// The CMS QPP incident management process over a git repository of markdown
///
/// Every command is one line in the incident's timeline and one commit; `sync` shares the live document.
#[derive(Debug, Parser)]
#[command(name = "qpp-incident", version)]
struct Cli {
    #[command(flatten)]
    global: GlobalOptions,
    #[command(subcommand)]
    command: Command,
}

// Deferred: the arguments of fifty commands are not put together to run one of them.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    Init(commands::init::Args),
    Teams(commands::teams::Args),
    Triage(commands::triage::Args),
    Report(commands::report::Args),
    Open(Box<commands::open::Args>),
    Ack(commands::ack::Args),
    AssignIc(commands::assign_ic::Args),
    Rotate(commands::rotate::Args),
    Page(commands::page::Args),
    Responder(commands::responder::Args),
    Owner(commands::owner::Args),
    Log(commands::log::Args),
    Update(commands::update::Args),
    Mitigate(commands::mitigate::Args),
    Resolve(commands::resolve::Args),
    Inquiry(commands::inquiry::Args),
    Answer(commands::answer_inquiry::Args),
    Assume(commands::assume::Args),
    Confirm(commands::confirm::Args),
    Refute(commands::refute::Args),
    RequestApproval(commands::request_approval::Args),
    Approve(commands::approve::Args),
    Decline(commands::decline::Args),
    Phase(commands::phase::Args),
    Extent(commands::extent::Args),
    CmsProcess(commands::cms_process::Args),
    Set(commands::set::Args),
    Edit(commands::edit::Args),
    Correct(commands::correct::Args),
    Redact(commands::redact::Args),
    Agree(commands::agree::Args),
    Object(commands::object::Args),
    Withdraw(commands::withdraw::Args),
    Overrule(commands::overrule::Args),
    Close(commands::close::Args),
    Reopen(commands::reopen::Args),
    Postmortem(commands::postmortem::Args),
    Rca(commands::rca::Args),
    Action(commands::action::Args),
    List(commands::list::Args),
    Show(commands::show::Args),
    Status(commands::status::Args),
    Watch(commands::watch::Args),
    Timeline(commands::timeline::Args),
    Check(commands::check::Args),
    Lint(commands::lint::Args),
    Verify(commands::verify::Args),
    Sync(commands::sync::Args),
    Repair(commands::repair::Args),
    Completions(commands::completions::Args),
    #[command(hide = true)]
    MergeDriver(commands::merge_driver::Args),
}

/// The stages of the process with their commands, as `--help` lists them.
const STAGES: &[(&str, &[&str])] = &[
    ("Set up", &["init", "teams"]),
    ("Detect", &["triage", "report"]),
    ("Declare", &["open"]),
    ("First response", &["ack", "assign-ic", "responder", "owner", "rotate", "page"]),
    (
        "During the incident",
        &[
            "log",
            "update",
            "mitigate",
            "resolve",
            "set",
            "edit",
            "correct",
            "redact",
            "inquiry",
            "answer",
            "assume",
            "confirm",
            "refute",
            "request-approval",
            "approve",
            "decline",
            "phase",
            "extent",
            "cms-process",
        ],
    ),
    ("Close", &["agree", "object", "withdraw", "overrule", "close", "reopen"]),
    ("Afterwards", &["postmortem", "rca", "action"]),
    ("Look", &["list", "show", "status", "watch", "timeline"]),
    ("Prove", &["check", "lint", "verify"]),
    ("Share", &["sync"]),
    ("Tools", &["repair", "completions"]),
];

/// The commands whose `--wait` means something else.
const OWN_WAIT: &[&str] = &["close"];

impl Command {
    fn run(&self, context: &Context) -> CommandResult {
        match self {
            Self::Init(args) => commands::init::run(args, context),
            Self::Teams(args) => commands::teams::run(args, context),
            Self::Triage(args) => commands::triage::run(args, context),
            Self::Report(args) => commands::report::run(args, context),
            Self::Open(args) => commands::open::run(args, context),
            Self::Ack(args) => commands::ack::run(args, context),
            Self::AssignIc(args) => commands::assign_ic::run(args, context),
            Self::Rotate(args) => commands::rotate::run(args, context),
            Self::Page(args) => commands::page::run(args, context),
            Self::Responder(args) => commands::responder::run(args, context),
            Self::Owner(args) => commands::owner::run(args, context),
            Self::Log(args) => commands::log::run(args, context),
            Self::Update(args) => commands::update::run(args, context),
            Self::Mitigate(args) => commands::mitigate::run(args, context),
            Self::Resolve(args) => commands::resolve::run(args, context),
            Self::Inquiry(args) => commands::inquiry::run(args, context),
            Self::Answer(args) => commands::answer_inquiry::run(args, context),
            Self::Assume(args) => commands::assume::run(args, context),
            Self::Confirm(args) => commands::confirm::run(args, context),
            Self::Refute(args) => commands::refute::run(args, context),
            Self::RequestApproval(args) => commands::request_approval::run(args, context),
            Self::Approve(args) => commands::approve::run(args, context),
            Self::Decline(args) => commands::decline::run(args, context),
            Self::Phase(args) => commands::phase::run(args, context),
            Self::Extent(args) => commands::extent::run(args, context),
            Self::CmsProcess(args) => commands::cms_process::run(args, context),
            Self::Set(args) => commands::set::run(args, context),
            Self::Edit(args) => commands::edit::run(args, context),
            Self::Correct(args) => commands::correct::run(args, context),
            Self::Redact(args) => commands::redact::run(args, context),
            Self::Agree(args) => commands::agree::run(args, context),
            Self::Object(args) => commands::object::run(args, context),
            Self::Withdraw(args) => commands::withdraw::run(args, context),
            Self::Overrule(args) => commands::overrule::run(args, context),
            Self::Close(args) => commands::close::run(args, context),
            Self::Reopen(args) => commands::reopen::run(args, context),
            Self::Postmortem(args) => commands::postmortem::run(args, context),
            Self::Rca(args) => commands::rca::run(args, context),
            Self::Action(args) => commands::action::run(args, context),
            Self::List(args) => commands::list::run(args, context),
            Self::Show(args) => commands::show::run(args, context),
            Self::Status(args) => commands::status::run(args, context),
            Self::Watch(args) => commands::watch::run(args, context),
            Self::Timeline(args) => commands::timeline::run(args, context),
            Self::Check(args) => commands::check::run(args, context),
            Self::Lint(args) => commands::lint::run(args, context),
            Self::Verify(args) => commands::verify::run(args, context),
            Self::Sync(args) => commands::sync::run(args, context),
            Self::Repair(args) => commands::repair::run(args, context),
            Self::MergeDriver(args) => commands::merge_driver::run(args, context),
            Self::Completions(args) => commands::completions::run(args, context, command()),
        }
    }
}

/// The whole command line with its help by stage, for help, completions and the manual.
pub fn command() -> clap::Command {
    let mut command = with_wait(Cli::command());
    command.build();
    let stages = stages(&command);
    command.help_template(format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{stages}\nOptions:\n{{options}}{{after-help}}"))
}

/// The commands by stage, each with the first line of its help.
fn stages(command: &clap::Command) -> String {
    let about = |name: &str| command.find_subcommand(name).and_then(clap::Command::get_about).map(ToString::to_string);
    let line = |name: &&str| format!("  {name:<16} {}\n", about(name).unwrap_or_default());
    let stage = |(title, names): &(&str, &[&str])| format!("{title}:\n{}\n", names.iter().map(line).collect::<String>());
    STAGES.iter().map(stage).collect::<String>().trim_end_matches('\n').to_owned() + "\n"
}

/// Reads the command line, runs the command, prints what went wrong, and gives the exit status.
pub fn run() -> ExitCode {
    keep_freed_memory();
    report_bugs();
    let (cli, name) = match matches(&typed_arguments()).and_then(|matches| parsed(&matches)) {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    let json = cli.global.json;
    let color = cli.global.color;
    let run = |context: Context| cli.command.run(&context).map_err(|error| context.with_hint_from_here(error));
    let result = Context::new(cli.global, name).and_then(run);
    result.unwrap_or_else(|error| report(&error, json, color)).into()
}

/// Has glibc keep what is freed. Else it gives more than 128 KiB back at once and asks for it again, page by page, with each object that
/// zlib packs: an entry cost 95 page faults of 535 and a fifteenth of its processor time more. A block of 16 MiB that comes and goes
/// without being touched raises that bound; elsewhere it does nothing.
///
/// # Source
/// mallopt(3), `M_MMAP_THRESHOLD` and `M_TRIM_THRESHOLD`: the bounds are dynamic.
fn keep_freed_memory() {
    const BLOCK: usize = 16 << 20;
    let mut block = Vec::<u8>::new();
    let _none_where_memory_is_limited = block.try_reserve_exact(BLOCK);
    drop(std::hint::black_box(block));
}

/// What was typed. The help by stage is put together for those who ask for it, and all commands for those who name none or one
/// wrongly: it would cost more than the rest of reading the command line.
fn matches(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    if asks_for_help() {
        return command().try_get_matches_from(arguments);
    }
    let named = named_command(arguments).and_then(|named| named.try_get_matches_from(arguments).ok());
    named.map_or_else(|| with_wait(Cli::command()).try_get_matches_from(arguments), Ok)
}

/// The program with no other command than the first that is named among the arguments; it may be an option's value.
fn named_command(arguments: &[OsString]) -> Option<clap::Command> {
    let program = || clap::Command::new("qpp-incident");
    let all = Command::augment_subcommands(program());
    let named = arguments.iter().skip(1).find_map(|argument| all.find_subcommand(argument).cloned())?;
    Some(with_wait(GlobalOptions::augment_args(program()).subcommand_required(true).subcommand(named)))
}

/// The command line as values, and the subcommand's name.
fn parsed(matches: &ArgMatches) -> Result<(Cli, String), clap::Error> {
    let mut cli = Cli::from_arg_matches(matches)?;
    let mut below = matches.subcommand();
    while let Some((_, matches)) = below {
        cli.global.wait = matches.try_get_one(LOCK_WAIT).ok().flatten().copied().or(cli.global.wait);
        below = matches.subcommand();
    }
    Ok((cli, matches.subcommand_name().unwrap_or_default().to_owned()))
}

/// Gives every command the global `--wait`, but for those that have one of their own: there it stands before the command's name.
fn with_wait(command: clap::Command) -> clap::Command {
    let wait = command.get_arguments().find(|argument| argument.get_id() == LOCK_WAIT).cloned();
    let Some(wait) = wait.map(|wait: Arg| wait.global(true)) else { return command };
    command.mut_subcommands(|below| if OWN_WAIT.contains(&below.get_name()) { below } else { below.arg(&wait) })
}

fn report(error: &CommandError, json: bool, color: ColorWhen) -> ExitStatus {
    let ui = Ui::new(color, false);
    if json {
        ui.error_json(&error.json());
    } else {
        let about = error.incident.as_ref().map(ToString::to_string).filter(|id| !error.message.contains(id));
        let message = about.map_or_else(|| error.message.clone(), |id| format!("{id}: {}", error.message));
        ui.error(&message, error.hint.as_deref());
    }
    error.status
}

/// clap's own answer: help and version are data; a wrong command line is exit status 2, in JSON when that was asked for.
fn usage(error: &clap::Error) -> ExitCode {
    if let Some(unknown) = unknown_command(error) {
        return report(&unknown, asks_for_json(), ColorWhen::Auto).into();
    }
    let wrong = error.use_stderr();
    if wrong && asks_for_json() {
        let text = error.render().to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let error = CommandError::usage("usage", message).with_hint("qpp-incident --help");
        return report(&error, true, ColorWhen::Never).into();
    }
    let _ = error.print();
    if wrong { ExitStatus::Usage.into() } else { ExitStatus::Done.into() }
}

/// A command that does not exist, with the one that was most likely meant.
fn unknown_command(error: &clap::Error) -> Option<CommandError> {
    let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(typed))) = (error.kind(), error.get(ContextKind::InvalidSubcommand))
    else {
        return None;
    };
    let command = command();
    let nearest = nearest(typed, command.get_subcommands().map(clap::Command::get_name))?;
    let error = CommandError::usage("unknown-command", format!("there is no command `{typed}`; the nearest is `{nearest}`"));
    Some(error.with_hint(format!("qpp-incident {nearest} --help")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A subcommand's own argument of a global option's id would hide that option.
    fn hidden(command: &clap::Command, globals: &[String]) -> Vec<String> {
        let own = command
            .get_arguments()
            .filter(|argument| !argument.is_global_set() && globals.iter().any(|id| id == argument.get_id().as_str()));
        let own = own.map(|argument| format!("{} {}", command.get_name(), argument.get_id()));
        own.chain(command.get_subcommands().flat_map(|sub| hidden(sub, globals))).collect()
    }

    #[test]
    fn every_global_option_is_there_in_every_command() {
        let command = command();
        let globals: Vec<String> =
            command.get_arguments().filter(|argument| argument.is_global_set()).map(|argument| argument.get_id().to_string()).collect();
        assert!(globals.len() > 10);
        let hidden: Vec<String> = command.get_subcommands().flat_map(|sub| hidden(sub, &globals)).collect();
        assert_eq!(hidden, Vec::<String>::new());
        command.debug_assert();
    }

    #[test]
    fn the_named_command_alone_reads_the_line_as_all_of_them_do() {
        let lines = [
            "log -i INC-K7QFM text",
            "-i list log text",
            "--via close open list",
            "list log",
            "lgo",
            "close --wait 3m --ask",
            "close --wait 3m",
            "--wait 3 action --wait 4 add text",
            "action log",
            "-C log",
            "",
        ];
        let read = |command: clap::Command, arguments: &[OsString]| {
            let matches = command.try_get_matches_from(arguments).and_then(|matches| parsed(&matches));
            matches.map(|(cli, name)| format!("{name} {cli:?}")).map_err(|error| error.to_string())
        };
        for line in lines {
            let arguments: Vec<OsString> = ["qpp-incident"].into_iter().chain(line.split_whitespace()).map(OsString::from).collect();
            let by_all = read(with_wait(Cli::command()), &arguments);
            match named_command(&arguments).map(|named| read(named, &arguments)) {
                Some(Ok(by_one)) => assert_eq!(Ok(by_one), by_all, "{line}"),
                _ => assert_eq!(matches(&arguments).is_err(), by_all.is_err(), "{line}"),
            }
        }
    }

    #[test]
    fn every_command_stands_in_one_stage_of_the_help_and_says_what_comes_next() {
        let mut command = command();
        command.build();
        let mut listed: Vec<&str> = STAGES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut names: Vec<&str> =
            command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help").map(clap::Command::get_name).collect();
        listed.sort_unstable();
        names.sort_unstable();
        assert_eq!(listed, names);
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
            let help = sub.clone().render_long_help().to_string();
            assert!(help.contains("Example:") && help.contains("Next:"), "{}: {help}", sub.get_name());
        }
    }
}
