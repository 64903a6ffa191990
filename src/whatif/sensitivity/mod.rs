//! Sensitivity: how sure a score and a rank are when weights, method and data could have been otherwise.

pub mod design;
pub mod indices;
pub mod outcome;
pub mod stream;
pub mod tree;
