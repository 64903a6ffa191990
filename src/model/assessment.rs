//! The assessment: whose data, which editions, which policies. Read from `assessment.toml`.

use serde::{Deserialize, Serialize};

use crate::model::edition::HyperAuthored;
use crate::model::names::Names;
use crate::model::sensitivity::Sensitivity;
use crate::model::tables::Date;
use crate::model::window::Window;

/// `assessment.toml`, every switch with its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Whose data.
    pub institution: Institution,
    /// Gregorian year of the self-assessment.
    pub year: i32,
    /// Languages of pages and charts, the first is the main one.
    #[serde(default = "default_languages")]
    pub languages: Vec<String>,
    /// Editions to score.
    #[serde(default = "default_editions")]
    pub editions: Vec<String>,
    /// Publication years of the unit profile; default the five full years before `year`.
    #[serde(default)]
    pub publications: Option<Window>,
    /// How records become publications.
    #[serde(default)]
    pub merge: Merge,
    /// How publications become credits.
    #[serde(default)]
    pub attribution: Attribution,
    /// What citations are compared with.
    #[serde(default)]
    pub normalisation: Normalisation,
    /// How sure a number is.
    #[serde(default)]
    pub stability: Stability,
    /// What the own published past is used for.
    #[serde(default)]
    pub calibration: Calibration,
    /// Definitions that move a number.
    #[serde(default)]
    pub policy: Policy,
    /// What is uncertain, for `sanjeh sensitivity`.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// Days that documents print.
    #[serde(default)]
    pub calendar: Calendar,
    /// What the catalogue of strategies is asked for.
    #[serde(default)]
    pub advice: Advising,
}

impl Assessment {
    /// The profile's publication window.
    pub fn publication_window(&self) -> Window {
        self.publications.unwrap_or(Window::new(self.year - 5, self.year - 1))
    }

    /// Last day of objections: by default the end of Ordibehesht, the second month of the Solar Hijri year.
    pub fn objections_until(&self) -> Option<Date> {
        self.calendar.objections.or_else(|| Date::of_jalali(self.year - 621, 2, 31))
    }

    /// Last day of corrections: by default the end of Khordad, the third month.
    pub fn corrections_until(&self) -> Option<Date> {
        self.calendar.corrections.or_else(|| Date::of_jalali(self.year - 621, 3, 31))
    }
}

fn default_languages() -> Vec<String> {
    vec!["en".into(), "fa".into()]
}

fn default_editions() -> Vec<String> {
    vec!["the/wur/2026".into(), "qs/wur/2026".into(), "arwu/2025".into()]
}

/// The institution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Names by language.
    pub name: Names,
    /// English country name as affiliations print it.
    pub country: String,
    /// City as affiliations print it; may be empty.
    #[serde(default)]
    pub city: String,
    /// Other spellings of the institution in affiliations.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The institution does not exist: every output says so.
    #[serde(default)]
    pub invented: bool,
}

/// What a run asks of the catalogue of strategies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Advising {
    /// What a plan may cost; without it none is made.
    pub budget: Option<f64>,
    /// Money unit of the budget; that of the first strategy where it is not said.
    pub currency: Option<String>,
    /// Editions whose total is to rise, as `id` or `id=weight`; empty is all that give a total.
    pub editions: Vec<String>,
    /// In how many intensities each strategy is weighed, 1–20.
    pub levels: usize,
    /// How far the plan may lie from the best, as a share of what it brings, 0–1.
    pub gap: f64,
}

impl Default for Advising {
    fn default() -> Self {
        Advising { budget: None, currency: None, editions: Vec::new(), levels: 3, gap: 0.01 }
    }
}

impl Advising {
    /// Whether every value can be meant.
    pub fn is_sound(&self) -> bool {
        self.budget.is_none_or(|budget| budget.is_finite() && budget >= 0.0)
            && (1..=20).contains(&self.levels)
            && (0.0..=1.0).contains(&self.gap)
    }
}

/// How records of several exports become one publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Merge {
    /// Exporting systems in the order in which their fields are preferred; a system that is not named comes last.
    pub priority: Vec<String>,
    /// `maximum` over all records of a work, or the name of the one system whose citations count.
    pub citations: String,
}

impl Default for Merge {
    fn default() -> Self {
        let priority = ["scopus", "scival", "wos", "incites", "openalex", "pubmed", "dimensions", "lens"];
        Merge { priority: priority.map(str::to_owned).to_vec(), citations: "maximum".to_owned() }
    }
}

/// A way of finding the unit of an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributionMethod {
    /// By author ids in the staff sheet.
    Roster,
    /// By what the affiliation says.
    Affiliation,
    /// By the name of a member of staff, among authors with our university's affiliation only.
    Name,
}

/// How a publication is divided into fractional shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fractional {
    /// Every author holds the same share.
    Author,
    /// An author's share is divided over the affiliations; those elsewhere take their part outside.
    AuthorAffiliation,
    /// Every organisation on the paper holds the same share, whatever the number of its authors.
    Organisation,
    /// First and corresponding authors share it all.
    Lead,
}

