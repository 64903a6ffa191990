//! Invented peer universities with raw values of every indicator of three editions.

use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;

const THE: &str = "the/wur/2026";
const QS: &str = "qs/wur/2026";
const ARWU: &str = "arwu/2025";

/// What a peer is like; everything else follows.
struct Peer {
    name: String,
    staff: f64,
    quality: f64,
    wealth: f64,
    openness: f64,
}

/// `benchmarks/peers.csv`.
pub fn csv(seed: u64) -> Vec<u8> {
    let peers: Vec<Peer> = comma_separated::rows(include_str!("../../data/sample/peers.csv"))
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let mut chance = Chance::new(seed, Kind::Peer, index as u64);
            let quality = chance.log_normal(0.3);
            Peer {
                name: row[0].to_owned(),
                staff: (900.0 * chance.log_normal(0.5)).round().clamp(250.0, 4_000.0),
                quality,
                wealth: quality.sqrt() * chance.log_normal(0.5),
                openness: (quality * chance.log_normal(0.5)).clamp(0.3, 3.0),
            }
        })
        .collect();
    let mut rows = vec![["edition", "unit_type", "indicator", "peer", "value"].map(String::from)];
    let arwu = arwu(seed, &peers);
    for (index, peer) in peers.iter().enumerate() {
        let mut chance = Chance::new(seed, Kind::Peer, (1 << 20) | index as u64);
        let values = the(peer, &mut chance).into_iter().chain(qs(peer, &mut chance)).chain(arwu[index].iter().cloned());
        for (edition, indicator, value) in values {
            rows.push([edition.into(), "university".into(), indicator.into(), peer.name.clone(), value]);
        }
    }
    comma_separated::bytes(&rows)
}

type Stated = (&'static str, &'static str, String);

fn the(peer: &Peer, chance: &mut Chance) -> Vec<Stated> {
    let Peer { quality, wealth, openness, .. } = *peer;
    let around = |chance: &mut Chance, middle: f64, sigma: f64| middle * chance.log_normal(sigma);
    let share = |value: f64| format!("{:.4}", value.min(0.85));
    let impact = around(chance, 0.95 * quality, 0.15);
    let research_income = around(chance, 14_000.0 * wealth, 0.4);
    let reputation = |chance: &mut Chance| format!("{:.1}", around(chance, 14.0 * quality, 0.4).clamp(1.0, 95.0));
    let values = [
        ("teaching_reputation", reputation(chance)),
        ("staff_to_students", format!("{:.4}", around(chance, 0.095 * wealth.sqrt(), 0.25))),
        ("doctorates_to_bachelors", format!("{:.4}", around(chance, 0.14 * quality, 0.4))),
        ("doctorates_per_staff", format!("{:.4}", around(chance, 0.12 * quality, 0.35))),
        ("institutional_income_per_staff", format!("{:.0}", around(chance, 95_000.0 * wealth, 0.3))),
        ("research_reputation", reputation(chance)),
        ("research_income_per_staff", format!("{research_income:.0}")),
        ("publications_per_staff", format!("{:.2}", around(chance, 7.0 * quality, 0.3))),
        ("citation_impact", format!("{impact:.4}")),
        ("research_strength", format!("{:.4}", impact * around(chance, 1.12, 0.06))),
        ("research_excellence", format!("{:.4}", around(chance, 0.75 * quality * quality, 0.35))),
        ("research_influence", format!("{:.1}", around(chance, 38.0 * quality, 0.25).clamp(5.0, 98.0))),
        ("international_students", share(around(chance, 0.055 * openness, 0.4))),
        ("international_staff", share(around(chance, 0.05 * openness, 0.5))),
        ("international_coauthorship", share(around(chance, 0.33 * openness.sqrt(), 0.15))),
        ("study_abroad", share(around(chance, 0.012 * openness, 0.4))),
        ("industry_income_per_staff", format!("{:.0}", research_income * chance.within(0.03, 0.18))),
        ("patents", format!("{:.4}", around(chance, 0.16 * quality * quality, 0.5))),
    ];
    values.map(|(indicator, value)| (THE, indicator, value)).to_vec()
}

fn qs(peer: &Peer, chance: &mut Chance) -> Vec<Stated> {
    let Peer { quality, wealth, openness, .. } = *peer;
    let mut score = |middle: f64, sigma: f64| format!("{:.1}", (middle * chance.log_normal(sigma)).clamp(1.0, 99.0));
    let values = [
        ("academic_reputation", score(13.0 * quality, 0.45)),
        ("employer_reputation", score(11.0 * quality, 0.5)),
        ("employment_outcomes", score(14.0 * wealth, 0.5)),
        ("sustainability", score(32.0 * quality.sqrt(), 0.3)),
        ("international_student_diversity", score(24.0 * openness, 0.3)),
    ];
    let mut stated: Vec<Stated> = values.map(|(indicator, value)| (QS, indicator, value)).to_vec();
    let mut around = |middle: f64, sigma: f64| middle * chance.log_normal(sigma);
    let ratios = [
        ("faculty_student_ratio", format!("{:.4}", around(0.1 * wealth.sqrt(), 0.25))),
        ("citations_per_faculty", format!("{:.2}", around(62.0 * quality * quality, 0.3))),
        ("international_faculty", format!("{:.4}", around(0.05 * openness, 0.5).min(0.8))),
        ("international_students", format!("{:.4}", around(0.055 * openness, 0.4).min(0.8))),
        ("international_research_network", format!("{:.2}", around(38.0 * openness.sqrt(), 0.25))),
    ];
    stated.extend(ratios.map(|(indicator, value)| (QS, indicator, value)));
    stated
}

/// Counts, and from them the performance per head as the edition defines it: the weighted squares of the five scores
/// (each in proportion to the largest count here) over the academic staff.
fn arwu(seed: u64, peers: &[Peer]) -> Vec<Vec<Stated>> {
    const COUNTED: [(&str, f64); 5] =
        [("alumni", 0.1), ("award", 0.2), ("highly_cited", 0.2), ("nature_science", 0.2), ("publications", 0.2)];
    let counts: Vec<[f64; 5]> = peers
        .iter()
        .enumerate()
        .map(|(index, peer)| {
            let mut chance = Chance::new(seed, Kind::Peer, (2 << 20) | index as u64);
            let best = peer.quality > 1.3;
            [
                if best && chance.happens(0.3) { 0.5 } else { 0.0 },
                if best && chance.happens(0.15) { 1.0 } else { 0.0 },
                (2.2 * peer.quality * peer.quality * chance.log_normal(0.6)).floor(),
                (4.0 * peer.quality * peer.quality * chance.log_normal(0.6) * 10.0).round() / 10.0,
                (peer.staff * 1.6 * peer.quality * chance.log_normal(0.2)).round(),
            ]
        })
        .collect();
    let largest = |place: usize| counts.iter().map(|count| count[place]).fold(0.0, f64::max);
    let largest: Vec<f64> = (0..COUNTED.len()).map(largest).collect();
    counts
        .iter()
        .zip(peers)
        .map(|(count, peer)| {
            let mut stated: Vec<Stated> = COUNTED
                .iter()
                .zip(count)
                .map(|((indicator, _), count)| (ARWU, *indicator, count.to_string()))
                .collect();
            let shares = COUNTED.iter().zip(count).zip(&largest).filter(|(_, largest)| **largest > 0.0);
            let total: f64 = shares.map(|(((_, weight), count), largest)| weight * count / largest).sum();
            stated.push((ARWU, "per_capita", format!("{:.8}", total / peer.staff)));
            stated
        })
        .collect()
}
