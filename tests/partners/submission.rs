//! The sheets for portals: figures by hand, sums to the last digit, and whose row is at fault.

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use sanjeh::load::limits::Limits;
use sanjeh::model::tables::{FinanceItem, StaffCategory};

use super::lines::sample;
use super::matrix::{MED, TORONTO, line, run};
use crate::support::{Folder, table};

const STAFF: &str = "staff_id,name,unit,category,fte,gender,nationality,highest degree\n\
    1,A,med,academic,1,female,Iran,PhD\n\
    2,B,med|eng,academic,0.5,male,Germany,PhD\n\
    3,C,eng,research,1,male,Iran,MSc\n\
    4,D,eng,other,1,male,Iran,MSc\n";
const STUDENTS: &str = "unit,year,level,headcount,fte,international,female\n\
    med,2023,bachelor,100,90,10,60\n\
    med,2023,professional,50,50,0,25\n\
    eng,2023,doctorate,20,20,2,5\n\
    eng,2022,doctorate,99,99,2,5\n";
const DEGREES: &str = "unit,year,level,count\nmed,2023,bachelor,30\neng,2023,doctorate,7\n";
const SHARES: &str = "unit,the subject,share\nmed,clinical_health,0.667\nmed,life_sciences,0.333\neng,engineering,1\n";

fn figures(folder: &Folder, ranking: &str) -> BTreeMap<(String, String), String> {
    let rows = folder.table("submission.csv").into_iter().filter(|row| row["ranking"] == ranking);
    rows.map(|row| ((row["figure"].clone(), row["subject"].clone()), row["value"].clone())).collect()
}

fn files<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![
        ("staff/staff.csv", STAFF),
        ("students/students.csv", STUDENTS),
        ("students/degrees.csv", DEGREES),
        ("submission/shares.csv", SHARES),
    ];
    files.extend(more);
    files
}

#[test]
fn figures_by_hand() {
    let (folder, ran) = run(&[line(1, 2022, 1, &[MED, TORONTO])], &files(&[]));
    let the = figures(&folder, "the");
    let value = |figure: &str, subject: &str| the[&(figure.to_owned(), subject.to_owned())].clone();
    let expected = [
        // A whole, B's half in two quarters; medicine by 0.667 and 0.333.
        ("academic_staff", "total", 1.5),
        ("academic_staff", "clinical_health", 1.25 * 0.667),
        ("academic_staff", "life_sciences", 1.25 * 0.333),
        ("academic_staff", "engineering", 0.25),
        ("academic_staff_international", "total", 0.5),
        ("academic_staff_female", "total", 1.0),
        ("research_staff", "engineering", 1.0),
        ("students", "total", 160.0),
        // 10 of 100 heads that are 90 FTE.
        ("students_international", "total", 9.0 + 2.0),
        ("students_bachelor", "clinical_health", 90.0 * 0.667),
        // The professional doctorate is no research doctorate: ISCED 7.
        ("students_master", "total", 50.0),
        ("students_doctorate", "total", 20.0),
        ("degrees_undergraduate", "total", 30.0),
        ("degrees_doctorate", "engineering", 7.0),
        ("degrees_doctorate", "life_sciences", 0.0),
    ];
    for (figure, subject, expected) in expected {
        let found: f64 = value(figure, subject).parse().unwrap_or_else(|_| panic!("{figure} {subject}: {}", ran.err));
        assert!((found - expected).abs() < 2e-6, "{figure} {subject}: {found} is not {expected}");
    }
    // No sheet of money: not known, which is not 0.
    assert_eq!(value("institutional_income", "total"), "");
    let qs = figures(&folder, "qs");
    let total = |figure: &str| qs[&(figure.to_owned(), "total".to_owned())].parse::<f64>().unwrap();
    let expected = [
        ("faculty_full_time", 2.0),
        ("faculty_part_time", 1.0),
        ("faculty_fte", 2.0 + 1.0 / 3.0),
        ("faculty_female", 1.0),
        ("faculty_male", 2.0),
        ("faculty_international", 1.0),
        ("faculty_doctorate", 2.0),
        ("students", 170.0),
        ("students_undergraduate", 100.0),
        ("students_postgraduate", 70.0),
        ("students_international", 12.0),
        ("staff_excluded", 1.0),
    ];
    for (figure, expected) in expected {
        assert!((total(figure) - expected).abs() < 1e-6, "{figure}: {} is not {expected}", total(figure));
    }
    assert!(folder.table("submission_checks.csv").is_empty(), "{:?}", folder.table("submission_checks.csv"));
}

