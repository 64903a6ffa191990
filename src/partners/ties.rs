//! The collaboration matrix: unit × country, institution and company.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::country;
use crate::model::partners::tie::{PartnerKind, Tie, Whereabouts, slope};
use crate::model::research_network::{SUSTAINED, network_index};
use crate::partners::corpus::Corpus;

/// Joint papers as places in the papers of the unit, ascending.
type Places = Vec<usize>;

/// The ties of all units in their order; of each unit countries first, then institutions, then companies, those with most
/// joint papers first, equals by their key.
pub fn ties(corpus: &Corpus) -> Vec<Tie> {
    let units = corpus.holdings.of_unit.len();
    let of_units: Vec<Vec<Tie>> = (0..units).into_par_iter().map(|unit| of_unit(corpus, unit)).collect();
    of_units.into_iter().flatten().collect()
}

/// The sustained partners abroad of a unit by their countries.
#[derive(Debug, Clone, Default)]
pub struct Sustained {
    /// Partners by country.
    pub countries: BTreeMap<String, BTreeSet<u32>>,
}

impl Sustained {
    /// Of papers with each partner.
    pub fn of(corpus: &Corpus, papers_with: impl IntoIterator<Item = (u32, usize)>) -> Self {
        let mut countries: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (partner, papers) in papers_with {
            let identity = &corpus.identities.partners[partner as usize];
            let counts = !identity.company && identity.whereabouts == Whereabouts::Abroad;
            if counts && papers >= SUSTAINED as usize {
                countries.entry(identity.country.clone()).or_default().insert(partner);
            }
        }
        Sustained { countries }
    }

    /// How many they are.
    pub fn partners(&self) -> usize {
        self.countries.values().map(BTreeSet::len).sum()
    }

    /// L / ln P.
    pub fn index(&self) -> f64 {
        network_index(self.countries.len(), self.partners())
    }

    /// What the index would be less without these partners of one country.
    fn contribution(&self, country: &str, without: usize) -> f64 {
        let there = self.countries.get(country).map_or(0, BTreeSet::len);
        let countries = self.countries.len() - usize::from(there > 0 && there == without);
        self.index() - network_index(countries, self.partners() - without)
    }

    /// What the index would be more with one partner more in a country.
    pub fn gain(&self, country: &str) -> f64 {
        let countries = self.countries.len() + usize::from(!self.countries.contains_key(country));
        network_index(countries, self.partners() + 1) - self.index()
    }
}

/// Papers of a unit with each partner, as places in its papers.
pub fn by_partner(corpus: &Corpus, unit: usize) -> BTreeMap<u32, Places> {
    let mut by_partner: BTreeMap<u32, Places> = BTreeMap::new();
    for (place, &paper) in corpus.holdings.of_unit[unit].iter().enumerate() {
        for &partner in &corpus.identities.of_paper[paper as usize] {
            by_partner.entry(partner).or_default().push(place);
        }
    }
    by_partner
}

fn of_unit(corpus: &Corpus, unit: usize) -> Vec<Tie> {
    let by_partner = by_partner(corpus, unit);
    let sustained = Sustained::of(corpus, by_partner.iter().map(|(partner, places)| (*partner, places.len())));
    let papers = &corpus.holdings.of_unit[unit];
    let total = papers.iter().fold(0, |sum, &paper| sum + corpus.citations(paper));
    let measured = |places: &[usize]| tally(corpus, unit, places, total);
    let mut countries = by_country(corpus, unit, &sustained, &measured);
    let (mut institutions, mut companies) = (Vec::new(), Vec::new());
    for (partner, places) in &by_partner {
        let identity = &corpus.identities.partners[*partner as usize];
        let is_sustained =
            sustained.countries.get(&identity.country).is_some_and(|partners| partners.contains(partner));
        let network = is_sustained.then(|| sustained.contribution(&identity.country, 1));
        let kind = if identity.company { PartnerKind::Company } else { PartnerKind::Institution };
        let tie = Tie {
            kind,
            partner: identity.key.clone(),
            name: identity.name.clone(),
            country: identity.country.clone(),
            whereabouts: identity.whereabouts,
            sustained: is_sustained,
            network,
            ..measured(places)
        };
        if identity.company { &mut companies } else { &mut institutions }.push(tie);
    }
    for list in [&mut countries, &mut institutions, &mut companies] {
        list.sort_by(|a, b| b.papers.cmp(&a.papers).then_with(|| a.partner.cmp(&b.partner)));
    }
    countries.into_iter().chain(institutions).chain(companies).collect()
}

