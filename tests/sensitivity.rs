//! Tests: sensitivity – designs and indices, replayed runs, certified ranks, studies of editions.

mod certified;
mod command;
mod design;
mod indices;
mod replay;
mod study;
