//! Measures over publications.

use rustc_hash::FxHashMap;

use crate::measure::Input;
use crate::measure::holdings::{Held, Holdings};
use crate::measure::scope::Scope;
use crate::model::ledger::Share;
use crate::model::measure::{MeasuredValue, Reason, Status};
use crate::model::publication::{Publication, PublicationIndex};

/// Joint papers from which a partner counts in the research network (QS: three within the window).
const SUSTAINED: u32 = 3;

/// A publication measure over one unit's counted publications.
type Measure = fn(&Cohort) -> MeasuredValue;

/// All publication measures that are worked out, by code.
pub const MEASURES: [(&str, Measure); 13] = [
    ("publications", |cohort| cohort.count()),
    ("publications_last_year", |cohort| cohort.count()),
    ("publications_fractional", |cohort| cohort.fractional()),
    ("citations", |cohort| cohort.citations()),
    ("h_index", |cohort| cohort.h_index()),
    ("mean_fwci", |cohort| cohort.mean_impact()),
    ("fwci_75th_percentile", |cohort| cohort.impact_quartile()),
    ("top_10_percent_publications", |cohort| cohort.top_tenth()),
    ("international_publications", |cohort| cohort.international()),
    ("first_quartile_publications", |cohort| cohort.first_quartile()),
    ("area_weighted_citations", |cohort| cohort.area_weighted_citations()),
    ("international_research_network", |cohort| cohort.research_network()),
    ("listed_journal_points", |cohort| cohort.listed_journal_points()),
];

/// The value of one measure of one unit; missing where the code is not among [`MEASURES`].
pub fn value(input: Input, scope: &Scope, code: &str, holdings: &Holdings) -> MeasuredValue {
    let Some((_, measure)) = MEASURES.iter().find(|(name, _)| *name == code) else {
        return MeasuredValue::missing(Reason::NotSupplied);
    };
    if input.publications.is_empty() {
        return MeasuredValue::missing(Reason::NotSupplied);
    }
    let held = holdings.held.iter().filter(|held| scope.counts[held.publication as usize]).collect();
    measure(&Cohort { input, scope, held })
}

/// The counted publications of one unit under one scope.
pub struct Cohort<'a> {
    input: Input<'a>,
    scope: &'a Scope<'a>,
    held: Vec<&'a Held>,
}

