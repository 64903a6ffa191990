//! Tests: field normalisation – published cases, laws of a cell that hold for any input, real figures of a third party,
//! and which source a publication's figure comes from.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use proptest::prelude::*;
use sanjeh::attribute::attribute;
use sanjeh::load::limits::Limits;
use sanjeh::model::baseline::{Cell, Step, TOP_PERCENTS, WHOLE, parts};
use sanjeh::model::field_scheme::{FieldScheme, Printed, SCHEMES, asjc_codes};
use sanjeh::model::ledger::Share;
use sanjeh::model::tables::RecordTable as R;

use crate::support::{Folder, shared};

/// A cell of whole papers.
fn cell(citations: &[u64]) -> Cell {
    Cell::new(citations.iter().map(|&citations| Step { citations, works: 1, weight: WHOLE }).collect())
}

#[track_caller]
fn assert_close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{what}: {found} and not {expected}");
}

/// 100 times the weight of a cell's papers in its top `percent` %: an integer.
fn hundredfold_in_top(cell: &Cell, percent: u32) -> u128 {
    let of = |step: &Step| {
        let (numerator, denominator) = cell.top_fraction(step.citations, percent).unwrap();
        let hundredfold = 100 * u128::from(step.weight) * numerator;
        assert_eq!(hundredfold % denominator, 0);
        hundredfold / denominator
    };
    cell.steps().iter().map(of).sum()
}

/// Cases of CWTS' rules: threshold, share of each paper, mean, normalised score of each.
#[test]
fn published_cases_of_the_top() {
    let Some(path) = shared("cwts/cases.json") else { return };
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = file["top_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 3);
    for case in cases {
        let numbers = |key: &str| -> Vec<f64> {
            case[key].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
        };
        let citations: Vec<u64> = numbers("citations").iter().map(|count| *count as u64).collect();
        let percent = (case["top_prop"].as_f64().unwrap() * 100.0).round() as u32;
        let cell = cell(&citations);
        assert_eq!(cell.threshold(percent), case["threshold"].as_u64());
        assert_close(cell.mean(), case["mean"].as_f64().unwrap(), "mean");
        for (place, &count) in citations.iter().enumerate() {
            assert_close(cell.top_share(count, percent).unwrap(), numbers("p_top_each")[place], "share");
            assert_close(cell.ncs(count), numbers("ncs_each")[place], "score");
        }
        let at_threshold = cell.top_share(case["threshold"].as_u64().unwrap(), percent).unwrap();
        assert_close(at_threshold, case["share_at_threshold"].as_f64().unwrap(), "share at the threshold");
        for percent in TOP_PERCENTS {
            let whole = citations.len() as u128 * u128::from(WHOLE);
            assert_eq!(hundredfold_in_top(&cell, percent), u128::from(percent) * whole, "exactly {percent} %");
        }
    }
}

#[test]
fn parts_of_a_paper_make_a_whole() {
    for fields in 1..=40 {
        let parts: Vec<u64> = parts(fields).collect();
        assert_eq!((parts.len(), parts.iter().sum::<u64>()), (fields, WHOLE));
        assert!(fields > 16 || parts.iter().all(|part| *part == WHOLE / fields as u64));
    }
}

#[test]
fn small_cells_and_cells_of_which_the_mean_is_all() {
    assert!(cell(&[5; 9]).is_small(10) && !cell(&[5; 10]).is_small(10));
    assert!(cell(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 4]).is_small(10), "expects 0.4 citations");
    let mean = Cell::of_mean(200.0, 4.0);
    assert_eq!((mean.ncs(6), mean.top_share(6, 10), mean.percentile(6)), (1.5, None, None));
    assert_eq!((Cell::of_mean(200.0, 0.0).ncs(0), Cell::of_mean(200.0, 0.0).ncs(3)), (1.0, 1.0));
    // Papers from outside of the distribution.
    let cell = cell(&[0, 2, 4, 4]);
    assert_eq!((cell.percentile(3), cell.percentile(4), cell.percentile(9)), (Some(0.5), Some(0.75), Some(1.0)));
    assert_eq!(
        (cell.top_share(3, 50), cell.top_share(4, 25), cell.top_share(5, 25)),
        (Some(1.0), Some(0.5), Some(1.0))
    );
}

/// A world: citations and fields of each work.
fn world() -> impl Strategy<Value = Vec<(u64, Vec<u16>)>> {
    let citations = prop_oneof![3 => 0..4u64, 2 => 0..40u64, 1 => 0..5000u64];
    let fields = prop::collection::btree_set(0..20u16, 1..=20).prop_map(|fields| fields.into_iter().collect());
    prop::collection::vec((citations, fields), 1..120)
}

