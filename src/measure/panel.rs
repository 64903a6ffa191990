//! The integrity panel of a unit: how much of its profile each sign concerns, and its measures without that.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::measure::holdings::{Held, Holdings};
use crate::measure::integrity::HYPER_AUTHORED;
use crate::measure::publication::{self, Cohort};
use crate::measure::scope::Scope;
use crate::measure::stability::{Drawn, Resampling};
use crate::measure::works::Works;
use crate::measure::{Input, stability};
use crate::model::integrity::{Reading, Sign};
use crate::model::measure::Measures;
use crate::model::publication::PublicationIndex;
use crate::model::stability::Samples;

/// More publications than this in one year make an author prolific (Meho 2025: 40 and more; `the` method notes,
/// section 4).
pub const PROLIFIC: u32 = 40;

/// Everything about the publications that the panel of any unit needs.
pub struct Panel<'a> {
    input: Input<'a>,
    scope: Scope<'a>,
    works: &'a Works,
    without_self: Option<Resampling<'a>>,
    /// A number for each author of each publication, as in [`crate::model::publication::Publications::authors`].
    persons: Vec<u32>,
    starts: Vec<usize>,
    prolific: FxHashSet<u32>,
}

impl<'a> Panel<'a> {
    /// Prepares the panel; `without_self` are the works of [`Works::without_self`].
    pub fn new(input: Input<'a>, works: &'a Works, without_self: Option<&'a Works>, measures: &'a Measures) -> Self {
        let scope = Scope::new(input, works, None, input.assessment.publication_window());
        let (persons, starts) = persons(input);
        let mut yearly: FxHashMap<(u32, i32), u32> = FxHashMap::default();
        for (index, item) in input.publications.items.iter().enumerate() {
            let Some(year) = item.year else { continue };
            for &person in &persons[starts[index]..starts[index + 1]] {
                *yearly.entry((person, year)).or_default() += 1;
            }
        }
        let prolific = yearly.into_iter().filter(|(_, papers)| *papers > PROLIFIC).map(|((person, _), _)| person);
        Panel {
            input,
            scope,
            works,
            without_self: without_self.map(|works| Resampling::new(input, works, measures)),
            persons,
            starts,
            prolific: prolific.collect(),
        }
    }

    fn person(&self, publication: u32, position: u32) -> u32 {
        self.persons[self.starts[publication as usize] + position as usize - 1]
    }

