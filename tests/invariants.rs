//! Invariants 1, 2, 4 of the design on random universities, and 6 and 7 on a run of the sample.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sanjeh::attribute::attribute;
use sanjeh::diagnostic::Place;
use sanjeh::model::assessment::{Assessment, Attribution, Institution, Merge, Normalisation, Policy, Stability};
use sanjeh::model::ledger::{Account, Ledger, Share};
use sanjeh::model::names::Names;
use sanjeh::model::publication::Publications;
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::tables::{Record, RecordAuthor, RecordRows, Source, Staff, StaffCategory, Tables};
use sanjeh::model::unit::{UnitIndex, UnitRow, Units};

const UNIVERSITY: &str = "Test University of Medical Sciences";

fn assessment() -> Assessment {
    Assessment {
        institution: Institution {
            name: Names::new(UNIVERSITY, ""),
            country: "Iran".into(),
            city: "Testan".into(),
            aliases: Vec::new(),
            invented: true,
        },
        year: 2025,
        languages: vec!["en".into()],
        editions: Vec::new(),
        publications: None,
        merge: Merge::default(),
        attribution: Attribution::default(),
        normalisation: Normalisation::default(),
        stability: Stability::default(),
        calibration: sanjeh::model::assessment::Calibration::default(),
        policy: Policy::default(),
        sensitivity: Sensitivity::default(),
        calendar: sanjeh::model::assessment::Calendar::default(),
        advice: sanjeh::model::assessment::Advising::default(),
    }
}

/// A random university, small enough to shrink well.
#[derive(Debug, Clone)]
struct University {
    /// Parents of unit `index + 1`, among units before it; unit 0 is the university.
    parents: Vec<Vec<usize>>,
    /// Units of each person.
    staff: Vec<Vec<usize>>,
    /// Records: key (equal keys are one work), citations, authors.
    records: Vec<(u8, i64, Vec<AuthorKind>)>,
}

#[derive(Debug, Clone)]
enum AuthorKind {
    Staff(usize),
    Unit(usize),
    Foreign,
    Unknown,
}

fn university() -> impl Strategy<Value = University> {
    (1_usize..7, 0_usize..6).prop_flat_map(|(units, people)| {
        let parents = (1..=units).map(|unit| prop::collection::vec(0..unit, 0..3)).collect::<Vec<_>>();
        let staff = prop::collection::vec(prop::collection::vec(0..=units, 1..3), people);
        let author = prop_oneof![
            (0..people.max(1)).prop_map(AuthorKind::Staff),
            (0..=units).prop_map(AuthorKind::Unit),
            Just(AuthorKind::Foreign),
            Just(AuthorKind::Unknown),
        ];
        let record = (0_u8..12, 0_i64..50, prop::collection::vec(author, 0..7));
        (parents, staff, prop::collection::vec(record, 0..15)).prop_map(|(parents, staff, records)| University {
            parents,
            staff,
            records,
        })
    })
}

fn place() -> Place {
    Place::file("test")
}

impl University {
    fn unit_rows(&self) -> Vec<UnitRow> {
        (0..=self.parents.len())
            .map(|index| UnitRow {
                id: format!("u{index}"),
                name: Names::new(
                    if index == 0 { UNIVERSITY.to_owned() } else { format!("School of Subject{index}") },
                    "",
                ),
                unit_type: if index == 0 { "university".into() } else { "school".into() },
                parents: if index == 0 {
                    Vec::new()
                } else {
                    self.parents[index - 1].iter().map(|parent| format!("u{parent}")).collect()
                },
                subject: String::new(),
                aliases: Vec::new(),
                valid: (None, None),
                place: place(),
            })
            .collect()
    }

