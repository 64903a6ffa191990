//! Step 7: ranks among units of the same type.

/// Rank of each value, the greatest first; equal values share the better rank, `None` has none. Second, how many have
/// one.
pub fn ranks(values: &[Option<f64>]) -> (Vec<Option<u32>>, u32) {
    let mut order: Vec<usize> = (0..values.len()).filter(|&at| values[at].is_some()).collect();
    // Values are finite, so that equal and "neither greater" agree; the index only settles the order of equals.
    order.sort_by(|&left, &right| {
        let (left_value, right_value) = (values[left].unwrap_or(0.0), values[right].unwrap_or(0.0));
        right_value.total_cmp(&left_value).then(left.cmp(&right))
    });
    let mut ranks = vec![None; values.len()];
    let mut rank = 0;
    for (place, &at) in order.iter().enumerate() {
        let tied = place > 0 && values[order[place - 1]] == values[at];
        if !tied {
            rank = place as u32 + 1;
        }
        ranks[at] = Some(rank);
    }
    (ranks, order.len() as u32)
}
