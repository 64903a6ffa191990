//! Evaluator: scenarios scored again and again, exactly as [`Outcome::of`] does, in a fraction of its time.
//!
//! Papers that any of the scenarios may add are entered once, as many as the greatest of them adds; a scenario then holds
//! the first so many of them. Only columns and units whose values can move are measured again, and where a few composites
//! are asked for, only units that decide them. What is not papers, staff, students, degrees, money or peers is left to the
//! long way.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::measure::holdings::{Held, Holdings};
use crate::measure::institutional::Sheet;
use crate::measure::kept::Kept;
use crate::measure::rows::Rows;
use crate::measure::works::Works;
use crate::model::edition::Edition;
use crate::model::ledger::{Account, Credit};
use crate::model::measure::{MeasureKey, Measures};
use crate::model::results::Results;
use crate::model::scenario::{Amount, Change, Scenario, Thing};
use crate::model::score::{Composite, Scorecard};
use crate::model::unit::UnitIndex;
use crate::score::dependence::decisive;
use crate::score::run::Run;
use crate::whatif::again::{Outcome, scored};
use crate::whatif::apply::{Circumstances, apply, enter};
use crate::whatif::copy::Copy;
use crate::whatif::light::light;
use crate::whatif::touched::{Touched, touch};

/// The papers that scenarios may add, entered once.
pub struct Pool<'a> {
    copy: Copy<'a>,
    works: Works,
    /// Per kind of paper the range of its publications.
    papers: Vec<(Thing, std::ops::Range<u32>)>,
    /// The run without what only publications need: cheap to copy. The second has peers.
    light: [Results; 2],
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
        let (copy, ranges) = enter(Copy::new(base), &most, circumstances);
        let papers = most.into_iter().map(|change| change.thing).zip(ranges).collect();
        let works = Works::new(copy.input()).value;
        Pool { works, papers, light: [false, true].map(|peers| light(base, peers)), circumstances, copy }
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
        let units = base.tables.units.iter().map(|_| OnceLock::new()).collect();
        let nothing = Copy::new(base);
        let start = |edition| scored(&nothing, edition, &base.measures).table().composites().to_vec();
        let start = base.editions.iter().map(start).collect();
        Evaluator { pool: self, rows, used, units, start, spare: Mutex::new(Vec::new()) }
    }
}

/// What the evaluator keeps of a unit.
struct Own {
    holdings: Holdings,
    /// By column.
    kept: Vec<Kept>,
}

/// A composite that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Index of the edition among those of the run.
    pub edition: usize,
    /// Whose.
    pub unit: UnitIndex,
    /// Index of the group; the number of groups is the total.
    pub group: usize,
}

/// Scores scenarios whose papers are in its pool.
pub struct Evaluator<'p> {
    pool: &'p Pool<'p>,
    rows: Rows<'p>,
    /// Per edition which columns of measures it reads; the others stay as they are.
    used: Vec<Vec<bool>>,
    /// By unit, worked out where it is first needed.
    units: Vec<OnceLock<Own>>,
    /// Per edition the composites as things are.
    start: Vec<Vec<Composite>>,
    /// Measures of scenarios that have been scored, to be written over.
    spare: Mutex<Vec<Measures>>,
}

