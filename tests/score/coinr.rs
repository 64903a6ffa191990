//! Tests: score – the results of COINr 1.1.14 (MIT; Becker et al. 2022, J. Open Source Softw. 7(78), 4567) on its own
//! data, stage by stage. `../shared/data/coinr/README.md` says how they were made, and which of that engine's defects
//! are not to be copied.

use std::collections::BTreeMap;

use sanjeh::model::edition::{Aggregation, Combine, Direction, Imputation, Normaliser, Rescale, Ties, Treatment};
use sanjeh::model::score::Mark;
use sanjeh::score::hierarchy::{Aggregated, Element, Floor, Hierarchy, Leaf};
use sanjeh::score::{column, denominator, imputation, profile, rank, screening, statistics, treatment};

use crate::support;

type Column = Vec<Option<f64>>;

/// A table with a row per unit.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file below `coinr`; `None` where it is not there.
    fn read(path: &str) -> Option<Table> {
        let mut reader = csv::Reader::from_path(support::shared(&format!("coinr/{path}"))?).unwrap();
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Some(Table { columns, rows })
    }

    fn place(&self, column: &str) -> usize {
        self.columns.iter().position(|known| known == column).unwrap_or_else(|| panic!("no column {column}"))
    }

    fn text(&self, column: &str) -> Vec<&str> {
        let at = self.place(column);
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    /// Numbers of a column; empty cells are missing, `Inf` is an infinity.
    fn numbers(&self, column: &str) -> Column {
        self.text(column).into_iter().map(|text| (!text.is_empty()).then(|| text.parse().unwrap())).collect()
    }

    /// The rows in the order of `units`.
    fn ordered(mut self, units: &[String]) -> Table {
        let at = self.place("uCode");
        let place = |row: &Vec<String>| units.iter().position(|unit| *unit == row[at]).unwrap();
        self.rows.sort_by_key(place);
        assert_eq!(self.rows.len(), units.len());
        self
    }
}

/// The index as its authors define it.
struct Index {
    units: Vec<String>,
    /// Codes of indicators, then of aggregates.
    codes: Vec<String>,
    indicators: usize,
    direction: Vec<Direction>,
    weight: Vec<f64>,
    parent: Vec<Option<usize>>,
    level: Vec<usize>,
    denominator: Vec<Option<String>>,
}

impl Index {
    fn read() -> Option<Index> {
        let units: Vec<String> =
            Table::read("pipeline/raw.csv")?.text("uCode").into_iter().map(str::to_owned).collect();
        let meta = Table::read("input/asem_imeta.csv")?;
        let kinds = meta.text("Type");
        let of_kind = |kind: &str| (0..kinds.len()).filter(|&row| kinds[row] == kind).collect::<Vec<_>>();
        let indicators = of_kind("Indicator").len();
        let rows: Vec<usize> = of_kind("Indicator").into_iter().chain(of_kind("Aggregate")).collect();
        let pick = |column: &str| -> Vec<String> {
            let all = meta.text(column);
            rows.iter().map(|&row| all[row].to_owned()).collect()
        };
        let codes = pick("iCode");
        let place = |code: &String| codes.iter().position(|known| known == code);
        Some(Index {
            units,
            indicators,
            direction: pick("Direction")
                .iter()
                .map(|text| if text == "-1" { Direction::LowerIsBetter } else { Direction::HigherIsBetter })
                .collect(),
            weight: pick("Weight").iter().map(|text| text.parse().unwrap()).collect(),
            parent: pick("Parent").iter().map(place).collect(),
            level: pick("Level").iter().map(|text| text.parse().unwrap()).collect(),
            denominator: pick("Denominator").into_iter().map(|text| (!text.is_empty()).then_some(text)).collect(),
            codes,
        })
    }

    fn table(&self, path: &str) -> Table {
        Table::read(path).unwrap().ordered(&self.units)
    }

