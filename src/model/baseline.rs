//! Baselines: what a publication of a field, year and type is cited, to compare others with.
//!
//! A [`Cell`] is the distribution of citations over the publications of one field × year × document type × citation
//! window. A publication of n fields stands in n cells with 1/n each, as an integer part of [`WHOLE`]: sums do not depend
//! on order, and means and shares of a cell are exact.

use std::collections::BTreeMap;

/// Weight of a whole publication: the least common multiple of 1 to 16, so that up to 16 fields share it equally.
pub const WHOLE: u64 = 720_720;

/// Name of the cell of all fields of a year and type.
pub const ALL_FIELDS: &str = "all";

/// Type of a cell of all document types.
pub const ALL_TYPES: &str = "all";

/// Shares of the most cited that are asked for, in percent.
pub const TOP_PERCENTS: [u32; 4] = [1, 5, 10, 50];

/// Expected citations below this make a ratio unsteady: the cell is small however many publications it holds
/// (own suggestion; published methods give no figure).
pub const LEAST_EXPECTED: f64 = 0.5;

/// The weight of a publication in each of its `fields` fields; together exactly [`WHOLE`], the remainder goes to the
/// first ones.
pub fn parts(fields: usize) -> impl Iterator<Item = u64> {
    let (share, rest) = (WHOLE / fields.max(1) as u64, WHOLE % fields.max(1) as u64);
    (0..fields as u64).map(move |place| share + u64::from(place < rest))
}

/// Publications with the same number of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Citations of each.
    pub citations: u64,
    /// How many publications have a part here.
    pub works: u64,
    /// Sum of their parts, in 1/[`WHOLE`].
    pub weight: u64,
}

/// The citations of one field, year, type and window.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    steps: Vec<Step>,
    /// Weight of the steps up to and including each.
    up_to: Vec<u64>,
    works: u64,
    papers: f64,
    mean: f64,
}

impl Cell {
    /// A cell from its steps, in any order; steps of equal citations are added.
    pub fn new(mut steps: Vec<Step>) -> Self {
        steps.retain(|step| step.weight > 0);
        steps.sort_unstable();
        steps.dedup_by(|next, step| {
            let same = next.citations == step.citations;
            if same {
                step.works += next.works;
                step.weight += next.weight;
            }
            same
        });
        let mut weight = 0;
        let up_to: Vec<u64> = steps
            .iter()
            .map(|step| {
                weight += step.weight;
                weight
            })
            .collect();
        let total: u128 = steps.iter().map(|step| u128::from(step.citations) * u128::from(step.weight)).sum();
        let works = steps.iter().map(|step| step.works).sum();
        let mean = if weight == 0 { 0.0 } else { total as f64 / weight as f64 };
        Cell { steps, up_to, works, papers: weight as f64 / WHOLE as f64, mean }
    }

    /// A cell of which only the number of papers and their mean citations are known: ratios, but no shares.
    pub fn of_mean(papers: f64, mean: f64) -> Self {
        Cell { steps: Vec::new(), up_to: Vec::new(), works: papers as u64, papers, mean }
    }

    /// The steps, ascending by citations; none where only the mean is known.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Papers, each by its part in this field.
    pub fn papers(&self) -> f64 {
        self.papers
    }

    /// Publications that have a part in this field, each counted once.
    pub fn works(&self) -> u64 {
        self.works
    }

    /// Expected citations: the mean over the papers by their parts.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Normalised citation score, citations over expected citations; 1 where nothing is expected, so that the mean of
    /// the cell is 1 (CWTS Leiden Ranking, open edition).
    pub fn ncs(&self, citations: u64) -> f64 {
        if self.mean == 0.0 { 1.0 } else { citations as f64 / self.mean }
    }

