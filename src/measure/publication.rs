//! Measures over publications: each is a list of terms, and its value is what they add up to.

use crate::measure::Input;
use crate::measure::holdings::{Held, Holdings};
use crate::measure::scope::Scope;
use crate::model::assessment::Counting;
use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::ledger::Share;
use crate::model::measure::{Reason, Status};
use crate::model::publication::{Publication, PublicationIndex};
use crate::model::unit::UnitIndex;

/// A publication measure over one unit's counted publications.
type Measure = fn(&Cohort) -> Evidence;

/// All publication measures that are worked out, by code.
pub const MEASURES: [(&str, Measure); 51] = [
    ("publications", |cohort| cohort.count()),
    ("publications_last_year", |cohort| cohort.count()),
    ("publications_fractional", |cohort| cohort.fractional()),
    ("citations", |cohort| cohort.citations()),
    ("citations_without_self", |cohort| cohort.citations_without_self()),
    ("citations_without_unit_self", |cohort| cohort.citations_without_unit_self()),
    ("self_citations", |cohort| cohort.self_citations()),
    ("area_weighted_citations", |cohort| cohort.area_weighted_citations()),
    ("h_index", |cohort| cohort.h_index()),
    ("h5_index", |cohort| cohort.h5_index()),
    ("g_index", |cohort| cohort.g_index()),
    ("a_index", |cohort| cohort.a_index()),
    ("r_index", |cohort| cohort.r_index()),
    ("m_quotient", |cohort| cohort.m_quotient()),
    ("i10_index", |cohort| cohort.i10_index()),
    ("qs_h_index", |cohort| cohort.qs_h_index()),
    ("mean_fwci", |cohort| cohort.mean_impact()),
    ("fwci_75th_percentile", |cohort| cohort.impact_quartile()),
    ("top_1_percent_publications", |cohort| cohort.top(1)),
    ("top_5_percent_publications", |cohort| cohort.top(5)),
    ("top_10_percent_publications", |cohort| cohort.top(10)),
    ("top_50_percent_publications", |cohort| cohort.top(50)),
    ("total_normalised_citations", |cohort| cohort.total_normalised()),
    ("mean_normalised_citations", |cohort| cohort.mean_normalised()),
    ("category_normalised_citation_impact", |cohort| cohort.category_normalised()),
    ("mean_percentile", |cohort| cohort.mean_percentile()),
    ("mean_citation_importance", |cohort| cohort.mean_importance()),
    ("international_publications", |cohort| cohort.international()),
    ("collaboration_publications", |cohort| cohort.collaboration()),
    ("national_collaboration_publications", |cohort| cohort.national()),
    ("institutional_collaboration_publications", |cohort| cohort.institutional()),
    ("industry_publications", |cohort| cohort.industry()),
    ("sustained_partners", |cohort| cohort.sustained_partners()),
    ("sustained_partner_countries", |cohort| cohort.sustained_partner_countries()),
    ("research_network_index", |cohort| cohort.network()),
    ("international_research_network", |cohort| cohort.research_network()),
    ("first_author_publications", |cohort| cohort.first_author()),
    ("corresponding_author_publications", |cohort| cohort.corresponding_author()),
    ("lead_author_publications", |cohort| cohort.lead_author()),
    ("first_quartile_publications", |cohort| cohort.quartile(1)),
    ("second_quartile_publications", |cohort| cohort.quartile(2)),
    ("third_quartile_publications", |cohort| cohort.quartile(3)),
    ("fourth_quartile_publications", |cohort| cohort.quartile(4)),
    ("category_first_quartile_publications", |cohort| cohort.first_quartile_by_category()),
    ("top_journal_publications", |cohort| cohort.top_journals()),
    ("listed_journal_points", |cohort| cohort.listed_journal_points()),
    ("credited_publications", |cohort| cohort.credited()),
    ("hyper_authored_publications", |cohort| cohort.hyper_authored()),
    ("retracted_publications", |cohort| cohort.retracted()),
    ("delisted_journal_publications", |cohort| cohort.delisted()),
    ("multi_affiliation_publications", |cohort| cohort.multi_affiliated()),
];

/// The rows of one measure of one unit; missing where the code is not among [`MEASURES`].
pub fn evidence(input: Input, scope: &Scope, code: &str, holdings: &Holdings) -> Evidence {
    let Some((_, measure)) = MEASURES.iter().find(|(name, _)| *name == code) else {
        return Evidence::missing(Reason::NotSupplied);
    };
    if input.publications.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    measure(&cohort(input, scope, holdings))
}

/// The counted publications of one unit under one scope.
pub fn cohort<'a>(input: Input<'a>, scope: &'a Scope<'a>, holdings: &'a Holdings) -> Cohort<'a> {
    let held = holdings.held.iter().filter(|held| scope.counts[held.publication as usize]).collect();
    Cohort { input, scope, held, all: &holdings.held, unit: holdings.unit }
}

/// The counted publications of one unit under one scope.
pub struct Cohort<'a> {
    pub(super) input: Input<'a>,
    pub(super) scope: &'a Scope<'a>,
    /// Those that count, in publication order.
    pub held: Vec<&'a Held>,
    /// All that the unit holds, whatever their year and type.
    pub(super) all: &'a [Held],
    pub(super) unit: UnitIndex,
}

/// The publication as the subject of a term.
pub(super) fn subject(held: &Held) -> Subject {
    Subject::Publication(held.publication)
}

impl Cohort<'_> {
    pub(super) fn item(&self, held: &Held) -> &Publication {
        &self.input.publications.items[held.publication as usize]
    }

    fn is_fractional(&self) -> bool {
        self.input.assessment.policy.counting == Counting::Fractional
    }

    /// How much of a publication the unit counts: by the edition's rule, or by policy its share.
    pub(super) fn weight(&self, held: &Held) -> f64 {
        if self.is_fractional() {
            return Share(held.share).as_f64();
        }
        self.scope.weight(held.positions.len(), self.authors(held))
    }

    /// Number of authors of a publication, of all units and none.
    pub(super) fn authors(&self, held: &Held) -> usize {
        self.input.publications.authors_of(PublicationIndex(held.publication)).len()
    }

    /// How much of a publication's citations the unit counts: all of them, or by policy its share.
    pub(super) fn citation_weight(&self, held: &Held) -> f64 {
        if self.is_fractional() { Share(held.share).as_f64() } else { 1.0 }
    }

    pub(super) fn n(&self) -> u64 {
        self.held.len() as u64
    }

    /// Σ of the weights of the publications that `take` accepts, in publication order.
    pub(super) fn weighted(&self, take: impl Fn(&Held) -> bool, n: u64) -> Evidence {
        let taken = self.held.iter().filter(|held| take(held));
        let terms = taken.map(|held| Term::weighted(subject(held), self.weight(held), 1.0)).collect();
        Evidence::known(terms, Fold::Sum, n, Status::Computed)
    }

    /// Publications, each once, with the edition's credit for papers of very many authors.
    fn count(&self) -> Evidence {
        self.weighted(|_| true, self.n())
    }

    /// Σ of fractional shares; summed as integers, so exact.
    fn fractional(&self) -> Evidence {
        let term = |held: &&Held| Term {
            subject: subject(held),
            weight: Share(held.share).as_f64(),
            figure: 1.0,
            amount: held.share as f64,
        };
        Evidence::known(self.held.iter().map(term).collect(), Fold::Shares, self.n(), Status::Computed)
    }
}
