//! Titles of papers.

use crate::sample::chance::Chance;
use crate::sample::field::Field;

const DESIGNS: [&str; 10] = [
    "a randomized controlled trial",
    "a cross-sectional study",
    "a systematic review and meta-analysis",
    "a case–control study",
    "a retrospective cohort",
    "a double-blind trial",
    "results of the Golsarv cohort",
    "an in vitro study",
    "a qualitative study",
    "a pilot study",
];

const PLACES: [&str; 8] = [
    "in adults",
    "in an Iranian population",
    "among patients of a referral hospital",
    "in women of reproductive age",
    "in the elderly",
    "in a rat model",
    "in Golsarv, Iran",
    "in health-care workers",
];

/// A title for a paper of a field.
pub fn title(field: &Field, document_type: &str, chance: &mut Chance) -> String {
    let thing = chance.pick(&field.things);
    let outcome = chance.pick(&field.outcomes);
    let (place, design) = (chance.pick(&PLACES), chance.pick(&DESIGNS));
    match document_type {
        "Review" => format!("{} and {outcome}: {}", capital(thing), chance.pick(&REVIEWS)),
        "Letter" => format!("Comment on “{} and {outcome}”", capital(thing)),
        "Editorial" => format!("{}: the next step for {outcome}?", capital(thing)),
        "Erratum" => format!("Correction to: {} and {outcome} {place}", capital(thing)),
        "Retracted" => format!("RETRACTED: Effect of {thing} on {outcome} {place}: {design}"),
        _ => match chance.below(6) {
            0 => format!("Effect of {thing} on {outcome} {place}: {design}"),
            1 => format!("Association between {thing} and {outcome} {place}"),
            2 => format!("The role of {thing} in {outcome}: {design}"),
            3 => format!("{} for {outcome} {place}: {design}", capital(thing)),
            4 => format!("Does {thing} predict {outcome} {place}? {}", capital(design)),
            _ => format!("{}, age, and sex as determinants of {outcome}: {design}", capital(thing)),
        },
    }
}

const REVIEWS: [&str; 4] =
    ["a narrative review", "mechanisms and perspectives", "an umbrella review", "current evidence"];

/// The title of a paper by a large consortium.
pub fn of_consortium(field: &Field, year: i32, chance: &mut Chance) -> String {
    let outcome = chance.pick(&field.outcomes);
    let first = 1990 + 10 * chance.below(3);
    match chance.below(3) {
        0 => format!("Global, regional, and national burden of {outcome}, {first}–{}: a systematic analysis", year - 2),
        1 => format!(
            "Worldwide trends in {outcome} from {first} to {}: a pooled analysis of population-based studies",
            year - 2
        ),
        _ => format!(
            "{} and {outcome} in 204 countries and territories, {first}–{}",
            capital(chance.pick::<String>(&field.things)),
            year - 2
        ),
    }
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    // A Greek or mixed-case name such as β-thalassaemia or hs-CRP stays as it is.
    match signs.next() {
        Some(first) if first.is_ascii_lowercase() && !text.starts_with("hs-") => {
            first.to_uppercase().chain(signs).collect()
        }
        _ => text.to_owned(),
    }
}
