//! Evaluator: scenarios scored again and again, exactly as [`Outcome::of`] does, in a fraction of its time.
//!
//! Papers that any of the scenarios may add are entered once, as many as the greatest of them adds; a scenario then holds
//! the first so many of them. Only units whose values can move are measured again. What is not papers, staff, students,
//! degrees, money or peers is left to the long way.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::measure::holdings::{Held, Holdings};
use crate::measure::rows::{Rows, Sums};
use crate::measure::works::Works;
use crate::model::edition::Edition;
use crate::model::ledger::{Account, Credit};
use crate::model::measure::{MeasureKey, Measures};
use crate::model::results::Results;
use crate::model::scenario::{Amount, Change, Scenario, Thing};
use crate::model::score::Scorecard;
use crate::model::tables::Tables;
use crate::model::unit::UnitIndex;
use crate::whatif::again::{Outcome, scorecard};
use crate::whatif::apply::{Circumstances, apply};
use crate::whatif::copy::Copy;

/// The papers that scenarios may add, entered once.
pub struct Pool<'a> {
    copy: Copy<'a>,
    works: Works,
    /// Per kind of paper the range of its publications.
    papers: Vec<(Thing, std::ops::Range<u32>)>,
    holdings: Vec<Holdings>,
    /// The run without what only publications need: cheap to copy.
    light: Results,
    circumstances: Circumstances<'a>,
}

/// Whether the evaluator knows a short way for a change.
fn is_quick(change: &Change) -> bool {
    let undated = change.phases.iter().all(|(year, _)| year.is_none());
    let quick = match &change.thing {
        Thing::Publications(_) => change.total().relative == 0.0 && change.total().per_fte == 0.0,
        Thing::Staff(_)
        | Thing::Reclassify(..)
        | Thing::Students { .. }
        | Thing::Degrees { .. }
        | Thing::Income { .. }
        | Thing::Peers { .. } => true,
        _ => false,
    };
    undated && quick
}

impl<'a> Pool<'a> {
    /// Enters the papers of `changes`: of each kind as many as the largest amount says. Changes of other things are
    /// passed over.
    pub fn new<'c>(
        base: &'a Results,
        changes: impl IntoIterator<Item = &'c Change>,
        circumstances: Circumstances<'a>,
    ) -> Self {
        let mut most: Vec<Change> = Vec::new();
        for change in changes {
            if !matches!(change.thing, Thing::Publications(_)) || !is_quick(change) {
                continue;
            }
            let amount = change.total().absolute;
            match most.iter_mut().find(|own| own.thing == change.thing) {
                Some(own) => own.phases = vec![(None, Amount::absolute(own.total().absolute.max(amount)))],
                None => most.push(Change::new(change.thing.clone(), Amount::absolute(amount))),
            }
        }
        let mut copy = Copy::new(base);
        let mut papers = Vec::new();
        for change in most {
            let first = copy.publications.len() as u32;
            let thing = change.thing.clone();
            let scenario = Scenario { changes: vec![change], ..Scenario::default() };
            copy = apply(copy, &scenario, circumstances).value;
            papers.push((thing, first..copy.publications.len() as u32));
        }
        let works = Works::new(copy.input()).value;
        let holdings = base.tables.units.iter().map(|(unit, _)| Holdings::of(unit, Copy::new(base).input())).collect();
        Pool { works, papers, holdings, light: light(base), circumstances, copy }
    }

    /// Ready to evaluate.
    pub fn evaluator(&self) -> Evaluator<'_> {
        let base = self.copy.base;
        let rows = Rows::new(self.copy.input(), &self.works, &base.measures.keys);
        let uses = |edition: &Edition| {
            let codes: BTreeSet<&str> =
                edition.indicators.iter().flat_map(|indicator| indicator.value.measures()).collect();
            let known = base.definitions.iter().filter(|definition| codes.contains(definition.code.as_str()));
            let keys: BTreeSet<MeasureKey> = known.map(|definition| edition.measure_key(definition)).collect();
            base.measures.keys.iter().map(|key| keys.contains(key)).collect()
        };
        let used: Vec<Vec<bool>> = base.editions.iter().map(uses).collect();
        let any: Vec<bool> = (0..base.measures.keys.len()).map(|column| used.iter().any(|used| used[column])).collect();
        let sums = self.holdings.par_iter().map(|own| rows.sums(own.unit, own, &any)).collect();
        Evaluator { pool: self, rows, used, sums }
    }
}

