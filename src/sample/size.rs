//! How large the invented university is.

/// Numbers of things to invent. The same size, seed included, gives the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Units of five types, the university among them.
    pub units: usize,
    /// Members of staff.
    pub staff: usize,
    /// Publications of 2020–2024.
    pub publications: usize,
    /// Of these, with more than 100 authors.
    pub hyper_authored: usize,
    /// Seed of all random streams.
    pub seed: u64,
}

impl Default for Size {
    /// 60 units, 1,150 staff and 9,600 publications, 240 of them with more than 100 authors.
    fn default() -> Self {
        Size { units: 60, staff: 1_150, publications: 9_600, hyper_authored: 240, seed: 1_402 }
    }
}

impl Size {
    /// A university with about this many publications, the rest in the proportions of the default.
    pub fn scaled(publications: usize) -> Self {
        let whole = Size::default();
        let share = |part: usize| (part as f64 * publications as f64 / whole.publications as f64).round() as usize;
        Size {
            units: share(whole.units).clamp(12, whole.units),
            staff: share(whole.staff).max(60),
            publications,
            hyper_authored: share(whole.hyper_authored),
            ..whole
        }
    }

    /// The nearest size that can be made: at least one unit of each of the five types and ten persons, at most what
    /// fits a sheet, and no more papers with many authors than papers.
    pub(super) fn bounded(self) -> Self {
        Size {
            units: self.units.clamp(5, 5_000),
            staff: self.staff.clamp(10, 200_000),
            publications: self.publications.min(5_000_000),
            hyper_authored: self.hyper_authored.min(self.publications),
            seed: self.seed,
        }
    }
}
