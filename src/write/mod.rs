//! Write: results → the tables of a run.
