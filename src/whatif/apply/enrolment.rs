//! Students, degrees and money: rows of the unit, or of those below it that state them, and of the units above that state
//! their own sums.

use crate::diagnostic::Place;
use crate::model::money::{MoneyUnit, Rates};
use crate::model::scenario::Amount;
use crate::model::tables::{Degrees, Finance, FinanceItem, Level, Students, Tables};
use crate::model::unit::{UnitIndex, Units};
use crate::whatif::apply::Workshop;

/// A row that states a sum of one unit in one year.
trait Row: Clone {
    fn unit(&self) -> UnitIndex;
    fn year(&self) -> i32;
    fn size(&self) -> f64;
    fn add(&mut self, more: f64);
}

impl Row for Students {
    fn unit(&self) -> UnitIndex {
        self.unit
    }
    fn year(&self) -> i32 {
        self.year
    }
    fn size(&self) -> f64 {
        self.headcount
    }
    fn add(&mut self, more: f64) {
        // New students study as the others do.
        let part = if self.headcount > 0.0 { self.fte / self.headcount } else { 1.0 };
        self.headcount += more;
        self.fte += more * part;
    }
}

impl Row for Degrees {
    fn unit(&self) -> UnitIndex {
        self.unit
    }
    fn year(&self) -> i32 {
        self.year
    }
    fn size(&self) -> f64 {
        self.count
    }
    fn add(&mut self, more: f64) {
        self.count += more;
    }
}

impl Row for Finance {
    fn unit(&self) -> UnitIndex {
        self.unit
    }
    fn year(&self) -> i32 {
        self.year
    }
    fn size(&self) -> f64 {
        self.amount
    }
    fn add(&mut self, more: f64) {
        self.amount += more;
    }
}

/// What is added to the rows of one unit.
struct Addition {
    unit: UnitIndex,
    /// First year of the data that changes; `None` is all.
    from: Option<i32>,
    amount: Amount,
    academic_fte: f64,
}

/// Why rows could not be changed.
enum Obstacle {
    /// Neither the unit nor any below it has a row.
    NoRows,
    /// More is taken away than there is.
    TooFew { year: i32, wanted: f64, there: f64 },
}

/// The unit, where it has rows; else the nearest units below that have some: as measures count them.
fn sources(units: &Units, unit: UnitIndex, has_rows: impl Fn(UnitIndex) -> bool) -> Vec<UnitIndex> {
    let (mut found, mut open, mut seen) = (Vec::new(), vec![unit], Vec::new());
    while let Some(unit) = open.pop() {
        if seen.contains(&unit) {
            continue;
        }
        seen.push(unit);
        if has_rows(unit) { found.push(unit) } else { open.extend(&units.get(unit).children) }
    }
    found.sort_unstable();
    found
}

/// Adds to the rows that `fits`, in proportion to their size: of the unit, or where it has none of the nearest units below
/// that have some, and of the units above these that have rows of their own. `in_unit` turns an amount into the unit of the
/// rows of a year; `also` sees each row and what it gained.
fn add<R: Row>(
    rows: &mut Vec<R>,
    base: &[R],
    (units, addition): (&Units, &Addition),
    fits: impl Fn(&R) -> bool,
    in_unit: impl Fn(Amount, i32) -> Amount,
    made: impl Fn(&R) -> Option<R>,
    also: impl Fn(&mut R, f64),
) -> Result<(), Obstacle> {
    let sources = sources(units, addition.unit, |unit| base.iter().any(|row| row.unit() == unit));
    if sources.is_empty() {
        return Err(Obstacle::NoRows);
    }
    let mut years: Vec<i32> = base.iter().filter(|row| sources.contains(&row.unit())).map(Row::year).collect();
    years.retain(|year| addition.from.is_none_or(|from| *year >= from));
    years.sort_unstable();
    years.dedup();
    for year in years {
        let of_year = |row: &&R| row.year() == year;
        let own = |row: &&R| sources.contains(&row.unit()) && of_year(row) && fits(row);
        let there: f64 = base.iter().filter(own).map(Row::size).sum();
        let more = in_unit(addition.amount, year).of(there, addition.academic_fte);
        let now: f64 = rows.iter().filter(own).map(Row::size).sum();
        if more < 0.0 && -more > now + 1e-9 {
            return Err(Obstacle::TooFew { year, wanted: -more, there: now });
        }
        let teaching: Vec<UnitIndex> = sources
            .iter()
            .copied()
            .filter(|unit| base.iter().any(|row| row.unit() == *unit && of_year(&row)))
            .collect();
        for &source in &teaching {
            let own: f64 = rows.iter().filter(|row| row.unit() == source).filter(own).map(Row::size).sum();
            let part = if now > 0.0 { own / now } else { 1.0 / teaching.len() as f64 };
            for &unit in units.ancestors(source) {
                spread(rows, (unit, year), more * part, (&fits, &made, &also));
            }
        }
    }
    Ok(())
}

