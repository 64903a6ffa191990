//! The one rule by which numbers are rounded for people.
//!
//! A number is rounded half away from zero on its shortest decimal text, the very text that stands in the CSV files, so
//! that a reader who rounds the CSV by hand gets what the page shows (`0.25` → `0.3`, although the nearest `f64` of some
//! such texts lies below them).

/// Decimals of a score or of points.
pub const SCORE_DECIMALS: usize = 1;

/// Stands where there is no number.
pub const ABSENT: &str = "–";

/// `value` × 10^`shift` with `decimals` decimals, ASCII digits, `.` as separator, no `-0`. Not finite gives [`ABSENT`].
pub fn rounded(value: f64, shift: usize, decimals: usize) -> String {
    if !value.is_finite() {
        return ABSENT.to_owned();
    }
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
    let mut point = whole.len() + shift;
    while digits.len() <= point + decimals {
        digits.push(0);
    }
    let up = digits[point + decimals] >= 5;
    digits.truncate(point + decimals);
    if up {
        let mut place = digits.len();
        loop {
            if place == 0 {
                digits.insert(0, 1);
                point += 1;
                break;
            }
            place -= 1;
            if digits[place] < 9 {
                digits[place] += 1;
                break;
            }
            digits[place] = 0;
        }
    }
    while point > 1 && digits[0] == 0 {
        digits.remove(0);
        point -= 1;
    }
    let mut out = String::new();
    if value < 0.0 && digits.iter().any(|&digit| digit > 0) {
        out.push('-');
    }
    for (place, digit) in digits.iter().enumerate() {
        if place == point {
            out.push('.');
        }
        out.push(char::from(b'0' + digit));
    }
    out
}

/// A score or points.
pub fn score(value: f64) -> String {
    rounded(value, 0, SCORE_DECIMALS)
}

/// A share 0–1 in percent without decimals and without the sign.
pub fn percent(share: f64) -> String {
    rounded(share, 2, 0)
}

/// A raw value: one decimal from 10 up, two from 1, three below, so that small ratios do not vanish.
pub fn raw(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    grouped(&rounded(value, 0, decimals))
}

/// A number with no more decimals than it has, at most three.
pub fn plain(value: f64) -> String {
    let text = rounded(value, 0, 3);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    grouped(if text.is_empty() || text == "-" { "0" } else { text })
}

/// ASCII commas between groups of three digits of the whole part.
pub fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && digit.is_ascii_digit() {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{grouped, percent, plain, raw, rounded, score};

    #[test]
    fn halves_go_away_from_zero_on_the_text() {
        for (value, text) in [
            (0.25, "0.3"),
            (1.05, "1.1"),
            (8.35, "8.4"),
            (-1.05, "-1.1"),
            (-0.04, "0.0"),
            (99.95, "100.0"),
            (9.949_999, "9.9"),
            (0.0, "0.0"),
            (100.0, "100.0"),
            (1e-7, "0.0"),
            (1e20, "100000000000000000000.0"),
        ] {
            assert_eq!(score(value), text, "{value}");
        }
        assert_eq!(score(f64::NAN), "–");
        assert_eq!(percent(0.29), "29");
        assert_eq!(percent(0.285), "29");
        assert_eq!(percent(1.0), "100");
        assert_eq!(percent(0.004), "0");
        assert_eq!(rounded(0.999, 2, 0), "100");
        assert_eq!(raw(0.0123), "0.012");
        assert_eq!(raw(1_234_567.86), "1,234,567.9");
        assert_eq!(
            (plain(2.0), plain(6.6), plain(0.0), plain(1200.0)),
            ("2".into(), "6.6".into(), "0".into(), "1,200".into())
        );
        assert_eq!(grouped("-1234"), "-1,234");
        assert_eq!(grouped("123"), "123");
    }
}
