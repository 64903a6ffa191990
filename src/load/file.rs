//! Any file → grids. What a file is, its bytes say; its name is only compared.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::archive::{self, Content};
use crate::load::grid::Grid;
use crate::load::limits::Limits;
use crate::load::refusal::{Refusal, password, refuse, too_large, truncated, unreadable};
use crate::load::{guard, text_file, xlsx};

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A zip archive: xlsx, xlsb, ods or something else.
    Zip,
    /// A compound file: xls, or an encrypted xlsx.
    Ole,
    /// Parquet.
    Parquet,
    /// Something known that holds no table; what it is.
    Foreign(&'static str),
    /// Anything else.
    Text,
}

/// The format that begins with `start`; eight bytes are enough.
pub fn format_of(start: &[u8]) -> Format {
    const SIGNATURES: [(&[u8], Format); 15] = [
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
        (b"PAR1", Format::Parquet),
        (b"PARE", Format::Foreign("an encrypted Parquet file")),
        (b"%PDF", Format::Foreign("a PDF document")),
        (b"Rar!", Format::Foreign("a RAR archive")),
        (b"7z\xBC\xAF\x27\x1C", Format::Foreign("a 7z archive")),
        (b"\x1F\x8B", Format::Foreign("a gzip archive")),
        (b"BZh", Format::Foreign("a bzip2 archive")),
        (b"\xFD7zXZ\0", Format::Foreign("an xz archive")),
        (b"\x89PNG", Format::Foreign("a picture")),
        (b"\xFF\xD8\xFF", Format::Foreign("a picture")),
        (b"SQLite f", Format::Foreign("a database")),
        (b"\x7FELF", Format::Foreign("a program")),
    ];
    SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map_or(Format::Text, |(_, format)| *format)
}

/// Reads `file` (relative to `root`, with `/` between parts) into its grids: one per sheet, or one.
///
/// Refusals are findings of error severity with no grid: `unreadable-file`, `password-protected`, `too-large`,
/// `zip-bomb`, `truncated-file`, `binary-text`, `empty-file`, `too-slow`. Beside usable grids: `misnamed-file`,
/// `encoding-guessed`, `hidden-sheet` (info), `damaged-text`, `stray-cell`, `formula-not-computed` (warning),
/// `unclosed-quote` (error).
pub fn read(root: &Path, file: &str, limits: &Limits) -> Checked<Vec<Grid>> {
    let mut checked = match examine(&root.join(file), file, limits) {
        Ok(checked) => checked,
        Err(refusal) => refuse(file, Vec::new(), *refusal),
    };
    let refused = checked.value.is_empty() && !checked.findings.is_empty();
    if !refused && checked.value.iter().all(|grid| grid.rows.is_empty()) {
        checked.value.clear();
        let finding = Finding::error("empty-file", "no sheet of the file holds anything").at(Place::file(file));
        checked.findings.push(finding);
    }
    checked
}

fn examine(path: &Path, file: &str, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    // The system's own message may name a path of this machine; its kind does not.
    let unreadable = |error: std::io::Error| unreadable(error.kind());
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Finding::error("unreadable-file", "this is a folder or a device, not a file").into());
    }
    let mut source = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    source.by_ref().take(8).read_to_end(&mut bytes).map_err(unreadable)?;
    let format = format_of(&bytes);
    let most = if format == Format::Text { limits.text_bytes } else { limits.workbook_bytes };
    source.take(most.saturating_sub(7)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(too_large(format!("it has more than {most} bytes")).into());
    }
    if bytes.is_empty() {
        return Err(Finding::error("empty-file", "the file has no bytes").hint("fetch or export it anew").into());
    }
    let (names, checked) = match format {
        Format::Text => (&["csv", "tsv", "txt", "tab"][..], text_file::read(file, &bytes, limits)),
        Format::Parquet => (&["parquet", "pq"][..], read_parquet(path, file, &bytes, limits)?),
        Format::Ole => (&["xls", "xlt", "xla"][..], read_ole(path, file, &bytes, limits)?),
        Format::Zip => {
            let content = archive::content(Cursor::new(&bytes), limits)?;
            if content != Content::Other {
                archive::check(Cursor::new(&bytes), bytes.len() as u64, limits)?;
            }
            match content {
                Content::Xlsx => {
                    (&["xlsx", "xlsm", "xltx", "xltm", "xlam"][..], xlsx::read(file, Cursor::new(&bytes), limits))
                }
                Content::Xlsb => (&["xlsb"][..], guard::read(path, file, limits)),
                Content::Ods => (&["ods", "ots"][..], guard::read(path, file, limits)),
                Content::Other => {
                    let finding = Finding::error("unreadable-file", "this is an archive, not a workbook");
                    return Err(finding.hint("unpack it and use the tables in it").into());
                }
            }
        }
        Format::Foreign(what) => {
            let finding = Finding::error("unreadable-file", format!("this is {what}, not a table"));
            return Err(finding.hint("export or unpack the table as xlsx or CSV").into());
        }
    };
    Ok(with_name_compared(file, names, checked))
}

fn read_ole(path: &Path, file: &str, bytes: &[u8], limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    // An encrypted xlsx is a compound file with a stream of this name, in UTF-16.
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Err(password().into());
    }
    if is_cut_off(bytes) {
        return Err(truncated("the file ends before the tables that its head refers to").into());
    }
    Ok(guard::read(path, file, limits))
}

/// Whether a compound file's directory, or a sector of its allocation table, lies beyond the end ([MS-CFB] 2.2).
fn is_cut_off(bytes: &[u8]) -> bool {
    let word = |at: usize| bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes);
    let (Some(version), Some(directory), Some(tables)) = (word(0x18), word(0x30), word(0x2C)) else { return true };
    let sector = if version >> 16 == 4 { 4096u64 } else { 512 };
    let beyond = |index: u32| (u64::from(index) + 1) * sector >= bytes.len() as u64;
    // The head names the first 109 sectors of the table; larger files are past any cut-off download anyway.
    let first = (0..tables.min(109) as usize).filter_map(|index| word(0x4C + 4 * index));
    beyond(directory) || first.into_iter().any(beyond)
}

fn read_parquet(path: &Path, file: &str, bytes: &[u8], limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    if bytes.len() < 12 || !bytes.ends_with(b"PAR1") {
        return Err(truncated("the file does not end as a Parquet file does").into());
    }
    Ok(guard::read(path, file, limits))
}

/// Adds `misnamed-file` where the name's ending stands for another kind of table.
fn with_name_compared(file: &str, names: &[&str], mut checked: Checked<Vec<Grid>>) -> Checked<Vec<Grid>> {
    const TABLES: [&str; 10] = ["csv", "tsv", "txt", "tab", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet"];
    let ending = file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let Some(ending) = ending.map(str::to_ascii_lowercase) else { return checked };
    if !checked.value.is_empty() && TABLES.contains(&ending.as_str()) && !names.contains(&ending.as_str()) {
        let message = format!("the file is named .{ending} but is {} and is read as that", names[0]);
        let hint = format!("rename it to .{}", names[0]);
        checked.findings.insert(0, Finding::info("misnamed-file", message).at(Place::file(file)).hint(hint));
    }
    checked
}
