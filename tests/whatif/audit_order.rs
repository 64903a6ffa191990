//! Tests: `sanjeh audit` – what it says an error would move is what a run with that error gives.

use std::sync::OnceLock;

use clap::Parser;
use sanjeh::attribute;
use sanjeh::cli::args::Arguments;
use sanjeh::cli::run::{Times, assess};
use sanjeh::cli::terminal::Terminal;
use sanjeh::explain::recalculate;
use sanjeh::measure::{self, Input};
use sanjeh::model::audit_order::{AuditOrder, Check, Kind};
use sanjeh::model::ledger::{Account, Credit, Ledger, Rule, Share};
use sanjeh::model::measure::Measures;
use sanjeh::model::publication::PublicationIndex;
use sanjeh::model::results::Results;
use sanjeh::model::stability::Samples;
use sanjeh::model::tables::{StaffCategory, Tables};
use sanjeh::model::unit::UnitIndex;
use sanjeh::sample::{Size, generate};
use sanjeh::score::Run;
use sanjeh::whatif::audit_order::plausible::Plausible;
use sanjeh::whatif::audit_order::{Sought, order};

use crate::support::{Folder, sanjeh, table};

/// A cell that the office has corrected.
const CORRECTION: &str = "[[correction]]\nfile = \"surveys/supplied.csv\"\nrow = 5\ncolumn = \"D\"\nexpect = \"24.1\"\n\
    value = \"30\"\nwho = \"M\"\ndate = \"2026-11-01\"\nreason = \"last year's figure\"\n";

/// A small sample with overrides, and what a run makes of it.
fn sample() -> &'static (Folder, Results) {
    static SAMPLE: OnceLock<(Folder, Results)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut folder = Folder::new();
        let size = Size { units: 20, staff: 90, publications: 500, hyper_authored: 6, seed: 7 };
        for file in generate(&size).files {
            folder = folder.with(&file.path, &file.bytes);
        }
        let results = read(&folder);
        let cited = results.publications.items.iter().max_by_key(|item| item.citations).unwrap();
        let exclude = format!("publication,reason,who,date\n{},not ours,M,2026-11-01\n", cited.id);
        let folder = folder.with("overrides/exclude.csv", exclude).with("overrides/corrections.toml", CORRECTION);
        let results = read(&folder);
        (folder, results)
    })
}

fn read(folder: &Folder) -> Results {
    let arguments = Arguments::try_parse_from(["sanjeh", "--quiet", "check", "."]).unwrap();
    let terminal = Terminal::new(&arguments.global);
    assess(&terminal, &arguments.global, folder.path(), &mut Times::new()).unwrap()
}

/// The order for the university alone: nobody else is of its type, so nobody else moves.
fn of_university() -> &'static AuditOrder {
    static ORDER: OnceLock<AuditOrder> = OnceLock::new();
    ORDER.get_or_init(|| {
        let sought = Sought { unit: &|id| id == "sarv", edition: &|_| true };
        order(&sample().1, &Plausible::built_in(), &sought, &|_, _| {})
    })
}

/// The university's overall composite by an edition, from these tables and this ledger.
fn composite(tables: &Tables, ledger: &Ledger, edition: &str) -> f64 {
    composite_of(&sample().1, tables, ledger, edition)
}

/// The same with the publications of other results.
fn composite_of(results: &Results, tables: &Tables, ledger: &Ledger, edition: &str) -> f64 {
    let input = Input {
        assessment: &results.assessment,
        tables,
        publications: &results.publications,
        ledger,
        editions: &results.editions,
        definitions: &results.definitions,
    };
    let measures = measure::measure(input).value;
    let edition = results.editions.iter().find(|known| known.id == edition).unwrap();
    let run = Run { units: &tables.units, measures: &measures, peers: &tables.peers, ..Run::of(results, edition) };
    let card = run.scorecard();
    let unit = tables.units.find("sarv").unwrap();
    card.composites_of(unit, edition.groups.len()).last().unwrap().score.unwrap()
}

