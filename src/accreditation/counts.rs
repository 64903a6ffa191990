//! Counts that documents tell, so that each stands in a table.

use crate::model::accreditation::results::{Accreditation, CountRow};

/// Of the whole, then unit by unit in the order of the standings.
pub fn counts(accreditation: &Accreditation) -> Vec<CountRow> {
    let mut rows = Vec::new();
    let round = accreditation.round;
    let mut units: Vec<&str> = Vec::new();
    for row in accreditation.decisions.iter().filter(|row| Some(row.round) == round) {
        if !units.contains(&row.unit.as_str()) {
            units.push(&row.unit);
        }
    }
    let mut push = |unit: &str, what, count: usize| {
        rows.push(CountRow { unit: unit.to_owned(), what, count: count as u64 });
    };
    let evidence = |states: &[&str], unit: Option<&str>| {
        let of = |row: &&crate::model::accreditation::results::EvidenceRow| {
            (states.is_empty() || states.contains(&row.state)) && unit.is_none_or(|unit| unit == row.unit)
        };
        accreditation.evidence.iter().filter(of).count()
    };
    let fate = |fate: &str| accreditation.changes.iter().filter(|row| row.fate == fate).count();
    let article = |state: &str| accreditation.regulations.iter().filter(|row| row.state == state).count();
    push("", "units", units.len());
    let barred = |row: &&crate::model::accreditation::results::DecisionRow| {
        Some(row.round) == accreditation.round && row.side == "internal" && !row.gate
    };
    push("", "mandatory_not_met", accreditation.decisions.iter().filter(barred).count());
    push("", "standards", accreditation.items.len());
    push("", "review", accreditation.items.iter().filter(|row| !row.reasons.is_empty()).count());
    push("", "evidence", evidence(&[], None));
    push("", "evidence_overdue", evidence(&["overdue"], None));
    push("", "visits", accreditation.plan.as_ref().map_or(0, |plan| plan.visits as usize));
    push("", "panels", accreditation.plan.as_ref().map_or(0, |plan| plan.filled as usize));
    push("", "conflicts", accreditation.conflicts.len());
    push("", "training", accreditation.training.len());
    push("", "articles_overdue", article("overdue"));
    push("", "without_article", article("no_article"));
    for what in ["added", "removed", "changed", "retyped", "moved", "merged", "split", "unchanged"] {
        push("", what, fate(what));
    }
    for unit in units {
        push(unit, "evidence", evidence(&[], Some(unit)));
        push(unit, "evidence_overdue", evidence(&["overdue"], Some(unit)));
        let own = || accreditation.standards.iter().filter(move |row| row.unit == unit);
        push(unit, "up", own().filter(|row| row.change == "up").count());
        push(unit, "down", own().filter(|row| row.change == "down").count());
        push(unit, "same", own().filter(|row| row.change == "same").count());
    }
    rows
}
