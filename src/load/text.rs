//! Folding of text (temporary minimal version: replaced when the reading of files is merged).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Match key: letters and digits only, unified, lower case.
pub fn fold(text: &str) -> String {
    words(text).concat()
}

/// For display: trimmed, white space collapsed.
pub fn clean(text: &str) -> String {
    let text = text.replace(['\u{feff}', '\u{200e}', '\u{200f}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folded words.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .replace('&', " and ")
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && *c != '\u{640}')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            'ة' | 'ۀ' => 'ه',
            'أ' | 'إ' | 'ٱ' | 'آ' => 'ا',
            'ؤ' => 'و',
            '\'' | '’' => '\u{200c}',
            other => digit(other).unwrap_or(other),
        })
        .collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Persian and Arabic digits to ASCII.
pub fn digits_to_ascii(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

fn digit(c: char) -> Option<char> {
    let base = match c {
        '۰'..='۹' => '۰',
        '٠'..='٩' => '٠',
        _ => return None,
    };
    char::from_digit(c as u32 - base as u32, 10)
}
