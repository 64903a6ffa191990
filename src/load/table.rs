//! The tables that sheets become, and the fields that the reader of each knows.

use serde::Deserialize;

/// The table that a sheet's rows become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// [`crate::model::tables::Tables::units`].
    Units,
    /// [`crate::model::tables::Tables::aliases`].
    Aliases,
    /// [`crate::model::tables::Tables::staff`].
    Staff,
    /// [`crate::model::tables::Tables::students`].
    Students,
    /// [`crate::model::tables::Tables::degrees`].
    Degrees,
    /// [`crate::model::tables::Tables::finance`].
    Finance,
    /// [`crate::model::tables::Tables::supplied`].
    Supplied,
    /// [`crate::model::tables::Tables::peers`].
    Peers,
    /// [`crate::model::tables::Tables::history`].
    History,
    /// [`crate::model::tables::Tables::relations`].
    Relations,
    /// [`crate::model::tables::Tables::journals`].
    Journals,
    /// [`crate::model::tables::Tables::records`].
    Records,
    /// The office's own purchasing power parities.
    Ppp,
    /// [`crate::model::overrides::Overrides::attribution`]; only in `overrides/`.
    AttributionOverrides,
    /// [`crate::model::overrides::Overrides::exclusions`]; only in `overrides/`.
    Exclusions,
    /// [`crate::model::tables::Tables::agreements`].
    Agreements,
    /// [`crate::model::tables::Tables::visits`].
    Visitors,
    /// [`crate::model::tables::Tables::known_partners`].
    Partners,
    /// [`crate::model::tables::Tables::exposures`].
    Exposures,
    /// [`crate::model::tables::Tables::subject_shares`].
    SubjectShares,
    /// [`crate::model::tables::Tables::submitted`].
    Submitted,
    /// [`crate::model::tables::Tables::highly_cited`].
    HighlyCited,
    /// [`crate::model::tables::Tables::awards`].
    Awards,
    /// [`crate::model::tables::Tables::patents`].
    Patents,
    /// [`crate::model::tables::Tables::researchers`].
    Researchers,
    /// [`crate::model::tables::Tables::citation_links`].
    CitationLinks,
    /// [`crate::model::tables::Tables::citation_counts`].
    CitationCounts,
    /// [`crate::model::tables::Tables::delisted_titles`].
    DelistedTitles,
    /// [`crate::model::tables::Tables::retractions`].
    Retractions,
    /// [`crate::model::tables::Tables::top_journals`].
    TopJournals,
    /// [`crate::model::tables::Tables::supplied_areas`].
    Areas,
    /// [`crate::model::tables::Tables::baselines`].
    Baselines,
    /// Figures of institutions or groups, ready-made: recognised, used by no stage yet.
    Aggregates,
    /// [`crate::model::strategy::Strategy`]; only in `strategies/`.
    Strategies,
    /// [`crate::model::accreditation::sheets::Sheets::standards`].
    Standards,
    /// [`crate::model::accreditation::sheets::Sheets::crosswalk`].
    StandardsCrosswalk,
    /// [`crate::model::accreditation::sheets::Sheets::ratings`].
    Ratings,
    /// [`crate::model::accreditation::sheets::Sheets::evidence`].
    EvidenceRegister,
    /// [`crate::model::accreditation::sheets::Sheets::evaluators`].
    Evaluators,
    /// [`crate::model::accreditation::sheets::Sheets::ties`].
    EvaluatorTies,
    /// [`crate::model::accreditation::sheets::Sheets::visits`].
    PanelVisits,
    /// [`crate::model::accreditation::sheets::Sheets::regulations`].
    Regulations,
}

