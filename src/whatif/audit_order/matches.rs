//! Uncertain matches of authors and what each brings to the publication measures of a unit.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::measure::holdings::{Held, Holdings};
use crate::measure::stability::Resampling;
use crate::model::audit_order::Kind;
use crate::model::ledger::{Account, Rule, Share};
use crate::model::publication::PublicationIndex;
use crate::model::results::Results;
use crate::model::stability::Samples;
use crate::model::unit::UnitIndex;
use crate::whatif::audit_order::{Change, Draft, draft};

/// Matches of one unit that are worked out, the least certain first.
const MOST: usize = 2000;

/// Publication and position of an author.
type Author = (u32, u32);

/// All uncertain matches.
pub struct Matches<'a> {
    results: &'a Results,
    /// One for each match.
    pub drafts: Vec<Draft>,
    /// Index of the draft of a used match, by author.
    used: BTreeMap<Author, usize>,
    /// Index of the draft of a possible match, by author and row of staff.
    possible: BTreeMap<(Author, u32), usize>,
}

/// Values by column.
type Values = BTreeMap<usize, f64>;

impl<'a> Matches<'a> {
    /// Every match that may be wrong; their drafts are numbered from `first`.
    pub fn new(results: &'a Results, first: usize) -> Self {
        let mut matches = Matches { results, drafts: Vec::new(), used: BTreeMap::new(), possible: BTreeMap::new() };
        for credit in &results.ledger.credits {
            let author = (credit.publication.0, credit.author_position);
            let uncertain = credit.confidence < 1.0 && matches!(credit.account, Account::Unit(_));
            if !uncertain || credit.rule == Rule::Override || matches.used.contains_key(&author) {
                continue;
            }
            let chance = 1.0 - credit.confidence;
            matches.used.insert(author, first + matches.drafts.len());
            let draft = matches.draft(Kind::Match, author, credit.staff, chance);
            matches.drafts.push(draft);
        }
        for review in &results.ledger.reviews {
            let author = (review.publication.0, review.author_position);
            matches.possible.insert((author, review.staff), first + matches.drafts.len());
            let draft = matches.draft(Kind::Review, author, Some(review.staff), review.confidence);
            matches.drafts.push(draft);
        }
        matches
    }

    fn draft(&self, kind: Kind, (publication, position): Author, staff: Option<u32>, chance: f64) -> Draft {
        let results = self.results;
        let item = &results.publications.items[publication as usize];
        let author = results.publications.authors_of(PublicationIndex(publication)).get(position as usize - 1);
        let name = author.map_or("", |author| author.name.as_str());
        let person = staff.and_then(|row| results.tables.staff.get(row as usize));
        let of = person.map_or(String::new(), |person| format!(" = staff {}", person.id));
        let place = item.sources.first().map_or(Place::Run, |source| place(source));
        draft(kind, place, "author", format!("{}, author {position} {name}{of}", item.id), chance)
    }

    /// What each match makes of the measures of a unit: used ones taken away, possible ones added. The two have values
    /// of their own to start from, since both are worked out from the publications. Third, how many were passed over.
    pub fn changes(
        &self,
        unit: UnitIndex,
        holdings: &Holdings,
        resampling: &Resampling,
    ) -> (Vec<Vec<Change>>, Vec<Values>, usize) {
        let (used, more_used) = self.used_by(unit, holdings);
        let publications: Vec<u32> = used.iter().map(|(_, publication)| *publication).collect();
        let (without, base) = left_out(holdings, resampling, &publications, false);
        let words = |draft: usize| {
            let chance = 100.0 * self.chance(draft);
            format!("wrong with probability {chance:.0} %")
        };
        let taken = used.iter().zip(without).map(|((draft, _), values)| change(*draft, words(*draft), values));
        let (possible, more_possible) = self.possible_of(unit, holdings);
        let extended = self.with_added(unit, holdings, &possible);
        let publications: Vec<u32> = possible.iter().map(|(_, (publication, _))| *publication).collect();
        let (with, base_of_possible) = left_out(&extended, resampling, &publications, true);
        let words = |draft: usize| format!("right with probability {:.0} %", 100.0 * self.chance(draft));
        let added = possible.iter().zip(with).map(|((draft, _), values)| change(*draft, words(*draft), values));
        (vec![taken.collect(), added.collect()], vec![base, base_of_possible], more_used + more_possible)
    }

    fn chance(&self, draft: usize) -> f64 {
        let first = self.used.values().chain(self.possible.values()).min().copied().unwrap_or(draft);
        self.drafts[draft - first].chance
    }

