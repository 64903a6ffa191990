//! Which encoding a text file is in.
//!
//! A byte-order mark is believed. Without one, zero bytes on one side of each pair mean UTF-16, valid UTF-8 is UTF-8,
//! and the rest is one of the two code pages that Iranian and Arab, or Western offices still save: windows-1256 or
//! windows-1252. In running Arabic script high bytes stand beside high bytes; in Western text an accented letter stands
//! among plain ones.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// How sure the encoding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Byte-order mark, or valid UTF-8.
    Sure,
    /// From the bytes' statistics.
    Guessed,
    /// UTF-8 with this number of damaged characters.
    Damaged(usize),
}

/// A decoded text file.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text without byte-order mark.
    pub text: Cow<'a, str>,
    /// Name of the encoding, e.g. `UTF-8`, `windows-1256`.
    pub encoding: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Decodes `bytes`. Never fails: what cannot be decoded becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..], Certainty::Sure);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return with(encoding, bytes, Certainty::Guessed);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), certainty: Certainty::Sure };
    }
    let (valid, broken) = utf_8_sequences(bytes);
    if valid > 20 * broken {
        return with(UTF_8, bytes, Certainty::Damaged(broken));
    }
    let encoding = if looks_arabic(bytes) { WINDOWS_1256 } else { WINDOWS_1252 };
    with(encoding, bytes, Certainty::Guessed)
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], certainty: Certainty) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let certainty = match certainty {
        Certainty::Sure if damaged => Certainty::Damaged(text.matches('\u{FFFD}').count()),
        other => other,
    };
    Decoded { text, encoding: encoding.name(), certainty }
}

/// UTF-16 whose mark was lost: separators, digits and line ends have a zero byte on the same side of their pair, and
/// hardly any zero byte stands on the other side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8 << 10) & !1];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    if second * 20 > pairs && first * 20 < second {
        Some(UTF_16LE)
    } else if first * 20 > pairs && second * 20 < first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Number of well-formed sequences of several bytes, and of places where UTF-8 breaks.
fn utf_8_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // A sequence of several bytes has exactly one first byte from C0 on.
        valid += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (valid, broken)
}

/// Whether the letters of the upper half stand together, as in Arabic script.
fn looks_arabic(bytes: &[u8]) -> bool {
    let (mut together, mut alone) = (0usize, 0usize);
    for run in bytes.chunk_by(|left, right| (*left >= 0x80) == (*right >= 0x80)) {
        match run {
            [byte, ..] if *byte < 0x80 => {}
            [_] => alone += 1,
            run => {
                let arabic = WINDOWS_1256
                    .decode_without_bom_handling(run)
                    .0
                    .chars()
                    .filter(|c| matches!(c, '\u{0620}'..='\u{06FF}'))
                    .count();
                together += if arabic * 2 > run.len() { run.len() } else { 0 };
            }
        }
    }
    together > alone
}
