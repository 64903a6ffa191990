//! Money by unit and fiscal year, in international dollars.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, LeftOut, Read};
use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::title;
use crate::load::unit_names::UnitNames;
use crate::model::assessment::PppYear;
use crate::model::money::{MoneyUnit, Rates};
use crate::model::tables::{Finance, FinanceItem};
use crate::model::text::digits_to_ascii;
use crate::model::unit::Units;

/// Items with their columns, the whole first.
const COLUMNS: &[(&str, FinanceItem)] = &[
    ("institutional_income", FinanceItem::InstitutionalIncome),
    ("research_income", FinanceItem::ResearchIncome),
    ("industry_income", FinanceItem::IndustryIncome),
];

/// Reads the rates of the office's own table.
pub fn read_rates(sheet: &Sheet, rates: &mut Rates, findings: &mut Findings) -> Count {
    let (rows, count) = sheet.each(findings, |entry| {
        let currency = entry.required("currency")?;
        let year = entry.required_year()?;
        match entry.number("rate")? {
            Some(rate) if rate > 0.0 => Ok((currency, year, rate)),
            Some(rate) => {
                let message = format!("{rate} is not a purchasing power parity; the row is left out");
                entry.refuse("rate", Finding::error("bad-rate", message))
            }
            None => entry.missing("rate"),
        }
    });
    for (currency, year, rate) in rows {
        rates.set(&currency, year, rate);
    }
    count
}

/// Reads the sums of a sheet. Without a money unit in a column, a header, the title or the layout every row is left out
/// (`no-currency`): a guess would be wrong by a factor of ten or a thousand.
pub fn read(
    sheet: &Sheet,
    units: &Units,
    names: &UnitNames,
    rates: &Rates,
    rule: PppYear,
    findings: &mut Findings,
) -> (Vec<Finance>, Count) {
    let of_sheet = title::money_unit(sheet.grid, sheet.header.first)
        .or_else(|| sheet.layout.currency.as_deref().and_then(MoneyUnit::parse));
    let of_header = |field: &str| {
        sheet
            .columns(field)
            .first()
            .and_then(|column| MoneyUnit::parse(sheet.label(*column)))
            .or_else(|| of_sheet.clone())
    };
    let amounts = COLUMNS.iter().map(|(field, _)| *field).chain(["amount"]).filter(|field| sheet.has(field));
    let has_unit = sheet.has("currency") || amounts.clone().all(|field| of_header(field).is_some());
    if !has_unit {
        let message = "the sheet does not say in which unit its sums are (rial, toman, thousand, million …); its rows are left out";
        findings.push(
            Finding::error("no-currency", message)
                .at(sheet.whole())
                .hint("write it into the title, such as (million rial), or add a column `currency`"),
        );
    }
    let (rows, count) = sheet.each(findings, |entry| {
        if !has_unit {
            return Err(LeftOut);
        }
        let unit = entry.unit(units, names)?;
        let year = entry.required_year()?;
        let read_sum = |entry: &mut Entry, field: &str, item: FinanceItem| -> Read<Option<Finance>> {
            let Some(sum) = entry.number(field)? else { return Ok(None) };
            let money = money_unit(entry, of_header(field))?;
            if sum < 0.0 {
                let message = format!("{sum}: an income is never below 0; the row is left out");
                return entry.refuse(field, Finding::error("negative-amount", message));
            }
            let rate = match rates.of_fiscal_year(&money.currency, year, jalali_year(entry), rule) {
                Ok(rate) => rate,
                Err(year) => {
                    let message =
                        format!("no purchasing power parity of {} for {year}; the row is left out", money.currency);
                    let hint = "add the rate to a table with the columns currency, year, rate, source in reference/";
                    return entry.refuse(field, Finding::error("no-ppp-rate", message).hint(hint));
                }
            };
            let printed = format!("{} {}", entry.text(field), money.printed);
            Ok(Some(Finance {
                unit,
                year,
                item,
                amount: sum * money.factor / rate,
                printed,
                place: entry.place(field),
            }))
        };
        if entry.sheet.has("item") {
            let Some(item) = item(entry)? else { return Err(LeftOut) };
            return match read_sum(entry, "amount", item)? {
                Some(sum) => Ok(vec![sum]),
                None => entry.missing("amount"),
            };
        }
        let mut sums: Vec<Finance> = Vec::new();
        for (field, item) in COLUMNS {
            sums.extend(read_sum(entry, field, *item)?);
        }
        let whole = sums.iter().find(|sum| sum.item == FinanceItem::InstitutionalIncome).map(|sum| sum.amount);
        for (field, item) in &COLUMNS[1..] {
            let part = sums.iter().find(|sum| sum.item == *item).map(|sum| sum.amount);
            if let (Some(whole), Some(part)) = (whole, part)
                && part > whole * (1.0 + 1e-9)
            {
                let message = format!("`{field}` is more than the whole income; the row is left out");
                return entry.refuse(field, Finding::error("subset-above-total", message));
            }
        }
        if sums.is_empty() { entry.missing("institutional_income") } else { Ok(sums) }
    });
    (rows.into_iter().flatten().collect(), count)
}

/// The unit in the row's own currency column, else the column's or the sheet's.
fn money_unit(entry: &mut Entry, of_column: Option<MoneyUnit>) -> Read<MoneyUnit> {
    let text = entry.word("currency");
    let unit = if text.is_empty() { of_column } else { MoneyUnit::parse(&text) };
    match unit {
        Some(unit) => Ok(unit),
        None => {
            let message = format!("no money unit is known as \"{text}\"; the row is left out");
            entry.refuse("currency", Finding::error("no-currency", message).hint("write million rial, toman, IRR …"))
        }
    }
}

fn item(entry: &mut Entry) -> Read<Option<FinanceItem>> {
    if entry.word("item").is_empty() {
        return entry.missing("item");
    }
    Ok(match entry.meaning("item") {
        Some(Meaning::Word(word)) => COLUMNS.iter().find(|(name, _)| name == word).map(|(_, item)| *item),
        _ => None,
    })
}

/// The Solar Hijri number of the row's year, where it is printed as one.
fn jalali_year(entry: &Entry) -> Option<i32> {
    let digits: String = digits_to_ascii(&entry.printed_year()).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1300..1500).contains(year))
}
