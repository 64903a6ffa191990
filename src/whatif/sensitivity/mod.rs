//! Sensitivity: how sure a score and a rank are when weights, method and data could have been otherwise.

pub mod alternatives;
pub mod analysis;
pub mod bounds;
pub mod cells;
pub mod certificates;
pub mod design;
pub mod indices;
pub mod inputs;
pub mod outcome;
pub mod stream;
pub mod study;
pub mod swings;
pub mod tables;
pub mod told;
pub mod tree;
pub mod weights;
