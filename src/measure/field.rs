//! Field normalisation against a local baseline: the assessment's own publications.
//!
//! Cell = field × year × document type. Expected citations of a cell are its mean; a publication of several fields is
//! compared with each and the ratios are averaged, which is the harmonic mean of the expected values
//! (`qs-shanghai` method notes, section 5; Waltman et al. 2011, doi 10.1007/s11192-011-0354-5). Where a cell is smaller
//! than [`SMALLEST_CELL`] the next wider one is used: all fields of the year and type, then of the year.
//! A local baseline is not the world's: values made from it are `proxy`.

use rustc_hash::FxHashMap;

use crate::model::publication::Publications;

/// Fewest publications for a cell to be used as a baseline.
pub const SMALLEST_CELL: usize = 10;

/// Marks "all fields" in a cell.
const ALL_FIELDS: u8 = 0;

type Cell<'a> = (u8, i32, &'a str);

/// Field-weighted citation impact of each publication: citations over the expected citations of its cells.
/// `None` where the year or the citations are unknown.
pub fn impact(publications: &Publications, fields: &[Vec<u8>]) -> Vec<Option<f64>> {
    let cells = cells(publications, fields);
    let ratio = |citations: i64, members: &[i64]| {
        let total: i64 = members.iter().sum();
        if total == 0 { 1.0 } else { citations as f64 * members.len() as f64 / total as f64 }
    };
    each(publications, fields, &cells, ratio)
}

/// Membership of each publication in the most cited tenth of its cells, ties shared so that each cell's mean is
/// exactly 0.1 (Waltman and Schreiber 2013, doi 10.1002/asi.22752).
pub fn top_tenth(publications: &Publications, fields: &[Vec<u8>]) -> Vec<Option<f64>> {
    let cells = cells(publications, fields);
    each(publications, fields, &cells, top_tenth_of)
}

/// Membership of a publication with `citations` in the top tenth of `members`, ascending.
fn top_tenth_of(citations: i64, members: &[i64]) -> f64 {
    let size = members.len();
    // The threshold is the smallest count with at least nine tenths at or below it.
    let threshold = members[(9 * size).div_ceil(10).max(1) - 1];
    match citations.cmp(&threshold) {
        std::cmp::Ordering::Less => 0.0,
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => {
            let at_or_below = members.partition_point(|&other| other <= threshold);
            let tied = at_or_below - members.partition_point(|&other| other < threshold);
            (10 * at_or_below - 9 * size) as f64 / (10 * tied) as f64
        }
    }
}

/// Citations of each cell, ascending; the wide cells are there beside the narrow ones.
fn cells<'a>(publications: &'a Publications, fields: &[Vec<u8>]) -> FxHashMap<Cell<'a>, Vec<i64>> {
    let mut cells: FxHashMap<Cell, Vec<i64>> = FxHashMap::default();
    for (item, fields) in publications.items.iter().zip(fields) {
        let (Some(year), Some(citations)) = (item.year, item.citations) else { continue };
        for &field in fields {
            cells.entry((field, year, &item.document_type)).or_default().push(citations);
        }
        cells.entry((ALL_FIELDS, year, &item.document_type)).or_default().push(citations);
        cells.entry((ALL_FIELDS, year, "")).or_default().push(citations);
    }
    cells.values_mut().for_each(|members| members.sort_unstable());
    cells
}

/// Mean of `value` over the cells of each publication.
fn each(
    publications: &Publications,
    fields: &[Vec<u8>],
    cells: &FxHashMap<Cell, Vec<i64>>,
    value: impl Fn(i64, &[i64]) -> f64,
) -> Vec<Option<f64>> {
    let one = |(item, fields): (&crate::model::publication::Publication, &Vec<u8>)| {
        let (year, citations) = (item.year?, item.citations?);
        let baseline = |field: u8| {
            [
                (field, year, item.document_type.as_str()),
                (ALL_FIELDS, year, item.document_type.as_str()),
                (ALL_FIELDS, year, ""),
            ]
            .iter()
            .filter_map(|cell| cells.get(cell))
            .find(|members| members.len() >= SMALLEST_CELL)
        };
        let fields: &[u8] = if fields.is_empty() { &[ALL_FIELDS] } else { fields };
        let values: Vec<f64> =
            fields.iter().filter_map(|&field| baseline(field)).map(|members| value(citations, members)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    publications.items.iter().zip(fields).map(one).collect()
}
