//! Sample: the same bytes every time, the promised numbers, and a truth that agrees with the files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use sanjeh::attribute::attribute;
use sanjeh::diagnostic::{Place, Severity};
use sanjeh::load;
use sanjeh::model::assessment::Assessment;
use sanjeh::model::ledger::Account;
use sanjeh::sample::{Sample, Size, generate};

use crate::support::Folder;

const EXPORTS: [&str; 2] = ["publications/scopus_2020_2022.csv", "publications/scopus_2022_2024.csv"];

fn small() -> Size {
    Size { units: 12, staff: 60, publications: 400, hyper_authored: 10, seed: 7 }
}

fn bytes<'a>(sample: &'a Sample, path: &str) -> &'a [u8] {
    &sample.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is missing")).bytes
}

fn rows(sample: &Sample, path: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = bytes(sample, path);
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| headers.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The rows of an export by row number and EID, with the number of author ids.
fn records(sample: &Sample) -> BTreeMap<(&'static str, u32), (String, usize)> {
    let mut records = BTreeMap::new();
    for path in EXPORTS {
        for (index, row) in rows(sample, path).iter().enumerate() {
            let ids = row["Author(s) ID"].split(';').filter(|id| id.trim().parse::<u64>().is_ok()).count();
            records.insert((path, index as u32 + 2), (row["EID"].clone(), ids));
        }
    }
    records
}

/// The text cells of a workbook by sheet, row and column, the row as a spreadsheet shows it.
fn texts(sample: &Sample, path: &str) -> Vec<(String, u32, u32, String)> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes(sample, path).to_vec())).unwrap();
    let mut cells = Vec::new();
    for (sheet, range) in workbook.worksheets() {
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            if let Data::String(text) = cell {
                cells.push((sheet.clone(), first_row + row as u32 + 1, first_column + column as u32, text.clone()));
            }
        }
    }
    cells
}

fn folder(sample: &Sample) -> Folder {
    sample.files.iter().fold(Folder::new(), |folder, file| folder.with(&file.path, &file.bytes))
}

/// ISO 7064 MOD 11-2 over the first fifteen digits.
fn orcid_is_valid(orcid: &str) -> bool {
    let signs: Vec<char> = orcid.chars().filter(|sign| *sign != '-').collect();
    let total = signs[..15].iter().fold(0, |total, sign| (total + sign.to_digit(10).unwrap()) * 2);
    let check = (12 - total % 11) % 11;
    signs.len() == 16 && signs[15] == if check == 10 { 'X' } else { char::from_digit(check, 10).unwrap() }
}

#[test]
fn the_same_size_gives_the_same_bytes_on_any_number_of_threads() {
    let first = generate(&small());
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let second = single.install(|| generate(&small()));
    assert!(first.files == second.files);
    assert_eq!(first.truth.publications, second.truth.publications);
    let other = generate(&Size { seed: 8, ..small() });
    assert!(first.files != other.files);
}

#[test]
fn more_publications_leave_the_staff_as_they_are() {
    let few = generate(&small());
    let more = generate(&Size { publications: 500, hyper_authored: 12, ..small() });
    for path in ["units.csv", "staff/staff_1402.xlsx", "students/students.xlsx", "finance/finance_1402.xlsx"] {
        assert!(bytes(&few, path) == bytes(&more, path), "{path} differs");
    }
}

#[test]
fn the_default_has_the_promised_numbers() {
    let sample = generate(&Size::default());
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(&sample, "units.csv") {
        *types.entry(row["type"].clone()).or_default() += 1;
    }
    let wanted = [("centre", 20), ("department", 20), ("hospital", 9), ("school", 10), ("university", 1)];
    assert_eq!(types, wanted.map(|(name, count)| (name.to_owned(), count)).into());

    let truth = &sample.truth;
    assert_eq!(truth.publications.len(), 9_600);
    assert_eq!(truth.publications.iter().filter(|publication| publication.authors > 100).count(), 240);
    assert!(truth.publications.iter().filter(|publication| publication.authors > 1_000).count() >= 3);
    assert!(truth.publications.iter().all(|publication| (2020..=2024).contains(&publication.year)));

    // The same by what stands in the files: each DOI is one work, whatever its number of records.
    let (mut works, mut large) = (BTreeSet::new(), BTreeSet::new());
    for path in EXPORTS {
        for row in rows(&sample, path) {
            let key = if row["DOI"].is_empty() { row["EID"].clone() } else { row["DOI"].clone() };
            if row["Authors with affiliations"].split("; ").count() > 100 {
                large.insert(key.clone());
            }
            works.insert(key);
        }
    }
    assert_eq!((works.len(), large.len()), (9_600, 240));
    assert!(truth.duplicates().count() > 1_500, "2022 is in both exports");
    assert!(
        truth
            .publications
            .iter()
            .any(|publication| { publication.records.iter().any(|record| record.eid != publication.eid) })
    );

    let bytes: usize = sample.files.iter().map(|file| file.bytes.len()).sum();
    assert!(bytes < 28_000_000, "{bytes} bytes");
}

