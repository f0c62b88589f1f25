//! One test binary: the harness and a file for each command.
