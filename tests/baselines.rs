//! Tests: `sanjeh baselines` – against a count by hand, over any division into parts, with bad rows, and back into an
//! assessment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};
use proptest::prelude::*;
use sanjeh::load::works::{Counted, Wanted, count};
use sanjeh::model::baseline::WHOLE;
use sanjeh::model::field_scheme::FieldScheme;

use crate::support::{Folder, sanjeh, table};

/// A work as its file has it.
#[derive(Debug, Clone)]
struct Work {
    year: i32,
    document_type: &'static str,
    fields: Vec<u16>,
    citations: u64,
}

impl Work {
    fn fields(&self) -> String {
        self.fields.iter().map(u16::to_string).collect::<Vec<_>>().join(";")
    }
}

/// Works of a few years and types; fields are codes, areas and the one that belongs to none in QS.
fn works(most: usize) -> impl Strategy<Value = Vec<Work>> {
    let fields = prop::collection::vec(
        prop::sample::select(vec![1000u16, 1202, 1702, 17, 2208, 2741, 2746, 27, 2902, 3304]),
        0..4,
    );
    let citations = prop_oneof![4 => 0..5u64, 2 => 0..300u64, 1 => 0..20_000u64];
    let document_type = prop::sample::select(vec!["Article", "Review", "article"]);
    let work = (2018..2022i32, document_type, fields, citations)
        .prop_map(|(year, document_type, fields, citations)| Work { year, document_type, fields, citations });
    prop::collection::vec(work, 1..most)
}

fn csv(works: &[Work], separator: char) -> String {
    let mut text = ["year", "type", "fields", "citations"].join(&separator.to_string()) + "\n";
    for work in works {
        let fields = if separator == ';' { format!("\"{}\"", work.fields()) } else { work.fields() };
        text += &[work.year.to_string(), work.document_type.into(), fields, work.citations.to_string()]
            .join(&separator.to_string());
        text.push('\n');
    }
    text
}

/// The columns in another order and under other names.
fn parquet(works: &[Work], path: &Path) {
    let mut frame = DataFrame::new(
        works.len(),
        vec![
            Series::new("cited_by_count".into(), works.iter().map(|work| work.citations as u32).collect::<Vec<_>>())
                .into(),
            Series::new("id".into(), (0..works.len() as u64).collect::<Vec<_>>()).into(),
            Series::new("Fields".into(), works.iter().map(Work::fields).collect::<Vec<_>>()).into(),
            Series::new("type".into(), works.iter().map(|work| work.document_type).collect::<Vec<_>>()).into(),
            Series::new("publication_year".into(), works.iter().map(|work| work.year).collect::<Vec<_>>()).into(),
        ],
    )
    .unwrap();
    ParquetWriter::new(fs::File::create(path).unwrap()).with_row_group_size(Some(7)).finish(&mut frame).unwrap();
}

fn counted(paths: &[PathBuf], scheme: &str) -> Counted {
    let wanted = Wanted { scheme: FieldScheme::named(scheme).unwrap(), years: None, window: None };
    count(paths, &wanted, &|_, _| {}).unwrap().value
}

/// Rows of the table by hand: area, year, type, citations → works, weight.
fn by_hand(works: &[Work]) -> BTreeMap<(String, i32, String, u64), (u64, u64)> {
    let mut rows: BTreeMap<(String, i32, String, u64), (u64, u64)> = BTreeMap::new();
    for work in works {
        let mut areas: Vec<u16> =
            work.fields.iter().map(|code| if *code >= 1000 { code / 100 } else { *code }).collect();
        areas.sort_unstable();
        areas.dedup();
        let document_type = work.document_type.to_lowercase();
        let mut add = |field: String, weight: u64| {
            let row = rows.entry((field, work.year, document_type.clone(), work.citations)).or_default();
            *row = (row.0 + 1, row.1 + weight);
        };
        add("all".into(), WHOLE);
        for area in &areas {
            // At most three fields: the parts are equal.
            add(area.to_string(), WHOLE / areas.len() as u64);
        }
    }
    rows
}