/// The run with the sheets that measures of staff, students and money read, and no others.
fn light(base: &Results) -> Results {
    let tables = &base.tables;
    let tables = Tables {
        units: tables.units.clone(),
        staff: tables.staff.clone(),
        students: tables.students.clone(),
        degrees: tables.degrees.clone(),
        finance: tables.finance.clone(),
        supplied: tables.supplied.clone(),
        peers: tables.peers.clone(),
        highly_cited: tables.highly_cited.clone(),
        awards: tables.awards.clone(),
        patents: tables.patents.clone(),
        ..Tables::default()
    };
    Results {
        assessment: base.assessment.clone(),
        assessment_digest: String::new(),
        tables,
        publications: crate::model::publication::Publications::default(),
        ledger: crate::model::ledger::Ledger::default(),
        definitions: Vec::new(),
        measures: Measures::default(),
        editions: base.editions.clone(),
        benchmarks: Vec::new(),
        scorecards: Vec::new(),
        stability: Vec::new(),
        integrity: Vec::new(),
        profiles: Vec::new(),
        type_indicators: Vec::new(),
        type_groups: Vec::new(),
        placements: Vec::new(),
        calibrations: Vec::new(),
        last_year: crate::model::last_year::LastYear::default(),
        findings: Vec::new(),
    }
}

/// Scores scenarios whose papers are in its pool.
pub struct Evaluator<'p> {
    pool: &'p Pool<'p>,
    rows: Rows<'p>,
    /// Per edition which columns of measures it reads; the others stay as they are.
    used: Vec<Vec<bool>>,
    /// Per unit what its rows add up to.
    sums: Vec<Vec<Option<Sums>>>,
}

