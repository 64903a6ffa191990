//! A forecast of the next edition: score and rank of each institution with bands, and how such bands have held.

use serde::Serialize;

/// What the bands state: the shares of institutions that they are to hold.
pub const LEVELS: [f64; 2] = [0.80, 0.95];

/// One published edition of a ranking, or one run of an office. Institutions are indices into [`History::institutions`].
#[derive(Debug, Clone, PartialEq)]
pub struct PastEdition {
    /// Its year.
    pub year: i32,
    /// Whether its method differs from that of the edition before it in the history.
    pub breaks: bool,
    /// Composite of each institution.
    pub scores: Vec<Option<f64>>,
    /// Rank of each institution.
    pub ranks: Vec<Option<u32>>,
}

/// Editions of one ranking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// Names as the last edition that has them prints them.
    pub institutions: Vec<String>,
    /// Editions, years rising.
    pub editions: Vec<PastEdition>,
}

/// How a value is taken to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// It stays.
    Last,
    /// It moves as institutions have moved from edition to edition, at the median.
    Drift,
    /// As that, and a part of how it differed from the others last time lasts.
    OwnTrend,
}

impl Course {
    /// All, the plainest first.
    pub const ALL: [Course; 3] = [Course::Last, Course::Drift, Course::OwnTrend];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Course::Last => "the last value",
            Course::Drift => "the last value and the common drift",
            Course::OwnTrend => "the last value, the common drift and a part of the own trend",
        }
    }
}

/// A value with the ends of its bands, by [`LEVELS`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Banded {
    /// What is expected.
    pub point: f64,
    /// Lower and upper end of each band; infinite ends are cut to what a value can be.
    pub bands: [[f64; 2]; 2],
}

/// How many of the values of earlier editions lay within bands made in the same way before they were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Hits {
    /// Within the band of each of [`LEVELS`].
    pub within: [usize; 2],
    /// Of so many.
    pub of: usize,
}

impl Hits {
    /// The shares; `None` where nothing was tested.
    pub fn rates(self) -> [Option<f64>; 2] {
        self.within.map(|within| (self.of > 0).then(|| within as f64 / self.of as f64))
    }
}

/// What is expected of one institution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// Name.
    pub institution: String,
    /// Score in the last edition.
    pub last: f64,
    /// Rank in the last edition.
    pub last_rank: Option<u32>,
    /// The score, 0–100.
    pub score: Banded,
    /// How bands of scores of this level have held in steps of this kind.
    pub hits: Hits,
    /// The rank, from 1; ends of bands are whole ranks.
    pub rank: Option<Banded>,
    /// How bands of ranks have held.
    pub rank_hits: Hits,
}

/// Bands of one earlier edition, made from what stood before it, and what came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BackTest {
    /// The edition.
    pub year: i32,
    /// The edition that it was forecast from.
    pub from: i32,
    /// Whether the method changed between them.
    pub breaks: bool,
    /// Editions whose errors made the bands.
    pub learned_from: Vec<i32>,
    /// Whether those are steps of the same kind: over a change of method, or over none.
    pub own_kind: bool,
    /// How values were taken to go on.
    pub course: Course,
    /// What lay within.
    pub hits: Hits,
    /// Median of what came less what was expected.
    pub bias: f64,
    /// Mean of |what came less what was expected|.
    pub error: f64,
    /// Mean width of each band.
    pub widths: [f64; 2],
}

/// A forecast of one edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Year of the edition.
    pub target: i32,
    /// Year of the edition that it is forecast from.
    pub from: i32,
    /// Whether the method changes between them.
    pub breaks: bool,
    /// Editions whose errors made the bands.
    pub learned_from: Vec<i32>,
    /// Whether those are steps of the same kind; where not, the bands are those of another kind and may be far too narrow.
    pub own_kind: bool,
    /// How scores are taken to go on.
    pub course: Course,
    /// Institutions of the last edition, best first.
    pub outlooks: Vec<Outlook>,
    /// Bands of scores of earlier editions, years rising.
    pub tests: Vec<BackTest>,
    /// The same of the natural logarithm of ranks.
    pub rank_tests: Vec<BackTest>,
}

impl Forecast {
    /// Hits of scores over the editions that were steps of the same kind as this one; over all where none was.
    pub fn hits(&self) -> Hits {
        total(&self.tests, self.breaks)
    }

    /// The same of ranks.
    pub fn rank_hits(&self) -> Hits {
        total(&self.rank_tests, self.breaks)
    }
}

fn total(tests: &[BackTest], breaks: bool) -> Hits {
    let any = tests.iter().any(|test| test.breaks == breaks);
    let kind = tests.iter().filter(|test| !any || test.breaks == breaks);
    kind.fold(Hits::default(), |sum, test| Hits {
        within: [sum.within[0] + test.hits.within[0], sum.within[1] + test.hits.within[1]],
        of: sum.of + test.hits.of,
    })
}
