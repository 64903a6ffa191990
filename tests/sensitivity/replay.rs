//! The 600 sensitivity runs of COINr 1.1.14 on its own data, replayed from its recorded parameters. Its specification:
//! winsorised points 1–5; min–max to 1–100 or z-score of mean 10 and deviation 2; weights ±25 % at levels 2 and 3;
//! arithmetic or geometric mean at every level (its vignette "sensitivity"). Its indices are of the mean absolute change
//! of rank, by Saltelli's estimator.

use sanjeh::model::edition::{Aggregation, Combine, Direction, Normaliser, Treatment};
use sanjeh::score::hierarchy::{Element, Floor, Hierarchy, Leaf};
use sanjeh::score::{column, treatment};
use sanjeh::whatif::sensitivity::indices::{Bootstrap, FirstOrder, Outputs, banded, indices};
use sanjeh::whatif::sensitivity::outcome::{Outcome, ranked};
use sanjeh::whatif::sensitivity::tree::{Columns, Scratch, Tree};

use crate::support;

/// Points of each sample and inputs of the recorded design.
const BASE: usize = 100;
const INPUTS: usize = 4;

/// A recorded table.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &str) -> Option<Table> {
        let mut reader = csv::Reader::from_path(support::shared(&format!("coinr/{path}"))?).unwrap();
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Some(Table { columns, rows })
    }

    fn text(&self, column: &str) -> Vec<&str> {
        let at = self.columns.iter().position(|known| known == column).unwrap();
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column).iter().map(|text| text.parse().unwrap()).collect()
    }
}

/// What the 600 runs are made of.
pub struct Runs {
    /// Columns before treatment, all there.
    columns: Vec<Vec<Option<f64>>>,
    directions: Vec<Direction>,
    elements: Vec<Element>,
    weights: Vec<Vec<f64>>,
    /// By run: points, whether z-scores, set of weights, mean.
    parameters: Vec<(usize, bool, usize, Aggregation)>,
    /// By run, recorded scores.
    scores: Vec<Vec<f64>>,
    nominal: Vec<f64>,
    indices: Table,
}

