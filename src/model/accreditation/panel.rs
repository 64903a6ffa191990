//! Panels as a problem: who may visit whom, what each visit needs, what it costs; and its solution.

/// Why a candidate may not visit a unit; a pair may have several reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bar {
    /// Belongs to the unit, or to one above or below it.
    OwnUnit,
    /// Was employed there within the last years.
    PastEmployment,
    /// Has written with a leader of the unit within the last years.
    CoAuthorship,
    /// Has declared it: kinship, supervision, other.
    Declared,
    /// Has too few years of service.
    Service,
    /// Lacks a certificate that every evaluator needs.
    Certificate,
}

impl Bar {
    /// All of them.
    pub const ALL: [Bar; 6] =
        [Bar::OwnUnit, Bar::PastEmployment, Bar::CoAuthorship, Bar::Declared, Bar::Service, Bar::Certificate];

    /// The word in tables and phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Bar::OwnUnit => "own_unit",
            Bar::PastEmployment => "past_employment",
            Bar::CoAuthorship => "co_authorship",
            Bar::Declared => "declared",
            Bar::Service => "service",
            Bar::Certificate => "certificate",
        }
    }

    /// Its bit in [`PanelProblem::barred`].
    pub fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Somebody who could sit on panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Areas of expertise, one bit each.
    pub areas: u64,
    /// Whether the rank allows to chair.
    pub chairs: bool,
    /// Index of the school.
    pub school: usize,
    /// Most panels.
    pub most: u32,
}

/// A unit to be visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Members of the panel, the chair among them.
    pub members: usize,
    /// Areas that need an expert each, one bit each; one member may cover several.
    pub areas: u64,
    /// Whether one of the members must be able to chair.
    pub chair: bool,
    /// Whether the quotas of the schools hold.
    pub quota: bool,
}

/// The problem: panels for all visits at the least cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PanelProblem {
    /// Who.
    pub candidates: Vec<Candidate>,
    /// For what.
    pub visits: Vec<Visit>,
    /// Most members of one panel from each school; `None` is no limit.
    pub quotas: Vec<Option<u32>>,
    /// Per visit and candidate, the bits of all [`Bar`]s.
    pub barred: Vec<Vec<u8>>,
    /// Per visit and candidate, what a seat costs; never below 0.
    pub costs: Vec<Vec<u32>>,
}

/// Panels, and how sure it is that there are no better ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelPlan {
    /// Per visit the members, ascending; `None` where there is no panel.
    pub panels: Vec<Option<Vec<usize>>>,
    /// Cost of all seats.
    pub cost: u64,
    /// No plan that fills as many visits costs less than this; no plan fills more where it equals the cost.
    pub bound: u64,
    /// Whether it is proven that no plan fills more visits, and none as many at a lower cost.
    pub proven: bool,
    /// Nodes of the search.
    pub nodes: u64,
}

/// A demand that takes part in a conflict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// The panel has this many members, not more.
    Members(usize),
    /// An area needs an expert, by its bit.
    Area(u32),
    /// Somebody can chair.
    Chair,
    /// Schools send no more than their quota.
    Quota,
    /// A reason that bars candidates.
    Bar(Bar),
    /// Nobody sits on more panels than allowed.
    Load,
    /// Another visit wants its panel too.
    Visit(usize),
}