    /// How much of a publication with `citations` belongs to the `percent` % most cited, 0–1: publications at the
    /// threshold share what is left, so that the mean of the cell is exactly `percent` % (Waltman and Schreiber 2013,
    /// doi 10.1002/asi.22752). `None` where the distribution is not known or `percent` is above 100.
    pub fn top_share(&self, citations: u64, percent: u32) -> Option<f64> {
        let (numerator, denominator) = self.top_fraction(citations, percent)?;
        Some(numerator as f64 / denominator as f64)
    }

    /// [`Cell::top_share`] as an exact fraction: numerator and denominator.
    pub fn top_fraction(&self, citations: u64, percent: u32) -> Option<(u128, u128)> {
        let (place, outside) = self.threshold_place(percent)?;
        let step = self.steps[place];
        Some(match citations.cmp(&step.citations) {
            std::cmp::Ordering::Less => (0, 1),
            std::cmp::Ordering::Greater => (1, 1),
            std::cmp::Ordering::Equal => (100 * u128::from(self.up_to[place]) - outside, 100 * u128::from(step.weight)),
        })
    }

    /// Citations at which the `percent` % most cited begin: the smallest number with at least (100 − `percent`) % of the
    /// papers at or below it.
    pub fn threshold(&self, percent: u32) -> Option<u64> {
        self.threshold_place(percent).map(|(place, _)| self.steps[place].citations)
    }

    /// Place of the threshold among the steps, and 100 times the weight that lies outside the top.
    fn threshold_place(&self, percent: u32) -> Option<(usize, u128)> {
        let total = u128::from(*self.up_to.last()?);
        let outside = u128::from(100u32.checked_sub(percent)?) * total;
        Some((self.up_to.partition_point(|&weight| 100 * u128::from(weight) < outside), outside))
    }

    /// Share of the papers with fewer citations, those with as many counted half, 0–1. `None` where the distribution is
    /// not known.
    pub fn percentile(&self, citations: u64) -> Option<f64> {
        let total = *self.up_to.last()?;
        let place = self.steps.partition_point(|step| step.citations < citations);
        let below = place.checked_sub(1).map_or(0, |last| self.up_to[last]);
        let tied = self.steps.get(place).filter(|step| step.citations == citations).map_or(0, |step| step.weight);
        Some((2 * u128::from(below) + u128::from(tied)) as f64 / (2 * u128::from(total)) as f64)
    }

    /// Whether the cell is too small to be relied on: fewer than `smallest` publications, or hardly any citations.
    pub fn is_small(&self, smallest: u64) -> bool {
        self.works < smallest || self.mean < LEAST_EXPECTED
    }
}

/// Which publications a cell is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// Code of the field in the baseline's scheme, or [`ALL_FIELDS`].
    pub field: String,
    /// Year of publication.
    pub year: i32,
    /// Document type, folded, or [`ALL_TYPES`].
    pub document_type: String,
    /// Citations count up to this many years after the year of publication; `None` is to date.
    pub window: Option<u32>,
}

/// Cells of one scheme of fields from one source.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Baseline {
    /// Name of the scheme of fields.
    pub scheme: String,
    /// Where it is from: a file.
    pub source: String,
    /// The cells.
    pub cells: BTreeMap<CellKey, Cell>,
}

impl Baseline {
    /// The citation window that publications with citations to date are compared in: to date where the baseline has it,
    /// else the longest.
    pub fn window(&self) -> Option<u32> {
        let longest = self.cells.keys().map(|key| key.window);
        // `None` is to date, the longest of all.
        longest.max_by_key(|window| window.map_or(u64::MAX, u64::from)).flatten()
    }

    /// The cell of a field, year and type in [`Baseline::window`], else of all types of the field and year.
    pub fn cell(&self, field: &str, year: i32, document_type: &str, window: Option<u32>) -> Option<&Cell> {
        let of = |document_type: &str| {
            let (field, document_type) = (field.to_owned(), document_type.to_owned());
            self.cells.get(&CellKey { field, year, document_type, window })
        };
        of(document_type).or_else(|| of(ALL_TYPES))
    }
}