#[test]
fn every_size_is_exact() {
    for (units, staff, publications, hyper_authored) in
        [(5, 10, 0, 0), (6, 11, 3, 1), (9, 25, 40, 40), (12, 60, 400, 10), (33, 200, 100, 2), (75, 90, 150, 3)]
    {
        let size = Size { units, staff, publications, hyper_authored, seed: 3 };
        let sample = generate(&size);
        assert_eq!(rows(&sample, "units.csv").len(), units, "{size:?}");
        let ids: BTreeSet<String> = texts(&sample, "staff/staff_1402.xlsx")
            .into_iter()
            .filter(|(_, row, column, _)| *column == 1 && *row > 3)
            .map(|(_, _, _, text)| latin_digits(&text))
            .collect();
        assert_eq!(ids.len(), staff, "{size:?}");
        assert_eq!(sample.truth.publications.len(), publications, "{size:?}");
        let large = sample.truth.publications.iter().filter(|publication| publication.authors > 100).count();
        assert_eq!(large, hyper_authored, "{size:?}");
    }
    let scaled = Size::scaled(400);
    assert_eq!((scaled.publications, scaled.hyper_authored, scaled.staff), (400, 10, 60));
    assert_eq!(Size::scaled(9_600), Size::default());
}

fn latin_digits(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '۰'..='۹' => char::from_digit(sign as u32 - '۰' as u32, 10).unwrap(),
            other => other,
        })
        .collect()
}

#[test]
fn the_truth_agrees_with_the_files() {
    let sample = generate(&Size::scaled(2_000));
    let records = records(&sample);
    let units: BTreeSet<String> = rows(&sample, "units.csv").into_iter().map(|row| row["id"].clone()).collect();
    let staff: BTreeSet<String> = texts(&sample, "staff/staff_1402.xlsx")
        .into_iter()
        .filter(|(_, _, column, _)| *column == 1)
        .map(|(_, _, _, text)| latin_digits(&text))
        .collect();
    let mut places = BTreeSet::new();
    for publication in &sample.truth.publications {
        assert!(!publication.records.is_empty(), "{} is in no export", publication.eid);
        for record in &publication.records {
            let path = EXPORTS.into_iter().find(|path| *path == record.file).unwrap();
            assert_eq!(records[&(path, record.row)], (record.eid.clone(), publication.authors as usize));
            assert!(places.insert((path, record.row)), "two works claim {path}:{}", record.row);
        }
        let positions: Vec<u32> = publication.credits.iter().map(|credit| credit.author_position).collect();
        assert!(positions.is_sorted_by(|a, b| a < b));
        assert!(positions.iter().all(|position| (1..=publication.authors).contains(position)));
        for credit in &publication.credits {
            assert!(credit.units.iter().all(|unit| units.contains(unit)));
            assert!(credit.units.is_sorted_by(|a, b| a < b));
            match &credit.staff {
                Some(id) => assert!(staff.contains(id), "nobody has the number {id}"),
                None => assert!(!credit.units.is_empty(), "a student of no unit"),
            }
        }
    }
    assert_eq!(places.len(), records.len(), "every record belongs to a work");
    // Some staff wrote papers before they came or after they left.
    let written_elsewhere = |credit: &&sanjeh::sample::TrueCredit| credit.staff.is_some() && credit.units.is_empty();
    let credits = sample.truth.publications.iter().flat_map(|publication| &publication.credits);
    assert!(credits.filter(written_elsewhere).count() > 5);
}

#[test]
fn every_unit_that_is_named_exists() {
    let sample = generate(&small());
    let units = rows(&sample, "units.csv");
    let ids: BTreeSet<&str> = units.iter().map(|row| row["id"].as_str()).collect();
    let names: BTreeSet<&str> = units.iter().map(|row| row["name_fa"].as_str()).collect();
    for row in &units {
        assert!(row["parents"].split('|').filter(|id| !id.is_empty()).all(|id| ids.contains(id)), "{row:?}");
    }
    for path in ["aliases.csv", "surveys/supplied.csv"] {
        let rows = rows(&sample, path);
        assert!(!rows.is_empty() && rows.iter().all(|row| ids.contains(row["unit"].as_str())), "{path}");
    }
    for (path, column, first_row) in [
        ("students/students.xlsx", 0, 4),
        ("students/degrees.xlsx", 0, 3),
        ("finance/finance_1402.xlsx", 0, 3),
        ("agreements/agreements.xlsx", 4, 3),
        ("mobility/visitors.xlsx", 5, 3),
    ] {
        let cells = texts(&sample, path);
        let named: Vec<&str> = cells
            .iter()
            .filter(|(_, row, at, _)| *at == column && *row >= first_row)
            .map(|(_, _, _, text)| text.as_str())
            .collect();
        assert!(!named.is_empty() && named.iter().all(|name| names.contains(name)), "{path}: {named:?}");
    }
}

