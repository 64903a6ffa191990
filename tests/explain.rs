//! Explaining: rows re-add to their number, other policies, the change list, the audit of addresses, a unit's own list.

use std::fs;
use std::sync::OnceLock;

use clap::Parser;
use sanjeh::attribute::{attribute, audit};
use sanjeh::cli::args::Arguments;
use sanjeh::cli::run::{Times, assess};
use sanjeh::cli::terminal::Terminal;
use sanjeh::explain::{self, comparison, normalisation, omitted::Counted, recalculate, rows};
use sanjeh::load::{Limits, publication_list};
use sanjeh::measure;
use sanjeh::model::assessment::{AttributionMethod, Counting};
use sanjeh::model::change::{Change, ChangedTable};
use sanjeh::model::evidence::{CoreIndex, Fold, Subject};
use sanjeh::model::ledger::{Account, Share};
use sanjeh::model::results::Results;
use sanjeh::sample::{Size, generate};

use crate::support::{Folder, contents, sanjeh, table};

mod addresses;

/// A small sample in a folder, and what a run makes of it.
fn sample() -> &'static (Folder, Results) {
    static SAMPLE: OnceLock<(Folder, Results)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut folder = Folder::new();
        let size = Size { units: 20, staff: 90, publications: 500, hyper_authored: 6, seed: 7 };
        for file in generate(&size).files {
            folder = folder.with(&file.path, &file.bytes);
        }
        let arguments = Arguments::try_parse_from(["sanjeh", "--quiet", "check", "."]).unwrap();
        let terminal = Terminal::new(&arguments.global);
        let results = assess(&terminal, &arguments.global, folder.path(), &mut Times::new()).unwrap();
        (folder, results)
    })
}

/// Adds the printed amounts as a reader of the table would.
fn re_added(rows: &[rows::Row], fold: Fold, parts: &[f64]) -> f64 {
    match fold {
        Fold::Sum | Fold::UpperQuartile | Fold::Core(CoreIndex::H | CoreIndex::G | CoreIndex::Qs) => {
            rows.iter().fold(0.0, |sum, row| sum + row.amount.parse::<f64>().unwrap())
        }
        Fold::Core(CoreIndex::HPerYear(years)) => re_added(rows, Fold::Sum, parts) / f64::from(years),
        Fold::Core(CoreIndex::R) => re_added(rows, Fold::Sum, parts).sqrt(),
        Fold::WeightedMean | Fold::Core(CoreIndex::A) => {
            let sum = rows.iter().fold(0.0, |sum, row| sum + row.amount.parse::<f64>().unwrap());
            sum / rows.iter().fold(0.0, |sum, row| sum + row.weight)
        }
        Fold::Shares => {
            let digits = |amount: &str| amount.replace('.', "").parse::<u128>().unwrap();
            let sum: u128 = rows.iter().map(|row| digits(&row.amount)).sum();
            sum as f64 / Share::WHOLE.0 as f64
        }
        Fold::MeanOfParts => parts.iter().fold(0.0, |sum, part| sum + part) / parts.len() as f64,
    }
}

