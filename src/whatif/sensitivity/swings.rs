//! One input at a time: how far each moves the total of a unit while the others stay as the run has them.

use crate::model::sensitivity::{Alternative, InputSwing};
use crate::whatif::sensitivity::inputs::{Alternatives, Input, Setting};
use crate::whatif::sensitivity::study::Study;
use crate::whatif::sensitivity::tree::Scratch;

/// The swings of each unit of a type of the study, in the order of its members; an input that gives a unit no total is
/// left out for it.
pub fn swings(study: &Study, of_type: usize) -> Vec<Vec<InputSwing>> {
    let members = study.types[of_type].members.len();
    let mut scratch = Scratch::default();
    let mut totals = vec![f64::NAN; members];
    let mut swings = vec![Vec::new(); members];
    for input in &study.inputs {
        let mut ends: Vec<Option<[(usize, f64); 2]>> = vec![None; members];
        for alternative in alternatives(input) {
            let setting = Setting::default().with(input.kind, alternative);
            study.totals(of_type, setting, &mut scratch, &mut totals);
            for (ends, &total) in ends.iter_mut().zip(&totals).filter(|(_, total)| total.is_finite()) {
                let known = ends.get_or_insert([(alternative, total); 2]);
                if total < known[0].1 {
                    known[0] = (alternative, total);
                }
                if total > known[1].1 {
                    known[1] = (alternative, total);
                }
            }
        }
        let end = |(alternative, total): (usize, f64)| (name(input, alternative), total);
        for (swings, ends) in swings.iter_mut().zip(ends) {
            if let Some([least, greatest]) = ends {
                swings.push(InputSwing { input: input.kind, least: end(least), greatest: end(greatest) });
            }
        }
    }
    swings
}

/// The run's own alternative and all others.
fn alternatives(input: &Input) -> std::ops::Range<usize> {
    match &input.alternatives {
        Alternatives::Named(names) => 0..names.len(),
        Alternatives::Numbered(count) => 0..count + 1,
    }
}

fn name(input: &Input, alternative: usize) -> Alternative {
    match &input.alternatives {
        Alternatives::Numbered(_) if alternative == 0 => Alternative::Named("run".to_owned()),
        Alternatives::Numbered(_) => Alternative::Numbered(alternative),
        Alternatives::Named(_) => Alternative::Named(input.name(alternative)),
    }
}