    /// Columns of the indicators from a file.
    fn columns(&self, path: &str) -> Vec<Column> {
        let table = self.table(path);
        self.codes[..self.indicators].iter().map(|code| table.numbers(code)).collect()
    }

    /// The tree with these weights and means; the last element is the index.
    fn hierarchy(&self, weights: &[f64], with: Aggregation, floor: f64) -> Hierarchy {
        let element = |at: usize| Element {
            parent: self.parent[at],
            weight: weights[at],
            combine: Combine { with, then: Rescale::None },
            floor: Floor::Count(floor),
        };
        Hierarchy::new((0..self.codes.len()).map(element).collect()).unwrap()
    }

    /// Weights by element from a file.
    fn weights(&self, path: &str, column: &str) -> Vec<f64> {
        let table = Table::read(path).unwrap();
        let (codes, weights) = (table.text("iCode"), table.numbers(column));
        let of = |code: &String| weights[codes.iter().position(|known| known == code).unwrap()].unwrap();
        self.codes.iter().map(of).collect()
    }

    fn aggregated(&self, hierarchy: &Hierarchy, columns: &[Column]) -> Aggregated {
        let leaves: Vec<Vec<Leaf>> =
            columns.iter().map(|column| column.iter().map(|value| Leaf::from(*value)).collect()).collect();
        hierarchy.aggregate(&leaves)
    }

    fn normalised(&self, columns: &[Column], normaliser: &Normaliser) -> Vec<Column> {
        let one = |(at, values): (usize, &Column)| column::normalised(values, normaliser, self.direction[at], None);
        columns.iter().enumerate().map(one).collect()
    }

    /// Aggregates of a file against ours.
    fn assert_aggregates(&self, path: &str, found: &Aggregated) {
        let table = self.table(path);
        for at in self.indicators..self.codes.len() {
            same(&found.values[at], &table.numbers(&self.codes[at]), &format!("{path}: {}", self.codes[at]));
        }
    }
}

fn near(found: f64, expected: f64) -> bool {
    found == expected || (found - expected).abs() <= 1e-9 * expected.abs().max(1e-6)
}

/// Equal to 1e-9 of the value, gaps included.
fn same(found: &[Option<f64>], expected: &[Option<f64>], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
        let agree = match (found, expected) {
            (Some(found), Some(expected)) => near(*found, *expected),
            (None, None) => true,
            _ => false,
        };
        assert!(agree, "{what}, row {row}: {found:?} is not {expected:?}");
    }
}

/// The stages of the nominal run, each from the one before.
struct Run {
    raw: Vec<Column>,
    denominated: Vec<Column>,
    imputed: Vec<Column>,
    treated: Vec<Column>,
    records: Vec<(Vec<Option<Mark>>, treatment::Treated)>,
    normalised: Vec<Column>,
    aggregated: Aggregated,
    hierarchy: Hierarchy,
}

fn groups(texts: &[&str]) -> Vec<usize> {
    let mut names: Vec<&str> = Vec::new();
    texts
        .iter()
        .map(|text| {
            names.iter().position(|known| known == text).unwrap_or_else(|| {
                names.push(text);
                names.len() - 1
            })
        })
        .collect()
}

const MIN_MAX: Normaliser = Normaliser::MinMax { to: [0.0, 100.0] };

fn run(index: &Index) -> Run {
    let data = index.table("input/asem_idata.csv");
    let raw: Vec<Column> = index.codes[..index.indicators].iter().map(|code| data.numbers(code)).collect();
    let denominated: Vec<Column> = raw
        .iter()
        .zip(&index.denominator)
        .map(|(values, by)| match by {
            Some(by) => denominator::denominated(values, &data.numbers(by), 1.0),
            None => values.clone(),
        })
        .collect();
    let continents = groups(&data.text("EurAsia_group"));
    let imputed: Vec<Column> =
        denominated.iter().map(|values| imputation::by_group(values, &continents, Imputation::Mean)).collect();
    let (mut treated, mut records) = (Vec::new(), Vec::new());
    for values in &imputed {
        let (column, marks, record) = treatment::treated(values, &Treatment::default());
        treated.push(column);
        records.push((marks, record));
    }
    let normalised = index.normalised(&treated, &MIN_MAX);
    let hierarchy = index.hierarchy(&index.weight, Aggregation::WeightedMean, 0.0);
    let aggregated = index.aggregated(&hierarchy, &normalised);
    Run { raw, denominated, imputed, treated, records, normalised, aggregated, hierarchy }
}

