//! Lost credit: addresses of the unit that break a rule, and what correcting them would bring.

use std::collections::{BTreeMap, BTreeSet};

use super::{Seen, from};
use crate::model::audit::Breach;
use crate::model::change::ChangedTable;
use crate::model::chart::Figure;
use crate::model::document::{Column, Row, Table, TableCell};
use crate::model::presentation::{POINTS, Part, ROWS, Slide};
use crate::model::report::{Argument, Phrase, Text};
use crate::model::stored_run::OVERALL;

/// A printed address: publication, author, place among the author's addresses.
type Address = (u32, u32, u32);

/// Addresses of the unit, and of those below it, that break a rule.
pub struct Addresses<'a> {
    breaches: Vec<&'a Breach>,
}

impl<'a> Addresses<'a> {
    /// Those of the unit.
    pub fn of(seen: &Seen<'a>) -> Self {
        let units = seen.material.results.tables.units.descendants(seen.index);
        let mine = |breach: &&Breach| units.contains(&breach.unit);
        Addresses { breaches: seen.material.audit.breaches.iter().filter(mine).collect() }
    }

    /// How many addresses, in how many publications, where a breach is `wanted`.
    pub fn count(&self, wanted: impl Fn(&Breach) -> bool) -> (u64, u64) {
        let found: BTreeSet<Address> =
            self.breaches.iter().filter(|breach| wanted(breach)).map(|b| address(b)).collect();
        let papers: BTreeSet<u32> = found.iter().map(|(paper, ..)| *paper).collect();
        (found.len() as u64, papers.len() as u64)
    }
}

fn address(breach: &Breach) -> Address {
    (breach.publication.0, breach.author_position, breach.affiliation)
}

/// The slide; nothing where the unit has no paper that could have an address.
pub fn slide(seen: &Seen<'_>) -> Option<Slide> {
    let results = seen.material.results;
    if results.ledger.publications_of(results.tables.units.descendants(seen.index)).is_empty() {
        return None;
    }
    let found = Addresses::of(seen);
    let (addresses, papers) = found.count(|_| true);
    if addresses == 0 {
        let points = vec![vec![Phrase::new("briefing.addresses_kept")]];
        return Some(Slide {
            title: Phrase::new("briefing.no_breach"),
            parts: vec![Part::Points(points)],
            notes: vec![from("audit.csv")],
        });
    }
    let title =
        Phrase::new("briefing.breaches").with("n", Argument::Count(addresses)).with("papers", Argument::Count(papers));
    let mut parts = vec![Part::Table(rules(seen, &found, &title))];
    let points = gains(seen);
    if !points.is_empty() {
        parts.push(Part::Points(points));
    }
    Some(Slide { title, parts, notes: vec![from("audit.csv, recovery.csv")] })
}

/// Addresses and publications by rule, the most frequent first.
fn rules(seen: &Seen<'_>, found: &Addresses<'_>, title: &Phrase) -> Table {
    let mut by_rule: BTreeMap<usize, ()> = BTreeMap::new();
    by_rule.extend(found.breaches.iter().map(|breach| (breach.rule, ())));
    let mut counted: Vec<(usize, (u64, u64))> =
        by_rule.into_keys().map(|rule| (rule, found.count(|breach| breach.rule == rule))).collect();
    counted.sort_by_key(|&(rule, (addresses, _))| (std::cmp::Reverse(addresses), rule));
    let row = |&(rule, (addresses, papers)): &(usize, (u64, u64))| {
        let message = seen.material.audit.rules[rule].message.clone();
        Row::of(vec![TableCell::text(message), TableCell::count(addresses), TableCell::count(papers)])
    };
    let word = |key: &'static str| Text::from(Phrase::new(key));
    let number = |key: &'static str| Column { width: 3, ..Column::figures(word(key)) };
    Table {
        caption: Some(title.clone().into()),
        columns: vec![
            Column::words(word("briefing.rule"), 9),
            number("briefing.addresses"),
            number("tile.publications"),
        ],
        rows: counted.iter().take(ROWS).map(row).collect(),
    }
}

/// What the unit's totals, or where they do not move its groups, would gain once all addresses are corrected.
fn gains(seen: &Seen<'_>) -> Vec<Vec<Phrase>> {
    let moved = |total: bool| {
        seen.material.recovered.iter().filter_map(move |change| {
            let (before, after) = change.before.zip(change.after)?;
            let wanted = change.table == ChangedTable::Composites
                && change.column == "score"
                && change.unit == seen.named.id
                && (change.code == OVERALL) == total;
            let edition = seen.material.report.editions.iter().find(|edition| edition.id == change.scope)?;
            let group = edition.groups.iter().find(|group| group.code == change.code);
            let what: Text = match group {
                Some(group) => group.name.clone().into(),
                None => Phrase::new("word.overall").into(),
            };
            wanted.then(|| (after - before, what, edition.name.clone(), before, after))
        })
    };
    let mut changes: Vec<_> = moved(true).collect();
    if changes.is_empty() {
        changes = moved(false).collect();
    }
    changes.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let point = |(change, what, edition, before, after): (f64, Text, _, f64, f64)| {
        vec![
            Phrase::new("briefing.recovered")
                .with("what", Argument::Text(what))
                .with("edition", Argument::Text(Text::Names(edition)))
                .with("before", Argument::Score(before))
                .with("after", Argument::Score(after))
                .with("change", Argument::Change(change, Figure::Raw)),
        ]
    };
    changes.into_iter().take(POINTS - 2).map(point).collect()
}
