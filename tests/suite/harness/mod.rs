//! The harness of the one test binary: a sandbox, a clock that ticks, printable output, states that real commands built.
//! No sleep, no network, nothing of the user's own configuration: a test that fails here fails anywhere.

pub mod clones;
pub mod json_schema;
pub mod output;
pub mod redactions;
pub mod sandbox;
pub mod screen;
pub mod servers;
pub mod snapshot;
pub mod states;
pub mod strace;
pub mod ticking_clock;
pub mod worked;