/// Countries abroad as papers name them; the home country with papers that have another organisation there; papers
/// without any country in a row of their own.
fn by_country(corpus: &Corpus, unit: usize, sustained: &Sustained, measured: &dyn Fn(&[usize]) -> Tie) -> Vec<Tie> {
    let home_name = &corpus.results.assessment.institution.country;
    let home = country::meant(home_name).map_or(home_name.as_str(), |known| known.name.get("en"));
    let is_home = |name: &str| name == home;
    let mut abroad: BTreeMap<&str, Places> = BTreeMap::new();
    let (mut at_home, mut unknown) = (Vec::new(), Vec::new());
    for (place, &paper) in corpus.holdings.of_unit[unit].iter().enumerate() {
        let paper = corpus.paper(paper);
        if paper.countries.is_empty() {
            unknown.push(place);
        }
        for name in paper.countries.iter().filter(|name| !is_home(name)) {
            abroad.entry(name).or_default().push(place);
        }
        if paper.domestic_organisations > 1 {
            at_home.push(place);
        }
    }
    let tie = |name: &str, whereabouts: Whereabouts, places: &[usize]| {
        let there = sustained.countries.get(name).map_or(0, BTreeSet::len);
        let code = country::named(name).map(|index| country::countries()[index].code.clone());
        Tie {
            kind: PartnerKind::Country,
            partner: code.unwrap_or_else(|| name.to_owned()),
            name: name.to_owned(),
            country: name.to_owned(),
            whereabouts,
            sustained: there > 0,
            network: (there > 0).then(|| sustained.contribution(name, there)),
            ..measured(places)
        }
    };
    let mut ties: Vec<Tie> = abroad.iter().map(|(name, places)| tie(name, Whereabouts::Abroad, places)).collect();
    ties.extend((!at_home.is_empty()).then(|| tie(home, Whereabouts::Home, &at_home)));
    ties.extend((!unknown.is_empty()).then(|| tie("", Whereabouts::Unknown, &unknown)));
    ties
}

/// What joint papers come to; the partner is yet to be said. `total` are the citations of the unit.
fn tally(corpus: &Corpus, unit: usize, places: &[usize], total: i64) -> Tie {
    let (all, leads) = (&corpus.holdings.of_unit[unit], &corpus.leads[unit]);
    let papers = || places.iter().map(|&place| all[place]);
    let count = |is: &dyn Fn(usize) -> bool| places.iter().filter(|place| is(**place)).count() as u64;
    let first = count(&|place| leads[place].first);
    let named = count(&|place| corpus.names_corresponding[all[place] as usize]);
    let corresponding = count(&|place| leads[place].corresponding);
    let (impact, with_impact) = corpus.mean_impact(papers());
    let citations = papers().fold(0, |sum, paper| sum + corpus.citations(paper));
    let part = |of: u64, whole: u64| (whole > 0).then(|| of as f64 / whole as f64);
    let years = || papers().filter_map(|paper| corpus.paper(paper).year);
    let joint = places.len() as u64;
    Tie {
        unit: corpus.unit_id(unit).to_owned(),
        kind: PartnerKind::Country,
        partner: String::new(),
        name: String::new(),
        country: String::new(),
        whereabouts: Whereabouts::Unknown,
        papers: joint,
        share: part(joint, all.len() as u64).unwrap_or(0.0),
        with_impact,
        impact,
        citations,
        citation_share: (total > 0).then(|| citations as f64 / total as f64),
        first,
        first_share: part(first, joint).unwrap_or(0.0),
        with_corresponding: named,
        corresponding,
        corresponding_share: part(corresponding, named),
        first_year: years().min(),
        last_year: years().max(),
        trend: slope(&corpus.by_year(papers())),
        sustained: false,
        network: None,
    }
}
