//! People: names in Latin letters, and attribution against the planted truth of the sample.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use sanjeh::attribute::attribute;
use sanjeh::attribute::name::{Agreement, NameRules};
use sanjeh::load::{self, Limits};
use sanjeh::model::assessment::{Assessment, AttributionMethod};
use sanjeh::model::ledger::{Account, Ledger, Rule};
use sanjeh::model::publication::Publications;
use sanjeh::model::tables::{AuthorshipTable, Tables};
use sanjeh::sample::{self, Size, Truth};

/// A sample read back as an office's folder would be.
struct Planted {
    tables: Tables,
    assessment: Assessment,
    truth: Truth,
}

fn planted(publications: usize) -> Planted {
    let sample = sample::generate(&Size::scaled(publications));
    let dir = tempfile::tempdir().unwrap();
    for file in &sample.files {
        let path = dir.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
    let (assessment, _, _) = load::assessment(dir.path()).unwrap();
    let tables = load::tables(dir.path(), &assessment, &Limits::default(), &|_| {}).unwrap().value;
    Planted { tables, assessment, truth: sample.truth }
}

/// How well credits of (publication, unit) meet the truth.
#[derive(Debug, Default, Clone, Copy)]
struct Meeting {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Meeting {
    fn of(found: &BTreeSet<(usize, String)>, truth: &BTreeSet<(usize, String)>) -> Meeting {
        let right = found.intersection(truth).count();
        Meeting { right, wrong: found.len() - right, missed: truth.len() - right }
    }

    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

impl Planted {
    fn attributed(&self, by: &[AttributionMethod]) -> (Publications, Ledger) {
        let mut assessment = self.assessment.clone();
        assessment.attribution.by = by.to_vec();
        attribute(&self.tables, &assessment).value
    }

    /// The units and everything above them but the university, which every paper of ours belongs to.
    fn with_parents(&self, units: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let units = units.into_iter().filter_map(|id| self.tables.units.find(&id));
        let all = units.flat_map(|unit| self.tables.units.ancestors(unit).to_vec());
        let rows = all.map(|unit| self.tables.units.get(unit));
        rows.filter(|row| row.unit_type != "university").map(|row| row.id.clone()).collect()
    }

    /// Which publication a place in an export became, as an index into the truth.
    fn true_index(&self, publications: &Publications) -> Vec<usize> {
        let mut by_place = BTreeMap::new();
        for (index, publication) in self.truth.publications.iter().enumerate() {
            for record in &publication.records {
                by_place.insert(format!("{}:{}", record.file, record.row), index);
            }
        }
        publications.items.iter().map(|item| by_place[&item.sources[0]]).collect()
    }

    /// Who holds which publication: what is found and what is true, and an account of the differences by rule.
    fn meeting(&self, publications: &Publications, ledger: &Ledger) -> (Meeting, BTreeMap<String, usize>) {
        let index = self.true_index(publications);
        let mut found = BTreeSet::new();
        let mut account: BTreeMap<String, usize> = BTreeMap::new();
        let truth: BTreeSet<(usize, String)> = self
            .truth
            .publications
            .iter()
            .enumerate()
            .flat_map(|(at, publication)| {
                let units = publication.credits.iter().flat_map(|credit| credit.units.clone());
                self.with_parents(units).into_iter().map(move |unit| (at, unit))
            })
            .collect();
        for credit in &ledger.credits {
            let Account::Unit(unit) = credit.account else { continue };
            let at = index[credit.publication.at()];
            for unit in self.with_parents([self.tables.units.get(unit).id.clone()]) {
                if !truth.contains(&(at, unit.clone())) {
                    *account.entry(format!("wrong by {}", credit.rule.as_str())).or_default() += 1;
                }
                found.insert((at, unit));
            }
        }
        for (at, unit) in truth.difference(&found) {
            let through = self.truth.publications[*at]
                .credits
                .iter()
                .find(|credit| self.with_parents(credit.units.clone()).contains(unit));
            let who = match through.and_then(|credit| credit.staff.as_ref()) {
                None => "a student",
                Some(id) => match self.tables.staff.iter().find(|person| person.id == *id) {
                    None => "staff whose row was left out",
                    Some(person) if person.scopus_ids.is_empty() && person.orcids.is_empty() => "staff without ids",
                    Some(_) => "staff with ids",
                },
            };
            *account.entry(format!("missed through {who}")).or_default() += 1;
        }
        (Meeting::of(&found, &truth), account)
    }
}

fn report(what: &str, (meeting, account): &(Meeting, BTreeMap<String, usize>), ledger: &Ledger) {
    println!(
        "{what}: precision {:.4}, recall {:.4} ({meeting:?}); {} to review; {account:?}",
        meeting.precision(),
        meeting.recall(),
        ledger.reviews.len()
    );
}

#[test]
fn roster_and_affiliation_find_the_planted_truth() {
    let planted = planted(2_000);
    use AttributionMethod::{Affiliation, Name, Roster};
    for by in [&[Roster, Affiliation][..], &[Roster, Affiliation, Name], &[Roster], &[Affiliation], &[Roster, Name]] {
        let (publications, ledger) = planted.attributed(by);
        report(&format!("{by:?}"), &planted.meeting(&publications, &ledger), &ledger);
    }
}

/// Ids removed from staff and authors.
fn without_ids(planted: &mut Planted) {
    for person in &mut planted.tables.staff {
        person.scopus_ids.clear();
        person.orcids.clear();
    }
    let frame = &mut planted.tables.authorships.0;
    let nothing = vec![None::<String>; frame.height()];
    for name in [AuthorshipTable::SCOPUS_ID, AuthorshipTable::ORCID] {
        use polars::prelude::{IntoColumn, NamedFrom, Series};
        frame.with_column(Series::new(name.into(), nothing.clone()).into_column()).unwrap();
    }
}

#[test]
fn names_alone_are_right_or_go_to_review() {
    let mut planted = planted(2_000);
    without_ids(&mut planted);
    let (publications, ledger) = planted.attributed(&[AttributionMethod::Name]);
    let meeting = planted.meeting(&publications, &ledger);
    report("names only", &meeting, &ledger);
    assert!(ledger.credits.iter().any(|credit| credit.rule == Rule::RosterName));
}

/// `Same`, `Variant` …, the best over all readings; `None` where the names are of two persons.
fn agreement(one: &str, two: &str) -> Option<Agreement> {
    let rules = NameRules::built_in();
    let others = rules.read(two);
    let readings = rules.read(one);
    let pairs = readings.iter().flat_map(|reading| others.iter().map(move |other| (reading, other)));
    pairs.filter_map(|(one, two)| one.meets(two)).map(|(agreement, _)| agreement).max()
}

#[test]
fn transliterations_of_one_name_agree() {
    let pairs = [
        ("Karimi, Mohammad", "Karimi, Mohammad", Agreement::Same),
        ("Karimi, Muhammad", "Mohammad Karimi", Agreement::Variant),
        ("Karimi, Mohamad Reza", "Mohammadreza Karimi", Agreement::Variant),
        ("Karimi, Mohammad-Reza", "Mohammad Reza Karimi", Agreement::Same),
        ("Hosseini, Seyed Ali", "Ali Hoseini", Agreement::Variant),
        ("Husseini, Seyyed Mohammad", "Hosseini, Seyedmohammad", Agreement::Variant),
        ("Ghasemi, Zahra", "Qasemi, Zahra", Agreement::Variant),
        ("Taghi-zadeh, Sara", "Sara Taghizadeh", Agreement::Same),
        ("Hassan Zadeh, Sara", "Hasanzadeh, Sara", Agreement::Variant),
        ("Sara Hassan Zadeh", "Hasanzadeh, Sara", Agreement::Variant),
        ("Moosavi, Leyla", "Mousavi, Leila", Agreement::Variant),
        ("Norouzi, Yusef", "Nowroozi, Yousof", Agreement::Variant),
        ("Rezaee, Gholam Reza", "Rezaei, Gholamreza", Agreement::Variant),
        ("Goodarzi, Fateme", "Fatemeh Goudarzi", Agreement::Variant),
        ("Karimi M.R.", "Mohammad Reza Karimi", Agreement::Initials),
        ("Karimi MR", "Karimi, Mohammadreza", Agreement::Initials),
        ("Karimi, M.", "Karimi, Mohammad Reza", Agreement::SomeInitials),
        ("Hosseini S.M.", "Hosseini, Seyed Mohammad", Agreement::Initials),
        ("M.R. Karimi", "Karimi, Mohammad Reza", Agreement::Initials),
        ("Gh. Moradi", "Moradi, Qolamreza", Agreement::SomeInitials),
        ("Karimi, Reza", "Karimi, Mohammad Reza", Agreement::Partial),
        ("Reza, Karimi", "Karimi, Reza", Agreement::Same),
        ("Mirzaei Ghalehno, Ali", "Mirzaei, Ali", Agreement::Same),
        ("Bani Asadi, Maryam", "Maryam Baniasadi", Agreement::Same),
    ];
    for (one, two, expected) in pairs {
        assert_eq!(agreement(one, two), Some(expected), "{one} and {two}");
        assert_eq!(agreement(two, one), Some(expected), "{two} and {one}");
    }
}

#[test]
fn names_of_two_persons_do_not_agree() {
    let pairs = [
        ("Karimi, Mohammad", "Karimi, Mehdi"),
        ("Karimi, Zahra", "Karimi, Maryam"),
        ("Karimi A.", "Karimi, Mohammad"),
        ("Karimi, Mohammad", "Karami, Mohammad"),
        ("Ahmadi, Sara", "Hamidi, Sara"),
        ("Rezaei, Ali", "Razavi, Ali"),
        ("Moradi, Reza", "Moradian, Reza"),
        ("Hosseini, Hossein", "Hassani, Hossein"),
        ("Sadeghi, Mina", "Sadeghi, Amin"),
        ("Karimi M.R.", "Karimi, Mohammad Ali"),
        ("محمد کریمی", "Karimi, Mohammad"),
        ("", "Karimi"),
    ];
    for (one, two) in pairs {
        assert_eq!(agreement(one, two), None, "{one} and {two}");
    }
}