fn rows_of(baseline: &[u8]) -> BTreeMap<(String, i32, String, u64), (u64, u64)> {
    let mut reader = csv::Reader::from_reader(baseline);
    let row = |row: csv::StringRecord| {
        assert_eq!((&row[0], &row[4]), ("asjc", ""));
        let key = (row[1].to_owned(), row[2].parse().unwrap(), row[3].to_owned(), row[5].parse().unwrap());
        (key, (row[6].parse().unwrap(), row[7].parse().unwrap()))
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn bytes(counted: &Counted) -> Vec<u8> {
    sanjeh::write::baseline::bytes(&counted.baseline, false).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Any division into CSV and Parquet parts gives the bytes of one file, and these are what counting by hand gives.
    #[test]
    fn parts_and_formats_leave_no_trace(works in works(80), cuts in prop::collection::vec((0..80usize, 0..3u8), 0..5)) {
        let dir = tempfile::tempdir().unwrap();
        let whole = dir.path().join("whole.csv");
        fs::write(&whole, csv(&works, ',')).unwrap();
        let once = counted(&[whole], "asjc");
        prop_assert_eq!(once.works, works.len() as u64);
        prop_assert_eq!(rows_of(&bytes(&once)), by_hand(&works));
        let parts = dir.path().join("parts");
        fs::create_dir(&parts).unwrap();
        fs::write(parts.join("_SUCCESS"), "").unwrap();
        let mut cuts: Vec<(usize, u8)> = cuts.into_iter().map(|(at, format)| (at.min(works.len()), format)).collect();
        cuts.push((works.len(), 2));
        cuts.sort_unstable();
        let mut start = 0;
        for (part, (end, format)) in cuts.into_iter().enumerate() {
            let own = &works[start..end];
            match format {
                0 => fs::write(parts.join(format!("{part}.csv")), csv(own, ',')).unwrap(),
                1 => fs::write(parts.join(format!("{part}.txt")), format!("\u{feff}{}", csv(own, ';'))).unwrap(),
                _ => parquet(own, &parts.join(format!("{part}.parquet"))),
            }
            start = end;
        }
        let divided = counted(&[parts], "asjc");
        prop_assert!(bytes(&once) == bytes(&divided), "the parts give other bytes");
    }
}

/// The program: its files, its words, the same bytes for any number of threads, and the file back in an assessment.
#[test]
fn a_baseline_goes_back_into_an_assessment() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    // Medicine, articles of 2020: 30 without citations, 10 with 8; expected 2.
    let works: Vec<Work> = (0..40)
        .map(|index| Work {
            year: 2020,
            document_type: "Article",
            fields: vec![2741],
            citations: if index % 4 == 0 { 8 } else { 0 },
        })
        .collect();
    fs::create_dir(at("works")).unwrap();
    fs::write(at("works/a.csv"), csv(&works[..25], ',')).unwrap();
    parquet(&works[25..], Path::new(&at("works/b.parquet")));
    let run = |out: &str, threads: &str| {
        let ran = sanjeh(&["baselines", &at("works"), "--out", &at(out), "--threads", threads]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran
    };
    let ran = run("one.csv", "1");
    for said in ["2 files, 40 works counted, 0 left out", "Cells: 2", "works/s", "Next: "] {
        assert!(ran.err.contains(said), "{said} is not in {}", ran.err);
    }
    run("two.csv", "2");
    run("three.parquet", "2");
    let text = fs::read_to_string(at("one.csv")).unwrap();
    assert_eq!(text, fs::read_to_string(at("two.csv")).unwrap());
    let expected = "scheme,field,year,type,window,citations,works,weight\n\
        asjc,27,2020,article,,0,30,21621600\nasjc,27,2020,article,,8,10,7207200\n\
        asjc,all,2020,article,,0,30,21621600\nasjc,all,2020,article,,8,10,7207200\n";
    assert_eq!(text, expected);
    for file in ["one.csv", "three.parquet"] {
        let folder = Folder::assessment(&["the/wur/2026"])
            .with("units.csv", "id,name_en,name_fa,type,parents\nu,Test University of Medical Sciences,,university,\n")
            .with(
                "publications/scopus.csv",
                "Authors,Author(s) ID,Title,Year,Cited by,Authors with affiliations,Document Type,EID\n\
                 Ahmadi M.,57000000001,A study,2020,6,\"Ahmadi M., Test University of Medical Sciences, Testan, Iran\",Article,2-s2.0-1\n",
            )
            .with(&format!("reference/{file}"), fs::read(at(file)).unwrap());
        let ran = folder.sanjeh(&["run", "--format", "csv"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let row = &folder.table("publications.csv")[0];
        // The journal is not listed, so the paper is compared with all fields: 30 of 40 lie below it.
        assert_eq!(
            (row["fwci"].as_str(), row["fwci_source"].as_str()),
            ("3.0", format!("supplied: reference/{file}").as_str())
        );
        assert_eq!((row["percentile"].as_str(), row["percentile_source"] == row["fwci_source"]), ("25.0", true));
        let source = &folder.table("measures.csv").into_iter().find(|row| row["measure"] == "mean_fwci").unwrap();
        assert_eq!((source["value"].as_str(), source["status"].as_str()), ("3.0", "computed"));
    }
}

#[test]
fn bad_rows_are_named_and_the_rest_is_counted() {
    let folder = Folder::new().with(
        "works.csv",
        "Type,Publication Year,Cited by,Fields,Note\n\
         Article,2020,3,2741;2808,\"of two\nlines\"\n\
         Article,in press,3,2741,\n\
         \n\
         Article,2020,many,2741,\n\
         Article,2020,-1,2741,\n\
         Article,2020,3,2741;9999,\n\
         ,2020,3,2741,\n\
         Review,۲۰۲۱,۴,,\n\
         Article,2020\n",
    );
    let out = folder.path().join("out.csv");
    let ran = sanjeh(&[
        "baselines",
        folder.path().join("works.csv").to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--color",
        "never",
        "-v",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for (code, cell) in [
        ("bad-year", "B3 \"Publication Year\""),
        ("not-a-number", "C5 \"Cited by\""),
        ("not-a-number", "C6 \"Cited by\""),
        ("unknown-field", "D7 \"Fields\""),
        ("missing-value", "A8 \"Type\""),
        ("missing-value", "C10 \"Cited by\""),
    ] {
        assert!(ran.err.contains(&format!("error[{code}]")) && ran.err.contains(cell), "{code} {cell}: {}", ran.err);
    }
    assert!(ran.err.contains("2 works counted, 6 left out") && ran.err.contains("info[no-field]"), "{}", ran.err);
    let rows = table(&out);
    let fields: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (row["field"].as_str(), row["year"].as_str(), row["citations"].as_str())).collect();
    assert_eq!(fields, [("27", "2020", "3"), ("28", "2020", "3"), ("all", "2020", "3"), ("all", "2021", "4")]);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let folder = Folder::new()
        .with("works.csv", "year,type,fields,citations\n2020,Article,27,1\n")
        .with("other.csv", "name,colour\nx,red\n")
        .with(
            "open.csv",
            format!("year,type,fields,citations\n2020,Article,\"27,1\n{}", "2020,Article,27,1\n".repeat(1_200_000)),
        );
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (arguments, said) in [
        (vec![at("works.csv"), "--out".into(), at("x.xlsx")], "neither .csv nor .parquet"),
        (vec![at("works.csv"), "--out".into(), at("x.csv"), "--scheme".into(), "dewey".into()], "no scheme of fields"),
        (vec![folder.path().to_str().unwrap().to_owned(), "--out".into(), at("x.csv")], "lies among the works"),
        (vec![at("other.csv"), "--out".into(), at("x.csv")], "no file holds works"),
        (vec![at("none.csv"), "--out".into(), at("x.csv")], "no file holds works"),
        (vec![at("open.csv"), "--out".into(), at("x.csv")], "no file holds works"),
        (vec!["--out".into(), at("x.csv")], "WORKS"),
    ] {
        let mut all = vec!["baselines"];
        all.extend(arguments.iter().map(String::as_str));
        let ran = sanjeh(&all);
        assert!(ran.code == 2 && ran.err.contains(said), "{said}: {} {}", ran.code, ran.err);
    }
    // One part without works beside one with some: the rest is counted.
    let ran = sanjeh(&["baselines", &at("other.csv"), &at("works.csv"), "--out", &at("x.parquet"), "--window", "3"]);
    assert!(ran.code == 1 && ran.err.contains("missing-column") && ran.err.contains("1 works counted"), "{}", ran.err);
    // Only works of the years asked for.
    let ran = sanjeh(&["baselines", &at("works.csv"), "--out", &at("x.csv"), "--years", "2020-2021"]);
    assert!(
        ran.code == 0 && ran.err.contains("1 works counted") && ran.err.contains("0 works of other years"),
        "{}",
        ran.err
    );
    let ran = sanjeh(&["baselines", &at("works.csv"), "--out", &at("x.csv"), "--years", "2021-2020"]);
    assert!(ran.code == 2 && ran.err.contains("2018-2024"), "{}", ran.err);
    let help = sanjeh(&["baselines", "--help"]).out;
    assert!(help.contains("Examples") && help.contains("--window"), "{help}");
}

/// Damaged Parquet parts are named; what else there is, is counted. Never a panic, never another exit code.
#[test]
fn damaged_parts_are_named() {
    let works: Vec<Work> = (0..500u64)
        .map(|index| Work {
            year: 2015 + (index % 7) as i32,
            document_type: "Article",
            fields: vec![2741],
            citations: index * index % 97,
        })
        .collect();
    let folder = Folder::new().with("good.csv", csv(&works[..10], ','));
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    parquet(&works, Path::new(&at("whole.parquet")));
    let whole = fs::read(at("whole.parquet")).unwrap();
    let mut refused = 0;
    for case in 0..20u64 {
        let mut bytes = whole.clone();
        let place = case.wrapping_mul(0x9E37_79B9_7F4A_7C15) as usize % bytes.len();
        match case % 4 {
            0 => bytes.truncate(place.max(16)),
            1 => bytes.drain(..place.min(bytes.len() - 16)).for_each(drop),
            _ => bytes[place..].iter_mut().take(4).for_each(|byte| *byte ^= 0x5A),
        }
        fs::write(at("part.parquet"), bytes).unwrap();
        let ran = sanjeh(&["baselines", &at("part.parquet"), &at("good.csv"), "--out", &at("out.csv")]);
        assert!(ran.code == 0 || ran.code == 1, "case {case}: {} {}", ran.code, ran.err);
        assert!(!ran.err.contains("panicked"), "case {case}: {}", ran.err);
        refused += u32::from(ran.err.contains("unreadable-file"));
    }
    assert!(refused >= 10, "the ten that are cut off at least; {refused}");
}
