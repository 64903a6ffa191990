//! Prune: levels that no best plan needs are left out beforehand, each with the reason.

use crate::whatif::plan::programme::{Programme, ROUNDING};

/// Why a level is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It brings nothing, or lowers, and nothing that brings something needs it.
    Effectless,
    /// Another level of the option costs no more, takes no more and brings no less.
    Dominated,
    /// It alone costs more than the budget, or takes more than a total allows.
    OutOfReach,
    /// What it requires cannot be taken.
    Unmet,
}

/// A level that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The option.
    pub option: usize,
    /// Which of its levels.
    pub level: usize,
    /// Why.
    pub reason: Reason,
}

/// Levels that stay, ascending, by option, and those that do not.
pub struct Pruned {
    /// Indices of the levels of each option that stay.
    pub kept: Vec<Vec<usize>>,
    /// The others, in the order of options and levels.
    pub dropped: Vec<Dropped>,
}

/// Leaves out what no best plan needs.
pub fn prune(programme: &Programme) -> Pruned {
    let mut kept: Vec<Vec<usize>> = programme.options.iter().map(|levels| (0..levels.len()).collect()).collect();
    let mut dropped = Vec::new();
    out_of_reach(programme, &mut kept, &mut dropped);
    unmet(programme, &mut kept, &mut dropped);
    effectless(programme, &mut kept, &mut dropped);
    dominated(programme, &mut kept, &mut dropped);
    dropped.sort_unstable();
    Pruned { kept, dropped }
}

fn drop_where(
    kept: &mut [Vec<usize>],
    dropped: &mut Vec<Dropped>,
    reason: Reason,
    goes: impl Fn(usize, usize) -> bool,
) -> bool {
    let before = dropped.len();
    for (option, levels) in kept.iter_mut().enumerate() {
        levels.retain(|level| {
            let stays = !goes(option, *level);
            if !stays {
                dropped.push(Dropped { option, level: *level, reason });
            }
            stays
        });
    }
    dropped.len() > before
}

fn out_of_reach(programme: &Programme, kept: &mut [Vec<usize>], dropped: &mut Vec<Dropped>) {
    let mut most = vec![f64::INFINITY; programme.options.len()];
    for total in &programme.totals {
        for option in &total.options {
            most[*option] = most[*option].min(total.most + ROUNDING * total.most.abs());
        }
    }
    let budget = programme.budget + ROUNDING * programme.budget.abs();
    drop_where(kept, dropped, Reason::OutOfReach, |option, level| {
        let level = programme.options[option][level];
        level.cost > budget || level.intensity > most[option]
    });
}

/// Options that require what is not there go, and then what requires them.
fn unmet(programme: &Programme, kept: &mut [Vec<usize>], dropped: &mut Vec<Dropped>) {
    loop {
        let mut lost = vec![false; kept.len()];
        for requirement in &programme.requirements {
            if requirement.any_of.iter().all(|other| kept[*other].is_empty()) {
                lost[requirement.option] = true;
            }
        }
        if !drop_where(kept, dropped, Reason::Unmet, |option, _| lost[option]) {
            return;
        }
    }
}

/// An option without a level above 0 stays where one that has such a level requires it, or works better beside it.
fn effectless(programme: &Programme, kept: &mut [Vec<usize>], dropped: &mut Vec<Dropped>) {
    let useful: Vec<bool> = kept
        .iter()
        .zip(&programme.options)
        .map(|(kept, levels)| kept.iter().any(|level| levels[*level].effect > 0.0))
        .collect();
    let mut needed = vec![false; kept.len()];
    for synergy in programme.synergies.iter().filter(|synergy| synergy.part > 0.0) {
        if useful[synergy.first] {
            needed[synergy.second] = true;
        }
        if useful[synergy.second] {
            needed[synergy.first] = true;
        }
    }
    loop {
        let mut found = false;
        for requirement in &programme.requirements {
            if useful[requirement.option] || needed[requirement.option] {
                for other in &requirement.any_of {
                    found |= !std::mem::replace(&mut needed[*other], true);
                }
            }
        }
        if !found {
            break;
        }
    }
    drop_where(kept, dropped, Reason::Effectless, |option, level| {
        !needed[option] && programme.options[option][level].effect <= 0.0
    });
}

/// Of equal levels the first stays.
fn dominated(programme: &Programme, kept: &mut [Vec<usize>], dropped: &mut Vec<Dropped>) {
    let snapshot = kept.to_vec();
    drop_where(kept, dropped, Reason::Dominated, |option, level| {
        let own = programme.options[option][level];
        snapshot[option].iter().filter(|other| **other != level).any(|other_level| {
            let other = programme.options[option][*other_level];
            let no_worse = other.cost <= own.cost && other.intensity <= own.intensity && other.effect >= own.effect;
            no_worse && (other != own || *other_level < level)
        })
    });
}
