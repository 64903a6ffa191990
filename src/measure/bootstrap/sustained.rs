//! The research network of the publications drawn: sustained partners and their countries, by area.

use std::ops::Range;

use crate::measure::bootstrap::block::{Block, LANES};
use crate::measure::collaboration::{network_index, scaled};

/// Joint papers that are counted before the walk looks whether they are enough in every sample.
const GLANCE: usize = 16;

/// Most areas of a network.
const MOST_AREAS: usize = 32;

/// Who wrote what with whom. The index of an area is L / ln P: P partners with enough joint papers in it, L their
/// countries, 0 where P < 2; it is scaled by the area's anchors to 1–100, and the value is the mean over the areas (QS,
/// support article 360021865579).
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Where the partners of each publication begin in `partners`, and where the last ones end.
    pub starts: Vec<u32>,
    /// Partners of one publication after another.
    pub partners: Vec<u32>,
    /// Country of each partner.
    pub country_of: Vec<u32>,
    /// Per publication: bit `k` is set where it counts in area `k`.
    pub areas_of: Vec<u32>,
    /// Per area: the indices that are 1 and 100 on its scale.
    pub areas: Vec<[f64; 2]>,
    /// What is made of partners and countries.
    pub value: NetworkValue,
    /// Joint papers from which a partner counts (QS: 3).
    pub least: u8,
}

/// What is made of the sustained partners of an area and their countries; of several areas the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkValue {
    /// L / ln P, scaled.
    Scaled,
    /// L / ln P.
    Index,
    /// P.
    Partners,
    /// L.
    Countries,
}

/// A joint paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Joint {
    area: usize,
    country: u32,
    partner: u32,
    paper: u32,
}

/// The joint papers of each partner in each area, one partner after another, those of a country side by side.
#[derive(Debug)]
pub struct Sustained {
    least: u8,
    value: NetworkValue,
    areas: Vec<[f64; 2]>,
    /// Joint papers.
    papers: Vec<u32>,
    /// Where the papers of each partner begin; one more at the end, as in the others.
    partners: Vec<u32>,
    /// Where the partners of each country begin.
    countries: Vec<u32>,
    /// Where the countries of each area begin.
    of_areas: Vec<u32>,
}

/// The value of an area.
fn value(value: NetworkValue, partners: usize, countries: usize, anchors: [f64; 2]) -> f64 {
    match value {
        NetworkValue::Scaled => scaled(network_index(countries, partners), anchors),
        NetworkValue::Index => network_index(countries, partners),
        NetworkValue::Partners => partners as f64,
        NetworkValue::Countries => countries as f64,
    }
}

/// From where to where the entry at `index` of `starts` reaches.
fn range(starts: &[u32], index: usize) -> Range<usize> {
    starts[index] as usize..starts[index + 1] as usize
}

impl Sustained {
    /// Turns the lists of publications round.
    ///
    /// # Panics
    /// Where the network has more than 32 areas, or its lists do not fit each other.
    pub fn new(network: &Network) -> Self {
        assert!(network.areas.len() <= MOST_AREAS, "an area is one of 32 bits");
        let mut joint: Vec<Joint> = Vec::new();
        for (publication, &areas) in network.areas_of.iter().enumerate() {
            for &partner in &network.partners[range(&network.starts, publication)] {
                let country = network.country_of[partner as usize];
                let counts_in = (0..network.areas.len()).filter(|area| areas >> area & 1 == 1);
                joint.extend(counts_in.map(|area| Joint { area, country, partner, paper: publication as u32 }));
            }
        }
        joint.sort_unstable();
        let mut sustained = Sustained {
            least: network.least,
            value: network.value,
            areas: network.areas.clone(),
            papers: Vec::with_capacity(joint.len()),
            partners: Vec::new(),
            countries: Vec::new(),
            of_areas: vec![0; network.areas.len() + 1],
        };
        for of_area in joint.chunk_by(|a, b| a.area == b.area) {
            for of_country in of_area.chunk_by(|a, b| a.country == b.country) {
                sustained.countries.push(sustained.partners.len() as u32);
                for of_partner in of_country.chunk_by(|a, b| a.partner == b.partner) {
                    sustained.partners.push(sustained.papers.len() as u32);
                    sustained.papers.extend(of_partner.iter().map(|joint| joint.paper));
                }
            }
            sustained.of_areas[of_area[0].area + 1..].fill(sustained.countries.len() as u32);
        }
        sustained.countries.push(sustained.partners.len() as u32);
        sustained.partners.push(sustained.papers.len() as u32);
        sustained
    }

