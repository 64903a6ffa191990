//! Highly cited researchers of ours: which entries of a list name the university first, and who of the staff they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::attribute::bearers::{Bearers, Circumstances};
use crate::attribute::institution::{Directory, Found};
use crate::attribute::people::Roster;
use crate::diagnostic::{Checked, Finding, Place};
use crate::model::assessment::{Assessment, AttributionMethod};
use crate::model::ledger::ListedResearcher;
use crate::model::listed::HighlyCited;
use crate::model::tables::Tables;

/// The entries whose primary affiliation is the university, in row order, each with the member of staff. The university
/// is found by its own spellings, whole or with one of its parts beside them; what only may be the university
/// (`listed-affiliation`) and who is no member of staff that is known (`listed-without-staff`) is told.
pub fn find(tables: &Tables, assessment: &Assessment) -> Checked<Vec<ListedResearcher>> {
    let mut findings = Vec::new();
    if tables.highly_cited.is_empty() {
        return Checked { value: Vec::new(), findings };
    }
    let (ours, possible) = entries(tables, assessment);
    findings.extend(possible.into_iter().map(|(affiliation, (count, place))| {
        let message = format!("\"{affiliation}\" may be the university, {count} entries; they are not counted");
        let hint = "if it is, add the spelling to aliases.csv or to `aliases` in assessment.toml";
        Finding::info("listed-affiliation", message).at(place.clone()).hint(hint)
    }));
    findings.extend(undated(tables, &ours));
    let people = People::new(tables, assessment);
    let mut listed = Vec::with_capacity(ours.len());
    for row in ours {
        let entry = &tables.highly_cited[row as usize];
        let (staff, confidence) = match people.find(entry) {
            Ok(found) => found,
            Err(reason) => {
                let message = format!(
                    "{} is listed with the university ({}), {reason}; counted for the university alone",
                    entry.name, entry.field
                );
                let hint = "correct the name in the staff sheet, or add the person's ORCID iD to both";
                findings.push(Finding::warning("listed-without-staff", message).at(entry.place.clone()).hint(hint));
                (None, 0.0)
            }
        };
        listed.push(ListedResearcher { row, staff, confidence });
    }
    Checked { value: listed, findings }
}

/// Entries, and where the first of them stands, of an affiliation that may be ours.
type Possible<'a> = BTreeMap<&'a str, (usize, &'a Place)>;

/// The rows that are ours, and the affiliations that only may be.
fn entries<'a>(tables: &'a Tables, assessment: &Assessment) -> (Vec<u32>, Possible<'a>) {
    let mut ours = Vec::new();
    let mut possible = Possible::new();
    let spellings = tables.university_aliases.iter().map(String::as_str).collect();
    let directory = Directory::new([(spellings, assessment.institution.country.as_str())]);
    let mut known: BTreeMap<&str, Found> = BTreeMap::new();
    for (row, entry) in (0_u32..).zip(&tables.highly_cited) {
        match known.entry(&entry.primary).or_insert_with(|| directory.find(&entry.primary)) {
            Found::One(_, agreement) if agreement.is_sure() => ours.push(row),
            Found::One(..) => possible.entry(&entry.primary).or_insert((0, &entry.place)).0 += 1,
            Found::Several(_) | Found::Nothing => {}
        }
    }
    (ours, possible)
}

/// Two lists without a year would count everybody twice, whatever the year.
fn undated(tables: &Tables, ours: &[u32]) -> Option<Finding> {
    let without_year = ours.iter().map(|&row| &tables.highly_cited[row as usize]).filter(|entry| entry.year.is_none());
    let sheets: BTreeSet<(&str, &str)> = without_year.filter_map(|entry| sheet(&entry.place)).collect();
    (sheets.len() > 1).then(|| {
        let names: Vec<&str> = sheets.iter().map(|(file, _)| *file).collect();
        let message = format!("{} lists of highly cited researchers say no year: {}", sheets.len(), names.join(", "));
        Finding::warning("undated-lists", message).hint("add a column `year` to each; all of them count for every year")
    })
}

fn sheet(place: &Place) -> Option<(&str, &str)> {
    match place {
        Place::Cell { file, sheet, .. } => Some((file, sheet.as_deref().unwrap_or_default())),
        _ => None,
    }
}

/// The staff, by ORCID iD and by name.
struct People<'a> {
    tables: &'a Tables,
    roster: Roster<'a>,
    bearers: Option<Bearers<'a>>,
    name_confidence: f64,
}

impl<'a> People<'a> {
    fn new(tables: &'a Tables, assessment: &Assessment) -> Self {
        let policy = &assessment.attribution;
        let by_name = policy.by.contains(&AttributionMethod::Name);
        People {
            tables,
            roster: Roster::new(tables, assessment),
            bearers: by_name.then(|| Bearers::new(tables)),
            name_confidence: policy.name_confidence,
        }
    }

    /// The member of staff behind an entry, employed in the year of the list, with the confidence; else why there is none.
    fn find(&self, entry: &HighlyCited) -> Result<(Option<u32>, f64), String> {
        let employed = |staff: &u32| self.roster.employed(*staff, entry.year);
        if let Some(orcid) = &entry.orcid {
            let bears = |staff: &u32| self.tables.staff[*staff as usize].orcids.contains(orcid);
            if let Some(staff) = (0..self.tables.staff.len() as u32).filter(bears).find(employed) {
                return Ok((Some(staff), 1.0));
            }
        }
        let Some(bearers) = &self.bearers else { return Err("and the policy finds nobody by name".to_owned()) };
        let circumstances = Circumstances { year: entry.year, ..Circumstances::default() };
        let candidates = bearers.find(&entry.name, &self.roster, &circumstances);
        match candidates.first() {
            Some(best) if best.confidence >= self.name_confidence => Ok((Some(best.staff), best.confidence)),
            Some(best) => {
                let person = &self.tables.staff[best.staff as usize].id;
                Err(format!("and {person} of the staff is not sure enough ({}: {})", best.confidence, best.reason))
            }
            None => Err("and no member of staff of that name is known".to_owned()),
        }
    }
}
