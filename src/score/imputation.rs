//! Estimates for missing values, each beside the values it is made of. What cannot be estimated stays missing.

use crate::model::edition::Imputation;
use crate::score::statistics;

/// Missing values filled with the mean or median of those of the same group. `groups` names the group of each value; a
/// column of one group is filled from all of it.
pub fn by_group(values: &[Option<f64>], groups: &[usize], with: Imputation) -> Vec<Option<f64>> {
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let centres: Vec<Option<f64>> = (0..count)
        .map(|group| {
            let own = values.iter().zip(groups).filter(|(_, of)| **of == group).filter_map(|(value, _)| *value);
            centre(&statistics::ordered(own), with)
        })
        .collect();
    values.iter().zip(groups).map(|(value, group)| value.or(centres[*group])).collect()
}

/// Mean or median of ordered values; `None` of none.
pub fn centre(ordered: &[f64], with: Imputation) -> Option<f64> {
    match with {
        Imputation::Mean => statistics::mean(ordered),
        Imputation::Median => statistics::quantile(ordered, 0.5),
    }
}

/// Values of one year, the missing ones filled from the latest earlier year that has one, at most `within` years back.
/// `panel` holds a column per year, in any order, all of one length. Second, the year that each filled value is from.
///
/// Of two columns of the same year the first that has a value serves.
pub fn from_panel(panel: &[(i32, &[Option<f64>])], year: i32, within: u32) -> (Vec<Option<f64>>, Vec<Option<i32>>) {
    let earliest = i64::from(year) - i64::from(within);
    let mut usable: Vec<&(i32, &[Option<f64>])> =
        panel.iter().filter(|(of, _)| *of <= year && i64::from(*of) >= earliest).collect();
    usable.sort_by_key(|(of, _)| std::cmp::Reverse(*of));
    let length = panel.iter().map(|(_, column)| column.len()).max().unwrap_or(0);
    (0..length)
        .map(|at| {
            let latest = usable.iter().find_map(|(of, column)| Some((*of, column.get(at).copied().flatten()?)));
            (latest.map(|(_, value)| value), latest.map(|(of, _)| of).filter(|of| *of != year))
        })
        .unzip()
}
