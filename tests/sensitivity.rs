//! Tests: sensitivity – designs and indices, replayed runs, certified ranks, studies of editions.

mod design;
mod indices;
mod replay;