impl Table {
    /// The fields that the table's reader knows; a layout may name no others.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Table::Units => {
                &["id", "name_en", "name_fa", "type", "parents", "subject", "aliases", "valid_from", "valid_to"]
            }
            Table::Aliases => &["spelling", "unit", "valid_from", "valid_to"],
            Table::Staff => &[
                "id",
                "name",
                "given_name",
                "family_name",
                "latin_name",
                "international",
                "female",
                "unit",
                "school",
                "department",
                "centre",
                "hospital",
                "category",
                "rank",
                "cooperation",
                "headcount",
                "fte",
                "doctorate",
                "from",
                "to",
                "orcids",
                "scopus_ids",
            ],
            Table::Students => {
                &["unit", "school", "department", "year", "level", "headcount", "fte", "international", "female"]
            }
            Table::Degrees => &["unit", "school", "department", "year", "level", "count"],
            Table::Finance => &[
                "unit",
                "school",
                "department",
                "centre",
                "hospital",
                "year",
                "institutional_income",
                "research_income",
                "industry_income",
                "item",
                "amount",
                "currency",
            ],
            Table::Supplied => &["unit", "measure", "year", "value", "source"],
            Table::Relations => &["institution", "university", "relation", "weight"],
            Table::Peers => &["edition", "unit_type", "indicator", "peer", "value"],
            Table::History => &["edition", "unit_type", "indicator", "raw", "score"],
            Table::Journals => &["issn", "title", "sjr", "quartile", "categories", "areas"],
            Table::Records => &[
                "authors",
                "author_names",
                "author_ids",
                "title",
                "year",
                "journal",
                "citations",
                "doi",
                "link",
                "affiliations",
                "authors_with_affiliations",
                "issn",
                "document_type",
                "correspondence",
                "eid",
                "ut",
                "pmid",
                "openalex",
                "fwci",
                "percentile",
                "share_below",
                "retracted",
                "orcids",
                "researcher_ids",
                "corresponding",
                "countries",
            ],
            Table::Ppp => &["country", "currency", "year", "rate", "vintage", "source"],
            Table::AttributionOverrides => {
                &["publication", "author_position", "unit", "staff", "action", "expect", "reason", "who", "date"]
            }
            Table::Exclusions => &["publication", "reason", "who", "date"],
            Table::Agreements => {
                &["id", "partner", "ror", "country", "type", "sector", "unit", "from", "to", "actions", "contact"]
            }
            Table::Partners => &["ror", "name", "country", "spellings", "sector"],
            Table::Exposures => &["country", "exposure", "source"],
            Table::SubjectShares => &["unit", "subject", "share"],
            Table::Submitted => &["ranking", "subject", "figure", "value", "explanation"],
            Table::Visitors => {
                &["id", "name", "direction", "institution", "country", "unit", "from", "to", "purpose", "months"]
            }
            Table::HighlyCited => &[
                "name",
                "given_name",
                "family_name",
                "field",
                "primary",
                "secondary",
                "researcher_id",
                "orcid",
                "year",
            ],
            Table::Awards => &[
                "person",
                "prize",
                "year",
                "share",
                "kind",
                "degree_year",
                "unit",
                "school",
                "department",
                "centre",
                "hospital",
            ],
            Table::Patents => &["family", "number", "year", "office", "cited"],
            Table::Researchers => &[
                "name",
                "given_name",
                "family_name",
                "unit",
                "rank",
                "papers",
                "citations",
                "h_index",
                "h_index_without_self",
                "g_index",
                "fwci",
                "international",
                "first_author",
                "corresponding_author",
                "scopus_ids",
                "orcids",
            ],
            Table::CitationLinks => {
                &["citing", "cited", "created", "timespan", "journal_self", "author_self", "citing_fwci"]
            }
            Table::CitationCounts => &["doi", "eid", "year", "citations", "author_self"],
            Table::DelistedTitles => &["issn", "title", "from"],
            Table::Retractions => &["doi", "nature"],
            Table::TopJournals => &["issn", "category"],
            Table::Areas => &["area", "output"],
            Table::Baselines => &[
                "scheme",
                "field",
                "year",
                "type",
                "window",
                "citations",
                "works",
                "weight",
                "papers",
                "mean_citations",
            ],
            Table::Aggregates => &["name", "papers", "citations", "impact", "top_10", "top_1"],
            Table::Strategies => &[
                "id",
                "name_en",
                "name_fa",
                "lever",
                "units",
                "effect_low",
                "effect_mid",
                "effect_high",
                "cost",
                "currency",
                "lead_years",
                "capacity",
                "total",
                "requires",
                "excludes",
                "synergies",
                "owner_en",
                "owner_fa",
                "note",
            ],
            Table::Standards => &[
                "version",
                "standard",
                "domain",
                "area",
                "area_en",
                "sub_area",
                "text_en",
                "text_fa",
                "kind",
                "measures",
                "evidence",
                "valid_from",
                "valid_to",
            ],
            Table::StandardsCrosswalk => &["from_version", "from_code", "to_version", "to_code"],
            Table::Ratings => &[
                "unit",
                "round",
                "standard",
                "side",
                "rater",
                "level",
                "evidence",
                "finding",
                "recommendation",
                "reply",
            ],
            Table::EvidenceRegister => &["unit", "standard", "document", "owner", "due", "received", "file"],
            Table::Evaluators => &[
                "evaluator",
                "name",
                "unit",
                "rank",
                "service",
                "areas",
                "certificates",
                "languages",
                "past_panels",
                "most_panels",
            ],
            Table::EvaluatorTies => &["evaluator", "unit", "tie", "until"],
            Table::PanelVisits => &["unit", "members", "areas", "leaders", "day"],
            Table::Regulations => &["article", "title", "standards", "owner", "due", "done"],
        }
    }

    /// Whether an office fills the sheet by hand, with separator rows, totals and columns of its own.
    pub fn is_office_sheet(self) -> bool {
        matches!(
            self,
            Table::Staff | Table::Students | Table::Degrees | Table::Finance | Table::Agreements | Table::Visitors
        )
    }

    /// Whether the sheet holds decisions: it is looked for in `overrides/` alone.
    pub fn is_override(self) -> bool {
        matches!(self, Table::AttributionOverrides | Table::Exclusions)
    }

    /// Whether rows can be read before the units are known.
    pub fn is_free_of_units(self) -> bool {
        matches!(self, Table::Journals | Table::Records)
    }
}
