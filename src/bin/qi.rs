//! `qi`: the short name of `qpp-incident`.
//! The same program, so that it can be typed at 3 a.m.

use std::process::ExitCode;

fn main() -> ExitCode {
    qpp_incident::cli::run()
}
