//! The countries that a unit publishes with.

use std::collections::BTreeMap;

use super::{Scene, about};
use crate::model::chart::{Chart, Drawing, Tile, TileMap};
use crate::model::country::{countries, named};
use crate::model::publication::Publication;
use crate::model::report::{Argument, Phrase, Text};

/// The name of a country in all languages; as it stands where it is not in the list.
pub fn country_name(name: &str) -> Text {
    named(name).map_or_else(|| Text::Verbatim(name.to_owned()), |index| countries()[index].name.clone().into())
}

/// Papers with an affiliation in each country. At home those with another organisation of the country. `None` where no
/// paper tells a country.
pub fn chart(scene: &Scene, unit: usize) -> Option<Chart> {
    let (results, own) = (scene.results, &scene.units[unit]);
    let papers = scene.holdings.papers(results, unit);
    let known: Vec<&&Publication> = papers.iter().filter(|paper| !paper.countries.is_empty()).collect();
    if known.is_empty() {
        return None;
    }
    let home = named(&results.assessment.institution.country);
    let mut joint: BTreeMap<&str, u64> = BTreeMap::new();
    for country in known.iter().flat_map(|paper| &paper.countries) {
        *joint.entry(country).or_default() += 1;
    }
    let mut counts = vec![0; countries().len()];
    let mut elsewhere: Vec<(Text, u64)> = Vec::new();
    for (country, papers) in joint {
        match named(country) {
            Some(index) => counts[index] += papers,
            None => elsewhere.push((Text::Verbatim(country.to_owned()), papers)),
        }
    }
    if let Some(home) = home {
        counts[home] = known.iter().filter(|paper| paper.domestic_organisations > 1).count() as u64;
    }
    let (mut tiles, mut own_tile) = (Vec::new(), None);
    for (index, (country, papers)) in countries().iter().zip(counts).enumerate() {
        let name: Text = country.name.clone().into();
        match country.place {
            Some((column, row)) => {
                if Some(index) == home {
                    own_tile = Some(tiles.len());
                }
                tiles.push(Tile { code: country.code.clone(), country: name, column, row, papers });
            }
            None if papers > 0 && Some(index) != home => elsewhere.push((name, papers)),
            None => {}
        }
    }
    elsewhere.sort_by_key(|(_, papers)| std::cmp::Reverse(*papers));
    let map = TileMap { tiles, home: own_tile, elsewhere };
    let abroad = known.iter().filter(|paper| paper.international == Some(true)).count() as u64;
    let facts = Phrase::new("chart.countries_facts")
        .with("n", Argument::Count(abroad))
        .with("all", Argument::Count(known.len() as u64))
        .with("years", Argument::Years(results.assessment.publication_window()));
    let mut notes: Vec<Text> = vec![Phrase::new("chart.countries_note").into()];
    if known.len() < papers.len() {
        let unknown = (papers.len() - known.len()) as u64;
        notes.push(Phrase::new("chart.countries_unknown").with("n", Argument::Count(unknown)).into());
    }
    Some(Chart {
        name: format!("countries-{}", own.slug),
        unit: Some(unit),
        title: about("chart.countries", own).into(),
        reading: reading(&map).into(),
        sources: vec!["publications.csv", "credits.csv"],
        subtitle: vec![Text::UnitType(own.unit_type.clone()), facts.into()],
        notes,
        invented: scene.invented(),
        drawing: Drawing::TileMap(map),
    })
}

fn reading(map: &TileMap) -> Phrase {
    let abroad = map.abroad();
    match abroad.first() {
        None => Phrase::new("chart.none_abroad"),
        Some((country, papers)) => Phrase::new("chart.countries_reading")
            .with("n", Argument::Count(abroad.len() as u64))
            .with("country", Argument::Text((*country).clone()))
            .with("papers", Argument::Count(*papers)),
    }
}
