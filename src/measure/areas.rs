//! Subject areas: the 27 areas of journals and the wider areas of rankings, from `data/schemes/asjc_areas.csv`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::tables::Tables;

/// Which ranking area each journal area belongs to; one row per ASJC area.
#[derive(Debug)]
pub struct AreaScheme {
    by_name: BTreeMap<String, (u8, String)>,
}

impl AreaScheme {
    /// The built-in scheme.
    pub fn built_in() -> Self {
        let mut by_name = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(include_str!("../../data/schemes/asjc_areas.csv").as_bytes());
        for row in reader.records() {
            let row = row.expect("the built-in scheme is checked by a test");
            let code = row[0].parse().expect("the built-in scheme is checked by a test");
            by_name.insert(row[1].to_owned(), (code, row[2].to_owned()));
        }
        AreaScheme { by_name }
    }

    /// ASJC area codes of every listed journal, in journal order; areas of unknown name are left out.
    pub fn of_journals(&self, tables: &Tables) -> Vec<Vec<u8>> {
        let codes = |areas: &Vec<String>| {
            let mut codes: Vec<u8> =
                areas.iter().filter_map(|area| self.by_name.get(area.trim())).map(|(code, _)| *code).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        tables.journals.iter().map(|journal| codes(&journal.areas)).collect()
    }

    /// QS faculty area of each ASJC area code; multidisciplinary belongs to none.
    pub fn qs_areas(&self) -> FxHashMap<u8, &str> {
        self.by_name.values().filter(|(_, area)| !area.is_empty()).map(|(code, area)| (*code, area.as_str())).collect()
    }
}