/// A number with an error in words put on it.
fn with_error(value: f64, plausible: &str) -> f64 {
    let number = |text: &str| text.trim().parse::<f64>().unwrap();
    let changed = match (plausible.strip_suffix(" %"), plausible.split_once(' ')) {
        (Some(percent), _) => value * (1.0 + number(percent) / 100.0),
        (None, Some(("×", by))) => value * number(by),
        (None, Some(("÷", by))) => value / number(by),
        _ => value + number(plausible),
    };
    changed.max(0.0)
}

/// The tables with the error of a check in them; `None` for a check that is no cell of these.
fn spoilt(check: &Check) -> Option<Tables> {
    let mut tables = sample().1.tables.clone();
    let at = check.place.to_string();
    let row = |place: &sanjeh::diagnostic::Place| place.to_string() == at || place_row(place) == at;
    let number = |value: f64| with_error(value, &check.plausible);
    if let Some(person) = tables.staff.iter_mut().find(|person| row(&person.place)) {
        match check.field.as_str() {
            "fte" => person.fte = number(person.fte).min(1.0),
            "category" => {
                let academic = check.plausible.starts_with("academic");
                person.category = if academic { StaffCategory::Academic } else { StaffCategory::Research };
            }
            "international" => person.international = person.international.map(|now| !now),
            _ => return None,
        }
    } else if let Some(students) = tables.students.iter_mut().find(|students| row(&students.place)) {
        match check.field.as_str() {
            "fte" => students.fte = number(students.fte),
            _ => students.international = students.international.map(number),
        }
    } else if let Some(degrees) = tables.degrees.iter_mut().find(|degrees| row(&degrees.place)) {
        degrees.count = number(degrees.count);
    } else if let Some(finance) = tables.finance.iter_mut().find(|finance| row(&finance.place)) {
        finance.amount = number(finance.amount);
    } else if let Some(supplied) = tables.supplied.iter_mut().find(|supplied| row(&supplied.place)) {
        supplied.value = number(supplied.value);
    } else {
        return None;
    }
    Some(tables)
}

/// A place without its column.
fn place_row(place: &sanjeh::diagnostic::Place) -> String {
    match place.clone() {
        sanjeh::diagnostic::Place::Cell { file, sheet, row, .. } => {
            sanjeh::diagnostic::Place::Cell { file, sheet, row, column: None }.to_string()
        }
        other => other.to_string(),
    }
}

#[test]
fn a_cell_moves_what_a_run_with_its_error_moves() {
    let results = &sample().1;
    let found = of_university();
    let mut fields: Vec<String> = Vec::new();
    for check in found.checks.iter().filter(|check| check.kind == Kind::Cell) {
        let file = check.place.file_name().unwrap_or_default();
        let field = format!("{} {} {}", file.split('/').next().unwrap_or_default(), check.field, check.plausible);
        // One of each field and error: each is a measurement of its own.
        if fields.contains(&field) || check.field == "unit" {
            continue;
        }
        let tables = spoilt(check).unwrap_or_else(|| panic!("{check:?}"));
        let before = composite(&results.tables, &results.ledger, &check.edition);
        let after = composite(&tables, &results.ledger, &check.edition);
        assert!((after - before - check.points).abs() < 1e-9, "{} or {}: {check:?}", after - before, check.points);
        fields.push(field);
    }
    let has = |field: &str| fields.iter().any(|known| known.contains(field));
    for field in [
        "staff fte",
        "staff category",
        "staff international",
        "students fte",
        "students count",
        "finance amount",
        "surveys value",
    ] {
        assert!(has(field), "{field} of {fields:?}");
    }
}

/// What a unit's composite by an edition moves by on the scales of the run, with measures from another ledger.
fn moved_by(results: &Results, ledger: &Ledger, check: &Check) -> f64 {
    let input = Input { ledger, ..sanjeh::whatif::audit_order::input(results) };
    let measures = measure::measure(input).value;
    let unit = results.tables.units.find(&check.unit).unwrap();
    let edition = results.editions.iter().find(|known| known.id == check.edition).unwrap();
    let run = Run::of(results, edition);
    let row = |measures: &Measures| -> Vec<f64> {
        measures.row(unit.at()).iter().map(|cell| cell.value.unwrap_or(f64::NAN)).collect()
    };
    let values = [row(&results.measures), row(&measures)].concat();
    let samples = Samples { columns: (0..results.measures.keys.len()).collect(), samples: 2, values };
    let card = run.changed(&run.frozen(), unit, &samples);
    let overall = |row: u32| card.composites_of(UnitIndex(row), edition.groups.len()).last().unwrap().score.unwrap();
    overall(1) - overall(0)
}

