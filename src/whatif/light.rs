//! The run without what only publications need: cheap to copy again and again.

use crate::diagnostic::Place;
use crate::model::results::Results;
use crate::model::tables::{Degrees, Finance, Staff, Students, Tables};

/// The run with the sheets that measures of staff, students, degrees and money read and, where they are wanted, peers, but
/// without names, identifiers and places, which no measure looks at.
pub fn light(base: &Results, peers: bool) -> Results {
    let tables = &base.tables;
    let place = Place::Run;
    let staff = tables.staff.iter().map(|person| Staff {
        id: String::new(),
        name: String::new(),
        latin_name: String::new(),
        units: person.units.clone(),
        rank: String::new(),
        scopus_ids: Vec::new(),
        orcids: Vec::new(),
        place: place.clone(),
        ..*person
    });
    let tables = Tables {
        units: tables.units.bare(),
        staff: staff.collect(),
        students: tables.students.iter().map(|row| Students { place: place.clone(), ..*row }).collect(),
        degrees: tables.degrees.iter().map(|row| Degrees { place: place.clone(), ..*row }).collect(),
        finance: (tables.finance.iter())
            .map(|row| Finance { printed: String::new(), place: place.clone(), ..*row })
            .collect(),
        peers: if peers { tables.peers.clone() } else { Vec::new() },
        ..Tables::default()
    };
    Results { tables, editions: base.editions.clone(), ..Results::bare(base.assessment.clone()) }
}
