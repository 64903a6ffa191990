//! The difference of two versions of the catalogue, by the crosswalk between them.

use std::collections::BTreeMap;

use crate::model::accreditation::version::{Fate, Passage};

/// What of a standard is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its area.
    pub area: &'a str,
    /// Whether it is mandatory.
    pub mandatory: bool,
    /// Its words, measures and evidence.
    pub words: Vec<&'a str>,
}

/// Passages in the order of the earlier version, then what is new. `crosswalk` holds pairs of codes, earlier and later; a
/// standard that it does not name passes into the one of the same code, unless the crosswalk names that one.
///
/// Several that lead to several are one passage: a split of what was merged is told as [`Fate::Split`] where more come out
/// than went in, else as [`Fate::Merged`].
pub fn difference(from: &[Compared<'_>], to: &[Compared<'_>], crosswalk: &[(&str, &str)]) -> Vec<Passage> {
    let index = |list: &[Compared<'_>]| -> BTreeMap<String, usize> {
        list.iter().enumerate().map(|(at, standard)| (standard.code.to_owned(), at)).collect()
    };
    let (earlier, later) = (index(from), index(to));
    let mut links: Vec<(usize, usize)> =
        crosswalk.iter().filter_map(|(a, b)| Some((*earlier.get(*a)?, *later.get(*b)?))).collect();
    let named_from: Vec<usize> = links.iter().map(|link| link.0).collect();
    let named_to: Vec<usize> = links.iter().map(|link| link.1).collect();
    for (at, standard) in from.iter().enumerate() {
        let walked = crosswalk.iter().any(|(code, _)| *code == standard.code) || named_from.contains(&at);
        if let Some(&same) = later.get(standard.code).filter(|same| !walked && !named_to.contains(same)) {
            links.push((at, same));
        }
    }
    links.sort_unstable();
    links.dedup();
    let mut passages = Vec::new();
    let (mut seen_from, mut seen_to) = (vec![false; from.len()], vec![false; to.len()]);
    for start in 0..from.len() {
        if seen_from[start] {
            continue;
        }
        let (mut own_from, mut own_to) = (vec![start], Vec::new());
        seen_from[start] = true;
        loop {
            let before = own_from.len() + own_to.len();
            for &(a, b) in &links {
                if own_from.contains(&a) && !seen_to[b] {
                    seen_to[b] = true;
                    own_to.push(b);
                }
                if own_to.contains(&b) && !seen_from[a] {
                    seen_from[a] = true;
                    own_from.push(a);
                }
            }
            if own_from.len() + own_to.len() == before {
                break;
            }
        }
        own_from.sort_unstable();
        own_to.sort_unstable();
        let fate = fate(&own_from, &own_to, from, to);
        passages.push(Passage { from: own_from, to: own_to, fate });
    }
    for (at, seen) in seen_to.iter().enumerate() {
        if !seen {
            passages.push(Passage { from: Vec::new(), to: vec![at], fate: Fate::Added });
        }
    }
    passages
}

fn fate(own_from: &[usize], own_to: &[usize], from: &[Compared<'_>], to: &[Compared<'_>]) -> Fate {
    match (own_from, own_to) {
        (_, []) => Fate::Removed,
        ([one], [other]) => {
            let (one, other) = (&from[*one], &to[*other]);
            if one.mandatory != other.mandatory {
                Fate::Retyped
            } else if one.area != other.area {
                Fate::Moved
            } else if one.words != other.words {
                Fate::Changed
            } else {
                Fate::Unchanged
            }
        }
        _ if own_to.len() > own_from.len() => Fate::Split,
        _ => Fate::Merged,
    }
}
