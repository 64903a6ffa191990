//! Measures over publications: each is a list of terms, and its value is what they add up to.

use crate::measure::Input;
use crate::measure::holdings::{Held, Holdings};
use crate::measure::scope::Scope;
use crate::model::assessment::Counting;
use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::ledger::Share;
use crate::model::measure::{Reason, Status};
use crate::model::publication::{Publication, PublicationIndex};

/// A publication measure over one unit's counted publications.
type Measure = fn(&Cohort) -> Evidence;

/// All publication measures that are worked out, by code.
pub const MEASURES: [(&str, Measure); 20] = [
    ("publications", |cohort| cohort.count()),
    ("publications_last_year", |cohort| cohort.count()),
    ("publications_fractional", |cohort| cohort.fractional()),
    ("citations", |cohort| cohort.citations()),
    ("h_index", |cohort| cohort.h_index()),
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
    ("international_publications", |cohort| cohort.international()),
    ("first_quartile_publications", |cohort| cohort.first_quartile()),
    ("area_weighted_citations", |cohort| cohort.area_weighted_citations()),
    ("international_research_network", |cohort| cohort.research_network()),
    ("listed_journal_points", |cohort| cohort.listed_journal_points()),
];

/// The rows of one measure of one unit; missing where the code is not among [`MEASURES`].
pub fn evidence(input: Input, scope: &Scope, code: &str, holdings: &Holdings) -> Evidence {
    let Some((_, measure)) = MEASURES.iter().find(|(name, _)| *name == code) else {
        return Evidence::missing(Reason::NotSupplied);
    };
    if input.publications.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let held = holdings.held.iter().filter(|held| scope.counts[held.publication as usize]).collect();
    measure(&Cohort { input, scope, held })
}

/// The counted publications of one unit under one scope.
pub struct Cohort<'a> {
    pub(super) input: Input<'a>,
    pub(super) scope: &'a Scope<'a>,
    pub(super) held: Vec<&'a Held>,
}

/// The publication as the subject of a term.
fn subject(held: &Held) -> Subject {
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
        let authors = self.input.publications.authors_of(PublicationIndex(held.publication)).len();
        self.scope.weight(held.positions.len(), authors)
    }

    /// How much of a publication's citations the unit counts: all of them, or by policy its share.
    fn citation_weight(&self, held: &Held) -> f64 {
        if self.is_fractional() { Share(held.share).as_f64() } else { 1.0 }
    }

    pub(super) fn n(&self) -> u64 {
        self.held.len() as u64
    }

    /// Σ of the weights of the publications that `take` accepts, in publication order.
    fn weighted(&self, take: impl Fn(&Held) -> bool, n: u64) -> Evidence {
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

    /// Σ citations to date, whole counting. Exports give no citations by year, so an edition's citation window cannot be
    /// cut: there the value is a proxy.
    fn citations(&self) -> Evidence {
        let known = self.held.iter().filter_map(|held| Some((held, self.item(held).citations?)));
        let terms: Vec<Term> = known
            .map(|(held, citations)| Term::weighted(subject(held), self.citation_weight(held), citations as f64))
            .collect();
        if terms.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        Evidence::known(terms, Fold::Sum, self.n(), self.to_date())
    }

    fn to_date(&self) -> Status {
        if self.scope.edition.is_some() { Status::Proxy } else { Status::Computed }
    }

    /// The largest h with h publications of at least h citations (Hirsch 2005, doi 10.1073/pnas.0507655102). The h most
    /// cited bring one each, the others nothing.
    fn h_index(&self) -> Evidence {
        let known = self.held.iter().filter_map(|held| Some((*held, self.item(held).citations?)));
        let mut ranked: Vec<(&Held, i64)> = known.collect();
        if ranked.is_empty() && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        ranked.sort_by_key(|(held, citations)| (std::cmp::Reverse(*citations), held.publication));
        let h = ranked.iter().enumerate().take_while(|(index, (_, count))| *count > *index as i64).count();
        let term = |(index, (held, citations)): (usize, &(&Held, i64))| {
            let amount = if index < h { 1.0 } else { 0.0 };
            Term { subject: subject(held), weight: 1.0, figure: *citations as f64, amount }
        };
        Evidence::known(ranked.iter().enumerate().map(term).collect(), Fold::Sum, self.n(), self.to_date())
    }

    /// Publications with an affiliation abroad. Missing where no publication tells its countries.
    fn international(&self) -> Evidence {
        let known = self.held.iter().filter(|held| self.item(held).international.is_some()).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        self.weighted(|held| self.item(held).international == Some(true), known)
    }

    /// Publications in journals whose best quartile is the first. Missing without a journal list.
    fn first_quartile(&self) -> Evidence {
        let journals = &self.input.tables.journals;
        if journals.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let quartile =
            |held: &Held| self.item(held).listed_journal.and_then(|journal| journals[journal as usize].quartile);
        self.weighted(|held| quartile(held) == Some(1), self.n())
    }

    /// Σ of citations × area weight; a publication counts in every area of its journal (QS, support article
    /// 360019107160). Self-citations cannot be taken out of exports without citing papers: a proxy.
    fn area_weighted_citations(&self) -> Evidence {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.area_weights.is_empty()) else {
            return Evidence::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let term = |held: &&Held| {
            let areas = self.scope.areas_of[held.publication as usize].iter();
            let weight = areas.fold(0.0, |sum, &area| sum + counting.area_weights[self.scope.areas[usize::from(area)]]);
            let citations = self.item(held).citations.unwrap_or(0) as f64;
            Term::weighted(subject(held), self.citation_weight(held) * weight, citations)
        };
        Evidence::known(self.held.iter().map(term).collect(), Fold::Sum, self.n(), Status::Proxy)
    }

    /// Points of articles in the edition's listed journals by author order (ARWU N&S): corresponding, first, next, other;
    /// the unit's best weight once per paper. The first author counts as "next" where they are the corresponding one.
    fn listed_journal_points(&self) -> Evidence {
        let Some((counting, weights)) = self.scope.counting().and_then(|c| c.author_order_weights.map(|w| (c, w)))
        else {
            return Evidence::missing(Reason::NotSupplied);
        };
        let listed = |held: &&&Held| self.item(held).issns.iter().any(|issn| counting.listed_journals.contains(issn));
        let points = |held: &Held| {
            let corresponding = self.corresponding_position(held);
            let first = if corresponding == Some(1) { 2 } else { 1 };
            let weight_of = |position: u32| match position {
                position if Some(position) == corresponding => weights[0],
                position if position == first => weights[1],
                position if position == first + 1 => weights[2],
                _ => weights[3],
            };
            held.positions.iter().map(|&position| weight_of(position)).fold(0.0, f64::max)
        };
        let terms: Vec<Term> =
            (self.held.iter().filter(listed)).map(|held| Term::weighted(subject(held), points(held), 1.0)).collect();
        let n = terms.len() as u64;
        Evidence::known(terms, Fold::Sum, n, Status::Computed)
    }

    /// Position of the author whose printed name opens the correspondence address.
    fn corresponding_position(&self, held: &Held) -> Option<u32> {
        let address = self.item(held).correspondence.as_deref()?;
        let name = address.split(';').next().unwrap_or_default().trim();
        let authors = self.input.publications.authors_of(PublicationIndex(held.publication));
        let plain =
            |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(name);
        authors
            .iter()
            .position(|author| !wanted.is_empty() && plain(&author.name) == wanted)
            .map(|index| index as u32 + 1)
    }
}
