//! One test binary, so that the library is linked once.

mod attribute;
mod baselines;
mod catalogue;
mod cli;
mod explain;
mod faults;
mod field;
mod formats_tabular;
mod formats_tagged;
mod hostile;
mod invariants;
mod mcmaster;
mod merge;
mod overrides;
mod people;
mod policies;
mod relations;
mod render;
mod sample;
mod score;
mod sheets;
mod support;
mod tables;
mod tidy;
mod utb;
