//! The tables of partners, as CSV, numbers in full precision. The headers stand there without rows too.

use crate::model::output::Output;
use crate::model::partners::Partners;
use crate::model::partners::submission::{Check, Figure};
use crate::write::rows::headed;

/// Columns of `partners.csv`.
const TIES: &[&str] = &[
    "unit",
    "kind",
    "partner",
    "name",
    "country",
    "whereabouts",
    "papers",
    "share",
    "with_impact",
    "impact",
    "citations",
    "citation_share",
    "first",
    "first_share",
    "with_corresponding",
    "corresponding",
    "corresponding_share",
    "first_year",
    "last_year",
    "trend",
    "sustained",
    "network",
];
/// Columns of `networks.csv`.
const NETWORKS: &[&str] = &[
    "unit",
    "papers",
    "with_country",
    "international",
    "international_share",
    "international_impact",
    "domestic_impact",
    "countries",
    "institutions",
    "sustained",
    "sustained_countries",
    "index",
    "trend",
    "agreements",
    "active_agreements",
    "months_in",
    "months_out",
    "international_students",
    "students",
    "international_staff",
    "staff",
    "type_international_share",
    "type_index",
];
/// Columns of `agreements_status.csv`.
const AGREEMENTS: &[&str] = &[
    "agreement",
    "partner",
    "partner_key",
    "country",
    "company",
    "kind",
    "units",
    "signed",
    "ends",
    "state",
    "months_left",
    "ends_soon",
    "papers_of_units",
    "papers",
    "papers_since_signing",
    "last_year",
    "impact",
    "visits",
    "step",
    "source",
];
/// Columns of `country_desks.csv`.
const DESKS: &[&str] = &[
    "country",
    "papers",
    "agreements",
    "in_force",
    "active",
    "dormant",
    "ends_soon",
    "not_identified",
    "renew",
    "revive_or_close",
    "close",
    "sign",
    "companies",
    "visits_in",
    "visits_out",
    "visits_with_papers",
];
/// Columns of `visits.csv`.
const VISITS: &[&str] = &[
    "visit",
    "units",
    "direction",
    "institution",
    "partner_key",
    "country",
    "from",
    "months",
    "counts_for_qs",
    "until",
    "complete",
    "papers",
    "source",
];
/// Columns of `candidates.csv`.
const CANDIDATES: &[&str] = &[
    "unit",
    "place",
    "partner",
    "name",
    "country",
    "score",
    "overlap",
    "impact",
    "with_impact",
    "gain",
    "new_country",
    "ties",
    "through_partner",
    "through_units",
    "papers",
    "papers_of_university",
    "subjects",
    "agreement",
    "reason",
];
/// Columns of `introductions.csv`.
const INTRODUCTIONS: &[&str] = &[
    "unit",
    "place",
    "author",
    "name",
    "highly_cited",
    "papers",
    "citations",
    "overlap",
    "through_staff",
    "through_units",
];
/// Columns of `unit_subjects.csv`.
const SUBJECTS: &[&str] = &["unit", "subject", "papers", "impact"];
/// Columns of `top_papers.csv`.
const TOP_PAPERS: &[&str] = &["unit", "publication", "title", "journal", "year", "citations", "percentile"];
/// Columns of `dependence.csv`.
const DEPENDENCE: &[&str] = &["unit", "kind", "staff", "citations", "of", "share", "papers"];
/// Columns of `swot.csv`.
const LINES: &[&str] = &[
    "unit",
    "kind",
    "rule",
    "subject",
    "value",
    "threshold",
    "weight",
    "feasibility",
    "source_table",
    "source_key",
    "source_column",
];
/// Columns of `submission.csv`.
const FIGURES: &[&str] =
    &["ranking", "subject", "figure", "year", "value", "of_units", "rows", "last_year", "change", "explanation"];
/// Columns of `submission_checks.csv`.
const CHECKS: &[&str] = &["ranking", "check", "subject", "figure", "value", "against", "unit", "source"];

/// All tables, in a fixed order.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn tables(partners: &Partners) -> Result<Vec<Output>, csv::Error> {
    let figures: Vec<&Figure> = partners.submissions.iter().flat_map(|sheet| &sheet.figures).collect();
    let checks: Vec<&Check> = partners.submissions.iter().flat_map(|sheet| &sheet.checks).collect();
    let tables = [
        ("partners.csv", headed(TIES, &partners.ties)?),
        ("networks.csv", headed(NETWORKS, &partners.networks)?),
        ("agreements_status.csv", headed(AGREEMENTS, &partners.agreements)?),
        ("country_desks.csv", headed(DESKS, &partners.desks)?),
        ("visits.csv", headed(VISITS, &partners.visits)?),
        ("candidates.csv", headed(CANDIDATES, &partners.candidates)?),
        ("introductions.csv", headed(INTRODUCTIONS, &partners.introductions)?),
        ("unit_subjects.csv", headed(SUBJECTS, &partners.subjects)?),
        ("top_papers.csv", headed(TOP_PAPERS, &partners.top_papers)?),
        ("dependence.csv", headed(DEPENDENCE, &partners.dependences)?),
        ("swot.csv", headed(LINES, &partners.lines)?),
        ("submission.csv", headed(FIGURES, &figures)?),
        ("submission_checks.csv", headed(CHECKS, &checks)?),
    ];
    Ok(tables.into_iter().map(|(path, bytes)| Output { path: path.to_owned(), bytes }).collect())
}