#[test]
fn rows_re_add_to_every_number_to_the_last_digit() {
    let (_, results) = sample();
    let mut seen = std::collections::BTreeMap::new();
    for (unit, about) in results.tables.units.iter() {
        let (evidence, _) = measure::evidence(recalculate::input(results), unit, &results.measures.keys);
        for (key, evidence) in results.measures.keys.iter().zip(evidence) {
            let cell = results.measures.get(unit.at(), key).unwrap();
            let Some(evidence) = evidence else {
                assert_eq!(cell.status.as_str(), "supplied", "{} {}", about.id, key.label());
                continue;
            };
            let Some(value) = cell.value else {
                assert!(evidence.reason.is_some());
                continue;
            };
            let rows = rows::of(results, unit, &evidence, false);
            let parts: Vec<f64> = evidence.parts.iter().map(|part| part.scaled).collect();
            let sum = re_added(&rows, evidence.fold, &parts);
            assert_eq!(sum.to_bits(), value.to_bits(), "{} {}: {sum} is not {value}", about.id, key.label());
            *seen.entry(key.measure.clone()).or_insert(0) += usize::from(!rows.is_empty());
        }
    }
    // Every publication measure was really held against rows of several units.
    for (code, _) in measure::publication::MEASURES {
        // A small sample may hold no retracted work and no delisted title; no sheet of the sample names top journals or citing works, and none of its units has a subject of THE.
        const UNTOLD: [&str; 7] = [
            "delisted_journal_publications",
            "retracted_publications",
            "listed_journal_points",
            "top_journal_publications",
            "citations_without_unit_self",
            "mean_citation_importance",
            "credited_publications",
        ];
        if results.measures.keys.iter().any(|key| key.measure == code) && !UNTOLD.contains(&code) {
            assert!(seen.get(code).is_some_and(|units| *units >= 1), "{code}: {seen:?}");
        }
    }
    assert!(seen.keys().any(|code| code == "academic_staff") && seen.keys().any(|code| code == "research_income"));
}

#[test]
fn evidence_counts_what_an_independent_reading_of_the_ledger_counts() {
    let (_, results) = sample();
    let university = results.tables.units.university().unwrap();
    let key = results.measures.keys.iter().find(|key| key.measure == "citations" && key.edition.is_none()).unwrap();
    let (evidence, _) = measure::evidence(recalculate::input(results), university, std::slice::from_ref(key));
    let evidence = evidence[0].as_ref().unwrap();
    let mut held: Vec<u32> = results
        .ledger
        .publications_of(results.tables.units.descendants(university))
        .into_iter()
        .filter(|index| {
            let item = &results.publications.items[index.at()];
            item.year.is_some_and(|year| key.window.contains(year)) && item.citations.is_some()
        })
        .map(|index| index.0)
        .collect();
    let mut listed: Vec<u32> = evidence
        .terms
        .iter()
        .map(|term| match term.subject {
            Subject::Publication(index) => index,
            other => panic!("{other:?}"),
        })
        .collect();
    held.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, held);
    assert!(listed.len() > 300);
}

#[test]
fn fractional_counting_never_exceeds_whole_counting() {
    let (_, results) = sample();
    let mut assessment = results.assessment.clone();
    assessment.policy.counting = Counting::Fractional;
    let fractional = recalculate::with_assessment(results, assessment);
    let mut smaller = 0;
    for (unit, _) in results.tables.units.iter() {
        for key in results.measures.keys.iter().filter(|key| key.measure == "publications" && key.edition.is_none()) {
            let share_key =
                sanjeh::model::measure::MeasureKey { measure: "publications_fractional".into(), ..key.clone() };
            let whole = results.measures.get(unit.at(), key).unwrap().value.unwrap();
            let part = fractional.measures.get(unit.at(), key).unwrap().value.unwrap();
            let share = results.measures.get(unit.at(), &share_key).unwrap().value.unwrap();
            assert!(part <= whole && (part - share).abs() < 1e-9 * whole.max(1.0));
            smaller += usize::from(part < whole);
        }
    }
    assert!(smaller > 5);
}

#[test]
fn the_change_list_names_every_changed_cell_and_no_other() {
    let (_, results) = sample();
    assert_eq!(explain::changes(results, results), []);
    let mut assessment = results.assessment.clone();
    assessment.attribution.by = vec![AttributionMethod::Affiliation];
    let after = recalculate::with_assessment(results, assessment);
    let changes = explain::changes(results, &after);
    assert_changes(results, &after, &changes);
    let composites = |change: &&Change| change.table == ChangedTable::Composites && change.column == "score";
    assert!(changes.iter().filter(composites).count() > 0);
}

