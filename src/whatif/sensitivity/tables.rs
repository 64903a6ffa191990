//! The tables of a sensitivity analysis as CSV: stable row order, numbers in full precision, no number where there is none.

use csv::Writer;

use crate::model::edition::Edition;
use crate::model::output::Output;
use crate::model::sensitivity::{Alternative, InputSwing};
use crate::model::unit::{UnitIndex, Units};
use crate::whatif::certified::{End, Interval};
use crate::whatif::sensitivity::analysis::Analysis;
use crate::whatif::sensitivity::bounds::Bounds;
use crate::whatif::sensitivity::certificates::Certified;
use crate::whatif::sensitivity::design::Block;
use crate::whatif::sensitivity::indices::Banded;
use crate::whatif::sensitivity::study::{OfType, Study};

/// All that is told of the units of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The draws.
    pub analysis: Analysis,
    /// Certified ranks; `None` where the total is no weighted arithmetic mean.
    pub certified: Option<Certified>,
    /// What missing scores leave open, for all units of the type.
    pub bounds: Vec<Option<Bounds>>,
    /// How far each input by itself moves the total of each unit.
    pub swings: Vec<Vec<InputSwing>>,
}

/// A study with what came of it, type by type.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The study.
    pub study: &'a Study,
    /// Its edition.
    pub edition: &'a Edition,
    /// The units.
    pub units: &'a Units,
    /// In the order of the study's types.
    pub told: &'a [Told],
}

/// A row of text.
type Row = Vec<String>;

