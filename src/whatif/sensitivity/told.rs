//! What a study found, as people are told it.

use crate::model::sensitivity::Alternative;
use crate::model::uncertainty::{DrawnRanks, InputShare, TypeUncertainty, Uncertainty, UnitUncertainty, VariedInput};
use crate::whatif::sensitivity::inputs::{Alternatives, Input};
use crate::whatif::sensitivity::study::OfType;
use crate::whatif::sensitivity::tables::{Report, Told};

/// The numbers of the tables of a study. `band` is that over which its ranks are certified.
pub fn uncertainty(report: &Report, band: Option<f64>) -> Uncertainty {
    let study = report.study;
    Uncertainty {
        edition: report.edition.name.clone(),
        draws: study.design.draws() as u64,
        band,
        inputs: study.inputs.iter().map(varied).collect(),
        fixed: study.fixed.iter().map(|(input, _)| *input).collect(),
        types: study.types.iter().zip(report.told).map(|(own, told)| of_type(&study.inputs, own, told)).collect(),
    }
}

fn varied(input: &Input) -> VariedInput {
    let alternatives = match &input.alternatives {
        Alternatives::Named(names) => names.iter().cloned().map(Alternative::Named).collect(),
        Alternatives::Numbered(count) => vec![Alternative::Numbered(*count)],
    };
    VariedInput { input: input.kind, alternatives }
}

fn of_type(inputs: &[Input], own: &OfType, told: &Told) -> TypeUncertainty {
    let shares = inputs.iter().zip(told.analysis.of_changes.iter().flatten());
    let mut shares: Vec<InputShare> = shares
        .map(|(input, banded)| InputShare {
            input: input.kind,
            alone: banded.index.first,
            with_others: banded.index.total,
        })
        .collect();
    shares.sort_by(|one, other| other.with_others.total_cmp(&one.with_others));
    let mut order: Vec<usize> = (0..own.members.len()).collect();
    order.sort_by_key(|&place| (own.ranks[place] == 0, own.ranks[place], place));
    let unit = |place: usize| unit(own, told, place);
    TypeUncertainty { unit_type: own.unit_type.clone(), shares, units: order.into_iter().map(unit).collect() }
}

fn unit(own: &OfType, told: &Told, place: usize) -> UnitUncertainty {
    let unit = own.members[place];
    let spread = told.analysis.spreads[place].as_ref();
    let interval = told.certified.as_ref().and_then(|certified| certified.intervals[place].as_ref());
    let bounds = own.all.binary_search(&unit).ok().and_then(|among| told.bounds[among]);
    UnitUncertainty {
        unit,
        score: Some(own.totals[place]).filter(|total| total.is_finite()),
        rank: Some(own.ranks[place]).filter(|rank| *rank > 0),
        drawn: spread.map(|spread| DrawnRanks { mean: spread.mean, low: spread.low, high: spread.high }),
        certified: interval.map(|interval| (interval.best.proven, interval.worst.proven)),
        bounds: bounds.map(|bounds| (bounds.scale.best, bounds.scale.worst, bounds.missing as u64)),
        swings: told.swings[place].clone(),
    }
}
