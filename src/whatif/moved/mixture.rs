//! Mixtures of two runs: each factor as in the one or the other, scored by the engine of a run.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::{MeasureDefinition, MeasureKey, MeasuredValue, Measures, Reason};
use crate::model::moved::Factor;
use crate::model::names::Names;
use crate::model::score::Scorecard;
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, UnitRow, Units};
use crate::score::Run;
use crate::whatif::moved::Side;

/// Values of one unit by code of the measure; a code that the unit's run was not asked for is absent.
type Row<'a> = BTreeMap<&'a str, MeasuredValue>;

/// Two runs by one edition each, made ready to be mixed.
pub struct Mixtures<'a> {
    /// The runs.
    pub sides: [Side<'a>; 2],
    /// Measures by unit as the run has them.
    with: [BTreeMap<&'a str, Row<'a>>; 2],
    /// Measures by unit without the office's overrides; those of `with` where no override took effect.
    without: [BTreeMap<&'a str, Row<'a>>; 2],
    /// Published constants and peers `[of run][under the edition of run]`.
    compared: [[(Benchmark, Vec<Peer>); 2]; 2],
}

/// The run that a factor is taken from.
pub fn side(set: usize, factor: Factor) -> usize {
    set >> (factor as usize) & 1
}

/// Codes of measures that the formulas of an edition name, with their definitions.
fn asked<'a>(edition: &'a Edition, definitions: &'a [MeasureDefinition]) -> BTreeMap<&'a str, &'a MeasureDefinition> {
    let codes = edition.indicators.iter().flat_map(|indicator| indicator.value.measures());
    let known = |code: &str| definitions.iter().find(|definition| definition.code == code);
    codes.filter_map(|code| known(code).map(|definition| (definition.code.as_str(), definition))).collect()
}

fn rows<'a>(side: &Side<'a>, measures: &Measures) -> BTreeMap<&'a str, Row<'a>> {
    let asked = asked(side.edition, side.definitions);
    let row = |unit: UnitIndex| -> Row<'a> {
        let value = |definition: &MeasureDefinition| measures.get(unit.at(), &side.edition.measure_key(definition));
        asked.iter().filter_map(|(code, definition)| Some((*code, value(definition)?))).collect()
    };
    side.run.units.iter().map(|(at, unit)| (unit.id.as_str(), row(at))).collect()
}