impl Evaluator<'_> {
    /// The scorecard of one edition after a scenario; `edition` numbers the editions of the run. `None` where something of
    /// the scenario cannot be done.
    pub fn scorecard(&self, scenario: &Scenario, edition: usize) -> Option<Scorecard> {
        self.scorecards(scenario, &[edition])?.pop()
    }

    /// Scorecards of several editions after a scenario.
    pub fn scorecards(&self, scenario: &Scenario, editions: &[usize]) -> Option<Vec<Scorecard>> {
        let base = self.pool.copy.base;
        match self.quickly(scenario, editions) {
            Quick::Not => {
                let applied = apply(Copy::new(base), scenario, self.pool.circumstances);
                let mut outcome = applied.findings.is_empty().then(|| Outcome::of(&applied.value))?;
                Some(editions.iter().map(|&at| std::mem::take(&mut outcome.scorecards[at])).collect())
            }
            Quick::Impossible => None,
            Quick::Measured(copy, measures) => {
                let of = |&at: &usize| scorecard(&copy, &base.editions[at], &measures);
                Some(editions.iter().map(of).collect())
            }
        }
    }

    fn quickly(&self, scenario: &Scenario, editions: &[usize]) -> Quick<'_> {
        let base = self.pool.copy.base;
        if !scenario.changes.iter().all(is_quick) {
            return Quick::Not;
        }
        let units = &base.tables.units;
        let mut touched: BTreeSet<UnitIndex> = BTreeSet::new();
        let mut added: Vec<(UnitIndex, u32)> = Vec::new();
        let mut others = Scenario::default();
        for change in &scenario.changes {
            let Some(unit) = change.thing.unit().and_then(|id| units.find(id)) else {
                others.changes.push(change.clone());
                continue;
            };
            if matches!(change.thing, Thing::Publications(_)) {
                let known = self.pool.papers.iter().find(|(thing, _)| *thing == change.thing);
                let count = change.total().absolute.round();
                let Some((_, papers)) = known.filter(|(_, papers)| count >= 0.0 && count <= papers.len() as f64) else {
                    return Quick::Not;
                };
                added.extend((papers.start..papers.start + count as u32).map(|paper| (unit, paper)));
                touched.extend(units.ancestors(unit));
            } else {
                // Whoever goes may have other posts.
                let gone = change.total().absolute < 0.0 || matches!(change.thing, Thing::Reclassify(..));
                let staff = matches!(change.thing, Thing::Staff(_) | Thing::Reclassify(..));
                if staff && (gone || change.total().relative != 0.0) {
                    touched.extend(units.iter().map(|(unit, _)| unit));
                } else {
                    touched.extend(units.ancestors(unit));
                }
                others.changes.push(change.clone());
            }
        }
        let applied = apply(Copy::new(&self.pool.light), &others, self.pool.circumstances);
        if !applied.findings.is_empty() {
            return Quick::Impossible;
        }
        // The pool's works and credits, the light copy's sheets.
        let mut copy = Copy { base, benchmarks: self.pool.copy.benchmarks.clone(), ..applied.value };
        copy.publications = std::borrow::Cow::Borrowed(&self.pool.copy.publications);
        copy.ledger = std::borrow::Cow::Borrowed(&base.ledger);
        added.sort_unstable_by_key(|(_, paper)| *paper);
        let width = base.measures.keys.len();
        let wanted: Vec<bool> = (0..width).map(|column| editions.iter().any(|at| self.used[*at][column])).collect();
        let mut cells = base.measures.cells.clone();
        for unit in touched {
            let below = units.descendants(unit);
            let new = added.iter().filter(|(holder, _)| below.binary_search(holder).is_ok());
            let more = Holdings { unit, held: new.map(|(_, paper)| self.held(*paper)).collect() };
            let own = &self.pool.holdings[unit.at()];
            // All that it holds, put together only where a column needs it.
            let mut all: Option<Holdings> = None;
            for column in (0..width).filter(|column| wanted[*column]) {
                let institutional = self.rows.is_institutional(column);
                if more.held.is_empty() && !institutional {
                    continue;
                }
                let quick = if institutional { None } else { self.rows.more(column, &self.sums[unit.at()], &more) };
                let value = quick.unwrap_or_else(|| {
                    let holdings = match more.held.as_slice() {
                        [] => own,
                        new => all.get_or_insert_with(|| Holdings {
                            unit,
                            held: own.held.iter().chain(new).cloned().collect(),
                        }),
                    };
                    self.rows.value(column, copy.input(), unit, holdings)
                });
                cells[unit.at() * width + column] = value;
            }
        }
        let measures = Measures { keys: base.measures.keys.clone(), cells, normalised: Vec::new() };
        Quick::Measured(Box::new(copy), measures)
    }

    /// A paper of the pool as its unit holds it.
    fn held(&self, paper: u32) -> Held {
        let credits = &self.pool.copy.ledger.credits;
        let start = credits.partition_point(|credit| credit.publication.0 < paper);
        let own = credits[start..].iter().take_while(|credit: &&Credit| credit.publication.0 == paper);
        let mut held = Held { publication: paper, share: 0, positions: Vec::new() };
        for credit in own.filter(|credit| matches!(credit.account, Account::Unit(_))) {
            held.share += credit.share.0;
            held.positions.push(credit.author_position);
        }
        held
    }
}

/// How a scenario was worked out.
enum Quick<'a> {
    /// Something of it is not known here.
    Not,
    /// Something of it cannot be done.
    Impossible,
    /// Measured; the copy holds what scoring needs.
    Measured(Box<Copy<'a>>, Measures),
}
