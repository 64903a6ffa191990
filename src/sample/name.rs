//! Names of people in both scripts, from `data/sample/*_names.csv`.

use crate::sample::chance::Chance;
use crate::sample::comma_separated;

/// A Persian given or family name with its spellings in Latin letters, the usual one first.
#[derive(Debug, Clone)]
pub struct Spelled {
    /// Persian.
    pub fa: String,
    /// Latin spellings.
    pub latin: Vec<String>,
}

/// All Persian names.
#[derive(Debug, Clone)]
pub struct PersianNames {
    /// Given names of men.
    pub male: Vec<Spelled>,
    /// Given names of women.
    pub female: Vec<Spelled>,
    /// Family names.
    pub family: Vec<Spelled>,
}

impl PersianNames {
    /// The built-in names.
    pub fn built_in() -> Self {
        let spelled =
            |fa: &str, latin: &str| Spelled { fa: fa.to_owned(), latin: latin.split('|').map(str::to_owned).collect() };
        let mut names = PersianNames { male: Vec::new(), female: Vec::new(), family: Vec::new() };
        for row in comma_separated::rows(include_str!("../../data/sample/given_names.csv")) {
            let list = if &row[1] == "1" { &mut names.female } else { &mut names.male };
            list.push(spelled(&row[0], &row[2]));
        }
        for row in comma_separated::rows(include_str!("../../data/sample/family_names.csv")) {
            names.family.push(spelled(&row[0], &row[1]));
        }
        names
    }

    /// A name in Latin letters: given and family, in their usual spellings.
    pub fn latin(&self, chance: &mut Chance) -> LatinName {
        let given = if chance.happens(0.5) { chance.pick(&self.female) } else { chance.pick(&self.male) };
        let family = chance.pick(&self.family);
        LatinName { given: given.latin[0].clone(), family: family.latin[0].clone() }
    }
}

/// A name as bibliographic records print it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LatinName {
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: String,
}

impl LatinName {
    /// `M.R.`, `K.-C.`
    pub fn initials(&self) -> String {
        let mut initials = String::new();
        for (index, part) in self.given.split(' ').enumerate() {
            for (inner, piece) in part.split('-').enumerate() {
                let Some(first) = piece.chars().next() else { continue };
                if inner > 0 {
                    initials.push('-');
                } else if index > 0 && !initials.ends_with('.') {
                    initials.push('.');
                }
                initials.extend(first.to_uppercase());
                initials.push('.');
            }
        }
        initials
    }

    /// `Karimi M.R.`
    pub fn short(&self) -> String {
        format!("{} {}", self.family, self.initials())
    }

    /// `Karimi, M.R.`
    pub fn short_with_comma(&self) -> String {
        format!("{}, {}", self.family, self.initials())
    }
}

/// Given and family names of one region of the world.
#[derive(Debug, Clone)]
pub struct ForeignNames {
    region: String,
    given: Vec<String>,
    family: Vec<String>,
}

impl ForeignNames {
    /// All regions.
    pub fn built_in() -> Vec<Self> {
        let list = |text: &str| text.split('|').map(str::to_owned).collect();
        comma_separated::rows(include_str!("../../data/sample/foreign_names.csv"))
            .iter()
            .map(|row| ForeignNames { region: row[0].to_owned(), given: list(&row[1]), family: list(&row[2]) })
            .collect()
    }

    /// A name of a region, or `None` where the region is not there.
    pub fn of(regions: &[Self], region: &str, chance: &mut Chance) -> Option<LatinName> {
        let names = regions.iter().find(|names| names.region == region)?;
        Some(LatinName { given: chance.pick(&names.given).clone(), family: chance.pick(&names.family).clone() })
    }
}
