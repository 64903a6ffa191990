//! Numbers on the terminal.

/// A number without the noise of binary fractions: at most six decimals, none at the end that are zero.
pub fn plain(value: f64) -> String {
    ((value * 1e6).round() / 1e6).to_string()
}
