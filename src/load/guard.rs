//! The helper process: parsers that a damaged file can make panic, abort, hang or ask for all memory run in a child of
//! our own with limits on memory and time, so that the worst a file can do is to become a finding.
//!
//! The parent starts `HELPER __parse FILE`; the child answers on its standard output in the form of
//! [`crate::load::wire`]. Limits travel in the environment variable [`LIMITS_VARIABLE`].

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;

use crate::diagnostic::{Checked, Finding};
use crate::load::archive::{self, Content};
use crate::load::file::{Format, format_of};
use crate::load::grid::Grid;
use crate::load::limits::Limits;
use crate::load::refusal::{Refusal, refuse, unreadable};
use crate::load::{parquet, wire, workbook};

/// Environment variable with the child's limits: memory, cells, text bytes, rows, columns and sheets, parted by blanks.
pub const LIMITS_VARIABLE: &str = "SANJEH_PARSE_LIMITS";

/// Exit codes of the child.
mod exit {
    /// The answer was written.
    pub const DONE: i32 = 0;
    /// The file could not be opened or the answer not be written.
    pub const IO: i32 = 2;
    /// The parser panicked.
    pub const PANIC: i32 = 3;
}

/// Has the helper read the file at `path`, called `file` in findings. Findings: those of the reader, and, with no grid,
/// `unreadable-file` or `too-slow`.
pub fn read(path: &Path, file: &str, limits: &Limits) -> Checked<Vec<Grid>> {
    match ask(path, limits) {
        Ok(answer) => match wire::read(&answer, file) {
            Some((value, findings)) => Checked { value, findings },
            None => refuse(file, Vec::new(), unreadable("the helper process gave no complete answer")),
        },
        Err(refusal) => refuse(file, Vec::new(), *refusal),
    }
}

/// Starts the helper and waits for its answer.
fn ask(path: &Path, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let failed = |error: std::io::Error| unreadable(format!("the helper process that reads it failed: {error}"));
    let helper = match &limits.helper {
        Some(helper) => helper.clone(),
        None => std::env::current_exe().map_err(failed)?,
    };
    let mut child = Command::new(helper)
        .arg("__parse")
        .arg(path)
        .env(LIMITS_VARIABLE, to_variable(limits))
        // A pool of threads reserves address space for each of them.
        .env("POLARS_MAX_THREADS", "1")
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let Some(output) = child.stdout.take() else { return Err(unreadable("the helper process has no output").into()) };
    let (sender, receiver) = mpsc::channel();
    let most = limits.helper_memory;
    let reader = std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(most).read_to_end(&mut answer).map(|_| answer);
        // The receiver is gone only after the time limit, when nobody wants the answer.
        let _ = sender.send(read);
    });
    let answer = receiver.recv_timeout(limits.helper_time);
    if answer.is_err() {
        // An error here means that the child has just ended by itself.
        let _ = child.kill();
    }
    let status = child.wait().map_err(failed)?;
    // The child is gone, so its end of the pipe is closed and the thread ends.
    let _ = reader.join();
    let Ok(answer) = answer else {
        return Err(Finding::error(
            "too-slow",
            format!("reading took more than {:?} and was ended", limits.helper_time),
        )
        .hint("the file may be damaged; open it in a spreadsheet program and save it again as xlsx")
        .into());
    };
    match status.code() {
        Some(exit::DONE) => Ok(answer.map_err(failed)?),
        Some(exit::PANIC) => Err(unreadable("the file is damaged: its parser failed on it").into()),
        Some(code) => Err(unreadable(format!("the helper process that reads it ended with code {code}")).into()),
        None => Err(unreadable(format!(
            "the file is damaged or too large: reading it needs more than {} MiB of memory",
            limits.helper_memory >> 20
        ))
        .into()),
    }
}

/// The child's side: limits itself, reads `file`, writes the answer to standard output, and returns the exit code.
pub fn parse_for_parent(file: &Path) -> i32 {
    let limits = std::env::var(LIMITS_VARIABLE).ok().and_then(|text| from_variable(&text)).unwrap_or_default();
    limit_process(&limits);
    let outcome = catch_unwind(AssertUnwindSafe(|| parse(file, &limits)));
    let checked = match outcome {
        Ok(Ok(checked)) => checked,
        Ok(Err(refusal)) => Checked { value: Vec::new(), findings: vec![*refusal] },
        Err(_) => return exit::PANIC,
    };
    let mut sink = BufWriter::new(std::io::stdout().lock());
    match wire::write(&mut sink, &checked.value, &checked.findings).and_then(|()| sink.flush()) {
        Ok(()) => exit::DONE,
        Err(_) => exit::IO,
    }
}

fn parse(path: &Path, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let open = || File::open(path).map_err(|error| Box::new(unreadable(error.kind())));
    let mut start = [0u8; 8];
    let count = open()?.read(&mut start).map_err(|error| unreadable(error.to_string()))?;
    // Places are completed by the parent, which knows the file's name within the assessment.
    match format_of(&start[..count]) {
        Format::Ole => workbook::read_xls("", BufReader::new(open()?), limits),
        Format::Parquet => parquet::read("", open()?, limits),
        Format::Zip => match archive::content(BufReader::new(open()?), limits)? {
            Content::Xlsb => workbook::read_xlsb("", BufReader::new(open()?), limits),
            Content::Ods => workbook::read_ods("", BufReader::new(open()?), limits),
            Content::Xlsx | Content::Other => Err(unreadable("this kind of archive is not read here").into()),
        },
        Format::Text | Format::Foreign(_) => Err(unreadable("this kind of file is not read here").into()),
    }
}

/// Address space, processor time and no memory dump. A system that refuses a limit still has the parent's clock.
#[cfg(unix)]
fn limit_process(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let seconds = limits.helper_time.as_secs() + 1;
    for (resource, most) in [(Resource::As, limits.helper_memory), (Resource::Cpu, seconds), (Resource::Core, 0)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// No such limits on this system: the parent's clock alone guards.
#[cfg(not(unix))]
fn limit_process(_: &Limits) {}

fn to_variable(limits: &Limits) -> String {
    let Limits { helper_memory, cells, text_bytes, rows, columns, sheets, helper_time, .. } = limits;
    format!("{helper_memory} {cells} {text_bytes} {rows} {columns} {sheets} {}", helper_time.as_secs())
}

fn from_variable(text: &str) -> Option<Limits> {
    let mut numbers = text.split(' ').map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    Some(Limits {
        helper_memory: next()?,
        cells: next()?,
        text_bytes: next()?,
        rows: u32::try_from(next()?).ok()?,
        columns: u32::try_from(next()?).ok()?,
        sheets: usize::try_from(next()?).ok()?,
        helper_time: std::time::Duration::from_secs(next()?),
        ..Limits::default()
    })
}
