//! What the invented university could do: a catalogue of strategies and a few scenarios. Units that a smaller sample does
//! not have are left out.

use crate::sample::File;
use crate::sample::comma_separated;
use crate::sample::units::University;

/// Columns that hold ids of other strategies, those of synergies with a percentage.
const RELATIONS: [usize; 3] = [13, 14, 15];
/// Column of the units.
const UNITS: usize = 4;
/// Columns of the list.
const WIDTH: usize = 19;

const SCENARIOS: [(&str, &str); 5] = [
    ("better-journals", include_str!("../../data/sample/scenarios/better-journals.toml")),
    ("international-partner", include_str!("../../data/sample/scenarios/international-partner.toml")),
    ("more-doctorates", include_str!("../../data/sample/scenarios/more-doctorates.toml")),
    ("peers-grow", include_str!("../../data/sample/scenarios/peers-grow.toml")),
    ("ten-hires", include_str!("../../data/sample/scenarios/ten-hires.toml")),
];

/// The files of `strategies/`.
pub fn files(university: &University) -> Vec<File> {
    let scenario = |(name, text): &(&str, &str)| File {
        path: format!("strategies/scenarios/{name}.toml"),
        bytes: text.as_bytes().to_vec(),
    };
    let mut files = vec![File { path: "strategies/catalogue.csv".into(), bytes: catalogue(university) }];
    files.extend(SCENARIOS.iter().map(scenario));
    files
}

fn catalogue(university: &University) -> Vec<u8> {
    let text = include_str!("../../data/sample/strategies.csv");
    let listed = comma_separated::rows(text);
    let is_there = |item: &str| university.units.iter().any(|unit| unit.id == item || unit.unit_type == item);
    let kept = |list: &str, keep: &dyn Fn(&str) -> bool| -> String {
        list.split(';').filter(|item| !item.is_empty() && keep(item)).collect::<Vec<_>>().join(";")
    };
    let mut rows: Vec<[String; WIDTH]> = Vec::new();
    for row in &listed {
        let mut cells: [String; WIDTH] = std::array::from_fn(|column| row[column].to_owned());
        cells[UNITS] = kept(&cells[UNITS], &is_there);
        if !cells[UNITS].is_empty() {
            rows.push(cells);
        }
    }
    let ids: Vec<String> = rows.iter().map(|row| row[0].clone()).collect();
    let is_listed = |item: &str| ids.iter().any(|id| item.split(':').next() == Some(id));
    for row in &mut rows {
        for column in RELATIONS {
            row[column] = kept(&row[column], &is_listed);
        }
    }
    let header = text.lines().next().unwrap_or_default().split(',');
    let mut header = header.map(str::to_owned);
    rows.insert(0, std::array::from_fn(|_| header.next().unwrap_or_default()));
    comma_separated::bytes(&rows)
}
