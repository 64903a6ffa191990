//! Measures of collaboration: across countries, organisations and with industry, and partners sustained over the window.
//!
//! Full counting only (CWTS Leiden Ranking): a joint publication is joint for each of its units.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::measure::holdings::Held;
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{Evidence, Fold, Part, Term};
use crate::model::measure::{MeasuredValue, Reason, Status};
pub use crate::model::research_network::{SUSTAINED, network_index};

/// An index on the scale whose `at_1` scores 1 and `at_100` scores 100, kept within.
pub fn scaled(index: f64, [at_1, at_100]: [f64; 2]) -> f64 {
    (1.0 + 99.0 * (index - at_1) / (at_100 - at_1)).clamp(1.0, 100.0)
}

impl Cohort<'_> {
    /// Publications of which `joint` holds. Missing where no publication tells what it needs.
    fn joint(&self, known: impl Fn(&Held) -> bool, joint: impl Fn(&Held) -> bool, status: Status) -> Evidence {
        let known = self.held.iter().filter(|held| known(held)).count() as u64;
        if known == 0 && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        Evidence { status, ..self.weighted(joint, known) }
    }

    fn tells_organisations(&self, held: &Held) -> bool {
        self.item(held).organisations > 0
    }

    /// Publications with an affiliation abroad.
    pub(super) fn international(&self) -> Evidence {
        let known = |held: &Held| self.item(held).international.is_some();
        self.joint(known, |held| self.item(held).international == Some(true), Status::Computed)
    }

    /// Publications of two organisations or more.
    pub(super) fn collaboration(&self) -> Evidence {
        let joint = |held: &Held| self.item(held).organisations > 1;
        self.joint(|held| self.tells_organisations(held), joint, Status::Computed)
    }

    /// Publications of two organisations or more of the home country and none abroad.
    pub(super) fn national(&self) -> Evidence {
        let joint = |held: &Held| {
            let item = self.item(held);
            item.domestic_organisations > 1 && item.international != Some(true)
        };
        self.joint(|held| self.tells_organisations(held), joint, Status::Computed)
    }

    /// Publications of several authors of one organisation.
    pub(super) fn institutional(&self) -> Evidence {
        let joint = |held: &Held| self.item(held).organisations == 1 && self.authors(held) > 1;
        self.joint(|held| self.tells_organisations(held), joint, Status::Computed)
    }

    /// Publications with a company among the affiliations. Companies are told by the words of their names: a proxy.
    pub(super) fn industry(&self) -> Evidence {
        let joint = |held: &Held| !self.item(held).companies.is_empty();
        self.joint(|held| self.tells_organisations(held), joint, Status::Proxy)
    }

    /// Foreign universities with at least three joint publications, all areas together. The rows are the joint
    /// publications; their figure is the number of sustained partners on them. Partners are told apart by printed name.
    pub(super) fn sustained_partners(&self) -> Evidence {
        self.sustained(|partners, _| partners.len() as f64)
    }

    /// The countries of these partners.
    pub(super) fn sustained_partner_countries(&self) -> Evidence {
        self.sustained(|_, countries| countries as f64)
    }

    /// L / ln P of these partners, not scaled.
    pub(super) fn network(&self) -> Evidence {
        self.sustained(|partners, countries| network_index(countries, partners.len()))
    }

    fn sustained(&self, value: impl Fn(&[u32], usize) -> f64) -> Evidence {
        if !self.held.iter().any(|held| self.item(held).international.is_some()) && !self.held.is_empty() {
            return Evidence::missing(Reason::NotSupplied);
        }
        let (partners, countries) = self.partners_where(|_| true);
        let terms = self.partner_terms(|partner| partners.binary_search(&partner).is_ok());
        let index = value(&partners, countries);
        let part = Part { area: "all".to_owned(), partners: partners.len(), countries, index, scaled: index };
        Evidence { parts: vec![part], ..Evidence::known(terms, Fold::MeanOfParts, self.n(), Status::Proxy) }
    }

    /// Mean over areas of [`network_index`], each [`scaled`] by the edition's anchors. The rows are the publications
    /// with a foreign partner; their figure is the number of partners.
    pub(super) fn research_network(&self) -> Evidence {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.irn_scale.is_empty()) else {
            return Evidence::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty()
            || !self.held.iter().any(|held| self.item(held).international.is_some())
        {
            return Evidence::missing(Reason::NotSupplied);
        }
        let parts = counting.irn_scale.iter().map(|(area, anchors)| {
            let known = self.scope.areas.iter().position(|name| *name == area.as_str());
            let (partners, countries) =
                known.map_or((Vec::new(), 0), |index| self.partners_where(|held| self.is_of_area(held, index as u8)));
            let index = network_index(countries, partners.len());
            let scaled = scaled(index, *anchors);
            Part { area: area.clone(), partners: partners.len(), countries, index, scaled }
        });
        let parts = parts.collect();
        let terms = self.partner_terms(|_| true);
        Evidence { parts, ..Evidence::known(terms, Fold::MeanOfParts, self.n(), Status::Proxy) }
    }

    /// Publications with a partner that `take` accepts; their figure is the number of these.
    fn partner_terms(&self, take: impl Fn(u32) -> bool) -> Vec<Term> {
        let count = |held: &Held| {
            self.scope.works.partners_of[held.publication as usize].iter().filter(|&&partner| take(partner)).count()
        };
        let counted = self.held.iter().map(|held| (held, count(held))).filter(|(_, count)| *count > 0);
        counted.map(|(held, count)| Term::weighted(subject(held), 1.0, count as f64)).collect()
    }

    /// Papers with each partner among those that `take` accepts.
    fn joint_papers(&self, take: impl Fn(&Held) -> bool) -> FxHashMap<u32, u32> {
        let mut joint: FxHashMap<u32, u32> = FxHashMap::default();
        for held in self.held.iter().filter(|held| take(held)) {
            for &partner in &self.scope.works.partners_of[held.publication as usize] {
                *joint.entry(partner).or_default() += 1;
            }
        }
        joint
    }

    fn is_of_area(&self, held: &Held, area: u8) -> bool {
        self.scope.areas_of[held.publication as usize].contains(&area)
    }

    /// Partners sustained over the publications that `take` accepts, ascending, and the number of their countries.
    fn partners_where(&self, take: impl Fn(&Held) -> bool) -> (Vec<u32>, usize) {
        let works = self.scope.works;
        let mut sustained: Vec<u32> = self
            .joint_papers(take)
            .into_iter()
            .filter(|(_, papers)| *papers >= SUSTAINED)
            .map(|(partner, _)| partner)
            .collect();
        sustained.sort_unstable();
        let mut countries: Vec<u32> =
            sustained.iter().map(|&partner| works.partner_country[partner as usize]).collect();
        countries.sort_unstable();
        countries.dedup();
        (sustained, countries.len())
    }
}