/// Cells of a world, works in any order.
fn cells<'w>(works: impl Iterator<Item = &'w (u64, Vec<u16>)>) -> BTreeMap<u16, Cell> {
    let mut steps: BTreeMap<u16, Vec<Step>> = BTreeMap::new();
    for (citations, fields) in works {
        for (&field, weight) in fields.iter().zip(parts(fields.len())) {
            steps.entry(field).or_default().push(Step { citations: *citations, works: 1, weight });
        }
    }
    steps.into_iter().map(|(field, steps)| (field, Cell::new(steps))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// The weights of all cells are those of all works; each cell has exactly x % in its top x %; the mean percentile is
    /// one half; the mean normalised score of the world is 1.
    #[test]
    fn a_world_against_itself(works in world(), other in 1..100u32) {
        let cells = cells(works.iter());
        let weight: u64 = cells.values().flat_map(Cell::steps).map(|step| step.weight).sum();
        prop_assert_eq!(weight, works.len() as u64 * WHOLE);
        for cell in cells.values() {
            let whole: u128 = cell.steps().iter().map(|step| u128::from(step.weight)).sum();
            for percent in TOP_PERCENTS.into_iter().chain([other]) {
                prop_assert_eq!(hundredfold_in_top(cell, percent), u128::from(percent) * whole);
            }
            let percentiles: f64 =
                cell.steps().iter().map(|step| step.weight as f64 * cell.percentile(step.citations).unwrap()).sum();
            prop_assert!((percentiles / whole as f64 - 0.5).abs() < 1e-12);
        }
        let score = |(citations, fields): &(u64, Vec<u16>)| -> f64 {
            let of = |(field, part): (&u16, u64)| part as f64 / WHOLE as f64 * cells[field].ncs(*citations);
            fields.iter().zip(parts(fields.len())).map(of).sum()
        };
        let mean = works.iter().map(score).sum::<f64>() / works.len() as f64;
        prop_assert!((mean - 1.0).abs() < 1e-12, "the world's mean is {mean}");
    }

    /// Order leaves no trace.
    #[test]
    fn order_of_works_changes_no_cell(works in world()) {
        prop_assert_eq!(cells(works.iter()), cells(works.iter().rev()));
    }
}

#[test]
fn every_scheme_knows_every_area_and_code() {
    let codes = asjc_codes();
    let areas: Vec<u16> = (10..=36).collect();
    assert_eq!(codes.len(), 334, "Scopus lists 334 subjects");
    assert!(codes.windows(2).all(|pair| pair[0].code < pair[1].code));
    assert!(codes.iter().all(|code| code.area == code.code / 100 && areas.contains(&code.area)));
    for (name, fields, without) in [("asjc", 27, 0), ("openalex", 26, 1), ("the", 11, 1), ("qs", 5, 1)] {
        let scheme = FieldScheme::named(name).unwrap();
        assert_eq!(scheme.fields().len(), fields, "{name}");
        let none: Vec<u16> = areas.iter().copied().filter(|area| scheme.of_code(*area) == Printed::NoField).collect();
        assert_eq!(none, [10][..without], "{name}: only multidisciplinary is in none");
        for code in areas.iter().copied().chain(codes.iter().map(|code| code.code)) {
            assert_ne!(scheme.of_code(code), Printed::Unknown, "{name} {code}");
        }
        assert_eq!((scheme.of_code(37), scheme.of_code(9900)), (Printed::Unknown, Printed::Unknown));
        // Each of its own fields is read back as itself.
        for (index, field) in scheme.fields().iter().enumerate() {
            assert_eq!(scheme.of_printed(field), Printed::Field(index as u16), "{name} {field}");
        }
    }
    assert_eq!(SCHEMES, ["asjc", "openalex", "the", "qs"]);
    let field = |scheme: &str, text: &str| match FieldScheme::named(scheme).unwrap().of_printed(text) {
        Printed::Field(field) => FieldScheme::named(scheme).unwrap().fields()[usize::from(field)].clone(),
        other => format!("{other:?}"),
    };
    for (scheme, text, expected) in [
        ("asjc", "2741", "27"),
        ("asjc", "Medicine", "27"),
        ("openalex", "https://openalex.org/fields/27", "27"),
        ("the", "3308", "law"),
        ("the", "33", "social_sciences"),
        ("the", "Education", "education"),
        ("qs", "1000", "NoField"),
        ("qs", "17", "engineering_technology"),
        ("qs", "Alchemy", "Unknown"),
    ] {
        assert_eq!(field(scheme, text), expected, "{scheme} {text}");
    }
    let the = FieldScheme::named("the").unwrap();
    let of = |areas: &[&str], categories: &[&str]| -> Vec<String> {
        let fields = the.of_journal(areas.iter().copied(), categories.iter().copied());
        fields.iter().map(|field| the.fields()[usize::from(*field)].clone()).collect()
    };
    assert_eq!(of(&["Social Sciences"], &["Law", "Sociology and Political Science"]), ["law", "social_sciences"]);
    assert_eq!(of(&["Medicine", "Psychology"], &[]), ["clinical_health", "psychology"]);
}

/// Rows of a sheet below its header.
fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap().rows().skip(1).map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Int(number) => *number as f64,
        Data::Float(number) => *number,
        other => panic!("{other:?} is no number"),
    }
}