/// A number of at most six decimals as millionths, digit by digit.
fn millionths(text: &str) -> i128 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let rest: i128 = format!("{rest:0<6}").parse().unwrap();
    let whole: i128 = whole.parse().unwrap();
    whole * 1_000_000 + if negative { -rest } else { rest }
}

/// On the sample: subjects add up to the university, and the university to the sheets, read by another route.
#[test]
fn the_sheets_of_the_sample_reconcile_to_the_last_digit() {
    let (dir, out) = sample();
    let rows = table(&out.join("submission.csv"));
    let mut subjects: BTreeMap<&str, i128> = BTreeMap::new();
    let mut totals: BTreeMap<&str, i128> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["ranking"] == "the" && !row["value"].is_empty()) {
        let value = millionths(&row["value"]);
        if row["subject"] == "total" {
            assert_eq!(row["value"], row["of_units"], "{row:?}");
            totals.insert(&row["figure"], value);
        } else {
            *subjects.entry(&row["figure"]).or_default() += value;
        }
    }
    assert_eq!(totals.len(), 15, "{totals:?}");
    assert_eq!(totals, subjects);

    let (assessment, ..) = sanjeh::load::assessment(dir.path()).unwrap();
    let tables = sanjeh::load::tables(dir.path(), &assessment, &Limits::default(), &|_| {}).unwrap().value;
    let year: i32 = rows[0]["year"].parse().unwrap();
    let exact = |value: f64| (value * 1e6).round() as i128;
    // What a unit states holds for those below it.
    let of_year: Vec<_> = tables.students.iter().filter(|row| row.year == year).collect();
    let is_top = |unit: sanjeh::model::unit::UnitIndex| {
        !tables.units.ancestors(unit).iter().any(|above| *above != unit && of_year.iter().any(|row| row.unit == *above))
    };
    let students: i128 = of_year.iter().filter(|row| is_top(row.unit)).map(|row| exact(row.fte)).sum();
    assert_eq!(totals["students"], students);
    let degrees: i128 = tables.degrees.iter().filter(|row| row.year == year).map(|row| exact(row.count)).sum();
    assert!(totals["degrees_undergraduate"] + totals["degrees_doctorate"] <= degrees);
    let last = sanjeh::model::tables::Date { year, month: 12, day: 31 };
    let staff: i128 = tables
        .staff
        .iter()
        .filter(|person| person.category == StaffCategory::Academic)
        .filter(|person| person.from.is_none_or(|day| day <= last) && person.to.is_none_or(|day| last <= day))
        .map(|person| exact(person.fte))
        .sum();
    assert_eq!(totals["academic_staff"], staff);
    let income = tables.finance.iter().filter(|row| row.year == year && row.item == FinanceItem::InstitutionalIncome);
    // The sheet of money states the whole university.
    let university = tables.units.university().unwrap();
    let whole: i128 = income.filter(|row| row.unit == university).map(|row| exact(row.amount)).sum();
    assert_eq!(totals["institutional_income"], whole);
}

#[test]
fn planted_errors_are_found_and_named() {
    // Engineering states more research income than income; medicine's levels do not add up to its students; last year's
    // figure is far away and nobody says why.
    let money = "unit,year,item,amount,currency\n\
        med,2023,institutional income,1000000,million rial\nmed,2023,research income,100000,million rial\n\
        eng,2023,institutional income,50000,million rial\neng,2023,research income,2500000,million rial\n";
    let students =
        "unit,year,level,headcount,fte\nmed,2023,bachelor,100,100\nmed,2023,all,200,200\neng,2023,doctorate,20,20\n";
    let submitted = "ranking,subject,figure,value,explanation\nthe,total,students,100,\nthe,total,academic_staff,1,new school\nqs,,faculty_full_time,2,\n";
    let files = [
        ("staff/staff.csv", STAFF),
        ("students/students.csv", students),
        ("finance/finance.csv", money),
        ("submission/shares.csv", SHARES),
        ("submission/last.csv", submitted),
    ];
    let (folder, ran) = run(&[line(1, 2022, 1, &[MED, TORONTO])], &files);
    let checks = folder.table("submission_checks.csv");
    let found = |check: &str, figure: &str, subject: &str| {
        let row =
            checks.iter().find(|row| row["check"] == check && row["figure"] == figure && row["subject"] == subject);
        let row = row.unwrap_or_else(|| panic!("no {check} of {figure}, {subject}: {checks:?}\n{}", ran.err));
        (row["unit"].clone(), row["source"].clone())
    };
    let (unit, source) = found("subset_above_total", "research_income", "total");
    assert_eq!(unit, "eng");
    assert!(source.starts_with("finance/finance.csv › D5"), "{source}");
    let (unit, source) = found("levels_and_students", "students", "total");
    assert_eq!(unit, "med");
    assert!(source.starts_with("students/students.csv"), "{source}");
    assert!(found("change_unexplained", "students", "total").1.starts_with("submission/last.csv › D2"));
    // Explained, or not far away.
    assert!(
        !checks.iter().any(|row| row["check"] == "change_unexplained" && row["figure"] != "students"),
        "{checks:?}"
    );
    assert!(ran.err.contains("subset-above-total") && ran.err.contains("\"eng\""), "{}", ran.err);
}

