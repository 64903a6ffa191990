//! The tables of accreditation, as CSV with stable columns, numbers in full precision.

use serde::Serialize;

use crate::model::accreditation::results::Accreditation;
use crate::model::output::Output;
use crate::write::rows;

/// Columns of each table, in the order of the fields of its rows.
const STANDARDS: &str = "unit,round,standard,area,kind,internal,external,difference,met_internal,met_external,previous,change,evidence_wanted,evidence_received,without_reference,recommendation,repeated,reply";
const DECISIONS: &str = "unit,round,side,coverage,mandatory_rated,mandatory_met,mandatory_percent,preferred_rated,preferred_met,preferred_percent,not_applicable,unrated,total_percent,lowest_area_percent,gate,decision,decision_en,decision_fa,years,reason";
const AREAS: &str = "unit,round,side,area,rated,points,greatest,percent";
const OPINIONS: &str = "unit,round,compared,same,kappa_linear,kappa_quadratic,mean_difference,two_levels,mandatory_not_met,without_reference,recommendations,repeated,replied,decision_internal,decision_external";
const EVIDENCE: &str = "unit,standard,name,owner,due,due_jalali,received,state,days_late";
const ITEMS: &str = "standard,area,kind,units,not_applicable,full,not_met,mean,compared,two_levels,evidence_missing,with_rest,nearest,nearest_correlation,reasons";
const RELIABILITY: &str = "area,standards,units,alpha";
const CHANGES: &str = "from_version,to_version,fate,from,to";
const PANELS: &str = "unit,evaluator,name,role,cost,areas,why_not";
const PLAN: &str = "visits,filled,cost,bound,proven";
const CONFLICTS: &str = "unit,evaluator,rule,detail,publications";
const UNMET: &str = "unit,conflict";
const TRAINING: &str = "evaluator,name,need,detail,ratings,distance";
const REGULATIONS: &str = "article,title,standard,owner,due,due_jalali,state,days_late";

const COUNTS: &str = "unit,what,count";

/// All tables; the header stands there without rows too.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn tables(accreditation: &Accreditation) -> Result<Vec<Output>, csv::Error> {
    let plan: Vec<_> = accreditation.plan.iter().collect();
    Ok(vec![
        table("standards_status", STANDARDS, &accreditation.standards)?,
        table("decisions", DECISIONS, &accreditation.decisions)?,
        table("standards_areas", AREAS, &accreditation.percent)?,
        table("opinions", OPINIONS, &accreditation.opinions)?,
        table("evidence_status", EVIDENCE, &accreditation.evidence)?,
        table("standards_review", ITEMS, &accreditation.items)?,
        table("standards_reliability", RELIABILITY, &accreditation.reliability)?,
        table("standards_changes", CHANGES, &accreditation.changes)?,
        table("panels", PANELS, &accreditation.panels)?,
        table("panels_plan", PLAN, &plan)?,
        table("panels_unmet", UNMET, &accreditation.unmet)?,
        table("conflicts", CONFLICTS, &accreditation.conflicts)?,
        table("training_needs", TRAINING, &accreditation.training)?,
        table("regulations_status", REGULATIONS, &accreditation.regulations)?,
        table("accreditation_counts", COUNTS, &accreditation.counts)?,
    ])
}

fn table<R: Serialize>(name: &str, columns: &str, rows: &[R]) -> Result<Output, csv::Error> {
    let columns: Vec<&str> = columns.split(',').collect();
    Ok(Output { path: format!("{name}.csv"), bytes: rows::headed(&columns, rows)? })
}