/// One credit by override: the change list names what moved, and nothing but the unit and what lies above it holds more.
#[test]
fn one_override_changes_exactly_what_the_change_list_names() {
    let (folder, results) = sample();
    let (credit, unit) = results
        .ledger
        .credits
        .iter()
        .filter(|credit| credit.account == Account::Outside)
        .find_map(|credit| {
            let authors = results.publications.authors_of(credit.publication).len() as u32;
            let booked = |position: u32| {
                let mut own = results.ledger.credits.iter().filter(|other| other.publication == credit.publication);
                own.any(|other| other.author_position == position)
            };
            let position = (1..=authors).find(|position| !booked(*position))?;
            let unit = results.tables.units.of_type("school").into_iter().find(|unit| {
                !results.ledger.publications_of(results.tables.units.descendants(*unit)).contains(&credit.publication)
            })?;
            Some(((credit.publication, position), unit))
        })
        .expect("an author elsewhere on a paper that some school does not hold");
    let about = results.tables.units.get(unit);
    let row = format!(
        "publication,author_position,unit,staff,action,expect,reason,who,date\n{},{},{},,credit,,a test,N. Rad,2026-11-20\n",
        results.publications.items[credit.0.at()].id,
        credit.1,
        about.id
    );
    let mut decided = Folder::new().with("overrides/attribution.csv", row);
    for (path, bytes) in contents(folder.path()).into_iter().filter(|(path, _)| !path.starts_with("out/")) {
        decided = decided.with(&path, bytes);
    }
    let arguments = Arguments::try_parse_from(["sanjeh", "--quiet", "check", "."]).unwrap();
    let terminal = Terminal::new(&arguments.global);
    let after = assess(&terminal, &arguments.global, decided.path(), &mut Times::new()).unwrap();
    assert_eq!(after.ledger.credits_on_overrides(), 1);
    let changes = explain::changes(results, &after);
    assert_changes(results, &after, &changes);
    let above: Vec<&str> =
        results.tables.units.ancestors(unit).iter().map(|unit| results.tables.units.get(*unit).id.as_str()).collect();
    let measured: Vec<&Change> = changes.iter().filter(|change| change.table == ChangedTable::Measures).collect();
    assert!(measured.iter().any(|change| change.unit == about.id), "the school holds no more than before");
    assert!(measured.iter().all(|change| above.contains(&change.unit.as_str())), "{measured:?}");
}

/// Holds a change list against every cell of both sides.
fn assert_changes(results: &Results, after: &Results, changes: &[Change]) {
    // Measures: held against each cell of both sides.
    let mut wanted = 0;
    for (unit, about) in results.tables.units.iter() {
        for key in &results.measures.keys {
            let (old, new) =
                (results.measures.get(unit.at(), key).unwrap(), after.measures.get(unit.at(), key).unwrap());
            let named = changes.iter().find(|change| {
                change.table == ChangedTable::Measures
                    && change.column == "value"
                    && change.unit == about.id
                    && change.code == key.label()
                    && change.scope == key.window.to_string()
            });
            if old.value == new.value {
                assert!(named.is_none(), "{named:?}");
            } else {
                let named = named.unwrap();
                assert_eq!((named.before, named.after), (old.value, new.value));
                wanted += 1;
            }
        }
    }
    assert!(wanted > 0);
    // Scores and composites: as many as differ.
    let pairs = || results.scorecards.iter().zip(&after.scorecards);
    let scores = pairs().flat_map(|(old, new)| old.scores.iter().zip(&new.scores));
    let composites = pairs().flat_map(|(old, new)| old.composites.iter().zip(&new.composites));
    let count = |table, column| changes.iter().filter(|c| c.table == table && c.column == column).count();
    assert_eq!(count(ChangedTable::Scores, "score"), scores.clone().filter(|(a, b)| a.score != b.score).count());
    assert_eq!(count(ChangedTable::Scores, "rank"), scores.filter(|(a, b)| a.rank != b.rank).count());
    assert_eq!(count(ChangedTable::Composites, "score"), composites.filter(|(a, b)| a.score != b.score).count());
}