impl Evaluator<'_> {
    /// The run that scenarios change.
    pub fn base(&self) -> &Results {
        self.pool.copy.base
    }

    /// Whether a scenario is scored the short way.
    pub fn is_short(&self, scenario: &Scenario) -> bool {
        scenario.changes.iter().all(is_quick)
    }

    /// What a scenario may bring in.
    pub fn circumstances(&self) -> Circumstances<'_> {
        self.pool.circumstances
    }

    /// The scorecard of one edition after a scenario; `edition` numbers the editions of the run. `None` where something of
    /// the scenario cannot be done.
    pub fn scorecard(&self, scenario: &Scenario, edition: usize) -> Option<Scorecard> {
        self.scorecards(scenario, &[edition])?.pop()
    }

    /// Scorecards of several editions after a scenario.
    pub fn scorecards(&self, scenario: &Scenario, editions: &[usize]) -> Option<Vec<Scorecard>> {
        match self.quickly(scenario, editions, None) {
            Quick::Not => {
                let mut outcome = self.at_length(scenario)?;
                Some(editions.iter().map(|&at| std::mem::take(&mut outcome.scorecards[at])).collect())
            }
            Quick::Impossible => None,
            Quick::Measured(measured) => {
                let cards = editions.iter().map(|&at| self.run(&measured, at, None).scorecard()).collect();
                self.give_back(measured.measures);
                Some(cards)
            }
        }
    }

    /// Single composites after a scenario, in their order; `None` where something of the scenario cannot be done.
    pub fn scores(&self, scenario: &Scenario, targets: &[Target]) -> Option<Vec<Option<f64>>> {
        let base = self.base();
        let editions: BTreeSet<usize> = targets.iter().map(|target| target.edition).collect();
        let editions: Vec<usize> = editions.into_iter().collect();
        let pick = |target: &Target, composites: &[Composite]| {
            let groups = base.editions[target.edition].groups.len();
            composites[target.unit.at() * (groups + 1) + target.group].score
        };
        let mut deciding = vec![false; base.tables.units.len()];
        for target in targets {
            let units = decisive(&base.tables.units, &base.editions[target.edition], target.unit);
            units.iter().for_each(|unit| deciding[unit.at()] = true);
        }
        match self.quickly(scenario, &editions, Some(&deciding)) {
            Quick::Not => {
                let outcome = self.at_length(scenario)?;
                let of = |target: &Target| pick(target, &outcome.scorecards[target.edition].composites);
                Some(targets.iter().map(of).collect())
            }
            Quick::Impossible => None,
            Quick::Measured(measured) => {
                let moved = measured.peers || measured.measures.cells != base.measures.cells;
                let scored: Vec<Vec<Composite>> = if moved {
                    let run = |at: usize| self.run(&measured, at, Some(&deciding));
                    editions.iter().map(|&at| run(at).table().composites().to_vec()).collect()
                } else {
                    Vec::new()
                };
                let of = |target: &Target| {
                    let at = editions.binary_search(&target.edition).ok();
                    let composites = at.and_then(|at| scored.get(at)).unwrap_or(&self.start[target.edition]);
                    pick(target, composites)
                };
                let scores = targets.iter().map(of).collect();
                self.give_back(measured.measures);
                Some(scores)
            }
        }
    }

    /// The long way; `None` where something of the scenario cannot be done.
    fn at_length(&self, scenario: &Scenario) -> Option<Outcome> {
        let applied = apply(Copy::new(self.base()), scenario, self.pool.circumstances);
        applied.findings.is_empty().then(|| Outcome::of(&applied.value))
    }

    /// Measures as they are, to be changed.
    fn measures(&self) -> Measures {
        let base = &self.base().measures;
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match spare {
            Some(mut spare) => {
                spare.cells.copy_from_slice(&base.cells);
                spare
            }
            None => Measures { keys: base.keys.clone(), cells: base.cells.clone(), normalised: Vec::new() },
        }
    }

    fn give_back(&self, measures: Measures) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(measures);
    }

    /// What an edition of the run is scored from.
    fn run<'a>(&'a self, measured: &'a Measured, edition: usize, only: Option<&'a [bool]>) -> Run<'a> {
        let base = self.base();
        let run = scored(&measured.copy, &base.editions[edition], &measured.measures);
        if measured.peers { Run { only, ..run } } else { Run { peers: &base.tables.peers, only, ..run } }
    }

    fn own(&self, unit: UnitIndex) -> &Own {
        self.units[unit.at()].get_or_init(|| {
            let holdings = Holdings::of(unit, Copy::new(self.base()).input());
            let columns = 0..self.base().measures.keys.len();
            let used: Vec<bool> = columns.map(|column| self.used.iter().any(|used| used[column])).collect();
            Own { kept: self.rows.kept(unit, &holdings, &used), holdings }
        })
    }

    /// Measures the columns that `editions` read of units that can move, or of those among them that are `deciding`.
    fn quickly(&self, scenario: &Scenario, editions: &[usize], deciding: Option<&[bool]>) -> Quick<'_> {
        let base = self.base();
        if !self.is_short(scenario) {
            return Quick::Not;
        }
        let units = &base.tables.units;
        let mut touched = vec![Touched::default(); units.len()];
        let mut added: Vec<(UnitIndex, u32)> = Vec::new();
        let mut others = Scenario::default();
        for change in &scenario.changes {
            let unit = change.thing.unit().and_then(|id| units.find(id));
            if let (Some(unit), Thing::Publications(_)) = (unit, &change.thing) {
                let known = self.pool.papers.iter().find(|(thing, _)| *thing == change.thing);
                let count = change.total().absolute.round();
                let Some((_, papers)) = known.filter(|(_, papers)| count >= 0.0 && count <= papers.len() as f64) else {
                    return Quick::Not;
                };
                added.extend((papers.start..papers.start + count as u32).map(|paper| (unit, paper)));
                units.ancestors(unit).iter().for_each(|unit| touched[unit.at()].mark(None));
                continue;
            }
            others.changes.push(change.clone());
            if let Some(unit) = unit {
                touch(units, change, unit, &mut touched);
            }
        }
        let peers = others.changes.iter().any(|change| matches!(change.thing, Thing::Peers { .. }));
        let applied = apply(Copy::new(&self.pool.light[usize::from(peers)]), &others, self.pool.circumstances);
        if !applied.findings.is_empty() {
            return Quick::Impossible;
        }
        // The pool's works and credits, the light copy's sheets.
        let mut copy = Copy { base, benchmarks: self.pool.copy.benchmarks.clone(), ..applied.value };
        copy.publications = std::borrow::Cow::Borrowed(&self.pool.copy.publications);
        copy.ledger = std::borrow::Cow::Borrowed(&base.ledger);
        added.sort_unstable_by_key(|(_, paper)| *paper);
        let width = base.measures.keys.len();
        let wanted: Vec<usize> =
            (0..width).filter(|column| editions.iter().any(|at| self.used[*at][*column])).collect();
        let mut measures = self.measures();
        for (unit, _) in units.iter() {
            let touched = &touched[unit.at()];
            if !touched.any() || deciding.is_some_and(|deciding| !deciding[unit.at()]) {
                continue;
            }
            let below = units.descendants(unit);
            let new = added.iter().filter(|(holder, _)| below.binary_search(holder).is_ok());
            let more = Holdings { unit, held: new.map(|(_, paper)| self.held(*paper)).collect() };
            let own = self.own(unit);
            let nothing = Holdings { unit, held: Vec::new() };
            // All that it holds, put together only where a column needs it.
            let all: OnceLock<Holdings> = OnceLock::new();
            let all = || match more.held.as_slice() {
                [] => &own.holdings,
                new => {
                    all.get_or_init(|| Holdings { unit, held: own.holdings.held.iter().chain(new).cloned().collect() })
                }
            };
            for &column in &wanted {
                let value = |holdings: &Holdings| self.rows.value(column, copy.input(), unit, holdings);
                let value = match &own.kept[column] {
                    Kept::Sheet(sheet) if touched.has(*sheet) => value(&nothing),
                    Kept::Staffed if touched.has(Some(Sheet::Staff)) || !more.held.is_empty() => value(all()),
                    Kept::Still | Kept::Sheet(_) | Kept::Staffed => continue,
                    _ if more.held.is_empty() => continue,
                    kept => self.rows.more(column, kept, &more).unwrap_or_else(|| value(all())),
                };
                measures.cells[unit.at() * width + column] = value;
            }
        }
        Quick::Measured(Box::new(Measured { copy, measures, peers }))
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

/// What a scenario comes to the short way.
struct Measured<'a> {
    /// What scoring needs besides.
    copy: Copy<'a>,
    measures: Measures,
    /// Whether peers are not as they were; if they are, the copy has none.
    peers: bool,
}

/// How a scenario was worked out.
enum Quick<'a> {
    /// Something of it is not known here.
    Not,
    /// Something of it cannot be done.
    Impossible,
    /// Measured.
    Measured(Box<Measured<'a>>),
}
