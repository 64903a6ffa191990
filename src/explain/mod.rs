//! Explain: the evidence behind one number, what would change it, and what a unit's own list says against it.
//!
//! | part | gives |
//! |---|---|
//! | [`dossier`] | everything about one unit and one indicator, rendered by [`text`] and [`table`], and as a [`document`] to sign |
//! | [`rows`] | the rows of each measure, with the authors, addresses and rules that credit them |
//! | [`normalisation`] | the step from raw value to score, with its constants |
//! | [`omitted`] | publications of the unit that are not counted, with the reason |
//! | [`book`] | the evidence workbook of a unit, made of [`step`], [`composition`] and [`papers`] |
//! | [`alternatives`] | the result under other policies |
//! | [`recalculate`] | attribution, measures and scores of a changed copy |
//! | [`changes`](fn@crate::whatif::changes::changes) | every measure, score and composite that differs between two results |
//! | [`recovery`] | what correcting lost addresses would bring |
//! | [`comparison`] | a unit's own list against the count |

pub mod alternatives;
pub mod book;
pub mod comparison;
pub mod composition;
pub mod document;
pub mod dossier;
pub mod normalisation;
pub mod omitted;
pub mod papers;
pub mod recalculate;
pub mod recovery;
pub mod rows;
pub mod step;
mod substituted;
pub mod table;
pub mod text;

pub use crate::whatif::changes::changes;
pub use dossier::{Dossier, dossier};