#[test]
fn every_stage_of_the_pipeline() {
    let Some(index) = Index::read() else { return };
    let run = run(&index);
    let stages = [
        ("raw", &run.raw),
        ("denominated", &run.denominated),
        ("imputed", &run.imputed),
        // Nobody is screened out.
        ("screened", &run.imputed),
        ("treated", &run.treated),
        ("normalised", &run.normalised),
        ("aggregated", &run.normalised),
    ];
    for (stage, found) in stages {
        let expected = index.columns(&format!("pipeline/{stage}.csv"));
        for (at, code) in index.codes[..index.indicators].iter().enumerate() {
            same(&found[at], &expected[at], &format!("{stage}: {code}"));
        }
    }
    index.assert_aggregates("pipeline/aggregated.csv", &run.aggregated);
    assert_eq!(screening::screened_out(&run.imputed, 0.9), Vec::<usize>::new());
    assert_eq!(Table::read("pipeline/screened_out.csv").unwrap().rows.len(), 0);
    // Switzerland's published 68.38.
    let switzerland = index.units.iter().position(|unit| unit == "CHE").unwrap();
    assert!((run.aggregated.values[index.codes.len() - 1][switzerland].unwrap() - 68.38).abs() < 0.005);
}

#[test]
fn the_record_of_every_treated_point() {
    let Some(index) = Index::read() else { return };
    let run = run(&index);
    let points = index.table("pipeline/treat_points.csv");
    let details = Table::read("pipeline/treat_details.csv").unwrap();
    for (at, (marks, record)) in run.records.iter().enumerate() {
        let code = &index.codes[at];
        let shown = |mark: &Option<Mark>| match mark {
            None => "",
            Some(Mark::High) => "winhi",
            Some(Mark::Low) => "winlo",
            Some(Mark::Logarithm) => "log_CT",
        };
        assert_eq!(marks.iter().map(shown).collect::<Vec<_>>(), points.text(code), "{code}");
        let detail = |column: &str| details.text(column)[at].to_owned();
        let number = |column: &str| detail(column).parse::<f64>().unwrap();
        assert_eq!(detail("iCode"), *code);
        let before = record.before.unwrap();
        assert_eq!(before.passes, detail("check_SkewKurt0.Pass") == "TRUE", "{code}");
        assert!(near(before.skewness, number("check_SkewKurt0.Skew")), "{code}");
        assert!(near(before.kurtosis, number("check_SkewKurt0.Kurt")), "{code}");
        let Some((moved, Some(after))) = record.drawn_in else {
            assert_eq!(detail("winsorise.nwin"), "", "{code}");
            continue;
        };
        assert_eq!(moved.to_string(), detail("winsorise.nwin"), "{code}");
        assert_eq!(after.passes, detail("check_SkewKurt1.Pass") == "TRUE", "{code}");
        assert!(near(after.skewness, number("check_SkewKurt1.Skew")), "{code}");
        assert!(near(after.kurtosis, number("check_SkewKurt1.Kurt")), "{code}");
    }
}