    /// The signs of a unit in the order of [`Sign::ALL`], without scores, and its measures without each: one sample each.
    pub fn of_unit(&self, drawn: &Drawn, holdings: &Holdings) -> (Vec<Reading>, Samples) {
        let unit = holdings.unit;
        let cohort = publication::cohort(self.input, &self.scope, holdings);
        let positions: FxHashMap<u32, &Held> = holdings.held.iter().map(|held| (held.publication, held)).collect();
        let own = |publication: u32, holds: &dyn Fn(u32) -> bool| {
            positions.get(&publication).is_some_and(|held| held.positions.iter().any(|&position| holds(position)))
        };
        let works = self.works;
        let publications = &self.input.publications;
        let index = PublicationIndex;
        let top_person = self.top_person(&cohort);
        let top_paper = cohort
            .cited()
            .into_iter()
            .max_by_key(|(held, citations)| (*citations, std::cmp::Reverse(held.publication)));
        let concerned = |sign: Sign, publication: u32| match sign {
            Sign::SelfCitations => false,
            Sign::HyperAuthored => publications.authors_of(index(publication)).len() > HYPER_AUTHORED,
            Sign::Retracted => works.retracted[publication as usize] == Some(true),
            Sign::DelistedJournals => works.delisted[publication as usize],
            Sign::ProlificAuthors => {
                own(publication, &|position| self.prolific.contains(&self.person(publication, position)))
            }
            Sign::MultiAffiliation => {
                let several = &publications.items[publication as usize].multi_affiliated;
                own(publication, &|position| several.binary_search(&position).is_ok())
            }
            Sign::NotLed => {
                let corresponding = &works.corresponding[publication as usize];
                !own(publication, &|position| position == 1 || corresponding.contains(&position))
            }
            Sign::TopAuthor => own(publication, &|position| Some(self.person(publication, position)) == top_person),
            Sign::TopPaper => top_paper.is_some_and(|(held, _)| held.publication == publication),
        };
        let known = |sign: Sign, publication: u32| match sign {
            Sign::Retracted => works.retracted[publication as usize].is_some(),
            Sign::DelistedJournals => !self.input.tables.delisted_titles.is_empty(),
            Sign::MultiAffiliation => publications.items[publication as usize].organisations > 0,
            Sign::NotLed => !works.corresponding[publication as usize].is_empty(),
            _ => true,
        };
        let reading = |sign: Sign| {
            let counted = match sign {
                Sign::SelfCitations => {
                    let sums = cohort.held.iter().filter_map(|held| {
                        let received = cohort.received(held);
                        Some((received.author_self?, received.citations?))
                    });
                    sums.reduce(|sum, one| (sum.0 + one.0, sum.1 + one.1))
                }
                Sign::TopPaper => {
                    let all: u64 = cohort.cited().iter().map(|(_, citations)| citations).sum();
                    top_paper.map(|(_, citations)| (citations, all))
                }
                _ => {
                    let told = || cohort.held.iter().filter(|held| known(sign, held.publication));
                    let count = told().filter(|held| concerned(sign, held.publication)).count() as u64;
                    let of = told().count() as u64;
                    (of > 0).then_some((count, of))
                }
            };
            let authors = (sign == Sign::ProlificAuthors).then(|| self.prolific_of(&cohort));
            Reading { unit, sign, counted, authors, without: Vec::new() }
        };
        let readings = Sign::ALL.map(reading).to_vec();
        let questions: Vec<Box<dyn Fn(u32) -> bool + '_>> = Sign::ALL
            .iter()
            .map(|&sign| Box::new(move |publication| concerned(sign, publication)) as Box<dyn Fn(u32) -> bool>)
            .collect();
        let questions: Vec<&dyn Fn(u32) -> bool> = questions.iter().map(AsRef::as_ref).collect();
        let mut samples = drawn.without(&questions);
        if let Some(without_self) = &self.without_self {
            stability::replace(&mut samples, 0, &without_self.of(holdings).without(&[&|_| false]));
        }
        (readings, samples)
    }

    /// The author of the unit with most publications of the cohort; of equals the first numbered.
    fn top_person(&self, cohort: &Cohort) -> Option<u32> {
        let mut papers: FxHashMap<u32, u32> = FxHashMap::default();
        for held in &cohort.held {
            for &position in &held.positions {
                *papers.entry(self.person(held.publication, position)).or_default() += 1;
            }
        }
        papers.into_iter().max_by_key(|&(person, papers)| (papers, std::cmp::Reverse(person))).map(|(person, _)| person)
    }

    /// How many authors of the unit are prolific.
    fn prolific_of(&self, cohort: &Cohort) -> u64 {
        let of = |held: &&Held| held.positions.iter().map(|&at| self.person(held.publication, at)).collect::<Vec<_>>();
        let persons: FxHashSet<u32> = cohort.held.iter().flat_map(of).collect();
        persons.iter().filter(|person| self.prolific.contains(person)).count() as u64
    }
}

/// One number per person: the member of staff whom the ledger names, else an author id, else the printed name.
fn persons(input: Input) -> (Vec<u32>, Vec<usize>) {
    let publications = input.publications;
    let mut starts = Vec::with_capacity(publications.len() + 1);
    let mut total = 0;
    for index in 0..publications.len() as u32 {
        starts.push(total);
        total += publications.authors_of(PublicationIndex(index)).len();
    }
    starts.push(total);
    let mut staff: Vec<Option<u32>> = vec![None; total];
    for credit in &input.ledger.credits {
        if let (Some(person), Some(at)) = (credit.staff, credit.author_position.checked_sub(1)) {
            staff[starts[credit.publication.at()] + at as usize] = Some(person);
        }
    }
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut persons = Vec::with_capacity(total);
    for index in 0..publications.len() as u32 {
        for author in publications.authors_of(PublicationIndex(index)) {
            let key = match (staff[persons.len()], &author.scopus_id, &author.orcid) {
                (Some(person), ..) => format!("staff:{person}"),
                (_, Some(id), _) => format!("scopus:{id}"),
                (_, _, Some(id)) => format!("orcid:{id}"),
                _ => format!("name:{}", author.name.to_lowercase()),
            };
            let next = numbers.len() as u32;
            persons.push(*numbers.entry(key).or_insert(next));
        }
    }
    (persons, starts)
}
