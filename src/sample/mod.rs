//! Sample: a seeded generator of an invented medical university, as the folder of files that an office would keep.
//!
//! ```text
//! Size ─► University (units) ─► People (staff) ─┐
//!         Field, Journals, World (co-authors) ──┴─► Works ─► exports, sheets ─► Sample { files, truth }
//! ```
//! Every kind of thing draws from a stream of its own, so that more publications do not change the staff. The same
//! [`Size`] gives the same bytes on every machine and for any number of threads.

mod accreditation;
mod affiliation;
mod assessment;
mod byline;
mod chance;
mod citations;
mod comma_separated;
mod field;
mod finance;
mod identifier;
mod institution;
mod journal;
mod lists;
mod name;
mod peers;
mod people;
mod portals;
mod relations;
mod scopus;
mod script;
mod size;
mod staff_sheet;
mod strategies;
mod students;
mod supplied;
mod title;
mod truth;
mod units;
mod work;
mod workbook;

pub use size::Size;
pub use truth::{PlantedFault, RecordPlace, TrueCredit, TruePublication, Truth};

use crate::sample::field::Fields;
use crate::sample::institution::World;
use crate::sample::journal::Journals;
use crate::sample::people::People;
use crate::sample::units::University;
use crate::sample::work::Works;

/// A file of the sample, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the assessment folder, with `/` between parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An assessment folder of an invented university, and what is true about it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The files, ascending by path.
    pub files: Vec<File>,
    /// What an attribution without a mistake would find. Never written beside the files.
    pub truth: Truth,
}

/// Invents a university of the wanted size.
pub fn generate(size: &Size) -> Sample {
    let size = size.bounded();
    let fields = Fields::built_in();
    let university = University::new(size.units, &fields);
    let people = People::new(&size, &university, &fields);
    let journals = Journals::new(size.seed, &fields);
    let world = World::new(size.seed);
    let works = Works::new(&size, &university, &people, &fields, &journals, &world);
    let exports = scopus::exports(&size, &works, &journals);
    let staff = staff_sheet::workbook(&university, &people);
    let students = students::Students::new(&size, &university, &people);
    let (students_sheet, slash_decimal) = students.workbook(&university);
    let mut files = vec![
        File { path: "assessment.toml".into(), bytes: assessment::toml(&university).into_bytes() },
        File { path: "units.csv".into(), bytes: university.units_csv() },
        File { path: "aliases.csv".into(), bytes: university.aliases_csv() },
        File { path: staff_sheet::PATH.into(), bytes: staff.bytes },
        File { path: students::PATH.into(), bytes: students_sheet },
        File { path: "students/degrees.xlsx".into(), bytes: students.degrees_workbook(&university) },
        File { path: "finance/finance_1402.xlsx".into(), bytes: finance::workbook(&size, &university, &people) },
        File { path: "surveys/supplied.csv".into(), bytes: supplied::csv(&university, &people) },
        File { path: "benchmarks/peers.csv".into(), bytes: peers::csv(size.seed) },
        File { path: "reference/journals.csv".into(), bytes: journals.csv() },
        File { path: "citations/by_year.csv".into(), bytes: citations::by_year(size.seed, &works) },
        File { path: "reference/delisted.csv".into(), bytes: citations::delisted(size.seed, &journals) },
        File { path: "reference/retractions.csv".into(), bytes: citations::retractions(&works) },
        File {
            path: "reference/highly_cited_2024.csv".into(),
            bytes: lists::highly_cited(size.seed, &university, &people, &world),
        },
        File {
            path: "patents/citing_patents.csv".into(),
            bytes: lists::patents(size.seed, &university, &people, &works),
        },
        File {
            path: "agreements/agreements.xlsx".into(),
            bytes: relations::agreements(size.seed, &university, &world),
        },
        File { path: "agreements/exposures.csv".into(), bytes: portals::exposures() },
        File { path: "submission/subject_shares.csv".into(), bytes: portals::subject_shares(&university) },
        File { path: "mobility/visitors.xlsx".into(), bytes: relations::visitors(size.seed, &university, &world) },
    ];
    files.extend(strategies::files(&university));
    files.extend(accreditation::files(size.seed, &university, &people));
    files.extend(exports.files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut faults = staff.faults;
    faults.extend(slash_decimal);
    let truth = Truth { publications: truth::publications(&university, &people, &works, exports.places), faults };
    Sample { files, truth }
}