#[test]
fn a_dossier_says_the_numbers_of_the_tables() {
    let (_, results) = sample();
    let audit = audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let edition_at = results.editions.iter().position(|edition| edition.id == "the/wur/2026").unwrap();
    let edition = &results.editions[edition_at];
    let unit = results.tables.units.iter().find(|(_, unit)| unit.unit_type == "school").unwrap();
    let indicators = ["citation_impact", "publications_per_staff"];
    let known: Vec<&str> = edition.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    for code in indicators {
        let at = known.iter().position(|known| *known == code).unwrap_or_else(|| panic!("{code} not in {known:?}"));
        let dossier = explain::dossier(results, &audit, &unit.1.id, &format!("the/wur/2026:{code}"), false).unwrap();
        let cell = &results.scorecards[edition_at].scores_of(unit.0, edition.indicators.len())[at];
        assert_eq!((dossier.result.raw, dossier.result.score), (cell.raw, cell.score));
        assert!(cell.raw.is_some());
        // The normalisation, worked out anew from the constants shown, gives the very score.
        assert_eq!(dossier.normalisation.as_ref().and_then(|step| step.score), cell.score);
        let policies: Vec<&str> = dossier.alternatives.iter().map(|row| row.policy).collect();
        assert_eq!(policies, ["as_set", "fractional", "without_many_authors", "roster_only", "affiliation_only"]);
        assert_eq!(dossier.alternatives[0].raw, cell.raw);
        assert!(dossier.alternatives[1..].iter().any(|row| row.raw != cell.raw));
        // Nobody's name unless it is asked for.
        assert!(dossier.measures.iter().flat_map(|m| &m.rows).all(|row| row.kind != "staff" || row.title.is_empty()));
        let counted: std::collections::BTreeSet<&str> = (dossier.measures.iter().flat_map(|m| &m.rows))
            .filter(|row| row.kind == "publication")
            .map(|row| row.id.as_str())
            .collect();
        assert!(!counted.is_empty() && !dossier.omitted.is_empty());
        for row in dossier.omitted.iter().filter(|row| row.reason != "duplicate-record") {
            assert!(!counted.contains(row.publication.as_str()), "{row:?}");
        }
        let text = explain::text::text(&dossier, "en");
        assert!(text.contains(&cell.raw.unwrap().to_string()) && text.contains(&edition.digest));
    }
    let unknown = explain::dossier(results, &audit, "nobody", "the/wur/2026:citation_impact", false);
    assert_eq!(unknown.unwrap_err().0.code, "unknown-unit");
    let unknown = explain::dossier(results, &audit, &unit.1.id, "the/wur/2026:nothing", false);
    assert_eq!(unknown.unwrap_err().0.code, "unknown-indicator");
}

#[test]
fn every_score_follows_from_its_normalisation_step() {
    let (_, results) = sample();
    let mut scored = 0;
    for (edition_at, edition) in results.editions.iter().enumerate() {
        for cell in &results.scorecards[edition_at].scores {
            let step = normalisation::of(results, edition_at, cell.indicator, cell.unit);
            let code = &edition.indicators[cell.indicator].code;
            match cell.score {
                Some(score) => {
                    let step = step.unwrap_or_else(|| panic!("{} {code} has a score and no step", edition.id));
                    assert_eq!(step.score.map(f64::to_bits), Some(score.to_bits()), "{} {code}", edition.id);
                    scored += 1;
                }
                // What has no score has no value, or nothing to be compared with.
                None => assert!(cell.raw.is_none() || cell.reason.is_some(), "{} {code}", edition.id),
            }
        }
    }
    assert!(scored > 100, "{scored}");
}

