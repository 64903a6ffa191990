//! Countries: their codes, names and variants, as affiliations and sheets print them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::names::Names;
use crate::model::text::fold;

/// Codes, names and variants of countries, as affiliations are read by.
const COUNTRIES: &str = include_str!("../../data/reference/countries.csv");
/// Their places on the grid and Persian names.
const TILES: &str = include_str!("../../data/reference/world_tiles.csv");

/// A country of the built-in list.
pub struct Country {
    /// ISO 3166-1 code of two letters.
    pub code: String,
    /// English and Persian name.
    pub name: Names,
    /// Column and row on the grid of the world.
    pub place: Option<(u32, u32)>,
    /// Folded spellings.
    keys: Vec<String>,
}

/// All countries in the order of the list.
pub fn countries() -> &'static [Country] {
    static ALL: OnceLock<Vec<Country>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = |text: &'static str| {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            reader.records().map(|row| row.expect("the built-in lists are checked by a test")).collect::<Vec<_>>()
        };
        let places: BTreeMap<String, csv::StringRecord> =
            rows(TILES).into_iter().map(|row| (row[0].to_owned(), row)).collect();
        let country = |row: csv::StringRecord| {
            let told = places.get(&row[0]);
            let number = |column: usize| told.and_then(|told| told[column].parse::<u32>().ok());
            let persian = told.map_or("", |told| &told[3]);
            Country {
                code: row[0].to_owned(),
                name: Names::new(&row[1], persian),
                keys: std::iter::once(&row[1])
                    .chain(row[2].split('|'))
                    .chain(std::iter::once(persian))
                    .map(fold)
                    .filter(|key| !key.is_empty())
                    .collect(),
                place: number(1).zip(number(2)),
            }
        };
        rows(COUNTRIES).into_iter().map(country).collect()
    })
}

/// Index in [`countries`] of the country that a name or one of its variants names, in English or Persian.
pub fn named(name: &str) -> Option<usize> {
    static BY_KEY: OnceLock<BTreeMap<&'static str, usize>> = OnceLock::new();
    let by_key = BY_KEY.get_or_init(|| {
        let mut by_key = BTreeMap::new();
        for (index, country) in countries().iter().enumerate() {
            for key in &country.keys {
                by_key.entry(key.as_str()).or_insert(index);
            }
        }
        by_key
    });
    by_key.get(fold(name).as_str()).copied()
}

/// The country that a two-letter code or a name means.
pub fn meant(printed: &str) -> Option<&'static Country> {
    let code = printed.trim();
    let by_code = || countries().iter().find(|country| country.code == code);
    named(printed).map(|index| &countries()[index]).or_else(by_code)
}