impl Report<'_> {
    /// The seven tables; `scores` adds the totals of every draw.
    ///
    /// # Errors
    /// Only where the CSV writer refuses a row, which it does not do in memory.
    pub fn tables(&self, scores: bool) -> Result<Vec<Output>, csv::Error> {
        let mut tables = vec![
            table("sensitivity_ranks", "unit_type,unit,score,rank,of,ranked,mean,median,low,high", self.ranks())?,
            table("sensitivity_shares", "unit_type,unit,rank,draws,share", self.shares())?,
            table(
                "sensitivity_indices",
                "unit_type,output,unit,input,first,first_low,first_high,total,total_low,total_high",
                self.indices(),
            )?,
            table(
                "certified_ranks",
                "unit_type,unit,rank,best,best_proven,worst,worst_proven,exact,best_at,worst_at",
                self.certified(),
            )?,
            table(
                "bounds",
                "unit_type,unit,missing,score,rank,low,high,best,worst,observed_low,observed_high,observed_best,observed_worst",
                self.bounds(),
            )?,
            table("sensitivity_swings", "unit_type,unit,input,least_at,least,greatest_at,greatest", self.swings())?,
            table("ledger", &self.ledger_header(), self.ledger())?,
        ];
        if scores {
            tables.push(table("sensitivity_scores", &self.scores_header(), self.scores())?);
        }
        Ok(tables)
    }

    fn types(&self) -> impl Iterator<Item = (&OfType, &Told)> {
        self.study.types.iter().zip(self.told)
    }

    fn id(&self, unit: usize) -> String {
        self.units.get(UnitIndex(unit as u32)).id.clone()
    }

    /// Units of all types: the type, what is told of it, the unit and its place in the type.
    fn members(&self) -> impl Iterator<Item = (&OfType, &Told, usize, usize)> {
        let of_type = |(own, told)| {
            let own: &OfType = own;
            own.members.iter().enumerate().map(move |(place, &unit)| (own, told, unit, place))
        };
        self.types().flat_map(of_type)
    }

    fn ranks(&self) -> Vec<Row> {
        let row = |(own, told, unit, place): (&OfType, &Told, usize, usize)| {
            let spread = told.analysis.spreads[place].as_ref();
            let of = own.ranks.iter().filter(|rank| **rank > 0).count();
            let mut row = vec![own.unit_type.clone(), self.id(unit), number(own.totals[place]), rank(own.ranks[place])];
            row.extend([of.to_string(), spread.map_or(0, |spread| spread.ranked).to_string()]);
            let quantity = |take: fn(&crate::whatif::sensitivity::outcome::Spread) -> f64| {
                spread.map_or(String::new(), |spread| take(spread).to_string())
            };
            row.extend([quantity(|own| own.mean), quantity(|own| own.median)]);
            row.extend([quantity(|own| own.low), quantity(|own| own.high)]);
            row
        };
        self.members().map(row).collect()
    }

    fn shares(&self) -> Vec<Row> {
        let of_unit = |(own, told, unit, place): (&OfType, &Told, usize, usize)| {
            let draws = self.study.design.draws();
            let counts = told.analysis.spreads[place].iter().flat_map(|spread| spread.counts.iter().enumerate());
            let row = |(rank, count): (usize, &usize)| {
                let share = *count as f64 / draws as f64;
                let (unit_type, id) = (own.unit_type.clone(), self.id(unit));
                vec![unit_type, id, (rank + 1).to_string(), count.to_string(), share.to_string()]
            };
            counts.filter(|(_, count)| **count > 0).map(row).collect::<Vec<Row>>()
        };
        self.members().flat_map(of_unit).collect()
    }

    fn indices(&self) -> Vec<Row> {
        let rows = |unit_type: &str, output: &str, unit: &str, indices: &Option<Vec<Banded>>| {
            let row = |(input, banded): (_, &Banded)| {
                let input: &crate::whatif::sensitivity::inputs::Input = input;
                let mut row: Row = [unit_type, output, unit, input.kind.as_str()].map(str::to_owned).to_vec();
                let Banded { index, first, total } = banded;
                let numbers = [index.first, first.0, first.1, index.total, total.0, total.1];
                row.extend(numbers.map(|number| number.to_string()));
                row
            };
            let indices = indices.iter().flatten();
            self.study.inputs.iter().zip(indices).map(row).collect::<Vec<Row>>()
        };
        let of_type = |(own, told): (&OfType, &Told)| {
            let mut all = rows(&own.unit_type, "rank_change", "", &told.analysis.of_changes);
            for (&unit, indices) in own.members.iter().zip(&told.analysis.of_totals) {
                all.extend(rows(&own.unit_type, "score", &self.id(unit), indices));
            }
            all
        };
        self.types().flat_map(of_type).collect()
    }

    /// Weights as `code 31.25; code 68.75`, in percent.
    fn weights(&self, certified: &Certified, weights: &[f64]) -> String {
        let indicators = self.edition.indicators.len();
        let code = |element: usize| match element.checked_sub(indicators) {
            None => self.edition.indicators[element].code.as_str(),
            Some(group) => self.edition.groups[group].code.as_str(),
        };
        let one = |(&element, weight): (&usize, &f64)| format!("{} {}", code(element), 100.0 * weight);
        certified.elements.iter().zip(weights).map(one).collect::<Vec<_>>().join("; ")
    }

    fn certified(&self) -> Vec<Row> {
        let row = |(own, told, unit, place): (&OfType, &Told, usize, usize)| {
            let certified = told.certified.as_ref()?;
            let Interval { best, worst } = certified.intervals[place].as_ref()?;
            let ends = |end: &End| [end.attained.to_string(), end.proven.to_string()];
            let mut row = vec![own.unit_type.clone(), self.id(unit), rank(own.ranks[place])];
            row.extend(ends(best));
            row.extend(ends(worst));
            row.push((best.is_exact() && worst.is_exact()).to_string());
            row.extend([best, worst].map(|end| self.weights(certified, &end.weights)));
            Some(row)
        };
        self.members().filter_map(row).collect()
    }

    fn bounds(&self) -> Vec<Row> {
        let row = |(own, bounds, unit): (&OfType, &Option<Bounds>, usize)| {
            let Bounds { missing, scale, observed } = (*bounds)?;
            let mut row = vec![own.unit_type.clone(), self.id(unit), missing.to_string()];
            let place = own.members.binary_search(&unit).ok();
            let known = |take: &dyn Fn(usize) -> String| place.map_or(String::new(), take);
            row.extend([known(&|place| number(own.totals[place])), known(&|place| rank(own.ranks[place]))]);
            for ends in [scale, observed] {
                row.extend([ends.low.to_string(), ends.high.to_string()]);
                row.extend([ends.best.to_string(), ends.worst.to_string()]);
            }
            Some(row)
        };
        let of_type = |(own, told): (_, &Told)| {
            let own: &OfType = own;
            own.all
                .iter()
                .zip(&told.bounds)
                .filter_map(|(&unit, bounds)| row((own, bounds, unit)))
                .collect::<Vec<Row>>()
        };
        self.types().flat_map(of_type).collect()
    }

    fn ledger_header(&self) -> String {
        let inputs = self.study.inputs.iter().map(|input| input.kind.as_str().to_owned());
        let changes = self.study.types.iter().map(|own| change_column(&own.unit_type));
        let columns = ["draw", "block", "point"].map(str::to_owned).into_iter().chain(inputs).chain(changes);
        columns.collect::<Vec<_>>().join(",")
    }

    fn ledger(&self) -> Vec<Row> {
        (0..self.study.design.draws()).map(|draw| self.entry(draw)).collect()
    }

    fn swings(&self) -> Vec<Row> {
        let name = |alternative: &Alternative| match alternative {
            Alternative::Named(name) => name.clone(),
            Alternative::Numbered(number) => number.to_string(),
        };
        let of_unit = |(own, told, unit, place): (&OfType, &Told, usize, usize)| {
            let row = |swing: &InputSwing| {
                let mut row = vec![own.unit_type.clone(), self.id(unit), swing.input.as_str().to_owned()];
                for (alternative, total) in [&swing.least, &swing.greatest] {
                    row.extend([name(alternative), number(*total)]);
                }
                row
            };
            told.swings[place].iter().map(row).collect::<Vec<Row>>()
        };
        self.members().flat_map(of_unit).collect()
    }

    /// The row of the ledger of one draw.
    fn entry(&self, draw: usize) -> Row {
        let mut row = recorded(self.study, draw);
        row.extend(self.told.iter().map(|told| number(told.analysis.changes[draw])));
        row
    }

    fn scores_header(&self) -> String {
        let ids = self.members().map(|(_, _, unit, _)| self.id(unit));
        std::iter::once("draw".to_owned()).chain(ids).collect::<Vec<_>>().join(",")
    }

    fn scores(&self) -> Vec<Row> {
        let row = |draw: usize| {
            let totals = self.told.iter().flat_map(|told| told.analysis.outcome.totals_of(draw));
            std::iter::once(draw.to_string()).chain(totals.map(|total| number(*total))).collect()
        };
        (0..self.study.design.draws()).map(row).collect()
    }
}