impl Runs {
    fn read() -> Option<Runs> {
        let meta = Table::read("input/asem_imeta.csv")?;
        let kinds = meta.text("Type");
        let rows: Vec<usize> = ["Indicator", "Aggregate"]
            .iter()
            .flat_map(|kind| (0..kinds.len()).filter(|&row| kinds[row] == *kind).collect::<Vec<_>>())
            .collect();
        let pick = |column: &str| -> Vec<&str> { rows.iter().map(|&row| meta.text(column)[row]).collect() };
        let codes = pick("iCode");
        let place = |code: &&str| codes.iter().position(|known| known == code);
        let element = |parent: &&str| Element {
            parent: place(parent),
            weight: 1.0,
            combine: Combine::default(),
            floor: Floor::Count(0.0),
        };
        let imputed = Table::read("pipeline/imputed.csv")?;
        let recorded = Table::read("sensitivity/sa_runs_scores.csv")?;
        assert_eq!(imputed.text("uCode"), recorded.text("uCode"));
        let sets = Table::read("sensitivity/noisy_weight_sets.csv")?;
        let mut weights = vec![vec![f64::NAN; codes.len()]; 100];
        for ((set, code), weight) in sets.numbers("set").iter().zip(sets.text("iCode")).zip(sets.numbers("Weight")) {
            weights[*set as usize - 1][place(&code).unwrap()] = weight;
        }
        let runs = Table::read("sensitivity/sa_runs_parameters.csv")?;
        let parameters = runs
            .numbers("winmax")
            .into_iter()
            .zip(runs.text("norm"))
            .zip(runs.numbers("weight_set").into_iter().zip(runs.text("aggregation")))
            .map(|((points, norm), (set, with))| {
                let with = if with == "a_gmean" { Aggregation::Geometric } else { Aggregation::WeightedMean };
                (points as usize, norm == "n_zscore", set as usize - 1, with)
            })
            .collect::<Vec<_>>();
        let indicators = kinds.iter().filter(|kind| **kind == "Indicator").count();
        let columns =
            codes[..indicators].iter().map(|code| imputed.numbers(code).into_iter().map(Some).collect()).collect();
        let sign = |text: &&str| if *text == "-1" { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
        Some(Runs {
            columns,
            directions: pick("Direction")[..indicators].iter().map(sign).collect(),
            elements: pick("Parent").iter().map(element).collect(),
            weights,
            scores: (1..=parameters.len()).map(|run| recorded.numbers(&format!("r_{run}"))).collect(),
            parameters,
            nominal: recorded.numbers("Nominal"),
            indices: Table::read("sensitivity/sa_indices.csv")?,
        })
    }

    /// From the columns to the totals of all runs: every treatment and scale once, then weights and means.
    fn replay(&self) -> Outcome {
        let scales = [Normaliser::MinMax { to: [1.0, 100.0] }, Normaliser::ZScore { mean: 10.0, sd: 2.0 }];
        let tables: Vec<[Columns; 2]> = (1..=5)
            .map(|points| {
                let rule = Treatment { points, ..Treatment::default() };
                let treated: Vec<_> = self.columns.iter().map(|values| treatment::treated(values, &rule).0).collect();
                [0, 1].map(|scale| {
                    let one = |(values, direction): (&Vec<_>, &Direction)| {
                        column::normalised(values, &scales[scale], *direction, None)
                    };
                    Columns::new(&treated.iter().zip(&self.directions).map(one).collect::<Vec<_>>())
                })
            })
            .collect();
        let tree = Tree::new(self.elements.clone(), self.columns.len()).unwrap();
        let means = [tree.clone(), tree.with(Aggregation::Geometric)];
        Outcome::of(self.parameters.len(), self.nominal.len(), |run, scratch, totals| {
            let (points, z_score, set, with) = self.parameters[run];
            let table = &tables[points - 1][usize::from(z_score)];
            let tree = &means[usize::from(with == Aggregation::Geometric)];
            tree.totals(table, &self.weights[set], scratch, totals);
        })
    }

    fn changes(&self, outcome: &Outcome) -> Vec<f64> {
        let mut nominal = vec![0; self.nominal.len()];
        ranked(&self.nominal, &mut nominal);
        outcome.changes(&nominal)
    }
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs()
}

#[test]
fn scores_and_indices_are_the_recorded_ones() {
    let Some(runs) = Runs::read() else { return };
    let outcome = runs.replay();
    let changes = runs.changes(&outcome);
    let found = indices(Outputs::new(&changes, BASE).unwrap(), FirstOrder::Saltelli).unwrap();
    assert_eq!(outcome.draws(), 600);
    for (run, recorded) in runs.scores.iter().enumerate() {
        for (unit, (found, expected)) in outcome.totals_of(run).iter().zip(recorded).enumerate() {
            assert!(near(*found, *expected), "run {}, unit {unit}: {found} is not {expected}", run + 1);
        }
    }
    assert_eq!(found.len(), INPUTS);
    for (index, (first, total)) in
        found.iter().zip(runs.indices.numbers("Si").into_iter().zip(runs.indices.numbers("STi")))
    {
        assert!((index.first - first).abs() <= 1e-9, "{} is not {first}", index.first);
        assert!((index.total - total).abs() <= 1e-9, "{} is not {total}", index.total);
    }
}

/// Random samples of their own, of the terms of an index and with one variance for all; ours draw points, with the variance
/// of each sample. The ends are near, not alike.
#[test]
fn bands_are_near_the_recorded_ones() {
    let Some(runs) = Runs::read() else { return };
    let changes = runs.changes(&runs.replay());
    let bootstrap = Bootstrap { samples: 1000, seed: 1, outside: 0.1 };
    let found = banded(&[Outputs::new(&changes, BASE).unwrap()], FirstOrder::Saltelli, bootstrap);
    let found = found[0].as_ref().unwrap();
    let recorded = ["Si_q5", "Si_q95", "STi_q5", "STi_q95"].map(|column| runs.indices.numbers(column));
    for (input, index) in found.iter().enumerate() {
        let ends = [index.first.0, index.first.1, index.total.0, index.total.1];
        for (end, recorded) in ends.iter().zip(&recorded) {
            assert!((end - recorded[input]).abs() < 0.07, "input {input}: {ends:?}");
        }
    }
}

/// The tree without portions gives the bits of the hierarchy with them.
#[test]
fn totals_are_those_of_the_hierarchy() {
    let Some(runs) = Runs::read() else { return };
    let normalised: Vec<Vec<Option<f64>>> = runs
        .columns
        .iter()
        .zip(&runs.directions)
        .map(|(values, direction)| {
            column::normalised(values, &Normaliser::MinMax { to: [1.0, 100.0] }, *direction, None)
        })
        .collect();
    let mut totals = vec![0.0; runs.nominal.len()];
    for with in [Aggregation::WeightedMean, Aggregation::Geometric, Aggregation::Harmonic, Aggregation::Copeland] {
        for weights in runs.weights.iter().take(5) {
            let elements: Vec<Element> = runs
                .elements
                .iter()
                .zip(weights)
                .map(|(element, weight)| Element {
                    weight: *weight,
                    combine: Combine { with, ..element.combine },
                    ..*element
                })
                .collect();
            let leaves: Vec<Vec<Leaf>> =
                normalised.iter().map(|column| column.iter().map(|value| Leaf::from(*value)).collect()).collect();
            let found = Hierarchy::new(elements.clone()).unwrap().aggregate(&leaves);
            let expected: Vec<f64> = found.values.last().unwrap().iter().map(|value| value.unwrap()).collect();
            let tree = Tree::new(elements, normalised.len()).unwrap();
            tree.totals(&Columns::new(&normalised), weights, &mut Scratch::default(), &mut totals);
            assert_eq!(totals, expected, "{with:?}");
        }
    }
}