    /// The value of each sample.
    pub fn of(&self, block: &Block) -> [f64; LANES] {
        let of_areas: Vec<_> = (0..self.areas.len()).map(|area| self.of_area(area, &block.rows)).collect();
        std::array::from_fn(|sample| {
            self.mean(|area| (of_areas[area].0[sample] as usize, of_areas[area].1[sample] as usize))
        })
    }

    /// Sustained partners in an area, and their countries, in each sample.
    fn of_area(&self, area: usize, rows: &[[u8; LANES]]) -> ([u32; LANES], [u32; LANES]) {
        let (mut partners, mut countries) = ([0; LANES], [0; LANES]);
        for country in range(&self.of_areas, area) {
            let mut any = [0; LANES];
            for partner in range(&self.countries, country) {
                let lasts = self.lasts(partner, rows);
                for lane in 0..LANES {
                    partners[lane] += u32::from(lasts[lane]);
                    any[lane] |= lasts[lane];
                }
            }
            for lane in 0..LANES {
                countries[lane] += u32::from(any[lane]);
            }
        }
        (partners, countries)
    }

    /// 1 for each sample in which a partner has enough joint papers.
    fn lasts(&self, partner: usize, rows: &[[u8; LANES]]) -> [u8; LANES] {
        let mut drawn = [0_u8; LANES];
        for papers in self.papers[range(&self.partners, partner)].chunks(GLANCE) {
            for &paper in papers {
                let row = &rows[paper as usize];
                for lane in 0..LANES {
                    drawn[lane] = drawn[lane].saturating_add(row[lane]);
                }
            }
            if drawn.iter().all(|&drawn| drawn >= self.least) {
                break;
            }
        }
        drawn.map(|drawn| u8::from(drawn >= self.least))
    }

    /// Mean of the scaled indices of the areas, given partners and countries of each.
    fn mean(&self, of_area: impl Fn(usize) -> (usize, usize)) -> f64 {
        let sum = self.areas.iter().enumerate().fold(0.0, |sum, (area, anchors)| {
            let (partners, countries) = of_area(area);
            sum + value(self.value, partners, countries, *anchors)
        });
        sum / self.areas.len().max(1) as f64
    }

    /// Publications without which a partner would not last, ascending, and the value without each.
    pub fn without(&self) -> Vec<(u32, f64)> {
        // What there is: sustained partners of each country, and those of each area.
        let mut of_country = vec![0_usize; self.countries.len() - 1];
        let mut totals = vec![(0_usize, 0_usize); self.areas.len()];
        // What would be lost: publication, area, country.
        let mut lost: Vec<(u32, usize, usize)> = Vec::new();
        for (area, total) in totals.iter_mut().enumerate() {
            for country in range(&self.of_areas, area) {
                for partner in range(&self.countries, country) {
                    let papers = &self.papers[range(&self.partners, partner)];
                    let spare = papers.len() as i64 - i64::from(self.least);
                    if spare >= 0 {
                        of_country[country] += 1;
                        let needed = papers.chunk_by(|a, b| a == b).filter(|same| same.len() as i64 > spare);
                        lost.extend(needed.map(|same| (same[0], area, country)));
                    }
                }
                total.0 += of_country[country];
                total.1 += usize::from(of_country[country] > 0);
            }
        }
        lost.sort_unstable();
        let without = |lost: &[(u32, usize, usize)]| {
            let mut left = totals.clone();
            for of_country_lost in lost.chunk_by(|a, b| a.2 == b.2) {
                let (_, area, country) = of_country_lost[0];
                left[area].0 -= of_country_lost.len();
                left[area].1 -= usize::from(of_country[country] == of_country_lost.len());
            }
            (lost[0].0, self.mean(|area| left[area]))
        };
        lost.chunk_by(|a, b| a.0 == b.0).map(without).collect()
    }
}