/// Halmstad University 2003–2022 against a report that bibliometrix made: the normalised citations of 2,992 papers, the
/// papers of each year, and fractional author counts.
#[test]
fn halmstad_against_a_third_party() {
    let (Some(raw), Some(report)) =
        (shared("biblio/halmstad/hh_scopus_2003-2022_raw.xlsx"), shared("biblio/halmstad/bibliometrix_report.xlsx"))
    else {
        return;
    };
    // `LUND H, 2014, ENERGY`: total citations and what the report makes of them.
    let papers: Vec<(i32, u64, f64)> = sheet(&report, "MostGlobCitDocs")
        .iter()
        .map(|row| {
            let paper = row[0].to_string();
            let year =
                paper.split(", ").find_map(|part| part.trim().parse().ok().filter(|year| (2003..2023).contains(year)));
            (year.unwrap_or_else(|| panic!("no year in {paper}")), number(&row[2]) as u64, number(&row[4]))
        })
        .collect();
    assert_eq!(papers.len(), 2992);
    let mut years: BTreeMap<i32, Vec<u64>> = BTreeMap::new();
    papers.iter().for_each(|(year, citations, _)| years.entry(*year).or_default().push(*citations));
    let baseline: BTreeMap<i32, Cell> = years.iter().map(|(year, citations)| (*year, cell(citations))).collect();
    for (year, citations, normalised) in &papers {
        assert_close(baseline[year].ncs(*citations), *normalised, "Normalized TC");
    }

    let folder = Folder::assessment(&[])
        .with("units.csv", "id,name_en,name_fa,type,parents\nU,Halmstad University,,university,\n")
        .with("publications/raw.xlsx", std::fs::read(&raw).unwrap());
    let (assessment, ..) = sanjeh::load::assessment(folder.path()).unwrap();
    let tables = sanjeh::load::tables(folder.path(), &assessment, &Limits::default(), &|_| {}).unwrap().value;
    let mut counted: BTreeMap<i32, u64> = BTreeMap::new();
    let column = tables.records.0.column(R::YEAR).unwrap();
    for year in column.i32().unwrap().iter().flatten() {
        *counted.entry(year).or_default() += 1;
    }
    let yearly: BTreeMap<i32, u64> =
        sheet(&report, "AnnualSciProd").iter().map(|row| (number(&row[0]) as i32, number(&row[1]) as u64)).collect();
    assert_eq!(counted, yearly);
    assert_eq!(counted.values().sum::<u64>(), 2992);
    let of_cells: BTreeMap<i32, u64> = baseline.iter().map(|(year, cell)| (*year, cell.works())).collect();
    assert_eq!(of_cells, yearly);

    // Shares of authors: the report's sum to the papers but for its rounding, the ledger's exactly.
    let fractional: f64 = sheet(&report, "MostRelAuthors").iter().map(|row| number(&row[2])).sum();
    assert!((fractional - 2992.0).abs() < 1e-6, "{fractional}");
    let (publications, ledger) = attribute(&tables, &assessment).value;
    let shares: u128 = ledger.credits.iter().map(|credit| u128::from(credit.share.0)).sum();
    assert_eq!(shares, publications.len() as u128 * u128::from(Share::WHOLE.0));
    let merged = ledger.excluded.iter().filter(|row| row.reason == "duplicate-record").count();
    assert_eq!(publications.len() + merged, 2992);
}

const UNITS: &str = "id,name_en,name_fa,type,parents\nu,Test University of Medical Sciences,,university,\n";
const JOURNALS: &str = "Issn,Title,SJR,SJR Best Quartile,Categories,Areas\n\
    \"11111111\",Journal of Medicine,1,Q1,Surgery (Q1),Medicine\n\
    \"22222222\",Journal of Both,1,Q1,Surgery (Q1),Medicine; Nursing\n";

