//! One test binary, so that the library is linked once.

mod attribute;
mod catalogue;
mod cli;
mod explain;
mod faults;
mod formats_tabular;
mod formats_tagged;
mod highly_cited;
mod hostile;
mod invariants;
mod lists;
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