/// The ledger's column of the mean change of rank of a type.
pub fn change_column(unit_type: &str) -> String {
    format!("rank_change {unit_type}")
}

/// What the ledger says of a draw before what came of it: its number from 0, the sample it belongs to, its point there, and
/// the alternative of each input.
pub fn recorded(study: &Study, draw: usize) -> Vec<String> {
    let (block, point) = study.design.block(draw);
    let block = match block {
        Block::A => "A".to_owned(),
        Block::B => "B".to_owned(),
        Block::Swapped(input) => format!("A with {}", study.inputs[input].kind.as_str()),
    };
    let setting = study.setting(draw);
    let mut row = vec![draw.to_string(), block, point.to_string()];
    row.extend(study.inputs.iter().map(|input| input.name(setting.get(input.kind))));
    row
}

/// A number in full; empty where it is none.
pub fn number(value: f64) -> String {
    if value.is_nan() { String::new() } else { value.to_string() }
}

fn rank(rank: u32) -> String {
    if rank == 0 { String::new() } else { rank.to_string() }
}

fn table(name: &str, header: &str, rows: Vec<Row>) -> Result<Output, csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(header.split(','))?;
    rows.iter().try_for_each(|row| writer.write_record(row))?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(Output { path: format!("{name}.csv"), bytes })
}