/// Works of OpenAlex and Scopus: year 2020, articles; each with its ISSN and citations.
fn scopus(papers: &[(&str, &str, u64)]) -> String {
    let mut text =
        "Authors,Author(s) ID,Title,Year,Cited by,Authors with affiliations,ISSN,Document Type,EID\n".to_owned();
    for (eid, issn, citations) in papers {
        text += &format!(
            "Ahmadi M.,57000000001,A study of the subject {eid},2020,{citations},\"Ahmadi M., Test University of Medical Sciences, Testan, Iran\",{issn},Article,2-s2.0-{eid}\n"
        );
    }
    text
}

/// SciVal's export of one publication with its impact and percentile.
const SCIVAL: &str = "Title,Authors,Year,Scopus Source title,Citations,Field-Weighted Citation Impact,\
    \"Field-Weighted Outputs in Top Citation Percentiles, per percentile\",EID\n\
    A study of the subject 1,\"Ahmadi, M.\",2020,Journal of Medicine,8,2.5,4,2-s2.0-1\n";

fn normalised(normalisation: &str, files: &[(&str, &str)]) -> (Folder, String) {
    let toml = format!(
        "year = 2025\npublications = [2018, 2022]\neditions = [\"the/wur/2026\"]\nlanguages = [\"en\"]\n[institution]\nname.en = \"Test University of Medical Sciences\"\nname.fa = \"آزمون\"\ncountry = \"Iran\"\ncity = \"Testan\"\n{normalisation}"
    );
    let papers: Vec<(String, &str, u64)> =
        (1..=12).map(|id| (id.to_string(), if id == 2 { "22222222" } else { "11111111" }, id)).collect();
    let papers: Vec<(&str, &str, u64)> = papers.iter().map(|(id, issn, count)| (id.as_str(), *issn, *count)).collect();
    let mut folder = Folder::new()
        .with("assessment.toml", toml)
        .with("units.csv", UNITS)
        .with("reference/journals.csv", JOURNALS)
        .with("publications/scopus.csv", scopus(&papers));
    for (name, text) in files {
        folder = folder.with(name, text);
    }
    let ran = folder.sanjeh(&["run", "--format", "csv", "--color", "never", "-v"]);
    assert!(ran.code < 2, "{}", ran.err);
    (folder, ran.err)
}

/// Impact, its source, percentile, its source of a publication.
fn figures(folder: &Folder, eid: &str) -> (f64, String, Option<f64>, String) {
    let rows = folder.table("publications.csv");
    let row = rows.iter().find(|row| row["eid"] == format!("2-s2.0-{eid}")).unwrap();
    (
        row["fwci"].parse().unwrap(),
        row["fwci_source"].clone(),
        row["percentile"].parse().ok(),
        row["percentile_source"].clone(),
    )
}

/// Value and status of a measure of the university's profile.
fn measure(folder: &Folder, code: &str) -> (f64, String) {
    let rows = folder.table("measures.csv");
    let row = rows.iter().find(|row| row["measure"] == code).unwrap_or_else(|| panic!("{code} is not measured"));
    (row["value"].parse().unwrap(), row["status"].clone())
}

/// Medicine: 1, 3, 4 and so on, 2 of Medicine and Nursing. The long form: weights in 1/720720.
const LONG: &str = "scheme,field,year,type,window,citations,works,weight\n\
    asjc,27,2020,article,,0,50,36036000\n\
    asjc,27,2020,article,,4,50,36036000\n\
    asjc,29,2020,article,,2,20,14414400\n\
    asjc,29,2020,article,,0,20,14414400\n";

#[test]
fn each_figure_names_its_source() {
    let (folder, err) = normalised("", &[("reference/world.csv", LONG), ("publications/scival.csv", SCIVAL)]);
    assert_eq!(figures(&folder, "1"), (2.5, "scival".into(), Some(4.0), "scival".into()), "{err}");
    // Expected 2 in medicine and 1 in nursing: the mean of 2/2 and 2/1. Half of medicine and three quarters of nursing
    // stand below or half beside it.
    let (impact, source, percentile, _) = figures(&folder, "2");
    assert_eq!((impact, source.as_str()), (1.5, "supplied: reference/world.csv"));
    assert_close(percentile.unwrap(), 100.0 * (1.0 - (0.5 + 0.75) / 2.0), "percentile");
    assert_eq!(figures(&folder, "4").0, 2.0);
    assert_close(figures(&folder, "4").2.unwrap(), 25.0, "percentile");
    // 2.5 + 1.5 + (3 + … + 12) / 2 over twelve papers.
    for code in ["mean_fwci", "mean_normalised_citations", "category_normalised_citation_impact"] {
        let (value, status) = measure(&folder, code);
        assert_close(value, (4.0 + 37.5) / 12.0, code);
        assert_eq!(status, "computed", "{code}");
    }
    assert_close(measure(&folder, "total_normalised_citations").0, 41.5, "total");
    // The top 10 % of medicine begins at 4 citations, which a fifth of those with 4 are in; of nursing at 2.
    let (value, status) = measure(&folder, "top_10_percent_publications");
    assert_close(value, 1.0 + (0.0 + 0.2) / 2.0 + 0.2 + 8.0, "SciVal's, the one of both, the one with 4, those above");
    assert_eq!(status, "computed");
    assert_close(measure(&folder, "top_1_percent_publications").0, (0.02) / 2.0 + 0.02 + 8.0, "top 1 %");
    assert!(err.contains("1 scival, 11 supplied: reference/world.csv"), "{err}");
    assert!(err.contains("0 of 2 cells compared with are small"), "{err}");
}