/// What holds where the staff sheet and the affiliation name different units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combination {
    /// Both: an author belongs to all units found.
    Union,
    /// The staff sheet; the affiliation only for authors who are not in it.
    RosterFirst,
    /// The affiliation; the staff sheet only for authors whose affiliation names no unit.
    AffiliationFirst,
}

/// Which posts of a member of staff count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitsAt {
    /// Those at the time of the publication: within the employment, and what the affiliation says.
    Publication,
    /// Today's: papers move with people who are still employed, those of people who have left are not theirs.
    Today,
}

/// How publications become credits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attribution {
    /// Methods used; with several, an author's units are the union.
    pub by: Vec<AttributionMethod>,
    /// What holds where the methods disagree.
    pub combine: Combination,
    /// How a publication is divided into fractional shares.
    pub fractional: Fractional,
    /// Which posts of a member of staff count.
    pub units_at: UnitsAt,
    /// Count a roster match only within the person's employment dates, by publication year.
    pub employment_window: bool,
    /// Years after leaving in which a paper is still credited (papers appear late).
    pub grace_years: i32,
    /// Least confidence, 0–1, of a match by name that is used; weaker ones go to `review.csv`.
    pub name_confidence: f64,
}

impl Default for Attribution {
    fn default() -> Self {
        Attribution {
            // With names: on the sample they raise recall without a wrong credit, and what is not sure is asked, not used.
            by: vec![AttributionMethod::Roster, AttributionMethod::Affiliation, AttributionMethod::Name],
            combine: Combination::Union,
            fractional: Fractional::Author,
            units_at: UnitsAt::Publication,
            employment_window: true,
            grace_years: 1,
            name_confidence: 0.9,
        }
    }
}

/// Where normalised citations come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NormalisationSource {
    /// The figure that the export carries: SciVal, InCites, OpenAlex.
    Carried,
    /// A baseline of the assessment.
    Supplied,
    /// The assessment's own publications.
    Local,
}

/// What citations are compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Normalisation {
    /// Sources in order of preference; a publication takes the first that knows it.
    pub sources: Vec<NormalisationSource>,
    /// Scheme of fields, one of [`crate::model::field_scheme::SCHEMES`].
    pub scheme: String,
    /// Fewest publications of a cell; a smaller local one gives way to a wider one, a smaller supplied one is told.
    pub smallest_cell: u64,
}

impl Default for Normalisation {
    fn default() -> Self {
        Normalisation {
            sources: vec![NormalisationSource::Carried, NormalisationSource::Supplied, NormalisationSource::Local],
            scheme: "asjc".to_owned(),
            smallest_cell: 10,
        }
    }
}

/// How a person with several posts is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeveralPosts {
    /// The FTE is divided equally over the posts.
    Split,
    /// Each unit counts the whole FTE.
    Whole,
}

/// How a fiscal year meets the calendar year of the PPP table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PppYear {
    /// The rate of the Gregorian year in which the fiscal year begins.
    StartYear,
    /// The mean of both years' rates weighted by days.
    DayWeighted,
}

/// How much of a publication a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The whole publication, by the edition's rule for papers of very many authors.
    Full,
    /// The unit's share of it.
    Fractional,
}

/// How stability intervals are worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stability {
    /// How often the publications of each unit are drawn again; 0 leaves the intervals empty.
    pub samples: u32,
}

impl Default for Stability {
    fn default() -> Self {
        // As the CWTS Leiden Ranking.
        Stability { samples: 1_000 }
    }
}

/// Whether the sheets of own published scores stand in for scales that are not public.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calibration {
    /// They do, where there are no published constants and no peers.
    #[serde(rename = "use")]
    pub used: bool,
}

impl Default for Calibration {
    fn default() -> Self {
        Calibration { used: true }
    }
}

/// Days that documents print; without them those of the office's usual year (see [`Assessment::objections_until`]).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// The day at which the data stood.
    pub data: Option<Date>,
    /// Last day on which a unit may object to its list of papers.
    pub objections: Option<Date>,
    /// Last day on which corrections of addresses, ids and missing data are taken in.
    pub corrections: Option<Date>,
}

/// Definitions that move a number; each is recorded in the manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Document types of the unit profile, folded; empty counts all.
    pub document_types: Vec<String>,
    /// Author-share rule of the unit profile for papers with very many authors; editions have their own.
    pub hyper_authored: Option<HyperAuthored>,
    /// How much of a publication a unit counts.
    pub counting: Counting,
    /// Persons with several posts.
    pub several_posts: SeveralPosts,
    /// Clinical residents count as doctoral.
    pub residency_is_doctoral: bool,
    /// PPP year rule for money in a fiscal year that is not the calendar year.
    pub ppp_year: PppYear,
    /// Least number of units of a type for a comparison among them.
    pub minimum_units: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            document_types: Vec::new(),
            hyper_authored: None,
            counting: Counting::Full,
            several_posts: SeveralPosts::Whole,
            residency_is_doctoral: false,
            ppp_year: PppYear::StartYear,
            minimum_units: 3,
        }
    }
}
