//! What visits led to: joint papers in the year of the visit and the two after it.

use crate::model::partners::visit_effect::VisitEffect;
use crate::partners::agreements::shown;
use crate::partners::corpus::Corpus;

/// Years after the visit in which papers are looked for: 24 months, as far as years can say.
const YEARS: i32 = 2;

/// Months from which QS counts visiting staff (support.qs.com, definition of international faculty staff).
const QS_MONTHS: f64 = 3.0;

/// One row for each visit in the order of the sheets.
pub fn effects(corpus: &Corpus) -> Vec<VisitEffect> {
    let window = corpus.results.assessment.publication_window();
    let visits = corpus.results.tables.visits.iter().zip(&corpus.identities.of_visit);
    visits
        .map(|(visit, partner)| {
            let identity = partner.map(|partner| &corpus.identities.partners[partner as usize]);
            let until = visit.from.year + YEARS;
            let counts = |paper: &&u32| {
                let in_time = corpus.paper(**paper).year.is_some_and(|year| (visit.from.year..=until).contains(&year));
                in_time && visit.units.iter().any(|unit| corpus.holds(unit.at(), **paper))
            };
            let papers = partner.filter(|_| identity.is_some_and(|identity| identity.countable));
            let ids: Vec<&str> = visit.units.iter().map(|unit| corpus.unit_id(unit.at())).collect();
            VisitEffect {
                visit: visit.id.clone(),
                units: ids.join(";"),
                direction: visit.inbound.map_or("", |inbound| if inbound { "in" } else { "out" }),
                institution: visit.institution.clone(),
                partner_key: identity.map_or_else(String::new, |identity| identity.key.clone()),
                country: visit.country.clone(),
                from: shown(visit.from),
                months: visit.months,
                counts_for_qs: visit.months.map(|months| months >= QS_MONTHS),
                until,
                complete: window.contains(visit.from.year) && window.contains(until),
                papers: papers.map(|partner| corpus.of_partner[partner as usize].iter().filter(counts).count() as u64),
                source: visit.place.to_string(),
            }
        })
        .collect()
}