#[test]
fn results_ranks_and_ranks_within_groups() {
    let Some(index) = Index::read() else { return };
    let run = run(&index);
    let (scores, ranks) =
        (index.table("pipeline/results_full_scores.csv"), index.table("pipeline/results_full_ranks.csv"));
    for (at, code) in index.codes.iter().enumerate() {
        // The file has twelve decimals.
        let rounded = |value: &Option<f64>| value.map(|value| (value * 1e12).round() / 1e12);
        let found: Column = run.aggregated.values[at].iter().map(rounded).collect();
        same(&found, &scores.numbers(code), &format!("results: {code}"));
        let found: Column =
            rank::ranks(&run.aggregated.values[at]).0.into_iter().map(|rank| rank.map(f64::from)).collect();
        assert_eq!(found, ranks.numbers(code), "ranks: {code}");
    }
    let whole = &run.aggregated.values[index.codes.len() - 1];
    let found: Column = rank::ranks(whole).0.into_iter().map(|rank| rank.map(f64::from)).collect();
    assert_eq!(found, scores.numbers("Rank"));
    let within = index.table("pipeline/results_group_ranks.csv");
    let of_group = groups(&within.text("GDPpc_group"));
    for at in index.indicators..index.codes.len() {
        let found = rank::within(&run.aggregated.values[at], &of_group);
        let found: Column = found.into_iter().map(|rank| rank.map(f64::from)).collect();
        assert_eq!(found, within.numbers(&index.codes[at]), "group ranks: {}", index.codes[at]);
    }
}

#[test]
fn all_normalisations_of_the_raw_table() {
    let Some(index) = Index::read() else { return };
    let raw = index.columns("pipeline/raw.csv");
    let z_score = index.normalised(&raw, &Normaliser::ZScore { mean: 0.0, sd: 1.0 });
    let least = index.normalised(&raw, &Normaliser::Rank { ties: Ties::Min });
    let average = index.normalised(&raw, &Normaliser::Rank { ties: Ties::Average });
    let min_max = index.normalised(&raw, &MIN_MAX);
    let posts = Table::read("normalise/goalposts_imeta_params.csv").unwrap();
    let files = ["minmax_0_100", "zscore_0_1", "prank", "rank_average", "borda", "fracmax", "goalposts_imeta"]
        .map(|name| (name, index.table(&format!("normalise/{name}.csv"))));
    let expected = |name: &str, code: &String| files.iter().find(|(known, _)| *known == name).unwrap().1.numbers(code);
    for (at, code) in index.codes[..index.indicators].iter().enumerate() {
        let signed: Column = match index.direction[at] {
            Direction::HigherIsBetter => raw[at].clone(),
            Direction::LowerIsBetter => raw[at].iter().map(|value| value.map(|value| -value)).collect(),
        };
        same(&min_max[at], &expected("minmax_0_100", code), &format!("min–max: {code}"));
        same(&z_score[at], &expected("zscore_0_1", code), &format!("z: {code}"));
        let shares: Column = least[at].iter().map(|score| score.map(|score| score / 100.0)).collect();
        same(&shares, &expected("prank", code), &format!("share of those below: {code}"));
        same(&rank::ascending(&signed, Ties::Average), &expected("rank_average", code), &format!("rank: {code}"));
        same(&rank::borda(&signed), &expected("borda", code), &format!("Borda: {code}"));
        // Our scores of ranks are the same, on 0–100.
        let others = raw[at].iter().flatten().count() as f64 - 1.0;
        let ranks: Column = average[at].iter().map(|score| score.map(|score| score / 100.0 * others + 1.0)).collect();
        same(&ranks, &expected("rank_average", code), &format!("rank as score: {code}"));
        // It divides by a greatest value of 0, which is no value here.
        let finite: Column =
            expected("fracmax", code).into_iter().map(|value| value.filter(|value| value.is_finite())).collect();
        same(&column::fractions_of_max(&signed), &finite, &format!("share of maximum: {code}"));
        let row = posts.text("iCode").iter().position(|known| known == code).unwrap();
        let of = |column: &str| posts.numbers(column)[row].unwrap();
        let to = [0.0, of("goalpost_scale")];
        let ends = [of("goalpost_lower"), of("goalpost_upper")];
        let found = if posts.text("goalpost_trunc2posts")[row] == "TRUE" {
            column::normalised(&raw[at], &Normaliser::Goalposts { posts: ends, to }, index.direction[at], None)
        } else {
            column::beyond_goalposts(&raw[at], ends, to, index.direction[at])
        };
        same(&found, &expected("goalposts_imeta", code), &format!("goalposts: {code}"));
    }
}

