//! Text of two directions as HTML: each run of the other direction stands in a `<bdi>` of its own, so that `Q1`,
//! `2024–2025` and `p < 0.05` keep their order within Persian words and brackets close on the right side.

use std::fmt::Write;

use crate::render::printable::escaped;

/// `text` escaped for HTML, with runs of the direction other than `direction` (`ltr` or `rtl`) isolated. Text that is
/// wholly of one direction stands as it is: what holds it finds its direction.
///
/// A run begins and ends with a letter of the other direction, or with an ASCII digit in text from right to left; it does
/// not go on over an Arabic comma, semicolon or question mark, and a bracket that was opened within it is closed within
/// it.
pub fn mixed(text: &str, direction: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let (rtl, other) = if direction == "rtl" { (true, "ltr") } else { (false, "rtl") };
    let own =
        |sign: char| sign.is_alphabetic() && is_right_to_left(sign) == rtl || rtl && matches!(sign, '،' | '؛' | '؟');
    let foreign = |sign: char| sign.is_alphabetic() && is_right_to_left(sign) != rtl || rtl && sign.is_ascii_digit();
    if !signs.iter().any(|sign| own(*sign)) {
        return escaped(text);
    }
    let mut html = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        if !foreign(signs[at]) {
            html.push_str(&escaped(signs[at].encode_utf8(&mut [0; 4])));
            at += 1;
            continue;
        }
        let next_own = signs[at..].iter().position(|sign| own(*sign)).map_or(signs.len(), |ahead| at + ahead);
        let last = signs[at..next_own].iter().rposition(|sign| foreign(*sign)).map_or(at, |ahead| at + ahead);
        let mut end = last + 1;
        while end < next_own && opener(signs[end]).is_some_and(|opener| is_open(&signs[at..end], opener, signs[end])) {
            end += 1;
        }
        let run: String = signs[at..end].iter().collect();
        let _ = write!(html, "<bdi dir=\"{other}\">");
        html.push_str(&escaped(&run));
        html.push_str("</bdi>");
        at = end;
    }
    html
}

fn opener(closer: char) -> Option<char> {
    match closer {
        ')' => Some('('),
        ']' => Some('['),
        '}' => Some('{'),
        _ => None,
    }
}

fn is_open(run: &[char], opener: char, closer: char) -> bool {
    let count = |wanted: char| run.iter().filter(|sign| **sign == wanted).count();
    count(opener) > count(closer)
}

fn is_right_to_left(sign: char) -> bool {
    matches!(sign as u32, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF)
}
