//! Versions of the catalogue: what became of each standard.

use sanjeh::accreditation::version::{Compared, difference};
use sanjeh::model::accreditation::version::Fate;

fn standard(code: &'static str, area: &'static str, mandatory: bool, words: &'static str) -> Compared<'static> {
    Compared { code, area, mandatory, words: vec![words] }
}

#[test]
fn every_fate() {
    let from = [
        standard("A1", "a", true, "one"),
        standard("A2", "a", true, "two"),
        standard("A3", "a", true, "three"),
        standard("A4", "a", true, "four"),
        standard("B1", "b", false, "five"),
        standard("B2", "b", false, "six"),
        standard("B3", "b", false, "seven"),
        standard("B4", "b", false, "eight"),
    ];
    let to = [
        standard("A1", "a", true, "one"),
        standard("A2", "a", true, "two, in other words"),
        standard("A3", "a", false, "three"),
        standard("A4", "c", true, "four"),
        standard("B1", "b", false, "five and six"),
        standard("B5", "b", false, "first half of seven"),
        standard("B6", "b", false, "second half of seven"),
        standard("N1", "b", true, "new"),
    ];
    let crosswalk = [("B1", "B1"), ("B2", "B1"), ("B3", "B5"), ("B3", "B6")];
    let found: Vec<(Vec<usize>, Vec<usize>, Fate)> = difference(&from, &to, &crosswalk)
        .into_iter()
        .map(|passage| (passage.from, passage.to, passage.fate))
        .collect();
    let expected = vec![
        (vec![0], vec![0], Fate::Unchanged),
        (vec![1], vec![1], Fate::Changed),
        (vec![2], vec![2], Fate::Retyped),
        (vec![3], vec![3], Fate::Moved),
        (vec![4, 5], vec![4], Fate::Merged),
        (vec![6], vec![5, 6], Fate::Split),
        (vec![7], vec![], Fate::Removed),
        (vec![], vec![7], Fate::Added),
    ];
    assert_eq!(found, expected);
}

/// A code that the crosswalk gives to another standard is not the same standard any more.
#[test]
fn codes_that_were_given_anew() {
    let from = [standard("A1", "a", true, "one"), standard("A2", "a", true, "two")];
    let to = [standard("A1", "a", true, "two"), standard("A2", "a", true, "new")];
    let found = difference(&from, &to, &[("A2", "A1")]);
    let fates: Vec<(Vec<usize>, Fate)> = found.into_iter().map(|passage| (passage.to, passage.fate)).collect();
    assert_eq!(fates, [(vec![], Fate::Removed), (vec![0], Fate::Unchanged), (vec![1], Fate::Added)]);
}
