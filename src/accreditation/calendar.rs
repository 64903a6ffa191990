//! Evidence and regulations by their days.

use crate::accreditation::known::Known;
use crate::model::accreditation::results::{EvidenceRow, RegulationRow};
use crate::model::tables::Date;

/// A day as text, and in the Solar Hijri calendar.
fn texts(day: Option<Date>) -> (String, String) {
    (day.map(|day| day.to_string()).unwrap_or_default(), day.and_then(Date::jalali).unwrap_or_default())
}

/// The register, unit by unit, by due day.
pub fn evidence(known: &Known<'_>) -> Vec<EvidenceRow> {
    let mut register: Vec<_> = known.sheets.evidence.iter().collect();
    register.sort_by_key(|row| (row.unit, row.due.is_none(), row.due));
    let row = |row: &&crate::model::accreditation::evidence::Evidence| {
        let late = row.due.zip(row.received.or_else(|| known.day())).and_then(|(due, day)| due.days_until(day));
        let state = match (row.received, row.due, late) {
            (Some(_), _, Some(days)) if days > 0 => "received_late",
            (Some(_), ..) => "received",
            (None, None, _) => "no_day",
            (None, _, Some(days)) if days > 0 => "overdue",
            (None, ..) => "open",
        };
        let (due, due_jalali) = texts(row.due);
        EvidenceRow {
            unit: known.id(row.unit),
            standard: row.standard.clone(),
            name: row.name.clone(),
            owner: row.owner.clone(),
            due,
            due_jalali,
            received: texts(row.received).0,
            state,
            days_late: late.filter(|days| *days > 0),
        }
    };
    register.iter().map(row).collect()
}

/// Articles with their standards by due day, then standards in force without an article.
pub fn regulations(known: &Known<'_>) -> Vec<RegulationRow> {
    if known.sheets.regulations.is_empty() {
        return Vec::new();
    }
    let mut articles: Vec<_> = known.sheets.regulations.iter().collect();
    articles.sort_by_key(|row| (row.due.is_none(), row.due));
    let mut rows = Vec::new();
    for article in articles {
        let late = article.due.zip(article.done.or_else(|| known.day())).and_then(|(due, day)| due.days_until(day));
        let late = late.filter(|days| *days > 0);
        let state = match (article.done, article.due, late) {
            (Some(_), ..) => "done",
            (None, None, _) => "no_day",
            (None, _, Some(_)) => "overdue",
            (None, ..) => "open",
        };
        let (due, due_jalali) = texts(article.due);
        let row = |standard: &str, state| RegulationRow {
            article: article.article.clone(),
            title: article.title.clone(),
            standard: standard.to_owned(),
            owner: article.owner.clone(),
            due: due.clone(),
            due_jalali: due_jalali.clone(),
            state,
            days_late: late,
        };
        if article.standards.is_empty() {
            rows.push(row("", "no_standard"));
        }
        rows.extend(article.standards.iter().map(|standard| row(standard, state)));
    }
    for standard in known.standards() {
        if !known.sheets.regulations.iter().any(|article| article.standards.contains(&standard.code)) {
            rows.push(RegulationRow {
                article: String::new(),
                title: String::new(),
                standard: standard.code.clone(),
                owner: String::new(),
                due: String::new(),
                due_jalali: String::new(),
                state: "no_article",
                days_late: None,
            });
        }
    }
    rows
}
