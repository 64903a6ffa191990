//! Students, degrees and money: rows of the unit, and of the units above it that state their own sums.

use crate::diagnostic::Place;
use crate::model::money::{MoneyUnit, Rates};
use crate::model::scenario::Amount;
use crate::model::tables::{Degrees, Finance, FinanceItem, Level, Students};
use crate::model::unit::UnitIndex;
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
struct Addition<'a> {
    /// The unit and all above it, ascending.
    units: &'a [UnitIndex],
    /// The unit and all below it, ascending.
    below: &'a [UnitIndex],
    unit: UnitIndex,
    /// First year of the data that changes; `None` is all.
    from: Option<i32>,
    amount: Amount,
    academic_fte: f64,
}

/// Why rows could not be changed.
enum Obstacle {
    /// The unit has no row; these below it have.
    NoRows(Vec<UnitIndex>),
    /// More is taken away than there is.
    TooFew { year: i32, wanted: f64, there: f64 },
}

/// Adds to the rows that `fits`, in proportion to their size, of the unit and of the units above it that have rows of
/// their own. `in_unit` turns an amount into the unit of the rows of a year; `also` sees each row and what it gained.
fn add<R: Row>(
    rows: &mut Vec<R>,
    base: &[R],
    addition: &Addition,
    fits: impl Fn(&R) -> bool,
    in_unit: impl Fn(Amount, i32) -> Amount,
    made: impl Fn(&R) -> Option<R>,
    also: impl Fn(&mut R, f64),
) -> Result<(), Obstacle> {
    let mut years: Vec<i32> = base.iter().filter(|row| row.unit() == addition.unit).map(Row::year).collect();
    years.retain(|year| addition.from.is_none_or(|from| *year >= from));
    years.sort_unstable();
    years.dedup();
    if years.is_empty() && !base.iter().any(|row| row.unit() == addition.unit) {
        let mut units: Vec<UnitIndex> = base.iter().map(Row::unit).collect();
        units.retain(|unit| addition.below.binary_search(unit).is_ok());
        units.sort_unstable();
        units.dedup();
        return Err(Obstacle::NoRows(units));
    }
    for year in years {
        let own = |row: &&R| row.unit() == addition.unit && row.year() == year && fits(row);
        let there: f64 = base.iter().filter(own).map(Row::size).sum();
        let more = in_unit(addition.amount, year).of(there, addition.academic_fte);
        let now: f64 = rows.iter().filter(own).map(Row::size).sum();
        if more < 0.0 && -more > now + 1e-9 {
            return Err(Obstacle::TooFew { year, wanted: -more, there: now });
        }
        for &unit in addition.units {
            let of_year = |row: &R| row.unit() == unit && row.year() == year;
            if !rows.iter().any(|row| of_year(row) && fits(row)) {
                // A unit above without rows counts those below it.
                let template = rows.iter().find(|row| of_year(row)).and_then(&made);
                rows.extend(template);
            }
            let total: f64 = rows.iter().filter(|row| of_year(row) && fits(row)).map(Row::size).sum();
            let count = rows.iter().filter(|row| of_year(row) && fits(row)).count();
            for row in rows.iter_mut().filter(|row| of_year(row) && fits(row)) {
                let part = if total > 0.0 { row.size() / total } else { 1.0 / count as f64 };
                row.add(more * part);
                also(row, more * part);
            }
        }
    }
    Ok(())
}

impl Workshop<'_> {
    /// Does one addition; `None` where the unit is unknown.
    fn add_to<R: Row>(
        &mut self,
        id: &str,
        amount: Amount,
        from: Option<i32>,
        place: &Place,
        work: impl FnOnce(&mut Self, &Addition) -> Result<(), Obstacle>,
        what: &str,
    ) {
        let Some(unit) = self.unit(id, place) else { return };
        let units = self.copy.tables.units.ancestors(unit).to_vec();
        let below = self.copy.tables.units.descendants(unit).to_vec();
        let academic_fte = if amount.per_fte == 0.0 { 0.0 } else { self.academic_fte(id) };
        let from = self.clock.data_year(from);
        let addition = Addition { units: &units, below: &below, unit, from, amount, academic_fte };
        match work(self, &addition) {
            Ok(()) => self.copy.touched.institutional = true,
            Err(Obstacle::NoRows(others)) => {
                let message = format!("\"{id}\" has no rows of {what} to change");
                let ids: Vec<&str> = others.iter().map(|unit| self.copy.tables.units.get(*unit).id.as_str()).collect();
                let hint = match ids.as_slice() {
                    [] => "no unit below it has any either".to_owned(),
                    ids => format!("the sheets state them for {}", ids[..ids.len().min(8)].join(", ")),
                };
                self.fault("no-rows", message, &hint, place);
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
        let work = |workshop: &mut Self, addition: &Addition| {
            let base = &workshop.copy.base.tables.students;
            let rows = &mut workshop.copy.tables.to_mut().students;
            add(rows, base, addition, fits, |amount, _| amount, made, also)
        };
        self.add_to::<Students>(unit, amount, from, place, work, "students");
    }

    pub(super) fn degrees(&mut self, unit: &str, level: Level, amount: Amount, from: Option<i32>, place: &Place) {
        let made = |row: &Degrees| Some(Degrees { level, count: 0.0, ..row.clone() });
        let work = |workshop: &mut Self, addition: &Addition| {
            let base = &workshop.copy.base.tables.degrees;
            let rows = &mut workshop.copy.tables.to_mut().degrees;
            add(rows, base, addition, |row| row.level == level, |amount, _| amount, made, |_, _| ())
        };
        self.add_to::<Degrees>(unit, amount, from, place, work, "degrees");
    }

    pub(super) fn income(
        &mut self,
        (unit, item, currency): (&str, FinanceItem, &str),
        amount: Amount,
        from: Option<i32>,
        place: &Place,
    ) {
        let money = MoneyUnit::parse(currency);
        let rates = Rates::built_in();
        // Without a rate of its year a sum in a currency cannot be compared with the rows.
        let rate = |year: i32| {
            let money = money.as_ref()?;
            rates.of(&money.currency, year).map(|rate| money.factor / rate)
        };
        let lacks = amount.absolute != 0.0 || amount.per_fte != 0.0;
        let base = &self.copy.base.tables.finance;
        let without = base.iter().map(|row| row.year).find(|year| lacks && rate(*year).is_none());
        if let Some(year) = without.filter(|_| lacks) {
            let message = format!("no purchasing power parity of \"{currency}\" for {year}");
            return self.fault("no-ppp-rate", message, "state the sum in international dollars", place);
        }
        let in_unit = |amount: Amount, year: i32| {
            let rate = rate(year).unwrap_or(1.0);
            Amount { absolute: amount.absolute * rate, per_fte: amount.per_fte * rate, ..amount }
        };
        let made = |row: &Finance| Some(Finance { item, amount: 0.0, printed: String::new(), ..row.clone() });
        let work = |workshop: &mut Self, addition: &Addition| {
            let base = &workshop.copy.base.tables.finance;
            let rows = &mut workshop.copy.tables.to_mut().finance;
            add(rows, base, addition, |row| row.item == item, in_unit, made, |_, _| ())
        };
        self.add_to::<Finance>(unit, amount, from, place, work, "money");
    }
}