/// What the university states and its schools do not is the university's own; less than they state is named.
#[test]
fn what_units_below_state_is_booked_there() {
    let money = |university: u32| {
        format!(
            "unit,year,item,amount,currency\nu,2023,institutional income,{university},million rial\n\
             med,2023,institutional income,700000,million rial\neng,2023,institutional income,200000,million rial\n"
        )
    };
    let shares = "unit,the subject,share\nu,education,1\nmed,clinical_health,1\neng,engineering,1\n";
    let paper = [line(1, 2022, 1, &[MED, TORONTO])];
    let (whole, less) = (money(1_000_000), money(800_000));
    let (folder, _) = run(&paper, &[("finance/f.csv", &whole), ("submission/shares.csv", shares)]);
    let the = figures(&folder, "the");
    let value = |subject: &str| the[&("institutional_income".to_owned(), subject.to_owned())].parse::<f64>().unwrap();
    let unit = value("total") / 1_000_000.0;
    let found = ["education", "clinical_health", "engineering"].map(value);
    for (found, expected) in found.into_iter().zip([100_000.0, 700_000.0, 200_000.0]) {
        assert!((found - expected * unit).abs() < 1e-3, "{found} is not {expected}");
    }
    assert!(folder.table("submission_checks.csv").is_empty());
    let (folder, _) = run(&paper, &[("finance/f.csv", &less), ("submission/shares.csv", shares)]);
    let checks = folder.table("submission_checks.csv");
    let told: Vec<[&str; 2]> = checks.iter().map(|row| ["check", "unit"].map(|column| row[column].as_str())).collect();
    assert_eq!(told, [["parts_above_whole", "u"]]);
}

#[test]
fn shares_that_do_not_add_up_are_named_and_not_used() {
    let shares = "unit,the subject,share\nmed,clinical_health,0.6\nmed,life_sciences,0.3\neng,engineering,1\n";
    let files = [("staff/staff.csv", STAFF), ("students/students.csv", STUDENTS), ("submission/shares.csv", shares)];
    let (folder, ran) = run(&[line(1, 2022, 1, &[MED, TORONTO])], &files);
    assert!(ran.err.contains("subject-shares") && ran.err.contains("submission/shares.csv › B2"), "{}", ran.err);
    let the = figures(&folder, "the");
    assert_eq!(the[&("academic_staff".to_owned(), "none".to_owned())], "1.25");
    let checks = folder.table("submission_checks.csv");
    assert!(checks.iter().any(|row| row["check"] == "no_subject" && row["unit"] == "med"), "{checks:?}");
}

/// The workbook holds the numbers of the table.
#[test]
fn the_workbook_shows_the_figures() {
    let (_, out) = sample();
    let figures = table(&out.join("submission.csv"));
    for language in ["en", "fa"] {
        let bytes = std::fs::read(out.join(format!("submission.{language}.xlsx"))).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names().len(), 4);
        for (sheet, ranking) in ["the", "qs"].iter().enumerate() {
            let range = book.worksheet_range_at(sheet).unwrap().unwrap();
            let shown: Vec<f64> = range
                .cells()
                .filter_map(|(_, _, cell)| if let Data::Float(value) = cell { Some(*value) } else { None })
                .collect();
            let told = figures.iter().filter(|row| row["ranking"] == **ranking && !row["value"].is_empty());
            let mut count = 0;
            for row in told {
                let value: f64 = row["value"].parse().unwrap();
                assert!(shown.contains(&value), "{language} {row:?}");
                count += 1;
            }
            assert!(count >= 12, "{count}");
        }
    }
}