#[test]
fn a_list_is_split_into_both_ours_and_theirs() {
    let (folder, results) = sample();
    let audit = audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let (unit, about) = results.tables.units.iter().find(|(_, unit)| unit.unit_type == "school").unwrap();
    let counted = Counted::by(results, None, sanjeh::model::window::Window::new(2021, 2023));
    let held = results.ledger.publications_of(results.tables.units.descendants(unit));
    let item = |index: &sanjeh::model::publication::PublicationIndex| &results.publications.items[index.at()];
    let inside: Vec<_> = held.iter().filter(|index| counted.refuses(item(index)).is_none()).collect();
    let outside = held.iter().find(|index| counted.refuses(item(index)).is_some()).unwrap();
    let foreign = (0..results.publications.len() as u32)
        .map(sanjeh::model::publication::PublicationIndex)
        .find(|index| held.binary_search(index).is_err() && counted.refuses(item(index)).is_none())
        .unwrap();
    // By DOI in an address, by EID, by title in capitals with year; a repeated row, one outside, one of others, one of nobody.
    let with_doi = inside.iter().find(|index| item(index).doi.is_some()).unwrap();
    let others: Vec<_> = inside.iter().filter(|index| **index != *with_doi).take(2).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["ردیف", "عنوان مقاله", "DOI", "EID", "سال"]).unwrap();
    let doi = format!("https://doi.org/{}", item(with_doi).doi.as_deref().unwrap());
    csv.write_record(["1", "", &doi, "", ""]).unwrap();
    csv.write_record(["2", "", "", item(others[0]).eid.as_deref().unwrap(), ""]).unwrap();
    let title = item(others[1]).title.to_uppercase();
    let year = item(others[1]).year.unwrap().to_string();
    csv.write_record(["3", &title, "", "", &year]).unwrap();
    csv.write_record(["4", &title, "", "", &year]).unwrap();
    csv.write_record(["5", "", "", item(outside).eid.as_deref().unwrap(), ""]).unwrap();
    csv.write_record(["6", "", "", item(&foreign).eid.as_deref().unwrap(), ""]).unwrap();
    csv.write_record(["7", "A work that nobody has written", "10.9999/none", "", "2022"]).unwrap();
    let list = folder.path().parent().unwrap().join(format!("{}-dean.csv", about.id));
    fs::write(&list, csv.into_inner().unwrap()).unwrap();
    let read = publication_list::read(&list, &Limits::default());
    fs::remove_file(&list).unwrap();
    assert_eq!((read.value.len(), read.findings.len()), (7, 0), "{:?}", read.findings);
    let rows = comparison::comparison(results, &audit, unit, &counted, &read.value);
    let of_list: Vec<(&str, &str)> = rows[..7].iter().map(|row| (row.side.as_str(), row.matched_by)).collect();
    assert_eq!(
        of_list,
        [
            ("both", "doi"),
            ("both", "eid"),
            ("both", "title"),
            ("only_theirs", "title"),
            ("only_theirs", "eid"),
            ("only_theirs", "eid"),
            ("only_theirs", "")
        ]
    );
    assert_eq!((rows[3].reason.as_str(), rows[4].reason.as_str()), ("duplicate-row", "outside-window"));
    assert_eq!(rows[6].reason, "not-in-exports");
    let ids: Vec<&str> = ["other-unit", "no-unit", "outside-employment"]
        .into_iter()
        .chain(audit.rules.iter().map(|rule| rule.id.as_str()))
        .collect();
    assert!(ids.contains(&rows[5].reason.as_str()), "{:?}", rows[5]);
    // Both and only ours together are the count.
    assert_eq!(rows[7..].len() + 3, inside.len());
    assert!(rows[7..].iter().all(|row| row.side == comparison::Side::OnlyOurs && !row.reason.is_empty()));
}