#[test]
fn all_aggregations() {
    let Some(index) = Index::read() else { return };
    let whole = index.columns("pipeline/normalised.csv");
    let positive = index.columns("aggregate/input_minmax_1_100.csv");
    let gaps = index.columns("aggregate/input_gaps_minmax_0_100.csv");
    let (plain, numbered) = (
        index.weights("pipeline/weights_original.csv", "Weight"),
        index.weights("aggregate/weights_seq.csv", "Weight"),
    );
    assert_eq!(plain, index.weight);
    let arithmetic = Aggregation::WeightedMean;
    let cases = [
        ("amean", &positive, &plain, arithmetic, 0.0),
        ("amean_weights_seq", &whole, &numbered, arithmetic, 0.0),
        ("gmean", &positive, &plain, Aggregation::Geometric, 0.0),
        ("gaps_amean_thresh_none", &gaps, &plain, arithmetic, 0.0),
        ("gaps_amean_thresh_0.6", &gaps, &plain, arithmetic, 0.6),
    ];
    for (name, columns, weights, with, floor) in cases {
        let found = index.aggregated(&index.hierarchy(weights, with, floor), columns);
        index.assert_aggregates(&format!("aggregate/{name}.csv"), &found);
    }
}

#[test]
fn statistics_of_the_raw_table() {
    let Some(index) = Index::read() else { return };
    let raw = index.columns("pipeline/raw.csv");
    let expected = Table::read("analysis/stats_raw.csv").unwrap();
    for (at, code) in index.codes[..index.indicators].iter().enumerate() {
        assert_eq!(expected.text("iCode")[at], code);
        let found = profile::Profile::of(&raw[at]);
        let number = |column: &str| expected.numbers(column)[at].unwrap();
        let real = [
            (found.min, "Min"),
            (found.max, "Max"),
            (found.mean, "Mean"),
            (found.median, "Median"),
            (found.sd, "Std"),
            (found.skewness, "Skew"),
            (found.kurtosis, "Kurt"),
        ];
        for (found, column) in real {
            assert!(near(found.unwrap(), number(column)), "{code}: {column}");
        }
        let whole = [
            (found.available, "Avail"),
            (found.non_zero, "NonZero"),
            (found.unique, "Unique"),
            (found.commonest, "Same"),
        ];
        for (found, column) in whole {
            assert_eq!(found as f64, number(&format!("N.{column}")), "{code}: {column}");
        }
        assert!(near(found.available as f64 / found.units as f64, number("Frc.Avail")), "{code}");
        let flags = [
            (found.few_available(), "Avail", "LOW"),
            (found.few_non_zero(), "NonZero", "LOW"),
            (found.few_unique(), "Unique", "LOW"),
            (found.has_outliers(&Treatment::default()), "SkewKurt", "OUT"),
        ];
        for (raised, column, word) in flags {
            let shown = expected.text(&format!("Flag.{column}"))[at];
            assert_eq!(if raised { word } else { "ok" }, shown, "{code}: {column}");
        }
    }
}

