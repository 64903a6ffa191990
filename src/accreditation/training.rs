//! What evaluators should learn: certificates that they lack, and calibration where they rate apart from their panels.

use crate::accreditation::known::Known;
use crate::model::accreditation::results::TrainingRow;

/// By evaluator in the order of the sheet: missing certificates, then calibration.
pub fn training(known: &Known<'_>) -> Vec<TrainingRow> {
    let rules = &known.rules.training;
    let mut wanted: Vec<&String> = known.rules.panel.certificates.iter().collect();
    wanted.extend(rules.competencies.iter().filter(|competency| !known.rules.panel.certificates.contains(competency)));
    let mut rows = Vec::new();
    for evaluator in &known.sheets.evaluators {
        let row = |need, detail: &str, ratings, distance| TrainingRow {
            evaluator: evaluator.id.clone(),
            name: evaluator.name.clone(),
            need,
            detail: detail.to_owned(),
            ratings,
            distance,
        };
        for certificate in wanted.iter().filter(|wanted| !evaluator.certificates.contains(wanted)) {
            rows.push(row("certificate", certificate, None, None));
        }
        // Of ratings with others at the same standard, of all rounds.
        let distances: Vec<f64> = known
            .judged
            .values()
            .flat_map(std::collections::BTreeMap::values)
            .filter(|judged| judged.ratings.len() > 1)
            .filter_map(|judged| {
                let own = judged.ratings.iter().find(|rating| rating.rater == evaluator.id)?.level?;
                Some(own.step().abs_diff(judged.level?.step()) as f64)
            })
            .collect();
        if distances.len() as u32 >= rules.least_ratings.max(1) {
            let mean = distances.iter().sum::<f64>() / distances.len() as f64;
            if mean >= rules.distance {
                rows.push(row("calibration", "", Some(distances.len() as u32), Some(mean)));
            }
        }
    }
    rows
}
