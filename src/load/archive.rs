//! The archive of a workbook, looked through before a parser may touch it.
//!
//! A zip directory may lie about sizes, so every part is really unpacked once, into nothing, and counted. On the way two
//! more lies are caught that would make an XML parser allocate without bound: a single piece of text without end, and a
//! shared-strings part that announces more strings than it has bytes.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::diagnostic::Finding;
use crate::load::limits::Limits;
use crate::load::refusal::{Refusal, truncated, unreadable};

/// What kind of workbook an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Office Open XML.
    Xlsx,
    /// Binary Excel in a zip.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// Anything else.
    Other,
}

/// Tells the kind of workbook from the names of its parts.
///
/// # Errors
/// Findings `truncated-file`, `unreadable-file` or `zip-bomb`, without place.
pub fn content<R: Read + Seek>(source: R, limits: &Limits) -> Result<Content, Refusal> {
    let archive = open(source, limits)?;
    let mut content = Content::Other;
    for name in archive.file_names().flatten() {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        let base = name.rsplit('/').next().unwrap_or(&name);
        match base {
            "workbook.bin" => return Ok(Content::Xlsb),
            "workbook.xml" => return Ok(Content::Xlsx),
            "content.xml" if !name.contains('/') => content = Content::Ods,
            _ => {}
        }
    }
    Ok(content)
}

/// Unpacks every part once and counts.
///
/// # Errors
/// Findings `zip-bomb`, `truncated-file` or `unreadable-file`, without place.
pub fn check<R: Read + Seek>(source: R, packed: u64, limits: &Limits) -> Result<(), Refusal> {
    let mut archive = open(source, limits)?;
    let allowed = limits.unpacked_bytes.min(packed.saturating_mul(limits.unpacked_ratio).max(1 << 20));
    let mut unpacked = 0u64;
    let mut buffer = vec![0u8; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| closed(&error))?;
        let name = part.name().map(|name| printable(&name)).unwrap_or_default();
        let mut markup = name.ends_with(".xml") || name.ends_with(".rels");
        let mut scan = Scan::default();
        let start = unpacked;
        loop {
            let count = match part.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) => {
                    let message = format!("its part \"{}\" is damaged: {error}", name);
                    return Err(Finding::error("unreadable-file", message)
                        .hint("open it in a spreadsheet program and save it again, or fetch it anew")
                        .into());
                }
            };
            // A part is read as XML when a relation says so, whatever its name; pictures do not begin like this.
            markup |= unpacked == start && buffer[..count].trim_ascii_start().starts_with(b"<");
            unpacked += count as u64;
            if unpacked > allowed {
                return Err(bomb(format!("it unpacks from {packed} to more than {allowed} bytes")).into());
            }
            if markup {
                scan.feed(&buffer[..count]);
                if scan.longest > limits.piece_bytes {
                    let message = format!("its part \"{}\" holds one piece of text without end", name);
                    return Err(bomb(message).into());
                }
            }
        }
        if scan.announced > unpacked - start {
            let message = format!("it announces {} shared strings in {} bytes", scan.announced, unpacked - start);
            return Err(bomb(message).into());
        }
    }
    Ok(())
}

fn open<R: Read + Seek>(source: R, limits: &Limits) -> Result<ZipArchive<R>, Refusal> {
    let archive = ZipArchive::new(source).map_err(|error| closed(&error))?;
    if archive.len() > limits.parts {
        return Err(bomb(format!("its archive has {} parts", archive.len())).into());
    }
    Ok(archive)
}

fn closed(error: &zip::result::ZipError) -> Finding {
    match error {
        zip::result::ZipError::InvalidArchive(_) => truncated(format!(
            "the end of its archive is missing or damaged ({error}), or a program re-encoded it as text"
        )),
        _ => unreadable(error),
    }
}

fn bomb(message: String) -> Finding {
    Finding::error("zip-bomb", format!("{message}; it was not opened"))
        .hint("if the file is honest, open it in a spreadsheet program and save it again, or split it")
}

/// A part's name, shortened and without characters that would disturb a terminal.
fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// What is watched while the bytes of an XML part go by.
#[derive(Default)]
struct Scan {
    /// Bytes since the last angle bracket.
    piece: usize,
    /// Longest such piece.
    longest: usize,
    /// Largest `uniqueCount` seen.
    announced: u64,
    /// Bytes of `KEY` matched so far.
    matched: usize,
    /// Digits of the value behind the key, once the key is complete.
    value: Option<u64>,
}

impl Scan {
    /// The attribute by whose value the parser reserves memory.
    const KEY: &'static [u8] = b"uniqueCount";

    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'<' || byte == b'>' {
                self.longest = self.longest.max(self.piece);
                self.piece = 0;
            } else {
                self.piece += 1;
            }
            match (&mut self.value, byte) {
                (Some(value), b'0'..=b'9') => {
                    *value = value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                    self.announced = self.announced.max(*value);
                }
                // A NUL between the letters is UTF-16, which the parser would decode; look through it.
                (Some(_), b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+' | 0) | (None, 0) => {}
                (Some(_), _) => self.value = None,
                (None, _) if byte == Self::KEY[self.matched] => {
                    self.matched += 1;
                    if self.matched == Self::KEY.len() {
                        (self.matched, self.value) = (0, Some(0));
                    }
                }
                (None, _) => self.matched = usize::from(byte == Self::KEY[0]),
            }
        }
        self.longest = self.longest.max(self.piece);
    }
}
