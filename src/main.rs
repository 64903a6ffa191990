//! The `sanjeh` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(sanjeh::cli::main())
}
