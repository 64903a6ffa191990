//! Text of two directions as HTML: each run of the other direction stands in a `<bdi>` of its own, so that `Q1`,
//! `2024–2025` and `p < 0.05` keep their order within Persian words and brackets close on the right side.

use std::fmt::Write;

use crate::render::direction::runs;
use crate::render::printable::escaped;

/// `text` escaped for HTML, with runs of the direction other than `direction` (`ltr` or `rtl`) isolated. Text that is
/// wholly of one direction stands as it is: what holds it finds its direction.
pub fn mixed(text: &str, direction: &str) -> String {
    let (rtl, other) = if direction == "rtl" { (true, "ltr") } else { (false, "rtl") };
    let runs = runs(text, rtl);
    if runs.len() == 1 {
        return escaped(text);
    }
    let mut html = String::with_capacity(text.len());
    for (run, foreign) in runs {
        if foreign {
            let _ = write!(html, "<bdi dir=\"{other}\">{}</bdi>", escaped(&run));
        } else {
            html.push_str(&escaped(&run));
        }
    }
    html
}
