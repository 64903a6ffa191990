//! The authors of a work: the list of one record, because positions must not shift, filled in from the others.

use std::cmp::Reverse;

use crate::attribute::merge::columns::Columns;
use crate::attribute::merge::surname::Name;
use crate::model::publication::Author;

/// The authors of a set of records in order of preference, and the record whose list was taken; `None` where no record
/// lists any.
///
/// Taken is the list that tells most of ids and affiliations; a damaged one (names missing, "et al.", only the
/// beginning of a longer list) only where there is no other. Ids, marks of correspondence and affiliations that it lacks
/// are taken over from a list of the same length, or the beginning of one, at positions where the surname agrees.
pub fn authors(columns: &Columns, group: &[u32]) -> (Vec<Author>, Option<u32>) {
    let listed: Vec<u32> = group.iter().copied().filter(|&record| !columns.authors_of(record).is_empty()).collect();
    let Some(&preferred) = listed.first() else { return (Vec::new(), None) };
    if listed.len() == 1 {
        return (list(columns, preferred), Some(preferred));
    }
    let bylines: Vec<Byline> = listed.iter().map(|&record| Byline::of(columns, record)).collect();
    let longest = bylines.iter().filter(|byline| !byline.is_defective).max_by_key(|byline| byline.names.len());
    let is_damaged = |byline: &Byline| {
        byline.is_defective
            || longest.is_some_and(|whole| byline.names.len() < whole.names.len() && byline.begins(whole))
    };
    let best = bylines
        .iter()
        .enumerate()
        .min_by_key(|(place, byline)| (is_damaged(byline), Reverse(columns.detail(byline.record)), *place))
        .map_or(0, |(place, _)| place);
    let mut authors = list(columns, bylines[best].record);
    for (place, other) in bylines.iter().enumerate() {
        if place != best && (other.names.len() == authors.len() || other.begins(&bylines[best])) {
            fill(columns, &mut authors, &bylines[best], other);
        }
    }
    (authors, Some(bylines[best].record))
}

/// One record's list of names.
struct Byline {
    record: u32,
    names: Vec<Name>,
    /// Names are missing or say that more were left out.
    is_defective: bool,
}

impl Byline {
    fn of(columns: &Columns, record: u32) -> Byline {
        let printed = &columns.author_name[columns.authors_of(record)];
        let is_defective = printed.iter().any(|name| {
            let lower = name.trim().trim_end_matches(['.', ')', ']']).to_ascii_lowercase();
            lower.is_empty() || lower.ends_with("et al") || matches!(lower.as_str(), "others" | "and others" | "…")
        });
        Byline { record, names: printed.iter().map(|name| Name::of(name)).collect(), is_defective }
    }

    /// Whether this list is the beginning of a longer one.
    fn begins(&self, whole: &Byline) -> bool {
        self.names.len() < whole.names.len()
            && self.names.iter().zip(&whole.names).all(|(own, other)| own.agrees(other))
    }
}

/// The authors of one record as they stand there.
fn list(columns: &Columns, record: u32) -> Vec<Author> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    columns
        .authors_of(record)
        .map(|row| Author {
            name: columns.author_name[row].to_owned(),
            scopus_id: owned(columns.author_scopus_id[row]),
            orcid: owned(columns.author_orcid[row]),
            researcher_id: owned(columns.author_researcher_id[row]),
            corresponding: columns.author_corresponding[row],
            affiliations: affiliations(columns, row),
        })
        .collect()
}

fn affiliations(columns: &Columns, row: usize) -> Vec<String> {
    columns.author_affiliations[row].map_or_else(Vec::new, |list| list.lines().map(str::to_owned).collect())
}

/// Takes over what `authors` lack. An id that another author of the list holds already is not taken over.
fn fill(columns: &Columns, authors: &mut [Author], own: &Byline, other: &Byline) {
    for (position, row) in columns.authors_of(other.record).enumerate().take(authors.len()) {
        if !own.names[position].agrees(&other.names[position]) {
            continue;
        }
        take(authors, position, columns.author_scopus_id[row], |author| &mut author.scopus_id);
        take(authors, position, columns.author_orcid[row], |author| &mut author.orcid);
        take(authors, position, columns.author_researcher_id[row], |author| &mut author.researcher_id);
        let author = &mut authors[position];
        author.corresponding = author.corresponding.or(columns.author_corresponding[row]);
        if author.affiliations.is_empty() {
            author.affiliations = affiliations(columns, row);
        }
    }
}

fn take(authors: &mut [Author], position: usize, id: Option<&str>, field: impl Fn(&mut Author) -> &mut Option<String>) {
    let Some(id) = id else { return };
    if field(&mut authors[position]).is_some() || authors.iter_mut().any(|author| field(author).as_deref() == Some(id))
    {
        return;
    }
    *field(&mut authors[position]) = Some(id.to_owned());
}
