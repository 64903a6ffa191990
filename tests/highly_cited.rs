//! Highly cited researchers: the published HiCi scores of ARWU 2016–2018 from the lists of 2015–2017.
//!
//! `highly_cited/aliases.csv` is what an office knows and no rule can: other names of a university, and names of its parts
//! that do not print it. Nothing in the program holds a name of these files.

use std::collections::BTreeMap;
use std::path::Path;

use sanjeh::attribute::institution::{Agreement, Directory, Found};
use sanjeh::model::edition::Direction;
use sanjeh::model::tables::{HighlyCited, Tables};
use sanjeh::score::normalise::Scale;

use crate::support::{Folder, shared};

const UNITS: &str = "id,name_en,name_fa,type,parents\nu,Test University of Medical Sciences,,university,\n";

/// A list as our loader reads it.
fn load(list: &Path) -> Tables {
    let folder = Folder::assessment(&["arwu/2025"])
        .with("units.csv", UNITS)
        .with("reference/list.xlsx", std::fs::read(list).unwrap());
    let (assessment, ..) = sanjeh::load::assessment(folder.path()).unwrap();
    sanjeh::load::tables(folder.path(), &assessment, &sanjeh::load::limits::Limits::default(), &|_| {}).unwrap().value
}

/// One university of a published table.
struct Published {
    name: String,
    country: String,
    score: f64,
}

/// The rows of one year; a university of two rows of one name stands once.
fn published(table: &Path, year: i32) -> Vec<Published> {
    let mut found: Vec<Published> = Vec::new();
    for row in crate::support::table(table) {
        if row["year"] == year.to_string() && found.iter().all(|other| other.name != row["name"]) {
            found.push(Published {
                name: row["name"].clone(),
                country: row["region"].trim_start_matches("China-").to_owned(),
                score: row["HiCi"].parse().unwrap_or(0.0),
            });
        }
    }
    found
}

/// Other names by university: `(name, whether it is a part's)`.
fn aliases() -> BTreeMap<String, Vec<(String, bool)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/highly_cited/aliases.csv");
    let mut aliases: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for row in crate::support::table(&path) {
        assert!(["name", "part"].contains(&row["what"].as_str()), "{row:?}");
        aliases.entry(row["institution"].clone()).or_default().push((row["alias"].clone(), row["what"] == "part"));
    }
    aliases
}

/// A directory of the published universities.
fn directory(universities: &[Published], with_parts: bool) -> Directory {
    let aliases = aliases();
    let spellings = |university: &Published| {
        let own = aliases.get(&university.name).into_iter().flatten();
        let own = own.filter(|(_, is_part)| with_parts || !is_part).map(|(name, _)| name.clone());
        std::iter::once(university.name.clone()).chain(own).collect::<Vec<String>>()
    };
    let all: Vec<(Vec<String>, &str)> =
        universities.iter().map(|university| (spellings(university), university.country.as_str())).collect();
    Directory::new(all.iter().map(|(names, country)| (names.iter().map(String::as_str).collect(), *country)))
}

/// What each affiliation of a list names.
fn read<'a>(list: &'a [HighlyCited], directory: &Directory) -> BTreeMap<&'a str, Found> {
    let mut read = BTreeMap::new();
    for entry in list {
        read.entry(entry.primary.as_str()).or_insert_with(|| directory.find(&entry.primary));
    }
    read
}

/// What a list gives one university: entries by affiliation, and those that name it or another campus equally.
#[derive(Default)]
struct Counted {
    entries: BTreeMap<String, (Agreement, u32)>,
    campus_unknown: u32,
}

impl Counted {
    fn sum(&self, take: impl Fn(&str, Agreement) -> bool) -> u32 {
        self.entries.iter().filter(|(name, (how, _))| take(name, *how)).map(|(_, (_, count))| count).sum()
    }

    fn n(&self) -> u32 {
        self.sum(|_, _| true)
    }
}