#[test]
fn correlations_and_effective_weights() {
    let Some(index) = Index::read() else { return };
    let run = run(&index);
    let place = |code: &str| index.codes.iter().position(|known| known == code).unwrap();
    let expected = Table::read("analysis/corr_pearson_L1_L2.csv").unwrap();
    let rows = expected.text("Var1").into_iter().zip(expected.text("Var2")).zip(expected.numbers("Correlation"));
    for ((level, code), correlation) in rows {
        let own = place(code);
        let other = if level == "Index" { place("Index") } else { index.parent[own].unwrap() };
        let found = statistics::correlation(&run.aggregated.values[own], &run.aggregated.values[other]).unwrap();
        assert!(near(found, correlation.unwrap()), "{level} × {code}: {found}");
    }
    let conn = statistics::correlation(&run.aggregated.values[place("Conn")], &run.aggregated.values[place("Index")]);
    assert!((conn.unwrap() - 0.9397805).abs() < 5e-8, "published");
    let (found, expected) =
        (run.hierarchy.effective_weights(), index.weights("analysis/effective_weights.csv", "EffWeight"));
    for (at, code) in index.codes.iter().enumerate() {
        assert!(near(found[at], expected[at]), "{code}");
    }
    // Weights in percent of the total are the same weights.
    let percent: Vec<f64> = found.iter().map(|share| 100.0 * share).collect();
    let other = index.hierarchy(&percent, Aggregation::WeightedMean, 0.0);
    for (one, other) in found.iter().zip(other.effective_weights()) {
        assert!(near(*one, other));
    }
    let again = index.aggregated(&other, &run.normalised);
    index.assert_aggregates("pipeline/aggregated.csv", &again);
}

#[test]
fn leaving_one_out_and_doubling_a_weight() {
    let Some(index) = Index::read() else { return };
    let run = run(&index);
    let whole = index.codes.len() - 1;
    let (scores, ranks) = (index.table("analysis/remove_L2_scores.csv"), index.table("analysis/remove_L2_ranks.csv"));
    let mut compared = 0;
    for (at, code) in index.codes.iter().enumerate().filter(|(at, _)| index.level[*at] == 2) {
        let found = index.aggregated(&run.hierarchy.without(at), &run.normalised);
        same(&found.values[whole], &scores.numbers(code), &format!("without {code}"));
        let found: Column = rank::ranks(&found.values[whole]).0.into_iter().map(|rank| rank.map(f64::from)).collect();
        assert_eq!(found, ranks.numbers(code), "ranks without {code}");
        compared += 1;
    }
    assert_eq!(compared, 8);
    same(&run.aggregated.values[whole], &scores.numbers("Nominal"), "nominal");
    let mut weights = index.weight.clone();
    weights[index.codes.iter().position(|code| code == "Conn").unwrap()] *= 2.0;
    let doubled = index.hierarchy(&weights, Aggregation::WeightedMean, 0.0);
    let doubled = index.aggregated(&doubled, &run.normalised);
    let expected = index.table("analysis/whatif_weight_Conn_2.csv");
    for (values, column) in [(&run.aggregated.values[whole], "coin.1"), (&doubled.values[whole], "coin.2")] {
        let found: Column = rank::ranks(values).0.into_iter().map(|rank| rank.map(f64::from)).collect();
        assert_eq!(found, expected.numbers(column), "{column}");
    }
}

#[test]
fn values_of_earlier_years_fill_gaps() {
    let Some(index) = Index::read() else { return };
    let panel = Table::read("input/asem_idata_panel.csv").unwrap();
    let (years, codes) = (panel.numbers("Time"), panel.text("uCode"));
    let mut by_year: BTreeMap<i32, Column> = BTreeMap::new();
    let values = panel.numbers("LPI");
    for ((year, code), value) in years.iter().zip(codes).zip(values) {
        let unit = index.units.iter().position(|unit| unit == code).unwrap();
        by_year.entry(year.unwrap() as i32).or_insert_with(|| vec![None; index.units.len()])[unit] = value;
    }
    assert_eq!(by_year.len(), 5);
    let latest = *by_year.keys().last().unwrap();
    // A gap in the last two years is filled from the third where that is within reach.
    let (gap, before) = (by_year[&(latest - 2)][7], 7);
    for year in [latest, latest - 1] {
        by_year.get_mut(&year).unwrap()[before] = None;
    }
    let columns: Vec<(i32, &[Option<f64>])> = by_year.iter().map(|(year, column)| (*year, column.as_slice())).collect();
    let (filled, from) = imputation::from_panel(&columns, latest, 2);
    assert_eq!((filled[before], from[before]), (gap, Some(latest - 2)));
    assert_eq!(from.iter().flatten().count(), 1);
    assert_eq!(imputation::from_panel(&columns, latest, 1).0[before], None);
}
