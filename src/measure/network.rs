//! The international research network (QS): partners sustained over the window, by area.

use rustc_hash::FxHashMap;

use crate::measure::publication::Cohort;
use crate::model::evidence::{Evidence, Fold, Part, Subject, Term};
use crate::model::measure::{Reason, Status};

/// Joint papers from which a partner counts in the research network (QS: three within the window).
pub const SUSTAINED: u32 = 3;

impl Cohort<'_> {
    /// Mean over areas of L / ln P, scaled by the edition's anchors to 1–100: P foreign universities with at least three
    /// joint papers in the area, L their countries (QS, support article 360021865579). One partner has no index (ln 1 = 0)
    /// and counts as raw 0. Partners are told apart by printed name: a proxy. The rows are the publications with a foreign
    /// partner; their figure is the number of partners.
    pub(super) fn research_network(&self) -> Evidence {
        let Some(counting) = self.scope.counting().filter(|counting| !counting.irn_scale.is_empty()) else {
            return Evidence::missing(Reason::NotSupplied);
        };
        if self.input.tables.journals.is_empty()
            || !self.held.iter().any(|held| self.item(held).international.is_some())
        {
            return Evidence::missing(Reason::NotSupplied);
        }
        let parts = counting.irn_scale.iter().map(|(area, [at_1, at_100])| {
            let known = self.scope.areas.iter().position(|name| *name == area.as_str());
            let (partners, countries) = known.map_or((0, 0), |index| self.network_of(index as u8));
            let index = if partners < 2 { 0.0 } else { countries as f64 / libm::log(partners as f64) };
            let scaled = (1.0 + 99.0 * (index - at_1) / (at_100 - at_1)).clamp(1.0, 100.0);
            Part { area: area.clone(), partners, countries, index, scaled }
        });
        let parts = parts.collect();
        let partners = |publication: u32| self.scope.works.partners_of[publication as usize].len();
        let terms = (self.held.iter())
            .filter(|held| partners(held.publication) > 0)
            .map(|held| Term::weighted(Subject::Publication(held.publication), 1.0, partners(held.publication) as f64))
            .collect();
        Evidence { parts, ..Evidence::known(terms, Fold::MeanOfParts, self.n(), Status::Proxy) }
    }

    /// Sustained partners in an area, and their countries.
    fn network_of(&self, area: u8) -> (usize, usize) {
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
        (sustained.len(), countries.len())
    }
}
