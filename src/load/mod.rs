//! Load: any export or sheet → [`crate::model::tables::Tables`], with findings.

pub mod grid;
