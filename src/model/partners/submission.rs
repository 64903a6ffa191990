//! Figures for the portals of rankings, filled from units, and how they reconcile.

use serde::Serialize;

/// Subjects of the THE data portal.
pub const THE_SUBJECTS: [&str; 11] = [
    "arts_humanities",
    "clinical_health",
    "engineering",
    "computer_science",
    "life_sciences",
    "physical_sciences",
    "social_sciences",
    "business_economics",
    "psychology",
    "law",
    "education",
];

/// Figures of the THE data portal, asked for each subject.
pub const THE_FIGURES: [&str; 15] = [
    "academic_staff",
    "academic_staff_international",
    "academic_staff_female",
    "research_staff",
    "students",
    "students_international",
    "students_female",
    "students_bachelor",
    "students_master",
    "students_doctorate",
    "degrees_undergraduate",
    "degrees_doctorate",
    "institutional_income",
    "research_income",
    "industry_income",
];

/// Figures of the QS Hub that the sheets hold.
pub const QS_FIGURES: [&str; 16] = [
    "faculty_full_time",
    "faculty_part_time",
    "faculty_fte",
    "faculty_female",
    "faculty_male",
    "faculty_international",
    "faculty_doctorate",
    "students_undergraduate",
    "students_postgraduate",
    "students",
    "students_fte",
    "students_international",
    "students_female",
    "exchange_inbound",
    "exchange_outbound",
    "staff_excluded",
];

/// The university as a whole.
pub const TOTAL: &str = "total";

/// What belongs to no subject, because its unit names none.
pub const NO_SUBJECT: &str = "none";

/// An amount in millionths, so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Exact(pub i128);

impl Exact {
    /// Millionths of one.
    pub const ONE: i128 = 1_000_000;

    /// The nearest millionth.
    pub fn of(value: f64) -> Exact {
        Exact((value * Exact::ONE as f64).round() as i128)
    }

    /// As a number.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Exact::ONE as f64
    }

    /// `parts` amounts that differ by at most a millionth and add up to `self`; the larger ones come first.
    pub fn split(self, parts: usize) -> impl Iterator<Item = Exact> {
        let parts = parts.max(1) as i128;
        let (base, extra) = (self.0.div_euclid(parts), self.0.rem_euclid(parts));
        (0..parts).map(move |part| Exact(base + i128::from(part < extra)))
    }
}

impl std::ops::AddAssign for Exact {
    fn add_assign(&mut self, other: Exact) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(amounts: I) -> Exact {
        Exact(amounts.map(|amount| amount.0).sum())
    }
}

/// A row of `submission.csv`: one figure of one subject of one ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// `the` or `qs`.
    pub ranking: &'static str,
    /// Subject; `total` for the university, `none` for what belongs to no subject.
    pub subject: String,
    /// Code of the figure.
    pub figure: &'static str,
    /// Year in which the academic or fiscal year begins.
    pub year: i32,
    /// The figure; `None` where no sheet says it.
    pub value: Option<f64>,
    /// What the unit sheets add up to, by another way: row by row, without subjects.
    pub of_units: Option<f64>,
    /// Rows it is made of.
    pub rows: u64,
    /// What was submitted last year.
    pub last_year: Option<f64>,
    /// (this year − last year) / last year.
    pub change: Option<f64>,
    /// Why it differs, as the office says.
    pub explanation: String,
}

/// A row of `submission_checks.csv`: a relation that must hold and does not, or that must be explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// `the` or `qs`.
    pub ranking: &'static str,
    /// `sum_of_units`, `parts_above_whole`, `subset_above_total`, `levels_and_students`, `change_unexplained`, `no_subject`.
    pub check: &'static str,
    /// Subject.
    pub subject: String,
    /// Code of the figure.
    pub figure: &'static str,
    /// What stands there.
    pub value: f64,
    /// What it is held against.
    pub against: f64,
    /// Id of the unit whose row is at fault, where one is.
    pub unit: String,
    /// File and row of it.
    pub source: String,
}

/// A switch that moves figures: which definition was used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Switch {
    /// Code: `residency_is_doctoral`, `several_posts` …
    pub switch: &'static str,
    /// As it stands.
    pub setting: String,
}

/// The sheet of one ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// `the` or `qs`.
    pub ranking: &'static str,
    /// Year of the data.
    pub year: i32,
    /// Figures: subject by subject, figure by figure.
    pub figures: Vec<Figure>,
    /// What does not hold.
    pub checks: Vec<Check>,
    /// Definitions used.
    pub switches: Vec<Switch>,
}