#[test]
fn commands_write_their_tables() {
    const HEADER: &str = "Authors,Author(s) ID,Title,Year,Cited by,DOI,Authors with affiliations,Document Type,EID";
    let school = "School of Medicine, Test University of Medical Sciences, Testan, Iran";
    let row = |number: u32, title: &str, year: i32, cited: u32, place: &str| {
        format!(
            "A B.,5700000000{number},{title},{year},{cited},10.1/{number},\"A B., {place}\",Article,2-s2.0-{number}\n"
        )
    };
    let records = [
        row(1, "One", 2021, 5, school),
        row(2, "Two", 2023, 7, school),
        row(3, "Old", 2005, 9, school),
        row(4, "Lost", 2022, 1, "School of Medicine, Testan, Iran"),
        row(5, "Of others", 2022, 1, "School of Medicine, University of Toronto, Toronto, Canada"),
    ];
    let folder = Folder::assessment(&["the/wur/2026"])
        .with("units.csv", "id,name_en,type,parent\nu,Test University of Medical Sciences,university,\nmed,School of Medicine,school,u\n")
        .with("publications/scopus.csv", format!("{HEADER}\n{}", records.concat()))
        .with("list.txt", "مقالات دانشکده\nعنوان مقاله,سال\nONE,2021\nLost,2022\nOld,2005\nOf others,2022\nNowhere,2022\n");
    let dir = folder.path().to_string_lossy().into_owned();
    let out = folder.path().join("explained");
    let path = |name: &str| out.join(name).to_string_lossy().into_owned();
    let indicator = "the/wur/2026:citation_impact";
    let ran = sanjeh(&[
        "explain",
        &dir,
        "--unit",
        "med",
        "--indicator",
        indicator,
        "--format",
        "csv",
        "--out",
        &path("rows.csv"),
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = table(&out.join("rows.csv"));
    let counted: Vec<&str> = rows.iter().filter(|row| row["counted"] == "1").map(|row| row["id"].as_str()).collect();
    assert!(counted.iter().all(|id| ["2-s2.0-1", "2-s2.0-2"].contains(id)), "{counted:?}");
    let omitted: Vec<(&str, &str)> = (rows.iter().filter(|row| row["counted"] == "0"))
        .map(|row| (row["id"].as_str(), row["reason"].as_str()))
        .collect();
    assert_eq!(omitted, [("2-s2.0-3", "outside-window"), ("2-s2.0-4", "university_missing")]);
    let list = folder.path().join("list.txt").to_string_lossy().into_owned();
    let ran = sanjeh(&["compare-list", &dir, &list, "--unit", "med", "--out", &path("compared.csv")]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = table(&out.join("compared.csv"));
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row["side"].as_str(), row["reason"].as_str())).collect();
    assert_eq!(
        told,
        [
            ("both", "counted"),
            ("only_theirs", "university_missing"),
            ("only_theirs", "outside-window"),
            ("only_theirs", "no-unit"),
            ("only_theirs", "not-in-exports"),
            ("only_ours", "affiliation.unit"),
        ]
    );
    assert!(rows[0]["row"].ends_with("row 3"), "{:?}", rows[0]["row"]);
    let ran = sanjeh(&["explain", &dir, "--unit", "nobody", "--indicator", indicator]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("unknown-unit"), "{}", ran.err);
}

#[test]
fn correcting_the_lost_addresses_of_the_sample_gives_credit_back() {
    let (_, results) = sample();
    let audit = audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let (publications, ledger) = audit::corrected(&results.tables, &results.assessment, &results.publications, &audit);
    let recoverable = audit.breaches.iter().filter(|breach| audit.rules[breach.rule].recoverable);
    let mut before = 0;
    for breach in recoverable {
        let units = results.tables.units.descendants(breach.unit);
        let holds = |ledger: &sanjeh::model::ledger::Ledger| {
            ledger.publications_of(units).binary_search(&breach.publication).is_ok()
        };
        before += usize::from(!holds(&results.ledger));
        assert!(holds(&ledger), "{breach:?}: {:?}", publications.items[breach.publication.at()].id);
    }
    assert!(before > 0, "nothing was lost in the sample");
    // Nothing that was credited is lost by it, and shares still sum to one.
    let (_, again) = attribute(&results.tables, &results.assessment).value;
    assert_eq!(again.credits, results.ledger.credits);
    let whole: u64 = ledger.credits.iter().map(|credit| credit.share.0).sum();
    assert_eq!(whole, Share::WHOLE.0 * results.publications.len() as u64);
    let recovered = explain::recovery::recovery(results, &audit);
    assert!(recovered.iter().any(|change| change.table == ChangedTable::Scores));
}