/// Adds to the rows of one unit in one year that `fits`, in proportion to their size; where it has rows but none of that
/// kind, one is made. A unit without rows counts those below it.
fn spread<R: Row>(
    rows: &mut Vec<R>,
    (unit, year): (UnitIndex, i32),
    more: f64,
    (fits, made, also): (&impl Fn(&R) -> bool, &impl Fn(&R) -> Option<R>, &impl Fn(&mut R, f64)),
) {
    let here = |row: &R| row.unit() == unit && row.year() == year;
    if !rows.iter().any(|row| here(row) && fits(row)) {
        let row = rows.iter().find(|row| here(row)).and_then(made);
        rows.extend(row);
    }
    let total: f64 = rows.iter().filter(|row| here(row) && fits(row)).map(Row::size).sum();
    let count = rows.iter().filter(|row| here(row) && fits(row)).count();
    for row in rows.iter_mut().filter(|row| here(row) && fits(row)) {
        let part = if total > 0.0 { row.size() / total } else { 1.0 / count as f64 };
        row.add(more * part);
        also(row, more * part);
    }
}

impl Workshop<'_> {
    /// Does one addition; `None` where the unit is unknown.
    fn add_to(
        &mut self,
        id: &str,
        amount: Amount,
        from: Option<i32>,
        place: &Place,
        work: impl FnOnce(&mut Tables, &Tables, &Addition) -> Result<(), Obstacle>,
        what: &str,
    ) {
        let Some(unit) = self.unit(id, place) else { return };
        let academic_fte = if amount.per_fte == 0.0 { 0.0 } else { self.academic_fte(id) };
        let from = self.clock.data_year(from);
        let addition = Addition { unit, from, amount, academic_fte };
        match work(self.copy.tables.to_mut(), &self.copy.base.tables, &addition) {
            Ok(()) => self.copy.touched.institutional = true,
            Err(Obstacle::NoRows) => {
                let message = format!("neither \"{id}\" nor any unit below it has rows of {what} to change");
                self.fault("no-rows", message, "name a unit whose rows the sheets state", place);
            }
            Err(Obstacle::TooFew { year, wanted, there }) => {
                let message = format!("{wanted:.1} fewer {what} of \"{id}\" in {year}: there are {there:.1}");
                self.fault("more-than-there-are", message, "lower the amount", place);
            }
        }
    }

    pub(super) fn students(
        &mut self,
        (unit, level, international): (&str, Option<Level>, bool),
        amount: Amount,
        from: Option<i32>,
        place: &Place,
    ) {
        let fits = |row: &Students| level.is_none_or(|level| row.level == level || row.level == Level::All);
        let made = |row: &Students| {
            let level = level?;
            let none = |known: Option<f64>| known.map(|_| 0.0);
            Some(Students {
                level,
                headcount: 0.0,
                fte: 0.0,
                international: none(row.international),
                female: none(row.female),
                ..row.clone()
            })
        };
        let also = |row: &mut Students, more: f64| {
            if international {
                row.international = row.international.map(|known| known + more);
            } else if more < 0.0 {
                // Those who go are as the others are.
                let part = if row.headcount - more > 0.0 { row.headcount / (row.headcount - more) } else { 0.0 };
                row.international = row.international.map(|known| known * part);
            }
        };
        let work = |tables: &mut Tables, base: &Tables, addition: &Addition| {
            let Tables { units, students, .. } = tables;
            add(students, &base.students, (units, addition), fits, |amount, _| amount, made, also)
        };
        self.add_to(unit, amount, from, place, work, "students");
    }

    pub(super) fn degrees(&mut self, unit: &str, level: Level, amount: Amount, from: Option<i32>, place: &Place) {
        let made = |row: &Degrees| Some(Degrees { level, count: 0.0, ..row.clone() });
        let work = |tables: &mut Tables, base: &Tables, addition: &Addition| {
            let Tables { units, degrees, .. } = tables;
            add(
                degrees,
                &base.degrees,
                (units, addition),
                |row| row.level == level,
                |amount, _| amount,
                made,
                |_, _| (),
            )
        };
        self.add_to(unit, amount, from, place, work, "degrees");
    }

    pub(super) fn income(
        &mut self,
        (unit, item, currency): (&str, FinanceItem, &str),
        amount: Amount,
        from: Option<i32>,
        place: &Place,
    ) {
        let money = MoneyUnit::parse(currency);
        let rates = Rates::shared();
        // Without a rate of its year a sum in a currency cannot be compared with the rows.
        let rate = |year: i32| {
            let money = money.as_ref()?;
            rates.of(&money.currency, year).map(|rate| money.factor / rate)
        };
        let lacks = amount.absolute != 0.0 || amount.per_fte != 0.0;
        let base = &self.copy.base.tables.finance;
        let without = base.iter().map(|row| row.year).find(|year| lacks && rate(*year).is_none());
        if let Some(year) = without {
            let message = format!("no purchasing power parity of \"{currency}\" for {year}");
            return self.fault("no-ppp-rate", message, "state the sum in international dollars", place);
        }
        let in_unit = |amount: Amount, year: i32| {
            let rate = rate(year).unwrap_or(1.0);
            Amount { absolute: amount.absolute * rate, per_fte: amount.per_fte * rate, ..amount }
        };
        let made = |row: &Finance| Some(Finance { item, amount: 0.0, printed: String::new(), ..row.clone() });
        let work = |tables: &mut Tables, base: &Tables, addition: &Addition| {
            let Tables { units, finance, .. } = tables;
            add(finance, &base.finance, (units, addition), |row| row.item == item, in_unit, made, |_, _| ())
        };
        self.add_to(unit, amount, from, place, work, "money");
    }
}