/// The partners of a unit's papers by area, to which further papers are added: what [`Cohort::research_network`] of all of
/// them together comes to.
#[derive(Debug, Clone)]
pub struct Network {
    areas: Vec<Area>,
    n: u64,
}

/// One area of it.
#[derive(Debug, Clone)]
struct Area {
    /// Its index among the areas of the scope, where that has it.
    index: Option<u8>,
    anchors: [f64; 2],
    /// Papers with each partner.
    joint: FxHashMap<u32, u32>,
    /// How many of them are sustained.
    partners: usize,
    /// The countries of these.
    countries: BTreeSet<u32>,
}

impl Network {
    /// The partners of a cohort that has a research network.
    pub(super) fn of(cohort: &Cohort) -> Network {
        let scale = cohort.scope.counting().into_iter().flat_map(|counting| &counting.irn_scale);
        let area = |(area, anchors): (&String, &[f64; 2])| {
            let index = cohort.scope.areas.iter().position(|name| *name == area.as_str()).map(|index| index as u8);
            let joint = index
                .map_or_else(FxHashMap::default, |index| cohort.joint_papers(|held| cohort.is_of_area(held, index)));
            let sustained = || joint.iter().filter(|(_, papers)| **papers >= SUSTAINED).map(|(partner, _)| *partner);
            let countries = sustained().map(|partner| cohort.scope.works.partner_country[partner as usize]).collect();
            Area { index, anchors: *anchors, partners: sustained().count(), countries, joint }
        };
        Network { areas: scale.map(area).collect(), n: cohort.n() }
    }

    /// With the papers of `more`, which are none of these.
    pub(super) fn with(&self, more: &Cohort) -> MeasuredValue {
        let scaled = self.areas.iter().map(|area| area.with(more));
        let value = scaled.fold(0.0, |sum, scaled| sum + scaled) / self.areas.len().max(1) as f64;
        MeasuredValue::known(value, self.n + more.n(), Status::Proxy)
    }
}

impl Area {
    fn with(&self, more: &Cohort) -> f64 {
        let works = more.scope.works;
        let mut joint: BTreeMap<u32, u32> = BTreeMap::new();
        for held in more.held.iter().filter(|held| self.index.is_some_and(|index| more.is_of_area(held, index))) {
            for &partner in &works.partners_of[held.publication as usize] {
                *joint.entry(partner).or_default() += 1;
            }
        }
        let mut partners = self.partners;
        let mut countries: BTreeSet<u32> = BTreeSet::new();
        for (partner, papers) in joint {
            let before = self.joint.get(&partner).copied().unwrap_or(0);
            if before < SUSTAINED && before + papers >= SUSTAINED {
                partners += 1;
                countries.insert(works.partner_country[partner as usize]);
            }
        }
        let fresh = countries.difference(&self.countries).count();
        scaled(network_index(self.countries.len() + fresh, partners), self.anchors)
    }
}
