//! Measures that only the office can state. QS's reputation scores are stated, as a university that QS lists knows them;
//! THE's are left out, so that the sample shows both.

use crate::sample::comma_separated;
use crate::sample::people::People;
use crate::sample::units::University;

const SOURCE: &str = "invented for the sample";

/// `surveys/supplied.csv`.
pub fn csv(university: &University, people: &People) -> Vec<u8> {
    let mut rows = vec![["unit", "measure", "year", "value", "source"].map(String::from)];
    let mut state = |unit: usize, measure: &str, year: &str, value: String| {
        rows.push([university.units[unit].id.clone(), measure.into(), year.into(), value, SOURCE.into()]);
    };
    let staff = |unit: usize| people.count_within(unit, university);
    state(0, "alumni_awards", "", "0".into());
    state(0, "staff_awards", "", "0".into());
    state(0, "sustainability", "2023", "38.5".into());
    state(0, "academic_reputation", "2023", "24.1".into());
    state(0, "employer_reputation", "2023", "18.7".into());
    state(0, "outbound_exchange_students", "2023", (staff(0) / 25).to_string());
    for school in university.of_type("school") {
        state(school, "outbound_exchange_students", "2023", (staff(school) / 28).to_string());
    }
    comma_separated::bytes(&rows)
}
