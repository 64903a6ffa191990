//! Invented journals, and the two real ones that a ranking lists by name.

use crate::sample::chance::{Chance, Kind};
use crate::sample::field::Fields;
use crate::sample::identifier::issn;

/// How journals are called; `{}` is the subject of the field.
const PATTERNS: [&str; 14] = [
    "Cypress Journal of {}",
    "Juniper Reviews in {}",
    "Meridian {} Reports",
    "Tamarisk Annals of {}",
    "Hazel Archives of {}",
    "Plane Tree {} Letters",
    "Silk Road Journal of {}",
    "Open {} Almanac",
    "Caspian Plateau Journal of {}",
    "Walnut Grove {} and Practice",
    "Bulletin of Applied {} Studies",
    "Pomegranate {} Quarterly",
    "{} Notes and Cases",
    "Saffron Hills Journal of {}",
];

/// Publishers.
const PUBLISHERS: [&str; 6] = [
    "Cypress Press",
    "Juniper Academic",
    "Meridian Scholarly",
    "Silk Road University Press",
    "Walnut Grove Publishing",
    "Almanac Open Science",
];

/// Countries with their regions, as the journal list prints them.
const COUNTRIES: [(&str, &str); 5] = [
    ("Iran", "Middle East"),
    ("Netherlands", "Western Europe"),
    ("Turkey", "Middle East"),
    ("Malaysia", "Asiatic Region"),
    ("Switzerland", "Western Europe"),
];

/// A journal.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Title.
    pub title: String,
    /// ISSNs, print before electronic, eight characters.
    pub issns: Vec<String>,
    /// Publisher.
    pub publisher: &'static str,
    /// Factor on citations: 1 is usual.
    pub weight: f64,
    country: (&'static str, &'static str),
    sjr: f64,
    categories: Vec<String>,
    areas: Vec<String>,
}

/// All journals.
#[derive(Debug, Clone)]
pub struct Journals {
    /// In the order in which they were invented.
    pub list: Vec<Journal>,
    /// Journals of each field, the best first.
    by_field: Vec<Vec<usize>>,
    /// The journals counted by name in a ranking.
    pub listed: Vec<usize>,
}

impl Journals {
    /// Invents fourteen for each field.
    pub fn new(seed: u64, fields: &Fields) -> Self {
        let mut chance = Chance::new(seed, Kind::Journal, 0);
        let mut list = Vec::new();
        let mut by_field = Vec::new();
        for field in &fields.list {
            let mut patterns = PATTERNS;
            chance.shuffle(&mut patterns);
            let mut own = Vec::new();
            for (place, pattern) in patterns.iter().enumerate() {
                let number = list.len();
                let sjr = 0.3 * field.rate * libm::exp(1.1 - 0.2 * place as f64 + 0.2 * chance.normal());
                let categories = match field.categories.as_slice() {
                    [first, others @ ..] if !others.is_empty() && chance.happens(0.5) => {
                        vec![first.clone(), chance.pick(others).clone()]
                    }
                    all => vec![chance.pick(all).clone()],
                };
                own.push(number);
                list.push(Journal {
                    title: pattern.replace("{}", &field.subject),
                    issns: vec![issn(2 * number), issn(2 * number + 1)],
                    publisher: PUBLISHERS[number % PUBLISHERS.len()],
                    country: COUNTRIES[number % COUNTRIES.len()],
                    weight: 1.7 - 1.4 * place as f64 / PATTERNS.len() as f64,
                    sjr,
                    categories,
                    areas: field.areas.clone(),
                });
            }
            by_field.push(own);
        }
        let mut listed = Vec::new();
        for (title, issns, publisher, country, sjr) in [
            ("Nature", ["00280836", "14764687"], "Springer Nature", ("United Kingdom", "Western Europe"), 18.5),
            (
                "Science",
                ["00368075", "10959203"],
                "American Association for the Advancement of Science",
                ("United States", "Northern America"),
                11.9,
            ),
        ] {
            listed.push(list.len());
            list.push(Journal {
                title: title.to_owned(),
                issns: issns.map(String::from).to_vec(),
                publisher,
                country,
                weight: 12.0,
                sjr,
                categories: vec!["Multidisciplinary".to_owned()],
                areas: vec!["Multidisciplinary".to_owned()],
            });
        }
        Journals { list, by_field, listed }
    }

    /// A journal of a field; the higher the quality (1 is usual), the better it tends to be.
    pub fn pick(&self, field: usize, quality: f64, chance: &mut Chance) -> usize {
        let own = &self.by_field[field];
        let place = libm::pow(chance.unit(), quality.clamp(0.2, 6.0)) * own.len() as f64;
        own[(place as usize).min(own.len() - 1)]
    }

    /// The journal list in the form of the SCImago Journal Rank: semicolons, decimal commas, quartile by category.
    pub fn csv(&self) -> Vec<u8> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by(|&a, &b| self.list[b].sjr.total_cmp(&self.list[a].sjr).then(a.cmp(&b)));
        let mut text = String::from(
            "Rank;Sourceid;Title;Type;Issn;SJR;SJR Best Quartile;H index;Total Docs. (2024);Total Docs. (3years);\
             Total Refs.;Total Cites (3years);Citable Docs. (3years);Cites / Doc. (2years);Ref. / Doc.;%Female;Overton;\
             SDG;Country;Region;Publisher;Coverage;Categories;Areas\n",
        );
        for (rank, &journal) in order.iter().enumerate() {
            let Journal { title, issns, publisher, country, sjr, categories, areas, .. } = &self.list[journal];
            let quartiles: Vec<usize> = categories.iter().map(|category| self.quartile(journal, category)).collect();
            let best = quartiles.iter().min().copied().unwrap_or(4);
            let categories: Vec<String> = categories
                .iter()
                .zip(&quartiles)
                .map(|(category, quartile)| format!("{category} (Q{quartile})"))
                .collect();
            let documents = 60 + journal * 37 % 400;
            let cites = comma(sjr * 2.6);
            text.push_str(&format!(
                "{};{};\"{title}\";journal;\"{}\";{};Q{best};{};{documents};{};{};{};{};{cites};38,20;41,70;{};{};{};\
                 {};\"{publisher}\";\"2001-2025\";\"{}\";\"{}\"\n",
                rank + 1,
                9_900_000 + journal,
                issns.join(", "),
                comma(*sjr),
                12 + (sjr * 40.0) as usize,
                documents * 3,
                documents * 38,
                (documents as f64 * 3.0 * sjr * 2.5) as usize,
                documents * 3 - 9,
                journal % 5,
                journal % 40,
                country.0,
                country.1,
                categories.join("; "),
                areas.join("; "),
            ));
        }
        text.into_bytes()
    }

    /// The quarter of a category in which a journal stands by SJR.
    fn quartile(&self, journal: usize, category: &str) -> usize {
        let peers = self.list.iter().filter(|other| other.categories.iter().any(|name| name == category));
        let (count, better) = peers.fold((0, 0), |(count, better), other| {
            (count + 1, better + usize::from(other.sjr > self.list[journal].sjr))
        });
        // A category of two or three journals has no quarters: they count as its best.
        better * 4 / count.max(8) + 1
    }
}

/// Three decimals with a comma.
fn comma(number: f64) -> String {
    format!("{number:.3}").replace('.', ",")
}
