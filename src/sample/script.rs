//! Persian script as offices type it: digits of three kinds, Arabic letters from old keyboards, Solar Hijri days.

/// ASCII digits as Persian ones.
pub fn persian_digits(text: &str) -> String {
    text.chars().map(|sign| digit(sign, 0x06F0)).collect()
}

/// ASCII digits as Arabic ones, which look alike.
pub fn arabic_digits(text: &str) -> String {
    text.chars().map(|sign| digit(sign, 0x0660)).collect()
}

fn digit(sign: char, zero: u32) -> char {
    match sign.to_digit(10) {
        Some(value) => char::from_u32(zero + value).unwrap_or(sign),
        None => sign,
    }
}

/// Persian yeh and keheh as an old keyboard types them: Arabic yeh and kaf.
pub fn arabic_letters(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            'ی' => 'ي',
            'ک' => 'ك',
            other => other,
        })
        .collect()
}

/// A zero-width non-joiner as many people type it: a space.
pub fn without_joiners(text: &str) -> String {
    text.replace('\u{200c}', " ")
}

/// Digits in groups of three with the Persian thousands sign.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, sign) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('٬');
        }
        text.push(sign);
    }
    persian_digits(&text)
}

/// A day of the Solar Hijri calendar in its first nine months, which all lie in one Gregorian year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Solar Hijri year.
    pub year: i32,
    /// Month, 1–9.
    pub month: u8,
    /// Day, 1–30.
    pub day: u8,
}

impl Day {
    /// The Gregorian year of the day: months 1–9 end on 20 or 21 December.
    pub fn gregorian_year(self) -> i32 {
        self.year + 621
    }

    /// `1402/07/01`.
    pub fn slashes(self) -> String {
        format!("{}/{:02}/{:02}", self.year, self.month, self.day)
    }
}
