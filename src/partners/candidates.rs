//! Institutions abroad that are no sustained partners of a unit and could be.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::partners::agreement_state::{AgreementState, State};
use crate::model::partners::candidate::Candidate;
use crate::model::partners::tie::Whereabouts;
use crate::model::research_network::SUSTAINED;
use crate::model::unit::UnitIndex;
use crate::partners::corpus::Corpus;
use crate::partners::subjects::{Profile, Subjects, likeness};
use crate::partners::ties::{Sustained, by_partner};

/// Candidates of a unit at most.
const MOST: usize = 20;

/// A paper with more partners than this acquaints nobody with anybody: it makes no ties.
const MANY: usize = 30;

/// Subjects and units named at most.
const NAMED: usize = 3;

/// Candidates of all units in their order, the best first.
pub fn candidates(corpus: &Corpus, subjects: &Subjects, agreements: &[AgreementState]) -> Vec<Candidate> {
    let profiles: Vec<Profile> =
        corpus.of_partner.iter().map(|papers| subjects.profile(papers.iter().copied())).collect();
    let in_force: BTreeMap<u32, &str> = agreements
        .iter()
        .zip(&corpus.identities.of_agreement)
        .filter(|(state, _)| matches!(state.state, State::Active | State::ActiveElsewhere | State::Dormant))
        .filter_map(|(state, partner)| partner.map(|partner| (partner, state.agreement.as_str())))
        .collect();
    let search = Search { corpus, subjects, profiles: &profiles, in_force: &in_force };
    let units = corpus.holdings.of_unit.len();
    let found: Vec<Vec<Candidate>> = (0..units).into_par_iter().map(|unit| search.of_unit(unit)).collect();
    found.into_iter().flatten().collect()
}

struct Search<'a> {
    corpus: &'a Corpus<'a>,
    subjects: &'a Subjects,
    profiles: &'a [Profile],
    in_force: &'a BTreeMap<u32, &'a str>,
}

