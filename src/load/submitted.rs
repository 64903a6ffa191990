//! What portals of rankings are filled with: subjects of units, and last year's figures to compare with.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::nearest::nearest;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::partners::submission::{QS_FIGURES, THE_FIGURES, THE_SUBJECTS, TOTAL};
use crate::model::tables::{SubjectShare, SubmittedFigure};
use crate::model::unit::Units;

/// Reads the rows of a sheet. A ranking, figure or subject that is not known leaves the row out (`unknown-value`).
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<SubmittedFigure>, Count) {
    sheet.each(findings, |entry| {
        let ranking = entry.required("ranking")?.to_lowercase();
        let figure = entry.required("figure")?.to_lowercase();
        let mut subject = entry.word("subject").to_lowercase();
        if subject.is_empty() {
            TOTAL.clone_into(&mut subject);
        }
        let figures: Vec<&str> = match ranking.as_str() {
            "the" => THE_FIGURES.to_vec(),
            "qs" => QS_FIGURES.to_vec(),
            _ => Vec::new(),
        };
        let subjects: Vec<&str> = THE_SUBJECTS.iter().copied().chain([TOTAL]).collect();
        let lists =
            [("ranking", &ranking, vec!["the", "qs"]), ("figure", &figure, figures), ("subject", &subject, subjects)];
        for (field, word, known) in lists {
            if !known.contains(&word.as_str()) {
                let near = nearest(word, known.iter().copied());
                let hint = near
                    .map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean \"{near}\"?"));
                let message = format!("\"{word}\" is no {field}; the row is left out");
                return entry.refuse(field, Finding::error("unknown-value", message).hint(hint));
            }
        }
        let Some(value) = entry.count("value")? else { return entry.missing("value") };
        let explanation = entry.word("explanation");
        Ok(SubmittedFigure { ranking, subject, figure, value, explanation, place: entry.place("value") })
    })
}

/// Reads the rows of a sheet of subjects. A subject that is not known, or a share above 1, leaves the row out.
pub fn shares(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<SubjectShare>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let subject = entry.required("subject")?.to_lowercase();
        if !THE_SUBJECTS.contains(&subject.as_str()) {
            let near = nearest(&subject, THE_SUBJECTS);
            let hint = near.map_or_else(
                || format!("one of {}", THE_SUBJECTS.join(", ")),
                |near| format!("did you mean \"{near}\"?"),
            );
            let finding =
                Finding::error("unknown-value", format!("\"{subject}\" is no subject of THE; the row is left out"));
            return entry.refuse("subject", finding.hint(hint));
        }
        let share = entry.share("share")?.unwrap_or(1.0);
        if share > 1.0 {
            let message = format!("a share of {share} does not lie between 0 and 1; the row is left out");
            return entry
                .refuse("share", Finding::error("bad-share", message).hint("write a third as 0.333 or 33.3 %"));
        }
        Ok(SubjectShare { unit, subject, share, place: entry.place("subject") })
    })
}
