//! Text as people type it, made comparable: Persian, Arabic and Latin.
//!
//! [`fold`] makes the key under which two spellings of one word meet; it is for matching only. [`clean`] is what is
//! shown. Letters follow `PersianNormalizer` of Apache Lucene, carried on by Unicode: NFKC, then NFD without combining
//! marks, which takes hamza, madda, harakat and Latin accents alike off their letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a text: folded letters and digits without any separator, so that `رتبه‌بندی`, `رتبه بندی` and
/// `رتبهبندی` meet. `&` is `and`; the signs `% + # < > = $ €` are kept, since headers differ by them alone.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    each(text, &mut |c| key.extend(c));
    key
}

/// The folded words of a text. Anything that is no letter, digit or kept sign parts two words, a zero-width non-joiner
/// and a hyphen too; an apostrophe does not. `words(text).concat() == fold(text)`.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    each(text, &mut |c| match c {
        Some(c) => word.push(c),
        None if !word.is_empty() => words.push(std::mem::take(&mut word)),
        None => {}
    });
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A text fit to be shown: outer white space, control characters, byte-order and direction marks are taken off, inner
/// white space becomes one space, the half-space of old word processors (U+00AC between Persian letters) a zero-width
/// non-joiner. Letters stay as typed.
pub fn clean(text: &str) -> String {
    const NON_JOINER: char = '\u{200C}';
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    let mut characters = text.chars().filter(|&c| !is_mark_of_direction(c)).peekable();
    while let Some(c) = characters.next() {
        let c = match c {
            '\u{AC}' if shown.ends_with(is_arabic) && characters.peek().is_some_and(|&next| is_arabic(next)) => {
                NON_JOINER
            }
            c => c,
        };
        if c.is_whitespace() || is_invisible_space(c) {
            space = true;
        } else if c == NON_JOINER {
            // At a word's edge or doubled it joins nothing.
            let inside = characters.peek().is_some_and(|&next| !next.is_whitespace() && next != NON_JOINER);
            if inside && !space && !shown.is_empty() {
                shown.push(c);
            }
        } else if !c.is_control() {
            if space && !shown.is_empty() {
                shown.push(' ');
            }
            space = false;
            shown.push(c);
        }
    }
    shown
}

/// Persian and Arabic digits as ASCII; everything else as it is.
pub fn digits_to_ascii(text: &str) -> String {
    text.chars().map(digit).collect()
}

/// Feeds the folded characters of `text` to `sink`; `None` between words.
fn each(text: &str, sink: &mut impl FnMut(Option<char>)) {
    if text.is_ascii() {
        for byte in text.bytes() {
            letter(char::from(byte), sink);
        }
        return;
    }
    // An apostrophe or mark is judged as typed: compatibility forms of some of them hold a space.
    let compatible = text.chars().filter(|&c| !is_dropped(c)).nfkc();
    for c in compatible.nfd().filter(|&c| !is_combining_mark(c) && !is_dropped(c)) {
        letter(c, sink);
    }
}

/// Folds one decomposed character.
fn letter(c: char, sink: &mut impl FnMut(Option<char>)) {
    let mut all = |text: &str| text.chars().for_each(|c| sink(Some(c)));
    match c {
        'a'..='z' | '0'..='9' => sink(Some(c)),
        'A'..='Z' => sink(Some(c.to_ascii_lowercase())),
        'ي' | 'ى' | 'ۍ' | 'ې' | 'ے' | 'ێ' => sink(Some('ی')),
        'ك' | 'ڪ' | 'ګ' => sink(Some('ک')),
        'ة' | 'ە' | 'ۀ' | 'ہ' | 'ھ' | 'ۃ' => sink(Some('ه')),
        'ٱ' => sink(Some('ا')),
        // The final hamza of Arabic loans is written or left off at will.
        'ء' | '\'' | '`' => {}
        '٪' => sink(Some('%')),
        '%' | '+' | '#' | '<' | '>' | '=' | '$' | '€' => sink(Some(c)),
        '&' => {
            sink(None);
            "and".chars().for_each(|c| sink(Some(c)));
            sink(None);
        }
        'ß' | 'ẞ' => all("ss"),
        'æ' | 'Æ' => all("ae"),
        'œ' | 'Œ' => all("oe"),
        'ø' | 'Ø' => all("o"),
        'ł' | 'Ł' => all("l"),
        'đ' | 'Đ' | 'ð' | 'Ð' => all("d"),
        'þ' | 'Þ' => all("th"),
        'ħ' | 'Ħ' => all("h"),
        'ı' => all("i"),
        'ς' => all("σ"),
        c if c.is_alphanumeric() => match digit(c) {
            ascii if ascii != c => sink(Some(ascii)),
            _ => c.to_lowercase().filter(|&c| !is_combining_mark(c)).for_each(|c| sink(Some(c))),
        },
        _ => sink(None),
    }
}

fn digit(c: char) -> char {
    let zero = match c {
        '۰'..='۹' => '۰',
        '٠'..='٩' => '٠',
        _ => return c,
    };
    char::from(b'0' + (u32::from(c) - u32::from(zero)) as u8)
}

/// Characters that neither part words nor belong to them.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{200D}' | '\u{AD}' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′') || is_mark_of_direction(c)
}

/// Byte-order mark, direction marks, embeddings, isolates.
fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Spaces without width that Unicode does not count as white space.
fn is_invisible_space(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// `text` cut to `most` characters with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}
