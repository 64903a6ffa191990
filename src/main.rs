//! The `sanjeh` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Started by ourselves to parse one untrusted file; see `load::guard`. Not a command for people.
    if let [_, command, file] = std::env::args_os().collect::<Vec<_>>().as_slice()
        && command == "__parse"
    {
        std::process::exit(sanjeh::load::guard::parse_for_parent(std::path::Path::new(file)));
    }
    ExitCode::from(sanjeh::cli::main())
}
