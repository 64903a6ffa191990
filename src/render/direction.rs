//! Text of two directions: which runs of it run against the rest.

/// `text` as runs in their order, each with whether it is of the direction other than `rtl`. Text that is wholly of one
/// direction is one run.
///
/// A run of the other direction begins and ends with a letter of it, or with an ASCII digit in text from right to left; it
/// does not go on over an Arabic comma, semicolon or question mark, and a bracket that was opened within it is closed
/// within it.
pub fn runs(text: &str, rtl: bool) -> Vec<(String, bool)> {
    let signs: Vec<char> = text.chars().collect();
    let own =
        |sign: char| sign.is_alphabetic() && is_right_to_left(sign) == rtl || rtl && matches!(sign, '،' | '؛' | '؟');
    let foreign = |sign: char| sign.is_alphabetic() && is_right_to_left(sign) != rtl || rtl && sign.is_ascii_digit();
    if !signs.iter().any(|sign| own(*sign)) {
        return vec![(text.to_owned(), signs.iter().any(|sign| foreign(*sign)))];
    }
    let mut runs: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        if !foreign(signs[at]) {
            match runs.last_mut() {
                Some((run, false)) => run.push(signs[at]),
                _ => runs.push((signs[at].to_string(), false)),
            }
            at += 1;
            continue;
        }
        let next_own = signs[at..].iter().position(|sign| own(*sign)).map_or(signs.len(), |ahead| at + ahead);
        let last = signs[at..next_own].iter().rposition(|sign| foreign(*sign)).map_or(at, |ahead| at + ahead);
        let mut end = last + 1;
        while end < next_own && opener(signs[end]).is_some_and(|opener| is_open(&signs[at..end], opener, signs[end])) {
            end += 1;
        }
        runs.push((signs[at..end].iter().collect(), true));
        at = end;
    }
    runs
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
