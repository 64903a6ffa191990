//! Panels for the visits of the sheet: the problem, its solution in words, and why there is no panel.

use std::collections::BTreeMap;

use crate::accreditation::bars::{Papers, Reason, own_units, reasons};
use crate::accreditation::conflict::conflict;
use crate::accreditation::known::{Known, areas};
use crate::accreditation::panel::{Effort, solve};
use crate::diagnostic::Finding;
use crate::model::accreditation::evaluator::{Evaluator, Rank};
use crate::model::accreditation::panel::{Candidate, Demand, PanelPlan, PanelProblem, Visit};
use crate::model::accreditation::results::{Accreditation, ConflictRow, PanelRow, PlanRow, UnmetRow};
use crate::model::accreditation::visit::VisitRequest;
use crate::model::unit::UnitIndex;

/// Most areas: each is a bit of a word, and one bit stands for the chair.
const MOST_AREAS: usize = 62;

/// Effort of the search for a conflict with other visits, which asks again and again.
const CONFLICT: Effort = Effort { nodes: 50, first_steps: 60, steps: 10 };

/// The sheets as a problem.
struct Posed<'a> {
    visits: Vec<&'a VisitRequest>,
    evaluators: Vec<&'a Evaluator>,
    areas: Vec<String>,
    /// Per visit the areas that it wants.
    wanted: Vec<Vec<String>>,
    reasons: Vec<Vec<Vec<Reason>>>,
    problem: PanelProblem,
}

/// Fills the tables of panels. `too-many-areas` where there are more than can be told apart; `panel-missing` for each visit
/// without a panel, `panel-unproven` where the search was ended early.
pub fn panels(known: &Known<'_>, into: &mut Accreditation, findings: &mut Vec<Finding>) {
    let visits = first_of(&known.sheets.visits, |visit| known.id(visit.unit));
    if visits.is_empty() {
        return;
    }
    let Some(posed) = pose(known, visits) else {
        let message = format!("visits want more than {MOST_AREAS} areas of expertise; no panels are made");
        let place = known.sheets.visits[0].place.clone();
        findings.push(Finding::error("too-many-areas", message).at(place));
        return;
    };
    let plan = solve(&posed.problem, Effort::default());
    let filled = plan.panels.iter().flatten().count() as u32;
    into.plan = Some(PlanRow {
        visits: plan.panels.len() as u32,
        filled,
        cost: plan.cost,
        bound: plan.bound,
        proven: plan.proven,
    });
    if !plan.proven {
        let message = format!("the panels cost {}, and a plan of {} is not ruled out", plan.cost, plan.bound);
        findings.push(Finding::info("panel-unproven", message));
    }
    for (at, visit) in posed.visits.iter().enumerate() {
        let unit = known.id(visit.unit);
        rows(known, &posed, &plan, at, into);
        if plan.panels[at].is_none() {
            let demands = conflict(&posed.problem, at, CONFLICT);
            let words: Vec<String> = demands.iter().map(|demand| posed.word(known, demand)).collect();
            let message = format!("no panel can visit \"{unit}\"; together these cannot be met: {}", words.join(", "));
            findings.push(Finding::warning("panel-missing", message).at(visit.place.clone()));
            into.unmet.push(UnmetRow { unit, conflict: words.join(";") });
        }
    }
}

/// Rows without those that repeat an earlier one, which a finding has named.
fn first_of<T, K: PartialEq>(rows: &[T], key: impl Fn(&T) -> K) -> Vec<&T> {
    let mut kept: Vec<&T> = Vec::new();
    for row in rows {
        if !kept.iter().any(|known| key(known) == key(row)) {
            kept.push(row);
        }
    }
    kept
}

fn pose<'a>(known: &Known<'a>, visits: Vec<&'a VisitRequest>) -> Option<Posed<'a>> {
    let evaluators = first_of(&known.sheets.evaluators, |evaluator| evaluator.id.clone());
    let all: Vec<String> = areas(&known.standards()).into_iter().map(str::to_owned).collect();
    let wanted: Vec<Vec<String>> =
        visits.iter().map(|visit| if visit.areas.is_empty() { all.clone() } else { visit.areas.clone() }).collect();
    let mut areas: Vec<String> = Vec::new();
    for area in wanted.iter().flatten() {
        if !areas.contains(area) {
            areas.push(area.clone());
        }
    }
    if areas.len() > MOST_AREAS {
        return None;
    }
    let rules = &known.rules.panel;
    let bits = |list: &[String]| {
        areas.iter().enumerate().filter(|(_, area)| list.contains(area)).fold(0_u64, |bits, (bit, _)| bits | 1 << bit)
    };
    let mut schools: BTreeMap<String, usize> = BTreeMap::new();
    let mut quotas = Vec::new();
    let mut candidates = Vec::new();
    let units: Vec<Vec<UnitIndex>> = evaluators.iter().map(|evaluator| own_units(known, evaluator)).collect();
    for (evaluator, own) in evaluators.iter().zip(&units) {
        let school = school(known, evaluator, own);
        let at = *schools.entry(school.clone()).or_insert_with(|| {
            quotas.push((!rules.free_schools.contains(&school)).then_some(rules.most_per_school));
            quotas.len() - 1
        });
        candidates.push(Candidate {
            areas: bits(&evaluator.areas),
            chairs: evaluator.rank >= rules.chair,
            school: at,
            most: evaluator.most_panels.unwrap_or(rules.most_panels),
        });
    }
    let papers = Papers::new(known);
    let reasons: Vec<Vec<Vec<Reason>>> = visits
        .iter()
        .map(|visit| {
            let people = evaluators.iter().zip(&units);
            people.map(|(evaluator, own)| reasons(known, &papers, (evaluator, own), visit)).collect()
        })
        .collect();
    let bar = |list: &Vec<Reason>| list.iter().fold(0, |bits, reason| bits | reason.bar.bit());
    let cost = |wanted: &Vec<String>, evaluator: &Evaluator| {
        let lacking = wanted.iter().filter(|area| !evaluator.areas.contains(area)).count() as u32;
        let below = Rank::Professor as u32 - evaluator.rank as u32;
        lacking * rules.cost_area + below * rules.cost_rank + evaluator.past_panels * rules.cost_past_panel
    };
    let problem = PanelProblem {
        candidates,
        visits: visits
            .iter()
            .zip(&wanted)
            .map(|(visit, wanted)| Visit { members: visit.members, areas: bits(wanted), chair: true, quota: true })
            .collect(),
        quotas,
        barred: reasons.iter().map(|of_visit| of_visit.iter().map(bar).collect()).collect(),
        costs: wanted.iter().map(|wanted| evaluators.iter().map(|person| cost(wanted, person)).collect()).collect(),
    };
    Some(Posed { visits, evaluators, areas, wanted, reasons, problem })
}