impl Search<'_> {
    fn of_unit(&self, unit: usize) -> Vec<Candidate> {
        let corpus = self.corpus;
        let own = self.subjects.profile(corpus.holdings.of_unit[unit].iter().copied());
        let joint: BTreeMap<u32, usize> =
            by_partner(corpus, unit).into_iter().map(|(partner, places)| (partner, places.len())).collect();
        let sustained = Sustained::of(corpus, joint.iter().map(|(partner, papers)| (*partner, *papers)));
        let may_be = |partner: &u32| {
            let identity = &corpus.identities.partners[*partner as usize];
            !identity.company
                && identity.whereabouts == Whereabouts::Abroad
                && joint.get(partner).is_none_or(|papers| *papers < SUSTAINED as usize)
                && !corpus.of_partner[*partner as usize].is_empty()
        };
        let partners = (0..corpus.identities.partners.len() as u32).filter(may_be);
        let mut found: Vec<(f64, u32, Candidate)> = partners
            .filter_map(|partner| {
                let candidate = self.weigh(unit, partner, (&own, &joint, &sustained))?;
                Some((candidate.score, partner, candidate))
            })
            .collect();
        found.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| b.2.papers_of_university.cmp(&a.2.papers_of_university))
                .then_with(|| a.2.partner.cmp(&b.2.partner))
        });
        found.truncate(MOST);
        let mut place = 0;
        found
            .into_iter()
            .map(|(_, partner, candidate)| {
                place += 1;
                self.told(unit, partner, Candidate { place, ..candidate }, &own)
            })
            .collect()
    }

    /// The numbers of a candidate; `None` where it has nothing in common with the unit or its impact is not known.
    fn weigh(
        &self,
        unit: usize,
        partner: u32,
        (own, joint, sustained): (&Profile, &BTreeMap<u32, usize>, &Sustained),
    ) -> Option<Candidate> {
        let corpus = self.corpus;
        let identity = &corpus.identities.partners[partner as usize];
        let papers = &corpus.of_partner[partner as usize];
        let overlap = likeness(own, &self.profiles[partner as usize]);
        let (impact, with_impact) = corpus.mean_impact(papers.iter().copied());
        let impact = impact?;
        if overlap <= 0.0 || impact <= 0.0 {
            return None;
        }
        let gain = sustained.gain(&identity.country);
        let mut between: BTreeMap<u32, u64> = BTreeMap::new();
        let of_few = |paper: &&u32| corpus.identities.of_paper[**paper as usize].len() <= MANY;
        for &paper in papers.iter().filter(of_few) {
            for &other in &corpus.identities.of_paper[paper as usize] {
                if other != partner && joint.contains_key(&other) {
                    *between.entry(other).or_default() += 1;
                }
            }
        }
        let key = |partner: u32| corpus.identities.partners[partner as usize].key.as_str();
        let through = between.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| key(*b.0).cmp(key(*a.0))));
        let ties = between.len() as u64;
        let strength = impact / (1.0 + impact);
        let (network, near) = (1.0 + gain.max(0.0), 1.0 + libm::log(1.0 + ties as f64));
        let new_country = !sustained.countries.contains_key(&identity.country);
        // What lifts the product most; a strength of one half and an overlap of one half lift as much as nothing does.
        let factors = [
            ("new_country", if new_country { network } else { 1.0 }),
            ("ties", near),
            ("impact", 2.0 * strength),
            ("overlap", 2.0 * overlap),
        ];
        let reason = factors.iter().fold(factors[3], |best, one| if one.1 > best.1 { *one } else { best }).0;
        Some(Candidate {
            unit: corpus.unit_id(unit).to_owned(),
            place: 0,
            partner: identity.key.clone(),
            name: identity.name.clone(),
            country: identity.country.clone(),
            score: overlap * strength * network * near,
            overlap,
            impact,
            with_impact,
            gain,
            new_country,
            ties,
            through_partner: through
                .map_or_else(String::new, |(other, _)| corpus.identities.partners[*other as usize].name.clone()),
            through_units: String::new(),
            papers: joint.get(&partner).copied().unwrap_or(0) as u64,
            papers_of_university: papers.len() as u64,
            subjects: String::new(),
            agreement: self.in_force.get(&partner).map_or_else(String::new, |id| (*id).to_owned()),
            reason,
        })
    }

    /// With what is only told: whom to ask, and in which subjects.
    fn told(&self, unit: usize, partner: u32, candidate: Candidate, own: &Profile) -> Candidate {
        let corpus = self.corpus;
        let units = &corpus.results.tables.units;
        let index = UnitIndex(unit as u32);
        let related = |other: UnitIndex| {
            units.ancestors(index).binary_search(&other).is_ok()
                || units.descendants(index).binary_search(&other).is_ok()
        };
        let papers = &corpus.of_partner[partner as usize];
        let mut through: Vec<(u64, &str)> = units
            .iter()
            .filter(|(other, _)| !related(*other))
            .map(|(other, found)| {
                (papers.iter().filter(|paper| corpus.holds(other.at(), **paper)).count() as u64, found.id.as_str())
            })
            .filter(|(papers, _)| *papers > 0)
            .collect();
        through.sort_by_key(|(papers, _)| std::cmp::Reverse(*papers));
        let theirs = &self.profiles[partner as usize];
        let mut common: Vec<(u64, &str)> = theirs
            .iter()
            .filter_map(|(subject, count)| {
                Some((count.min(own.get(subject)?).to_owned(), self.subjects.names[*subject as usize].as_str()))
            })
            .collect();
        common.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let first =
            |list: Vec<(u64, &str)>| list.iter().take(NAMED).map(|(_, name)| *name).collect::<Vec<_>>().join(";");
        Candidate { through_units: first(through), subjects: first(common), ..candidate }
    }
}
