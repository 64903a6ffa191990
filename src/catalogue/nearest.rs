//! The known name nearest in spelling to an unknown one.

/// The candidate with the smallest edit distance to `name`, if that is at most a third of its length (at least 2); the
/// first of several equally near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(2);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = edit_distance(name, candidate);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters. Names beyond 200 characters count as wholly different, so that a hostile file
/// cannot make this slow.
fn edit_distance(left: &str, right: &str) -> usize {
    const LONGEST: usize = 200;
    if left.len() > LONGEST || right.len() > LONGEST {
        return usize::MAX;
    }
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, sign) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, &other) in right.iter().enumerate() {
            let substitute = diagonal + usize::from(sign != other);
            diagonal = row[column + 1];
            row[column + 1] = substitute.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

/// `did you mean "x"?` where something is near enough, else the list of what is known (at most 24 names).
pub fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(name, candidates.clone()) {
        Some(candidate) => format!("did you mean \"{candidate}\"?"),
        None => {
            let known: Vec<&str> = candidates.into_iter().collect();
            if known.is_empty() {
                return "none is defined".to_owned();
            }
            let more = if known.len() > 24 { ", …" } else { "" };
            format!("known are: {}{more}", known[..known.len().min(24)].join(", "))
        }
    }
}