impl<'a> Mixtures<'a> {
    /// Matches measures by code, units by id.
    pub fn new(sides: [Side<'a>; 2]) -> Self {
        let with = sides.map(|side| rows(&side, &side.run.measures));
        let without = sides.map(|side| rows(&side, side.run.without_overrides.as_ref().unwrap_or(&side.run.measures)));
        let compared = [0, 1].map(|of| [0, 1].map(|under| compared(sides, of, under)));
        Mixtures { sides, with, without, compared }
    }

    /// Factors that are the same in both runs, as a set.
    pub fn inert(&self) -> usize {
        let [one, two] = self.sides;
        let method = one.edition.digest == two.edition.digest
            && one.edition.id == two.edition.id
            && one.definitions == two.definitions
            && one.run.minimum_units == two.run.minimum_units;
        let corrections = one.run.without_overrides.is_none() && two.run.without_overrides.is_none();
        let bit = |inert: bool, factor: Factor| usize::from(inert) << (factor as usize);
        bit(method, Factor::Method) | bit(corrections, Factor::Corrections)
    }

    /// What a unit's measure is in a run without its office's overrides.
    pub fn uncorrected(&self, run: usize, unit: &str, code: &str) -> Option<MeasuredValue> {
        self.without[run].get(unit)?.get(code).copied()
    }

    /// What a unit's measure is in a run.
    pub fn corrected(&self, run: usize, unit: &str, code: &str) -> Option<MeasuredValue> {
        self.with[run].get(unit)?.get(code).copied()
    }

    /// Published constants and peers of run `of` under the edition of run `under`.
    pub fn compared(&self, of: usize, under: usize) -> &(Benchmark, Vec<Peer>) {
        &self.compared[of][under]
    }

    /// A unit's measure with the data of run `data` and the overrides of run `decisions`.
    fn value(&self, unit: &str, code: &str, data: usize, decisions: usize) -> MeasuredValue {
        // What only one edition asks for is that run's on both sides.
        let asked = |run: usize| self.corrected(run, unit, code).is_some();
        let data = if asked(data) { data } else { 1 - data };
        let decisions = if asked(decisions) { decisions } else { 1 - decisions };
        let absent = MeasuredValue::missing(Reason::NotSupplied);
        let Some(own) = self.corrected(data, unit, code) else { return absent };
        if data == decisions {
            return own;
        }
        let base = self.uncorrected(data, unit, code).unwrap_or(absent);
        let with = self.corrected(decisions, unit, code).unwrap_or(absent);
        let without = self.uncorrected(decisions, unit, code).unwrap_or(absent);
        mixed(base, with, without)
    }

    /// Scores the mixture for one unit; second, the unit's index in the scorecard.
    pub fn scored(&self, unit: &str, set: usize) -> (Scorecard, UnitIndex) {
        let from = |factor| side(set, factor);
        let (data, peers) = (from(Factor::OwnData), from(Factor::Peers));
        let (method, decisions) = (from(Factor::Method), from(Factor::Corrections));
        let Side { edition, definitions, run, .. } = self.sides[method];
        let others = &self.sides[peers].run.units;
        let own_type = |id: &str| {
            let units = &self.sides[data].run.units;
            units.find(id).map_or("", |at| units.get(at).unit_type.as_str())
        };
        let row = |id: &str, unit_type: &str| UnitRow {
            id: id.to_owned(),
            name: Names::default(),
            unit_type: unit_type.to_owned(),
            parents: Vec::new(),
            subject: String::new(),
            aliases: Vec::new(),
            valid: (None, None),
            place: Place::Run,
        };
        let listed = others.iter().map(|(_, other)| {
            let own = other.id == unit;
            row(&other.id, if own { own_type(unit) } else { &other.unit_type })
        });
        let units = Units::build(listed.collect()).value;
        let asked = asked(edition, definitions);
        let mut keys: Vec<(MeasureKey, &str)> =
            asked.iter().map(|(code, definition)| (edition.measure_key(definition), *code)).collect();
        keys.sort();
        let mut cells = Vec::with_capacity(units.len() * keys.len());
        for (_, other) in units.iter() {
            let data = if other.id == unit { data } else { peers };
            cells.extend(keys.iter().map(|(_, code)| self.value(&other.id, code, data, decisions)));
        }
        let keys = keys.into_iter().map(|(key, _)| key).collect();
        let measures = Measures { keys, cells, ..Measures::default() };
        let (benchmark, given) = self.compared(peers, method);
        let card = Run {
            benchmark: Some(benchmark),
            peers: given,
            minimum_units: run.minimum_units,
            ..Run::among(&units, &measures, definitions, edition)
        }
        .scorecard();
        let at = units.find(unit).unwrap_or(UnitIndex(0));
        (card, at)
    }
}

/// A value without overrides, moved as far as overrides move another run's value. Where those give or take the value as a
/// whole, it is given or taken here; counts and amounts do not fall below zero.
fn mixed(base: MeasuredValue, with: MeasuredValue, without: MeasuredValue) -> MeasuredValue {
    match (base.value, with.value, without.value) {
        (_, None, Some(_)) => with,
        (None, Some(_), None) => with,
        (Some(value), Some(with_value), Some(without_value)) => {
            let value = (value + (with_value - without_value)).max(value.min(0.0));
            let n = (base.n + with.n).saturating_sub(without.n);
            MeasuredValue { value: Some(value), n, ..base }
        }
        _ => base,
    }
}

/// Published constants and peers of run `of`, named as those of the edition of run `under`. Entries of indicators that
/// the run's own edition does not have are those of the other run.
fn compared(sides: [Side; 2], of: usize, under: usize) -> (Benchmark, Vec<Peer>) {
    let (own, other, id) = (sides[of], sides[1 - of], &sides[under].edition.id);
    let foreign = |code: &str| !own.has(code);
    let mut benchmark = own.benchmark.cloned().unwrap_or_default();
    benchmark.edition.clone_from(id);
    let entries = other.benchmark.iter().flat_map(|known| &known.entries);
    benchmark.entries.extend(entries.filter(|entry| foreign(&entry.indicator)).cloned());
    let belongs = |side: Side, peer: &Peer| peer.edition == side.edition.id;
    let mut peers: Vec<Peer> = own.run.peers.iter().filter(|peer| belongs(own, peer)).cloned().collect();
    let others = other.run.peers.iter().filter(|peer| belongs(other, peer) && foreign(&peer.indicator));
    peers.extend(others.cloned());
    peers.iter_mut().for_each(|peer| peer.edition.clone_from(id));
    (benchmark, peers)
}
