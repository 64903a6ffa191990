//! One test binary, so that the library is linked once.

mod attribute;
mod catalogue;
mod cli;
mod faults;
mod hostile;
mod invariants;
mod overrides;
mod people;
mod render;
mod sample;
mod score;
mod sheets;
mod support;
mod tables;
mod tidy;
mod utb;