fn count<'a>(
    list: impl IntoIterator<Item = &'a HighlyCited>,
    read: &BTreeMap<&str, Found>,
    universities: usize,
) -> Vec<Counted> {
    let mut counted: Vec<Counted> = (0..universities).map(|_| Counted::default()).collect();
    for entry in list {
        match &read[entry.primary.as_str()] {
            Found::One(index, agreement) => {
                counted[*index].entries.entry(entry.primary.clone()).or_insert((*agreement, 0)).1 += 1;
            }
            Found::Several(all) => all.iter().for_each(|index| counted[*index].campus_unknown += 1),
            Found::Nothing => {}
        }
    }
    counted
}

/// Entries that name one university, whatever country they print.
fn anywhere(list: &[HighlyCited], names: &[&str]) -> u32 {
    let read = read(list, &Directory::new([(names.to_vec(), "")]));
    count(list, &read, 1)[0].sum(|_, agreement| agreement.is_sure())
}

/// A score from a count, as an edition of ARWU scores it.
fn score(n: u32, most: u32) -> f64 {
    Scale::SquareRoot { max: f64::from(most) }.score(f64::from(n), Direction::HigherIsBetter)
}

fn is_near(n: u32, most: u32, published: f64) -> bool {
    published > 0.0 && (score(n, most) - published).abs() <= 0.02 * published
}

/// The count behind a published score.
fn implied(published: f64, most: u32) -> u32 {
    (published * published / 1e4 * f64::from(most)).round() as u32
}

/// Universities with n ≥ 3, in the list or behind the published score; of these within 2 %; and which are not.
fn compare(counted: &[Counted], universities: &[Published]) -> (u32, u32, Vec<usize>) {
    let most = counted.iter().map(Counted::n).max().unwrap();
    let (mut of, mut near, mut missed) = (0, 0, Vec::new());
    for (index, (counted, university)) in counted.iter().zip(universities).enumerate() {
        if counted.n().max(implied(university.score, most)) < 3 {
            continue;
        }
        of += 1;
        if is_near(counted.n(), most, university.score) {
            near += 1;
        } else {
            missed.push(index);
        }
    }
    (near, of, missed)
}

/// Entries that print the beginning of one of a university's names and nothing else: the system, not the campus.
fn systems(list: &[HighlyCited], names: &[&str], country: &str) -> u32 {
    let beginnings = names.iter().flat_map(|name| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let says_university = |part: &[&str]| part.iter().any(|word| word.starts_with("Universit"));
        let parts = (2..words.len()).map(|end| words[..end].to_vec());
        parts.filter(|part| says_university(part) && part.len() > 2).map(|part| part.join(" ")).collect::<Vec<_>>()
    });
    let beginnings: Vec<String> = beginnings.collect();
    let whole = Directory::new([(names.to_vec(), country)]);
    let begun = Directory::new([(beginnings.iter().map(String::as_str).collect(), country)]);
    let (begun, whole) = (read(list, &begun), read(list, &whole));
    let is = |read: &BTreeMap<&str, Found>, entry: &HighlyCited| {
        matches!(read[entry.primary.as_str()], Found::One(_, Agreement::Whole))
    };
    list.iter().filter(|entry| is(&begun, entry) && !is(&whole, entry)).count() as u32
}

/// Why a university is missed, as far as the files themselves say.
fn reason(counted: &Counted, (anywhere, systems): (u32, u32), published: u32, part: impl Fn(&str) -> bool) -> String {
    let n = counted.n();
    let whole = counted.sum(|_, how| how != Agreement::Body && how != Agreement::BodySwapped);
    let without_parts = counted.sum(|name, _| !part(name));
    let systems = systems.max(counted.campus_unknown);
    if n < published && published <= n + systems {
        format!("campus not printed: {systems} entries name the system alone")
    } else if whole == published {
        format!("the publisher left out {} entries of its hospitals and schools", n - whole)
    } else if without_parts == published {
        format!("the publisher left out {} entries of its parts", n - without_parts)
    } else if anywhere == published {
        format!("{} entries print another country", anywhere - n)
    } else if n > published {
        "unexplained: the list holds more than the publisher counted".to_owned()
    } else {
        "unexplained: the publisher counted more than the list holds by this name".to_owned()
    }
}

