//! The real world in, an exit status out.
//! Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    qpp_incident::cli::run()
}