#[test]
fn identifiers_have_their_check_digits() {
    let sample = generate(&Size { staff: 300, ..small() });
    let faulty: Vec<&str> =
        sample.truth.faults.iter().filter(|fault| fault.code == "bad-orcid").map(|fault| fault.text.as_str()).collect();
    let mut checked = 0;
    for (_, row, column, text) in texts(&sample, "staff/staff_1402.xlsx") {
        if column == 14 && row > 3 {
            let orcid = text.trim_start_matches("https://orcid.org/");
            assert_eq!(orcid_is_valid(orcid), !faulty.contains(&orcid), "{orcid}");
            checked += 1;
        }
    }
    assert!(checked > 150 && faulty.len() == 1);
    let list = String::from_utf8(bytes(&sample, "reference/journals.csv").to_vec()).unwrap();
    let issns: Vec<&str> =
        list.lines().skip(1).flat_map(|line| line.split(';').nth(4).unwrap().trim_matches('"').split(", ")).collect();
    assert_eq!(issns.len(), issns.iter().collect::<BTreeSet<_>>().len());
    for issn in issns {
        let value = |sign: char| if sign == 'X' { 10 } else { sign.to_digit(10).unwrap() };
        let sum: u32 = issn.chars().zip((1..=8).rev()).map(|(sign, weight)| value(sign) * weight).sum();
        assert!(issn.len() == 8 && sum.is_multiple_of(11), "{issn}");
    }
}

#[test]
fn our_own_readers_take_it_and_find_what_was_planted() {
    let sample = generate(&Size::scaled(1_600));
    let folder = folder(&sample);
    let (assessment, _, findings) = load::assessment(folder.path()).unwrap();
    assert!(findings.is_empty() && assessment.institution.invented, "{findings:?}");
    let read = load::tables(folder.path(), &assessment, &load::Limits::default(), &|_| ()).unwrap();
    let errors: Vec<_> = read.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");

    let planted: BTreeSet<(&str, &str, u32)> =
        sample.truth.faults.iter().map(|fault| (fault.code, fault.sheet.as_str(), fault.row)).collect();
    assert_eq!(planted.len(), 5);
    let mut found = BTreeSet::new();
    for finding in &read.findings {
        if let Place::Cell { sheet: Some(sheet), row, .. } = &finding.place
            && *row > 0
        {
            found.insert((finding.code, sheet.as_str(), *row));
        }
        let planted_or_note = planted.iter().any(|(code, _, _)| *code == finding.code);
        assert!(finding.severity < Severity::Warning || planted_or_note, "not planted: {finding:?}");
    }
    assert_eq!(found, planted);

    let tables = read.value;
    let size = Size::scaled(1_600);
    assert_eq!((tables.units.len(), tables.staff.len()), (size.units, size.staff));
    assert!(tables.journals.len() > 390 && tables.peers.len() == 25 * 34);
    compare_with_truth(&sample, &assessment, &tables);
}

/// Attribution against the truth: no unit too many, and few too few — those that no rule could find.
fn compare_with_truth(sample: &Sample, assessment: &Assessment, tables: &sanjeh::model::tables::Tables) {
    let (publications, ledger) = attribute(tables, assessment).value;
    assert_eq!(publications.len(), sample.truth.publications.len());
    let mut truth = BTreeMap::new();
    for publication in &sample.truth.publications {
        for record in &publication.records {
            truth.insert(format!("{}:{}", record.file, record.row), publication);
        }
    }
    let (mut right, mut wrong, mut wanted) = (0, Vec::new(), 0);
    let mut found: BTreeMap<(&str, u32), BTreeSet<&str>> = BTreeMap::new();
    for credit in &ledger.credits {
        if let Account::Unit(unit) = credit.account {
            let source = &publications.items[credit.publication.at()].sources[0];
            let units = found.entry((truth[source].eid.as_str(), credit.author_position)).or_default();
            units.insert(&tables.units.get(unit).id);
        }
    }
    for publication in &sample.truth.publications {
        for credit in &publication.credits {
            let found = found.remove(&(publication.eid.as_str(), credit.author_position)).unwrap_or_default();
            wanted += credit.units.len();
            for unit in found {
                // A unit above a true one is vague, not wrong.
                let index = tables.units.find(unit).unwrap();
                let above = |own: &String| tables.units.descendants(index).contains(&tables.units.find(own).unwrap());
                if credit.units.iter().any(|own| own == unit) {
                    right += 1;
                } else if !credit.units.iter().any(above) {
                    wrong.push((publication.eid.clone(), credit.author_position, unit.to_owned()));
                }
            }
        }
    }
    wrong.extend(
        found.iter().flat_map(|(key, units)| units.iter().map(|unit| (key.0.to_owned(), key.1, (*unit).to_owned()))),
    );
    assert!(wrong.is_empty(), "credited to others: {wrong:?}");
    let recall = f64::from(right) / wanted as f64;
    assert!((0.9..1.0).contains(&recall), "{right} of {wanted} true credits found");
}