#[test]
fn the_policy_decides_the_order_of_sources() {
    let files = [("reference/world.csv", LONG), ("publications/scival.csv", SCIVAL)];
    let (folder, _) = normalised("[normalisation]\nsources = [\"supplied\", \"carried\"]\n", &files);
    assert_eq!((figures(&folder, "1").0, figures(&folder, "1").1), (4.0, "supplied: reference/world.csv".into()));
    let (folder, err) = normalised("[normalisation]\nsources = [\"local\"]\n", &files);
    let (impact, source, ..) = figures(&folder, "12");
    // Eleven and a half papers of medicine; a paper's citations are the greatest of the exports.
    let total = 8.0 + (3..=12).sum::<u64>() as f64 + 1.0;
    assert_eq!(source, "local");
    assert_close(impact, 12.0 / (total / 11.5), "local");
    assert_eq!(measure(&folder, "mean_fwci").1, "proxy");
    assert!(err.contains("12 local"), "{err}");
    // The whole assessment is too small for cells of a hundred.
    let (folder, _) = normalised("[normalisation]\nsources = [\"local\"]\nsmallest_cell = 100\n", &files);
    let rows = folder.table("measures.csv");
    let row = rows.iter().find(|row| row["measure"] == "top_10_percent_publications").unwrap();
    assert_eq!((row["value"].as_str(), row["status"].as_str()), ("", "missing"));
}

#[test]
fn a_summary_gives_ratios_and_no_shares() {
    let summary = "field,year,type,papers,mean_citations\nMedicine,2020,Article,1000,4\nall,2020,Article,5000,2\n\
                   Medicine,2020,Article,10,9\nAlchemy,2020,Article,5,1\n";
    let (folder, err) = normalised("", &[("reference/means.csv", summary)]);
    assert_eq!((figures(&folder, "8").0, figures(&folder, "8").1), (2.0, "supplied: reference/means.csv".into()));
    assert_eq!(figures(&folder, "8").3, "local");
    assert_eq!(
        (measure(&folder, "mean_fwci").1, measure(&folder, "top_10_percent_publications").1),
        ("computed".into(), "proxy".into())
    );
    assert!(err.contains("warning[repeated-cell]") && err.contains("means.csv › A4"), "{err}");
    assert!(err.contains("error[unknown-field]") && err.contains("means.csv › A5"), "{err}");
}

#[test]
fn another_scheme_and_a_window_are_said() {
    let the = LONG.replace("asjc,27", "the,clinical_health").replace("asjc,29", "the,psychology");
    let (folder, err) = normalised("[normalisation]\nscheme = \"the\"\n", &[("reference/the.csv", &the)]);
    assert_eq!(
        (figures(&folder, "4").0, figures(&folder, "4").1),
        (2.0, "supplied: reference/the.csv".into()),
        "{err}"
    );
    let (folder, err) = normalised("", &[("reference/the.csv", &the)]);
    assert_eq!(figures(&folder, "4").1, "local");
    assert!(err.contains("warning[baseline-scheme]"), "{err}");
    let (folder, err) = normalised("[normalisation]\nscheme = \"dewey\"\nsources = []\n", &[]);
    assert_eq!(err.matches("error[bad-assessment-value]").count(), 2, "{err}");
    assert_eq!(folder.table("publications.csv")[0]["fwci"], "");
    let windowed = LONG.replace("article,,", "article,3,");
    let (folder, err) = normalised("", &[("reference/three.csv", &windowed)]);
    assert_eq!((figures(&folder, "4").0, measure(&folder, "mean_fwci").1), (2.0, "proxy".into()));
    assert!(err.contains("warning[baseline-window]"), "{err}");
}
