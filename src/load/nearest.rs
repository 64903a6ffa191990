//! "Did you mean …?": the known word nearest to an unknown one.

/// The candidate with the least edit distance, if that is at most a third of the word's length.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(200).collect();
    let allowed = ((letters.len() + 1) / 3).max(1);
    let near = candidates.into_iter().map(|candidate| (distance(&letters, candidate), candidate));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// Levenshtein distance.
fn distance(left: &[char], right: &str) -> usize {
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for (index, letter) in right.chars().take(200).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in left.iter().enumerate() {
            let replaced = diagonal + usize::from(*other != letter);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[left.len()]
}