/// The school of an evaluator: the first unit of that type at or above their own, else their own.
fn school(known: &Known<'_>, evaluator: &Evaluator, own: &[UnitIndex]) -> String {
    let units = &known.results.tables.units;
    let above = own.iter().flat_map(|unit| units.ancestors(*unit).iter().copied());
    let school = above.into_iter().find(|unit| units.get(*unit).unit_type == "school");
    known.id(school.unwrap_or(evaluator.unit))
}

impl Posed<'_> {
    fn word(&self, known: &Known<'_>, demand: &Demand) -> String {
        match demand {
            Demand::Members(count) => format!("members:{count}"),
            Demand::Area(bit) => format!("area:{}", self.areas[*bit as usize]),
            Demand::Chair => "chair".to_owned(),
            Demand::Quota => "quota".to_owned(),
            Demand::Bar(bar) => bar.as_str().to_owned(),
            Demand::Load => "load".to_owned(),
            Demand::Visit(visit) => format!("visit:{}", known.id(self.visits[*visit].unit)),
        }
    }
}

fn rows(known: &Known<'_>, posed: &Posed<'_>, plan: &PanelPlan, at: usize, into: &mut Accreditation) {
    let unit = known.id(posed.visits[at].unit);
    let people = &posed.problem.candidates;
    let load =
        |person: usize| plan.panels.iter().flatten().flatten().filter(|&&member| member == person).count() as u32;
    let full = |person: usize| load(person) >= people[person].most;
    let free = |person: usize| posed.problem.barred[at][person] == 0;
    let members = plan.panels[at].as_deref().unwrap_or_default();
    let rank = |person: usize| (posed.evaluators[person].rank, posed.evaluators[person].past_panels);
    let chairs = members.iter().copied().filter(|&member| people[member].chairs);
    let chair = chairs.max_by_key(|&member| (rank(member), std::cmp::Reverse(member)));
    let mut others: Vec<usize> =
        (0..people.len()).filter(|person| free(*person) && !members.contains(person)).collect();
    others.sort_by_key(|&person| (full(person), posed.problem.costs[at][person], person));
    let reserves: Vec<usize> = if members.is_empty() {
        Vec::new()
    } else {
        others.iter().copied().filter(|&person| !full(person)).take(known.rules.panel.reserves).collect()
    };
    let sent = |school: usize| members.iter().filter(|&&member| people[member].school == school).count() as u32;
    let why_not = |person: usize| -> String {
        if !free(person) {
            let mut words: Vec<&str> = posed.reasons[at][person].iter().map(|reason| reason.bar.as_str()).collect();
            words.dedup();
            return words.join(";");
        }
        let school = people[person].school;
        let word = if members.is_empty() {
            "no_panel"
        } else if full(person) {
            "full"
        } else if posed.problem.quotas[school].is_some_and(|quota| sent(school) >= quota) {
            "quota"
        } else {
            "dearer"
        };
        word.to_owned()
    };
    let mut order: Vec<(u8, usize)> = (0..people.len())
        .map(|person| match person {
            person if Some(person) == chair => (0, person),
            person if members.contains(&person) => (1, person),
            person if reserves.contains(&person) => (2, person),
            person => (3, person),
        })
        .collect();
    order.sort_by_key(|&(role, person)| (role, reserves.iter().position(|r| *r == person), person));
    for (role, person) in order {
        let evaluator = posed.evaluators[person];
        let held = posed.wanted[at].iter().filter(|area| evaluator.areas.contains(area)).map(String::as_str);
        into.panels.push(PanelRow {
            unit: unit.clone(),
            evaluator: evaluator.id.clone(),
            name: evaluator.name.clone(),
            role: ["chair", "member", "reserve", "not_chosen"][usize::from(role)],
            cost: posed.problem.costs[at][person],
            areas: held.collect::<Vec<_>>().join(";"),
            why_not: if role == 3 { why_not(person) } else { String::new() },
        });
        for reason in &posed.reasons[at][person] {
            let papers =
                reason.publications.iter().map(|paper| known.results.publications.items[paper.at()].id.as_str());
            into.conflicts.push(ConflictRow {
                unit: unit.clone(),
                evaluator: evaluator.id.clone(),
                rule: reason.bar.as_str(),
                detail: reason.detail.clone(),
                publications: papers.collect::<Vec<_>>().join(";"),
            });
        }
    }
}