/// 100·√(n/n_max) of an edition from the list of the year before, against the published scores.
fn edition(year: i32, harvard: u32) {
    let list = shared(&format!("reference/hcr/{}_HCR.xlsx", year - 1));
    let (Some(list), Some(table)) = (list, shared("rankings/arwu/arwu_2016_2018_indicators.csv")) else { return };
    let tables = load(&list);
    let universities = published(&table, year);
    let affiliations = read(&tables.highly_cited, &directory(&universities, true));
    let counted = count(&tables.highly_cited, &affiliations, universities.len());
    let most = counted.iter().map(Counted::n).max().unwrap();
    assert_eq!(most, harvard, "Harvard University has the most entries");

    let (near, of, missed) = compare(&counted, &universities);
    let by_names = read(&tables.highly_cited, &directory(&universities, false));
    let names_alone = count(&tables.highly_cited, &by_names, universities.len());
    let (near_alone, of_alone, _) = compare(&names_alone, &universities);
    println!(
        "ARWU {year}: {} entries of the list, n_max {most}: {near} of {of} universities with n >= 3 within 2 % ({:.1} %); \
         without the aliases of parts {near_alone} of {of_alone} ({:.1} %)",
        tables.highly_cited.len(),
        f64::from(near) / f64::from(of) * 100.0,
        f64::from(near_alone) / f64::from(of_alone) * 100.0,
    );
    let aliases = aliases();
    for index in missed {
        let (counted, university) = (&counted[index], &universities[index]);
        let parts = aliases.get(&university.name).into_iter().flatten().filter(|(_, is_part)| *is_part);
        let parts: Vec<&str> = parts.map(|(name, _)| name.as_str()).collect();
        let others = aliases.get(&university.name).into_iter().flatten().filter(|(_, is_part)| !*is_part);
        let names: Vec<&str> =
            std::iter::once(&university.name).chain(others.map(|(name, _)| name)).map(String::as_str).collect();
        let systems = systems(&tables.highly_cited, &names, &university.country);
        let directory = Directory::new([(parts, "")]);
        let is_part = |printed: &str| matches!(directory.find(printed), Found::One(_, Agreement::Whole));
        let published = implied(university.score, most);
        println!(
            "  {}: n {}, score {:.1}, published {}, implied n {published}: {}",
            university.name,
            counted.n(),
            score(counted.n(), most),
            university.score,
            reason(counted, (anywhere(&tables.highly_cited, &names), systems), published, is_part)
        );
    }
    assert!(f64::from(near) >= 0.93 * f64::from(of), "{near} of {of}");

    // Entries are counted, not heads: with heads the best has another count and fewer universities agree.
    let mut seen = std::collections::BTreeSet::new();
    let heads = tables.highly_cited.iter().filter(|entry| seen.insert((&entry.name, &entry.primary)));
    let by_heads = count(heads, &affiliations, universities.len());
    let (near_heads, of_heads, _) = compare(&by_heads, &universities);
    println!("  counting heads instead of entries: {near_heads} of {of_heads}");
    assert!(near_heads < near);
}

#[test]
fn arwu_2016_from_the_list_of_2015() {
    edition(2016, 95);
}

#[test]
fn arwu_2017_from_the_list_of_2016() {
    edition(2017, 84);
}

#[test]
fn arwu_2018_from_the_list_of_2017() {
    edition(2018, 109);
}

/// Every entry of the three workbooks is read; only the sheet of 2015 is named by its year.
#[test]
fn lists_are_recognised_by_their_headers() {
    for (year, entries, printed) in [(2015, 3126, Some(2015)), (2016, 3266, None), (2017, 3536, None)] {
        let Some(list) = shared(&format!("reference/hcr/{year}_HCR.xlsx")) else { return };
        let tables = load(&list);
        assert_eq!(
            tables.sources.iter().find(|source| source.file.ends_with(".xlsx")).unwrap().layouts[0].1,
            "highly_cited"
        );
        assert_eq!(tables.highly_cited.len(), entries, "{year}");
        assert!(tables.highly_cited.iter().all(|entry| entry.year == printed && !entry.name.is_empty()));
    }
}

