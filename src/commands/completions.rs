//! `completions`: what a shell needs to complete commands and options, for both names of the program.
//! Reads nothing: no repository is needed.

use clap_complete::{Shell, generate};

use crate::context::Context;
use crate::error::CommandResult;
use crate::exit_status::ExitStatus;

/// The two names under which the program is installed.
const NAMES: [&str; 2] = ["qpp-incident", "qi"];

/// Print the completion script for a shell
///
/// It completes commands and options for qpp-incident and for its short name qi. Load it from your shell's start file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: source <(qpp-incident completions bash)
         qpp-incident completions zsh > ~/.zfunc/_qpp-incident
         qpp-incident completions fish > ~/.config/fish/completions/qpp-incident.fish
Next:    open a new shell, then qi <TAB>")]
pub struct Args {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs `completions`.
///
/// # Errors
/// Standard output takes no more.
pub fn run(args: &Args, context: &Context, mut command: clap::Command) -> CommandResult {
    let scripts = NAMES.map(|name| {
        let mut script = Vec::new();
        generate(args.shell, &mut command, name, &mut script);
        String::from_utf8_lossy(&script).into_owned()
    });
    context.ui.raw(joined(args.shell, &scripts).as_bytes())?;
    Ok(ExitStatus::Done)
}

/// One script for both names. zsh takes one function a file, so there the second name is registered for the first's.
fn joined(shell: Shell, scripts: &[String; 2]) -> String {
    let [long, _] = scripts;
    let [name, short] = NAMES;
    if shell == Shell::Zsh {
        let registered = long.replacen(&format!("#compdef {name}\n"), &format!("#compdef {name} {short}\n"), 1);
        return registered.replace(&format!("compdef _{name} {name}\n"), &format!("compdef _{name} {name} {short}\n"));
    }
    scripts.join("\n")
}
