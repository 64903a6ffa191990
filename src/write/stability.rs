//! How sure the numbers are: `stability.csv` and `integrity.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::integrity::{Reading, Sign};
use crate::model::results::Results;
use crate::model::stability::StableMeasure;
use crate::model::unit::UnitIndex;
use crate::write::tables::{OVERALL, column, frame};

/// `unit,measure,window,value,n,low,high,most_influential,without,few`: the interval in which 95 % of 1,000 bootstrap
/// samples lie, the publication whose absence moves the value most and the value without it, and whether `n` is below
/// the least that an indicator of an edition of the run asks for.
pub fn stability(results: &Results) -> PolarsResult<DataFrame> {
    let rows: Vec<(UnitIndex, &StableMeasure)> = results
        .stability
        .iter()
        .flat_map(|stability| stability.measures.iter().map(|measure| (stability.unit, measure)))
        .collect();
    let keys = &results.measures.keys;
    let cell = |&(unit, measure): &(UnitIndex, &StableMeasure)| results.measures.row(unit.at())[measure.column];
    let few = |row: &(UnitIndex, &StableMeasure)| {
        let key = &keys[row.1.column];
        let edition = results.editions.iter().find(|edition| Some(edition.id.as_str()) == key.edition.as_deref())?;
        let using =
            edition.indicators.iter().filter(|indicator| indicator.value.measures().contains(&key.measure.as_str()));
        let least = using.filter_map(|indicator| indicator.minimum).max()?;
        Some(cell(row).n < least)
    };
    let id = |publication: Option<u32>| publication.map(|index| results.publications.items[index as usize].id.as_str());
    frame(vec![
        column("unit", rows.iter().map(|(unit, _)| results.tables.units.get(*unit).id.as_str()).collect::<Vec<_>>()),
        column("measure", rows.iter().map(|(_, measure)| keys[measure.column].label()).collect::<Vec<_>>()),
        column("window", rows.iter().map(|(_, measure)| keys[measure.column].window.to_string()).collect::<Vec<_>>()),
        column("value", rows.iter().map(|row| cell(row).value).collect::<Vec<_>>()),
        column("n", rows.iter().map(|row| cell(row).n).collect::<Vec<_>>()),
        column("low", rows.iter().map(|(_, measure)| measure.interval.map(|ends| ends.0)).collect::<Vec<_>>()),
        column("high", rows.iter().map(|(_, measure)| measure.interval.map(|ends| ends.1)).collect::<Vec<_>>()),
        column("most_influential", rows.iter().map(|(_, measure)| id(measure.most_influential)).collect::<Vec<_>>()),
        column("without", rows.iter().map(|(_, measure)| measure.without).collect::<Vec<_>>()),
        column("few", rows.iter().map(few).collect::<Vec<_>>()),
    ])
}

/// `unit,sign,count,of,share,authors,edition,group,score,without`: what each sign of the integrity panel concerns, and
/// the composites with and without it. Rows without a composite on both sides keep the edition and group empty.
pub fn integrity(results: &Results) -> PolarsResult<DataFrame> {
    struct Row<'a> {
        reading: &'a Reading,
        place: Option<(&'a str, &'a str)>,
        score: Option<f64>,
        without: Option<f64>,
    }
    let mut rows: Vec<Row> = Vec::new();
    for reading in &results.integrity {
        let before = rows.len();
        for ((edition, card), without) in results.editions.iter().zip(&results.scorecards).zip(&reading.without) {
            for (composite, without) in card.composites_of(reading.unit, edition.groups.len()).iter().zip(without) {
                // A group that no publication moves says nothing about this sign.
                if composite.score.is_some() && (composite.score != *without || composite.group.is_none()) {
                    let group = composite.group.map_or(OVERALL, |group| edition.groups[group].code.as_str());
                    let place = Some((edition.id.as_str(), group));
                    rows.push(Row { reading, place, score: composite.score, without: *without });
                }
            }
        }
        if rows.len() == before {
            rows.push(Row { reading, place: None, score: None, without: None });
        }
    }
    // Where no self-citation is known, nothing was taken out.
    let told = |row: &Row| row.reading.counted.is_some() || row.reading.sign != Sign::SelfCitations;
    let count = |row: &Row| row.reading.counted.map(|(count, _)| count);
    let of = |row: &Row| row.reading.counted.map(|(_, of)| of);
    let share = |row: &Row| {
        let (count, of) = row.reading.counted?;
        (of > 0).then(|| count as f64 / of as f64)
    };
    frame(vec![
        column(
            "unit",
            rows.iter().map(|row| results.tables.units.get(row.reading.unit).id.as_str()).collect::<Vec<_>>(),
        ),
        column("sign", rows.iter().map(|row| row.reading.sign.as_str()).collect::<Vec<_>>()),
        column("count", rows.iter().map(count).collect::<Vec<_>>()),
        column("of", rows.iter().map(of).collect::<Vec<_>>()),
        column("share", rows.iter().map(share).collect::<Vec<_>>()),
        column("authors", rows.iter().map(|row| row.reading.authors).collect::<Vec<_>>()),
        column("edition", rows.iter().map(|row| row.place.map(|(edition, _)| edition)).collect::<Vec<_>>()),
        column("group", rows.iter().map(|row| row.place.map(|(_, group)| group)).collect::<Vec<_>>()),
        column("score", rows.iter().map(|row| row.score).collect::<Vec<_>>()),
        column("without", rows.iter().map(|row| row.without.filter(|_| told(row))).collect::<Vec<_>>()),
    ])
}