    /// The tables, with units and records in the order that `unit_order` and `record_order` give.
    fn tables(&self, unit_order: &[usize], record_order: &[usize]) -> Tables {
        let rows = self.unit_rows();
        let units = Units::build(unit_order.iter().map(|&index| rows[index].clone()).collect()).value;
        let staff = self
            .staff
            .iter()
            .enumerate()
            .map(|(index, own)| Staff {
                id: format!("s{index}"),
                name: format!("Person {index}"),
                latin_name: String::new(),
                units: own.iter().map(|unit| units.find(&format!("u{unit}")).unwrap()).collect(),
                category: StaffCategory::Academic,
                rank: String::new(),
                fte: 1.0,
                international: None,
                female: None,
                doctorate: None,
                scopus_ids: vec![format!("1000{index}")],
                orcids: Vec::new(),
                from: None,
                to: None,
                place: place(),
            })
            .collect();
        let author = |(position, kind): (usize, &AuthorKind)| {
            let (scopus_id, affiliation) = match kind {
                AuthorKind::Staff(person) => (Some(format!("1000{person}")), None),
                AuthorKind::Unit(0) => (None, Some(format!("{UNIVERSITY}, Testan, Iran"))),
                AuthorKind::Unit(unit) => (None, Some(format!("School of Subject{unit}, {UNIVERSITY}, Testan, Iran"))),
                AuthorKind::Foreign => {
                    (None, Some("Department of Physics, University of Elsewhere, Paris, France".to_owned()))
                }
                AuthorKind::Unknown => (None, None),
            };
            RecordAuthor {
                name: format!("Author {position}"),
                scopus_id,
                orcid: None,
                researcher_id: None,
                corresponding: None,
                affiliations: affiliation.into_iter().collect(),
            }
        };
        let records = record_order
            .iter()
            .map(|&index| {
                let (key, citations, authors) = &self.records[index];
                Record {
                    row: index as u32 + 2,
                    doi: (key % 3 != 0).then(|| format!("10.1/{key}")),
                    eid: (key % 2 == 0).then(|| format!("2-s2.0-{key}")),
                    title: format!("Work {key}"),
                    year: Some(2020 + i32::from(*key) % 5),
                    document_type: "article".into(),
                    citations: Some(*citations),
                    authors: authors.iter().enumerate().map(author).collect(),
                    ..Record::default()
                }
            })
            .collect();
        let (records, authorships) =
            RecordRows::into_tables(vec![RecordRows { source: 0, system: "scopus".into(), records }]);
        let sources = vec![Source { file: "records.csv".into(), ..Source::default() }];
        Tables { sources, units, staff, records, authorships, ..Tables::default() }
    }

    fn plain(&self) -> (Tables, Publications, Ledger) {
        let units: Vec<usize> = (0..=self.parents.len()).collect();
        let records: Vec<usize> = (0..self.records.len()).collect();
        self.attributed(&units, &records)
    }

    fn attributed(&self, unit_order: &[usize], record_order: &[usize]) -> (Tables, Publications, Ledger) {
        let tables = self.tables(unit_order, record_order);
        let (publications, ledger) = attribute(&tables, &assessment()).value;
        (tables, publications, ledger)
    }
}

/// Credits by name, so that they can be compared across orders of units and records.
fn named(
    tables: &Tables,
    publications: &Publications,
    ledger: &Ledger,
) -> BTreeSet<(String, String, u32, String, u64, bool)> {
    ledger
        .credits
        .iter()
        .map(|credit| {
            let account = match credit.account {
                Account::Unit(unit) => tables.units.get(unit).id.clone(),
                Account::Outside => "outside".into(),
            };
            let id = publications.items[credit.publication.at()].id.clone();
            (id, account, credit.author_position, credit.rule.as_str().to_owned(), credit.share.0, credit.full)
        })
        .collect()
}

fn shuffled(length: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut state = seed | 1;
    for index in (1..length).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, (state >> 33) as usize % (index + 1));
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Invariant 1: the shares of a publication over all units and outside sum to exactly one.
    #[test]
    fn shares_sum_to_one(university in university()) {
        let (_, publications, ledger) = university.plain();
        let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
        for credit in &ledger.credits {
            *sums.entry(credit.publication.0).or_default() += credit.share.0;
        }
        prop_assert_eq!(sums.len(), publications.len());
        for (publication, sum) in sums {
            prop_assert_eq!(sum, Share::WHOLE.0, "publication {}", publication);
        }
    }

    /// `full` is set on exactly one row of each publication and unit.
    #[test]
    fn a_paper_counts_once_per_unit(university in university()) {
        let (_, _, ledger) = university.plain();
        let mut full: BTreeMap<(u32, Account), usize> = BTreeMap::new();
        for credit in &ledger.credits {
            *full.entry((credit.publication.0, credit.account)).or_default() += usize::from(credit.full);
        }
        prop_assert!(full.values().all(|count| *count == 1));
    }

    /// Invariant 2: a parent's publications are the union of its children's and its own.
    #[test]
    fn a_parent_is_the_union_of_its_children(university in university()) {
        let (tables, _, ledger) = university.plain();
        let below = |unit: UnitIndex| ledger.publications_of(tables.units.descendants(unit)).into_iter().collect::<BTreeSet<_>>();
        for (index, unit) in tables.units.iter() {
            let mut union: BTreeSet<_> = ledger.publications_of(&[index]).into_iter().collect();
            for &child in &unit.children {
                union.extend(below(child));
            }
            prop_assert_eq!(below(index), union);
        }
    }

    /// Invariant 4: reordering units and records changes nothing but order.
    #[test]
    fn order_changes_nothing(university in university(), seed in any::<u64>()) {
        let (tables, publications, ledger) = university.plain();
        let units = shuffled(university.parents.len() + 1, seed);
        let records = shuffled(university.records.len(), seed.rotate_left(17));
        let (other_tables, other_publications, other_ledger) = university.attributed(&units, &records);
        prop_assert_eq!(named(&tables, &publications, &ledger), named(&other_tables, &other_publications, &other_ledger));
        let ids = |publications: &Publications| publications.items.iter().map(|item| (item.id.clone(), item.citations)).collect::<Vec<_>>();
        prop_assert_eq!(ids(&publications), ids(&other_publications));
    }
}