    /// Used matches without which the unit would not hold the publication: no other author of it is the unit's, and
    /// nothing surer says the same.
    fn used_by(&self, unit: UnitIndex, holdings: &Holdings) -> (Vec<(usize, u32)>, usize) {
        let units = self.results.tables.units.descendants(unit);
        let credits = &self.results.ledger.credits;
        let alone = |held: &&Held| {
            let index = PublicationIndex(held.publication);
            let from = credits.partition_point(|credit| credit.publication < index);
            let own = credits[from..].iter().take_while(|credit| credit.publication == index);
            let own =
                own.filter(|credit| matches!(credit.account, Account::Unit(at) if units.binary_search(&at).is_ok()));
            held.positions.len() == 1 && own.into_iter().all(|credit| credit.confidence < 1.0)
        };
        let found = holdings.held.iter().filter(alone);
        let of = |held: &Held| Some((*self.used.get(&(held.publication, held.positions[0]))?, held.publication));
        self.least_certain(found.filter_map(of).collect())
    }

    /// Possible matches that would give the unit a publication it does not hold; second, with their authors.
    fn possible_of(&self, unit: UnitIndex, holdings: &Holdings) -> (Vec<(usize, Author)>, usize) {
        let tables = &self.results.tables;
        let gains = |row: u32| {
            let own = &tables.staff[row as usize].units;
            own.iter().any(|&own| tables.units.ancestors(own).binary_search(&unit).is_ok())
        };
        let holds =
            |publication: u32| holdings.held.binary_search_by_key(&publication, |held| held.publication).is_ok();
        let found = self.possible.iter().filter(|((author, staff), _)| !holds(author.0) && gains(*staff));
        self.least_certain(found.map(|((author, _), draft)| (*draft, *author)).collect())
    }

    /// The holdings with the publications of possible matches. One is asked about at a time: where several authors of a
    /// publication are possible, the share is that of the first.
    fn with_added(&self, unit: UnitIndex, holdings: &Holdings, possible: &[(usize, Author)]) -> Holdings {
        let tables = &self.results.tables;
        let mut added: BTreeMap<u32, Held> = BTreeMap::new();
        for (draft, (publication, position)) in possible {
            let authors = self.results.publications.authors_of(PublicationIndex(*publication)).len().max(1) as u64;
            let row = self.possible.iter().find(|(_, known)| *known == draft).map(|((_, row), _)| *row);
            let posts = row.map_or(&[][..], |row| &tables.staff[row as usize].units);
            let inside =
                posts.iter().filter(|post| tables.units.ancestors(**post).binary_search(&unit).is_ok()).count();
            let share = Share::WHOLE.0 / authors * inside as u64 / posts.len().max(1) as u64;
            let held = Held { publication: *publication, share, positions: vec![*position] };
            added.entry(*publication).or_insert(held);
        }
        let mut held: Vec<Held> = holdings.held.iter().cloned().chain(added.into_values()).collect();
        held.sort_by_key(|held| held.publication);
        Holdings { unit, held }
    }

    /// At most [`MOST`], those with the greatest chance first; second, how many are left.
    fn least_certain<T>(&self, mut found: Vec<(usize, T)>) -> (Vec<(usize, T)>, usize) {
        found.sort_by(|one, other| self.chance(other.0).total_cmp(&self.chance(one.0)).then(one.0.cmp(&other.0)));
        let more = found.len().saturating_sub(MOST);
        found.truncate(MOST);
        (found, more)
    }
}

fn change(draft: usize, plausible: String, values: Values) -> Change {
    Change { draft, plausible, values: values.into_iter().collect() }
}

/// The measures with each of these publications left out, and those with none left out; with `only` instead those
/// with each of them alone and those with none of them.
fn left_out(holdings: &Holdings, resampling: &Resampling, publications: &[u32], only: bool) -> (Vec<Values>, Values) {
    if publications.is_empty() {
        return (Vec::new(), Values::new());
    }
    let mut sorted = publications.to_vec();
    sorted.sort_unstable();
    let among = |publication: u32| sorted.binary_search(&publication).is_ok();
    let drawn = resampling.of(holdings);
    let mut questions: Vec<Box<dyn Fn(u32) -> bool + '_>> = vec![Box::new(|publication| only && among(publication))];
    for &one in publications {
        questions.push(Box::new(
            move |publication| {
                if only { among(publication) && publication != one } else { publication == one }
            },
        ));
    }
    let questions: Vec<&dyn Fn(u32) -> bool> = questions.iter().map(AsRef::as_ref).collect();
    let samples: Samples = drawn.without(&questions);
    let mut rows = samples.rows().map(|row| samples.columns.iter().copied().zip(row.iter().copied()).collect());
    let base: Values = rows.next().unwrap_or_default();
    (rows.collect(), base)
}

/// `publications/a.csv:12` or `publications/a.xlsx#Sheet:12` as a place.
fn place(source: &str) -> Place {
    let Some((file, row)) = source.rsplit_once(':').and_then(|(file, row)| Some((file, row.parse().ok()?))) else {
        return Place::file(source);
    };
    let (file, sheet) = file.split_once('#').map_or((file, None), |(file, sheet)| (file, Some(sheet.to_owned())));
    Place::Cell { file: file.to_owned(), sheet, row, column: None }
}