/// What is found of one institution.
fn found(institution: &str, country: &str, printed: &str) -> Option<Agreement> {
    match Directory::new([(vec![institution], country)]).find(printed) {
        Found::One(0, agreement) => Some(agreement),
        _ => None,
    }
}

#[test]
fn names_are_cut_and_places_are_not() {
    let berkeley = |printed: &str| found("University of California, Berkeley", "United States", printed);
    assert_eq!(berkeley("Univ Calif Berkeley, USA"), Some(Agreement::Whole));
    assert_eq!(berkeley("University of California, Berkeley, United States"), Some(Agreement::Whole));
    assert_eq!(berkeley("Univ Calif, USA"), Some(Agreement::WithoutCampus));
    assert_eq!(berkeley("Univ Calif Davis, USA"), None);
    assert_eq!(berkeley("Univ Calif Berkeley, Canada"), None);
    assert_eq!(found("University of Kermanshah", "Iran", "Univ Kerman, Iran"), None);
    assert_eq!(found("Georgia Institute of Technology", "USA", "Georgia Inst Technol, USA"), Some(Agreement::Whole));
    assert_eq!(found("University of Göttingen", "Germany", "Univ Goettingen, Germany"), Some(Agreement::Whole));
    assert_eq!(
        found("University of Paris-Sud (Paris 11)", "France", "Univ Paris Sud - Paris XI, France"),
        Some(Agreement::Whole)
    );
    assert_eq!(found("Xian Jiaotong University", "China", "Xi An Jiao Tong Univ, China"), Some(Agreement::Whole));
    assert_eq!(found("Texas A&M University", "USA", "Texas A and M Univ, USA"), Some(Agreement::Whole));
    assert_eq!(found("Massachusetts Institute of Technology (MIT)", "USA", "MIT, USA"), Some(Agreement::Whole));
    assert_eq!(
        found("Polytechnic University of Valencia", "Spain", "Univ Politecn Valencia, Spain"),
        Some(Agreement::Swapped)
    );
}

#[test]
fn parts_of_a_university_are_its_own_and_other_universities_are_not() {
    let chicago = |printed: &str| found("University of Chicago", "United States", printed);
    assert_eq!(chicago("Univ Chicago Med Ctr, USA"), Some(Agreement::Body));
    assert_eq!(chicago("Sch Med, Univ Chicago, USA"), Some(Agreement::Body));
    assert_eq!(chicago("Loyola Univ Chicago, USA"), None);
    let vienna = |printed: &str| found("University of Vienna", "Austria", printed);
    assert_eq!((vienna("Med Univ Vienna, Austria"), vienna("Tech Univ Vienna, Austria")), (None, None));
    assert_eq!(found("University of Bern", "Switzerland", "Bern Univ Hosp, Switzerland"), Some(Agreement::BodySwapped));
    let hong_kong = |printed: &str| found("The University of Hong Kong", "Hong Kong", printed);
    assert_eq!(hong_kong("City Univ Hong Kong, China"), None);
    assert_eq!(
        (hong_kong("Univ Hong Kong, China"), hong_kong("Univ Hong Kong, Japan")),
        (Some(Agreement::Whole), None)
    );
}

#[test]
fn the_best_agreement_wins_and_campuses_that_tie_stay_open() {
    let names = ["Washington University in St. Louis", "University of Washington", "University of Illinois at Chicago"];
    let more = ["University of Illinois at Urbana-Champaign"];
    let all = || names.iter().chain(&more).map(|name| (vec![*name], "United States"));
    let directory = Directory::new(all());
    assert_eq!(directory.find("Univ Washington, USA"), Found::One(1, Agreement::Whole));
    assert_eq!(directory.find("Washington Univ, USA"), Found::One(0, Agreement::WithoutCampus));
    assert_eq!(directory.find("Univ Illinois, USA"), Found::Several(vec![2, 3]));
    assert_eq!(directory.find("Acme Inc, USA; Univ Washington, USA"), Found::One(1, Agreement::Whole));
    assert!(Agreement::Body.is_sure() && !Agreement::WithoutCampus.is_sure());
}
