//! Colours that stay apart for colour-blind readers and in black and white.

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

/// Text.
pub const INK: Rgb = (0x1b, 0x26, 0x32);
/// Secondary text.
pub const GREY: Rgb = (0x55, 0x63, 0x70);
/// Rules and tracks.
pub const PALE: Rgb = (0xe6, 0xea, 0xee);
/// Missing cells.
pub const MISSING: Rgb = (0xf2, 0xf3, 0xf4);
/// Bars.
pub const BAR: Rgb = (0x2f, 0x6d, 0xa8);
/// Medians.
pub const MARK: Rgb = (0xd5, 0x5e, 0x00);
/// Intervals: light enough that marks stand on it, dark enough to be seen on paper.
pub const INTERVAL: Rgb = (0xb4, 0xd0, 0xe8);
/// The area under a curve.
pub const UNDER: Rgb = (0xe3, 0xee, 0xf7);
/// What is gained.
pub const GAIN: Rgb = (0x00, 0x6b, 0x53);
/// What is lost: a light ground with lines, so that it is told from a gain without colour.
pub const LOSS: Rgb = (0xf6, 0xd9, 0xbd);
/// The lines on it.
pub const LOSS_LINES: Rgb = (0xa6, 0x42, 0x00);
/// Notices that must not be overlooked.
pub const NOTICE: Rgb = (0x9a, 0x3b, 0x00);
/// Paper.
pub const PAPER: Rgb = (0xff, 0xff, 0xff);

/// Blues of falling lightness (after ColorBrewer "Blues", monotone in luminance, so it survives a black-and-white copier).
const SCALE: [Rgb; 6] = [
    (0xf4, 0xf8, 0xfc),
    (0xd3, 0xe3, 0xf2),
    (0x9f, 0xc6, 0xe2),
    (0x5b, 0x9e, 0xcb),
    (0x23, 0x6a, 0xa9),
    (0x0b, 0x35, 0x6e),
];

/// Colour of a score 0–100.
pub fn of_score(score: f64) -> Rgb {
    let position = (score.clamp(0.0, 100.0) / 100.0) * (SCALE.len() - 1) as f64;
    let step = (position.floor() as usize).min(SCALE.len() - 2);
    let part = position - step as f64;
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    let (from, to) = (SCALE[step], SCALE[step + 1]);
    (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Text on `ground`: dark or white, whichever has the higher contrast, and black where neither reaches 4.5 to 1 (WCAG 2.2,
/// criterion 1.4.3; black or white always does).
pub fn on(ground: Rgb) -> Rgb {
    let text = if contrast(ground, INK) >= contrast(ground, PAPER) { INK } else { PAPER };
    if contrast(ground, text) >= 4.5 { text } else { (0, 0, 0) }
}

/// Parts of a stack: hues of Okabe and Ito with lightness alternating, so that neighbours differ without hue.
pub fn part(index: usize) -> Rgb {
    const PARTS: [Rgb; 8] = [
        (0x0b, 0x4f, 0x8a),
        (0xf0, 0xb3, 0x4a),
        (0x00, 0x7a, 0x5e),
        (0x9c, 0xd0, 0xee),
        (0xb5, 0x4a, 0x00),
        (0xe3, 0xb2, 0xcd),
        (0x4b, 0x4f, 0x58),
        (0xe8, 0xdf, 0x6a),
    ];
    PARTS[index % PARTS.len()]
}

/// `#rrggbb`.
pub fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// WCAG contrast ratio, 1–21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::{contrast, luminance, of_score, on};

    #[test]
    fn the_scale_darkens_and_its_numbers_stay_legible() {
        for score in 0..100 {
            assert!(luminance(of_score(f64::from(score))) > luminance(of_score(f64::from(score + 1))), "{score}");
            let ground = of_score(f64::from(score));
            assert!(contrast(ground, on(ground)) >= 4.5, "{score}: {}", contrast(ground, on(ground)));
        }
    }
}