/// Publication and position of the author of a match.
fn author(results: &Results, check: &Check) -> (PublicationIndex, u32) {
    let (id, rest) = check.value.split_once(", author ").unwrap();
    let at = results.publications.items.iter().position(|item| item.id == id).unwrap();
    (PublicationIndex(at as u32), rest.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn a_match_moves_what_the_ledger_without_or_with_it_moves() {
    let results = &sample().1;
    let sought = Sought { unit: &|_| true, edition: &|_| true };
    let found = order(results, &Plausible::built_in(), &sought, &|_, _| {});
    let (mut taken, mut added) = (0, 0);
    for check in found.checks.iter().filter(|check| check.kind == Kind::Match).take(12) {
        let (publication, position) = author(results, check);
        let own = |credit: &Credit| credit.publication == publication && credit.author_position == position;
        let mut ledger = results.ledger.clone();
        let uncertain = ledger.credits.iter().find(|credit| own(credit) && credit.confidence < 1.0).unwrap();
        let chance = 1.0 - uncertain.confidence;
        ledger.credits.retain(|credit| !(own(credit) && credit.confidence < 1.0));
        assert!((moved_by(results, &ledger, check) * chance - check.points).abs() < 1e-9, "{check:?}");
        taken += 1;
    }
    // With a stricter policy the same matches wait for a decision.
    let mut assessment = results.assessment.clone();
    assessment.attribution.name_confidence = 0.99;
    let results = &recalculate::with_assessment(results, assessment);
    let found = order(results, &Plausible::built_in(), &sought, &|_, _| {});
    for check in found.checks.iter().filter(|check| check.kind == Kind::Review).take(12) {
        let (publication, position) = author(results, check);
        let staff = check.value.rsplit_once(" = staff ").unwrap().1;
        let row = results.tables.staff.iter().position(|person| person.id == staff).unwrap();
        let case = results.ledger.reviews.iter().find(|review| {
            review.publication == publication && review.author_position == position && review.staff == row as u32
        });
        let mut ledger = results.ledger.clone();
        let posts = &results.tables.staff[row].units;
        let authors = results.publications.authors_of(publication).len() as u64;
        let credit = |post: &UnitIndex| Credit {
            publication,
            account: Account::Unit(*post),
            author_position: position,
            staff: Some(row as u32),
            rule: Rule::RosterName,
            confidence: 1.0,
            full: true,
            share: Share(Share::WHOLE.0 / authors / posts.len() as u64),
        };
        ledger.credits.extend(posts.iter().map(credit));
        ledger.credits.sort_by_key(|credit| (credit.publication, credit.author_position));
        let points = moved_by(results, &ledger, check) * case.unwrap().confidence;
        assert!((points - check.points).abs() < 1e-9, "{points}: {check:?}");
        added += 1;
    }
    assert!(taken > 0 && added > 0, "{taken} taken away, {added} added");
}

#[test]
fn a_decision_moves_what_a_run_without_it_moves() {
    let (folder, results) = sample();
    let out = Folder::new();
    let file = out.path().join("audit_order.csv").to_string_lossy().into_owned();
    let dir = folder.path().to_string_lossy().into_owned();
    let ran = sanjeh(&["audit", &dir, "--unit", "sarv", "--out", &file, "--quiet"]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = table(&out.path().join("audit_order.csv"));
    let decision = |field: &str| rows.iter().find(|row| row["kind"] == "override" && row["column"] == field).unwrap();
    let points = |field: &str| decision(field)["move"].parse::<f64>().unwrap();
    let without = |change: &dyn Fn(&mut Tables), edition: &str| {
        let mut tables = results.tables.clone();
        change(&mut tables);
        let (publications, ledger) = attribute::attribute(&tables, &results.assessment).value;
        let again = Results { tables, publications, ledger, ..results.clone() };
        composite_of(&again, &again.tables, &again.ledger, edition)
            - composite(&results.tables, &results.ledger, edition)
    };
    let back = |tables: &mut Tables| {
        let stated = tables.supplied.iter_mut().find(|row| row.measure == "academic_reputation").unwrap();
        assert_eq!(stated.value, 30.0);
        stated.value = 24.1;
    };
    let expected = without(&back, &decision("correction")["edition"]);
    assert!(
        expected < -0.1 && (expected - points("correction")).abs() < 1e-9,
        "{expected}: {:?}",
        decision("correction")
    );
    let counted = |tables: &mut Tables| tables.overrides.exclusions.clear();
    let expected = without(&counted, &decision("exclude")["edition"]);
    assert!((expected - points("exclude")).abs() < 1e-9, "{expected}: {:?}", decision("exclude"));
    // What is not worked out is told.
    let none = sanjeh(&["audit", &dir, "--unit", "sarv", "--overrides", "0"]);
    assert!(none.err.contains("2 overrides are passed over") && !none.out.contains("override"), "{}", none.err);
}

#[test]
fn what_moves_most_comes_first_and_every_error_has_its_reason() {
    let found = of_university();
    assert!(found.checks.len() > 20, "{}", found.checks.len());
    assert!(found.checks.windows(2).all(|pair| pair[0].points.abs() >= pair[1].points.abs()));
    let plausible = Plausible::built_in();
    assert!(plausible.reasons().all(|(_, _, reason)| reason.len() > 20));
    for check in found.checks.iter().filter(|check| check.kind == Kind::Cell) {
        assert!(plausible.reasons().any(|(_, field, _)| field == check.field), "{check:?}");
    }
    // No number falls below zero, and none is put in its own place.
    assert_eq!(plausible.instead("staff", "fte", 0.1).last().unwrap().0, 0.0);
    assert_eq!(plausible.instead("finance", "amount", 0.0), []);
    assert_eq!(plausible.instead("degrees", "count", 4.0)[0], (5.0, "+1".to_owned()));
    assert_eq!(plausible.instead("degrees", "count", 100.0)[0].1, "+5 %");
}

#[test]
fn the_command_prints_and_writes_the_same_order() {
    let (folder, _) = sample();
    let dir = folder.path().to_string_lossy().into_owned();
    let out = Folder::new();
    let file = out.path().join("audit_order.csv");
    let to = file.to_string_lossy().into_owned();
    let ran = sanjeh(&["audit", &dir, "--first", "5", "--unit", "sarv", "--out", &to]);
    assert!(ran.code < 2, "{}", ran.err);
    assert!(ran.out.starts_with("Check these 5 first"), "{}", ran.out);
    let rows = table(&file);
    assert_eq!(rows[0]["rank"], "1");
    let first = &of_university().checks[0];
    assert_eq!((rows[0]["unit"].as_str(), rows[0]["value"].as_str()), ("sarv", first.value.as_str()));
    assert!((rows[0]["move"].parse::<f64>().unwrap() - first.points).abs() < 1e-12);
    let one = sanjeh(&["audit", &dir, "--first", "5", "--unit", "sarv", "--threads", "1"]);
    assert_eq!(one.out, ran.out);
    for (arguments, code) in
        [(["--unit", "nowhere"], "unknown-unit"), (["--edition", "the/wur/1999"], "unknown-edition")]
    {
        let ran = sanjeh(&[&["audit", &dir], &arguments[..]].concat());
        assert!(ran.code == 2 && ran.err.contains(code), "{}", ran.err);
    }
}

/// The words of a command's help, without the switches of all commands: lines are as long as the terminal is wide.
fn own_part(help: &str) -> String {
    let (before, after) = (help.split("Examples:").next(), help.split_once("Examples:").map(|(_, after)| after));
    let before = before.and_then(|before| before.split("--lang").next());
    [before, after].into_iter().flatten().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn help_of_the_three_commands() {
    for (command, text) in [
        ("audit", include_str!("audit_help.txt")),
        ("diff", include_str!("diff_help.txt")),
        ("forecast", include_str!("forecast_help.txt")),
    ] {
        assert_eq!(own_part(&sanjeh(&[command, "--help"]).out), own_part(text), "{command}");
    }
}
