//! CWTS Leiden Ranking 2020, from `../shared/data/rankings/leiden`: shares, MCS and MNCS of 1,176 universities rebuilt from
//! the counts beside them, by formulas of ours.
//!
//! The file prints no P, the number of publications. PP = P_x / P, MCS = TCS / P and MNCS = TNCS / P (indicators of the
//! Leiden Ranking), all printed to one decimal; so one whole P has to give all 17 of a row. The P_top counts are sums of
//! fractions, as papers on the border of the top are divided among both sides (Waltman and Schreiber 2013, doi
//! 10.1002/asi.22752), and the file rounds them to whole numbers; all other counts are whole by nature, and TCS and TNCS
//! large.

use std::collections::BTreeMap;

use sanjeh::model::formula::Formula;

use crate::support::{shared, table};

/// Half of the last printed place of a share or mean, with room for the binary form of decimals.
const HALF: f64 = 0.05 + 1e-9;

/// Printed column and its formula over the columns of counts (lower case) and P.
const OF_PUBLICATIONS: [(&str, &str); 17] = [
    ("MCS", "tcs / publications"),
    ("MNCS", "tncs / publications"),
    ("PP_top1", "100 * p_top1 / publications"),
    ("PP_top5", "100 * p_top5 / publications"),
    ("PP_top10", "100 * p_top10 / publications"),
    ("PP_top50", "100 * p_top50 / publications"),
    ("PP_collab", "100 * p_collab / publications"),
    ("PP_int_collab", "100 * p_int_collab / publications"),
    ("PP_industry_collab", "100 * p_industry_collab / publications"),
    ("PP_short_dist_collab", "100 * p_short_dist_collab / publications"),
    ("PP_long_dist_collab", "100 * p_long_dist_collab / publications"),
    ("PP_OA", "100 * p_oa / publications"),
    ("PP_gold_OA", "100 * p_gold_oa / publications"),
    ("PP_hybrid_OA", "100 * p_hybrid_oa / publications"),
    ("PP_bronze_OA", "100 * p_bronze_oa / publications"),
    ("PP_green_OA", "100 * p_green_oa / publications"),
    ("PP_OA_unknown", "100 * p_oa_unknown / publications"),
];

/// Shares of authorships, whose whole is in the file.
const OF_AUTHORSHIPS: [(&str, &str); 5] = [
    ("PA_gender_unknown", "100 * a_gender_unknown / (a_gender_unknown + a_m + a_f)"),
    ("PA_M", "100 * a_m / (a_gender_unknown + a_m + a_f)"),
    ("PA_F", "100 * a_f / (a_gender_unknown + a_m + a_f)"),
    ("PA_M_MF", "100 * a_m / (a_m + a_f)"),
    ("PA_F_MF", "100 * a_f / (a_m + a_f)"),
];

/// A printed column and how it is rebuilt.
struct Share {
    column: &'static str,
    formula: Formula,
}

fn parsed(shares: &[(&'static str, &str)]) -> Vec<Share> {
    let share = |&(column, source): &(&'static str, &str)| Share { column, formula: Formula::parse(source).unwrap() };
    shares.iter().map(share).collect()
}

/// The numbers of a university by column: printed shares as the file names them, counts in lower case.
struct University {
    name: String,
    printed: BTreeMap<String, f64>,
    counts: BTreeMap<String, f64>,
}

impl University {
    fn new(row: &BTreeMap<String, String>) -> Self {
        let numbers = || row.iter().filter(|(column, _)| *column != "rownames");
        University {
            name: row["rownames"].clone(),
            printed: numbers().map(|(column, text)| (column.clone(), text.parse().unwrap())).collect(),
            counts: numbers().map(|(column, text)| (column.to_lowercase(), text.parse().unwrap())).collect(),
        }
    }

    fn rebuilt(&self, share: &Share, publications: Option<u32>) -> f64 {
        let count = |code: &str| match code {
            "publications" => publications.map(f64::from),
            code => self.counts.get(code).copied(),
        };
        let outcome = share.formula.evaluate(&count, &|_| None);
        outcome.value().unwrap_or_else(|| panic!("{}: {} is {outcome:?}", self.name, share.formula))
    }

    /// Whether a P gives the printed number. A P_top count is off by up to half a publication before it is divided.
    fn agrees(&self, share: &Share, publications: u32) -> bool {
        let of_count = if share.column.starts_with("PP_top") { 50.0 / f64::from(publications) } else { 0.0 };
        (self.rebuilt(share, Some(publications)) - self.printed[share.column]).abs() <= HALF + of_count
    }

    /// Every P that gives the printed share of collaboration, the largest share of most: a few numbers only.
    fn candidates(&self) -> std::ops::RangeInclusive<u32> {
        let (count, share) = (self.counts["p_collab"], self.printed["PP_collab"]);
        (100.0 * count / (share + HALF)).ceil() as u32..=(100.0 * count / (share - HALF)).floor() as u32
    }
}

fn universities() -> Option<Vec<University>> {
    let path = shared("rankings/leiden/CWTS_2020.csv")?;
    let universities: Vec<University> = table(&path).iter().map(University::new).collect();
    assert_eq!(universities.len(), 1_176);
    Some(universities)
}

#[test]
fn one_number_of_publications_gives_all_shares_and_means() {
    let Some(universities) = universities() else { return };
    let shares = parsed(&OF_PUBLICATIONS);
    let (mut faults, mut only_one) = (Vec::new(), 0);
    for university in &universities {
        let fits = |&publications: &u32| shares.iter().all(|share| university.agrees(share, publications));
        match university.candidates().filter(fits).count() {
            0 => faults.push(university.name.as_str()),
            1 => only_one += 1,
            _ => {}
        }
    }
    assert!(faults.is_empty(), "no P gives all of {} universities: {faults:?}", faults.len());
    // How sharp this is: counted in exact fractions with Python, 312 rows leave a single P.
    assert_eq!(only_one, 312);
}

#[test]
fn shares_of_authorships_from_their_counts() {
    let Some(universities) = universities() else { return };
    let shares = parsed(&OF_AUTHORSHIPS);
    let mut faults = Vec::new();
    for university in &universities {
        for share in &shares {
            let (rebuilt, printed) = (university.rebuilt(share, None), university.printed[share.column]);
            if (rebuilt - printed).abs() > HALF {
                faults.push(format!("{}: {} is {rebuilt}, printed {printed}", university.name, share.column));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