impl Cohort<'_> {
    fn item(&self, held: &Held) -> &Publication {
        &self.input.publications.items[held.publication as usize]
    }

    fn weight(&self, held: &Held) -> f64 {
        let authors = self.input.publications.authors_of(PublicationIndex(held.publication)).len();
        self.scope.weight(held.positions.len(), authors)
    }

    /// Σ of weights of the publications that `take` accepts, in publication order.
    fn weighted(&self, take: impl Fn(&Held) -> bool) -> f64 {
        self.held.iter().filter(|held| take(held)).map(|held| self.weight(held)).sum()
    }

    fn n(&self) -> u64 {
        self.held.len() as u64
    }

    /// Publications, each once, with the edition's credit for papers of very many authors.
    fn count(&self) -> MeasuredValue {
        MeasuredValue::known(self.weighted(|_| true), self.n(), Status::Computed)
    }

    /// Σ of fractional shares; summed as integers, so exact.
    fn fractional(&self) -> MeasuredValue {
        let total: u128 = self.held.iter().map(|held| u128::from(held.share)).sum();
        MeasuredValue::known(total as f64 / Share::WHOLE.0 as f64, self.n(), Status::Computed)
    }

    /// Σ citations to date, whole counting. Exports give no citations by year, so an edition's citation window cannot be
    /// cut: there the value is a proxy.
    fn citations(&self) -> MeasuredValue {
        let known: Vec<i64> = self.held.iter().filter_map(|held| self.item(held).citations).collect();
        if known.is_empty() && !self.held.is_empty() {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        MeasuredValue::known(known.iter().sum::<i64>() as f64, self.n(), self.to_date())
    }

    fn to_date(&self) -> Status {
        if self.scope.edition.is_some() { Status::Proxy } else { Status::Computed }
    }

    /// The largest h with h publications of at least h citations (Hirsch 2005, doi 10.1073/pnas.0507655102).
    fn h_index(&self) -> MeasuredValue {
        let mut citations: Vec<i64> = self.held.iter().filter_map(|held| self.item(held).citations).collect();
        if citations.is_empty() && !self.held.is_empty() {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        citations.sort_unstable_by(|a, b| b.cmp(a));
        let h = citations.iter().enumerate().take_while(|(index, count)| **count > *index as i64).count();
        MeasuredValue::known(h as f64, self.n(), self.to_date())
    }

    /// Values of a per-publication array with their weights, where known.
    fn known(&self, values: &[Option<f64>]) -> Vec<(f64, f64)> {
        self.held
            .iter()
            .filter_map(|held| values[held.publication as usize].map(|value| (value, self.weight(held))))
            .collect()
    }

    /// Mean field-weighted citation impact, Σ w·FWCI / Σ w.
    fn mean_impact(&self) -> MeasuredValue {
        let known = self.known(&self.scope.works.impact);
        let weight: f64 = known.iter().map(|(_, weight)| weight).sum();
        if weight == 0.0 {
            return MeasuredValue::missing(Reason::ZeroDenominator);
        }
        let sum: f64 = known.iter().map(|(value, weight)| value * weight).sum();
        MeasuredValue::known(sum / weight, known.len() as u64, Status::Proxy)
    }

    /// 75th percentile of FWCI (linear between ranks, type 7 of Hyndman and Fan 1996).
    fn impact_quartile(&self) -> MeasuredValue {
        let mut values: Vec<f64> = self.known(&self.scope.works.impact).into_iter().map(|(value, _)| value).collect();
        if values.is_empty() {
            return MeasuredValue::missing(Reason::ZeroDenominator);
        }
        values.sort_unstable_by(f64::total_cmp);
        let position = 0.75 * (values.len() - 1) as f64;
        let (below, part) = (position.floor() as usize, position.fract());
        let above = values[(below + 1).min(values.len() - 1)];
        MeasuredValue::known(values[below] + part * (above - values[below]), values.len() as u64, Status::Proxy)
    }

    /// Publications among the most cited tenth of their field, year and type.
    fn top_tenth(&self) -> MeasuredValue {
        let known = self.known(&self.scope.works.top_tenth);
        let sum = known.iter().map(|(value, weight)| value * weight).sum();
        MeasuredValue::known(sum, known.len() as u64, Status::Proxy)
    }

    /// Publications with an affiliation abroad. Missing where no publication tells its countries.
    fn international(&self) -> MeasuredValue {
        let known = self.held.iter().filter(|held| self.item(held).international.is_some()).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        let value = self.weighted(|held| self.item(held).international == Some(true));
        MeasuredValue::known(value, known, Status::Computed)
    }

    /// Publications in journals whose best quartile is the first. Missing without a journal list.
    fn first_quartile(&self) -> MeasuredValue {
        let journals = &self.input.tables.journals;
        if journals.is_empty() {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        let quartile =
            |held: &Held| self.item(held).listed_journal.and_then(|journal| journals[journal as usize].quartile);
        MeasuredValue::known(self.weighted(|held| quartile(held) == Some(1)), self.n(), Status::Computed)
    }

    /// Σ over areas of citations × area weight; a publication counts in every area of its journal (QS, support article
    /// 360019107160). Self-citations cannot be taken out of exports without citing papers: a proxy.
    fn area_weighted_citations(&self) -> MeasuredValue {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.area_weights.is_empty()) else {
            return MeasuredValue::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty() {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        let mut citations = vec![0_i64; self.scope.areas.len()];
        for held in &self.held {
            for &area in &self.scope.areas_of[held.publication as usize] {
                citations[usize::from(area)] += self.item(held).citations.unwrap_or(0);
            }
        }
        let weighted = self
            .scope
            .areas
            .iter()
            .zip(citations)
            .map(|(area, citations)| citations as f64 * counting.area_weights[*area]);
        MeasuredValue::known(weighted.sum(), self.n(), Status::Proxy)
    }

    /// Mean over areas of L / ln P, scaled by the edition's anchors to 1–100: P foreign universities with at least three
    /// joint papers in the area, L their countries (QS, support article 360021865579). One partner has no index (ln 1 = 0)
    /// and counts as raw 0. Partners are told apart by printed name: a proxy.
    fn research_network(&self) -> MeasuredValue {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.irn_scale.is_empty()) else {
            return MeasuredValue::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty()
            || !self.held.iter().any(|held| self.item(held).international.is_some())
        {
            return MeasuredValue::missing(Reason::NotSupplied);
        }
        let mut sum = 0.0;
        for (area, [at_1, at_100]) in &counting.irn_scale {
            let raw = self
                .scope
                .areas
                .iter()
                .position(|name| *name == area.as_str())
                .map_or(0.0, |index| self.network_of(index as u8));
            sum += (1.0 + 99.0 * (raw - at_1) / (at_100 - at_1)).clamp(1.0, 100.0);
        }
        MeasuredValue::known(sum / counting.irn_scale.len() as f64, self.n(), Status::Proxy)
    }

    fn network_of(&self, area: u8) -> f64 {
        let mut joint: FxHashMap<u32, u32> = FxHashMap::default();
        for held in &self.held {
            if self.scope.areas_of[held.publication as usize].contains(&area) {
                for &partner in &self.scope.works.partners_of[held.publication as usize] {
                    *joint.entry(partner).or_default() += 1;
                }
            }
        }
        let sustained: Vec<u32> =
            joint.into_iter().filter(|(_, papers)| *papers >= SUSTAINED).map(|(partner, _)| partner).collect();
        let mut countries: Vec<u32> =
            sustained.iter().map(|&partner| self.scope.works.partner_country[partner as usize]).collect();
        countries.sort_unstable();
        countries.dedup();
        if sustained.len() < 2 { 0.0 } else { countries.len() as f64 / libm::log(sustained.len() as f64) }
    }

    /// Points of articles in the edition's listed journals by author order (ARWU N&S): corresponding, first, next, other;
    /// the unit's best weight once per paper. The first author counts as "next" where they are the corresponding one.
    fn listed_journal_points(&self) -> MeasuredValue {
        let Some((counting, weights)) = self.scope.counting().and_then(|c| c.author_order_weights.map(|w| (c, w)))
        else {
            return MeasuredValue::missing(Reason::NotSupplied);
        };
        let mut points = 0.0;
        let mut papers = 0;
        for held in &self.held {
            let item = self.item(held);
            if !item.issns.iter().any(|issn| counting.listed_journals.contains(issn)) {
                continue;
            }
            papers += 1;
            let corresponding = self.corresponding_position(held);
            let first = if corresponding == Some(1) { 2 } else { 1 };
            let weight_of = |position: u32| match position {
                position if Some(position) == corresponding => weights[0],
                position if position == first => weights[1],
                position if position == first + 1 => weights[2],
                _ => weights[3],
            };
            points += held.positions.iter().map(|&position| weight_of(position)).fold(0.0, f64::max);
        }
        MeasuredValue::known(points, papers, Status::Computed)
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
