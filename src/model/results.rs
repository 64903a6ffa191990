//! Everything a run has worked out, in one place: what reports and tables may cite.

use crate::diagnostic::Finding;
use crate::model::accreditation::results::Accreditation;
use crate::model::advice::Advice;
use crate::model::assessment::Assessment;
use crate::model::benchmark::Benchmark;
use crate::model::calibration::Calibration;
use crate::model::edition::Edition;
use crate::model::integrity::Reading;
use crate::model::last_year::LastYear;
use crate::model::ledger::Ledger;
use crate::model::lever_worth::LeverWorth;
use crate::model::measure::{MeasureDefinition, Measures};
use crate::model::moved::EditionMove;
use crate::model::partners::Partners;
use crate::model::placement::Placement;
use crate::model::profile::{Profile, TypeGroup, TypeIndicator};
use crate::model::publication::Publications;
use crate::model::score::Scorecard;
use crate::model::stability::Stability;
use crate::model::tables::Tables;

/// All results of one run.
#[derive(Debug, Clone)]
pub struct Results {
    /// Whose data, which policies.
    pub assessment: Assessment,
    /// Lower-case hex SHA-256 of `assessment.toml`.
    pub assessment_digest: String,
    /// What was read.
    pub tables: Tables,
    /// Merged publications.
    pub publications: Publications,
    /// Credits.
    pub ledger: Ledger,
    /// Definitions of measures.
    pub definitions: Vec<MeasureDefinition>,
    /// Values of measures.
    pub measures: Measures,
    /// Editions scored, in the order of the assessment.
    pub editions: Vec<Edition>,
    /// Published constants used.
    pub benchmarks: Vec<Benchmark>,
    /// Curves from the own published past, as far as the assessment uses them.
    pub calibrations: Vec<Calibration>,
    /// One scorecard per edition.
    pub scorecards: Vec<Scorecard>,
    /// What changes were damped against, where the run was asked to.
    pub last_year: LastYear,
    /// Composites on published scales, edition by edition, then unit by unit; empty where a command does not ask.
    pub placements: Vec<Placement>,
    /// How sure the measures are, unit by unit; empty where a command does not ask.
    pub stability: Vec<Stability>,
    /// The integrity panel, unit by unit; empty where a command does not ask.
    pub integrity: Vec<Reading>,
    /// Papers and people, unit by unit; empty where a command does not ask.
    pub profiles: Vec<Profile>,
    /// Indicators over the units of a type; empty where a command does not ask.
    pub type_indicators: Vec<TypeIndicator>,
    /// Composites over the units of a type; empty where a command does not ask.
    pub type_groups: Vec<TypeGroup>,
    /// The best plan under the assessment's budget; `None` where it states none or a command does not ask.
    pub advice: Option<Advice>,
    /// What one step of each lever is worth, unit by unit; empty where a command does not ask.
    pub levers: Vec<LeverWorth>,
    /// What moved each composite since last year's run, edition by edition; empty where the run was given none.
    pub moved: Vec<EditionMove>,
    /// Partners, agreements, opportunities and threats; `None` where no sheet asks for them or a command does not.
    pub partners: Option<Partners>,
    /// What accreditation comes to; `None` without its sheets, and where a command does not ask.
    pub accreditation: Option<Accreditation>,
    /// Everything found.
    pub findings: Vec<Finding>,
}

impl Results {
    /// Nothing read and nothing worked out yet.
    pub fn bare(assessment: Assessment) -> Self {
        Results {
            assessment,
            assessment_digest: String::new(),
            tables: Tables::default(),
            publications: Publications::default(),
            ledger: Ledger::default(),
            definitions: Vec::new(),
            measures: Measures::default(),
            editions: Vec::new(),
            benchmarks: Vec::new(),
            calibrations: Vec::new(),
            scorecards: Vec::new(),
            last_year: LastYear::default(),
            placements: Vec::new(),
            stability: Vec::new(),
            integrity: Vec::new(),
            profiles: Vec::new(),
            type_indicators: Vec::new(),
            type_groups: Vec::new(),
            advice: None,
            levers: Vec::new(),
            moved: Vec::new(),
            partners: None,
            accreditation: None,
            findings: Vec::new(),
        }
    }
}
