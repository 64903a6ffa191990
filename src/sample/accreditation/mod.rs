//! Accreditation of the invented university: a catalogue in two versions, ratings of two rounds, evidence, evaluators, visits,
//! regulations. The catalogue is invented and says so.

mod catalogue;
mod people;
mod ratings;

use crate::sample::File;
use crate::sample::accreditation::catalogue::Catalogue;
use crate::sample::people::People;
use crate::sample::units::University;

/// The files of `accreditation/`.
pub fn files(seed: u64, university: &University, people: &People) -> Vec<File> {
    let catalogue = Catalogue::built_in();
    let file = |name: &str, bytes: Vec<u8>| File { path: format!("accreditation/{name}"), bytes };
    let rated = ratings::rated(university);
    let mut rules = include_str!("../../../data/accreditation/rules.toml").to_owned();
    rules =
        rules.replace("competencies = [] ", &format!("competencies = [\"{}\"] ", people::CERTIFICATES.join("\", \"")));
    vec![
        file("standards.csv", catalogue.standards_csv()),
        file("crosswalk.csv", catalogue.crosswalk_csv()),
        file("decisions.toml", include_str!("../../../data/sample/decisions.toml").as_bytes().to_vec()),
        file("rules.toml", rules.into_bytes()),
        file("ratings.csv", ratings::ratings_csv(seed, university, people, &catalogue, &rated)),
        file("evidence.csv", ratings::evidence_csv(seed, university, &catalogue, &rated)),
        file("evaluators.csv", people::evaluators_csv(seed, university, people, &catalogue)),
        file("ties.csv", people::ties_csv(seed, university, people)),
        file("visits.csv", people::visits_csv(seed, university, people, &catalogue)),
        file("regulations.csv", catalogue.regulations_csv(seed)),
    ]
}
