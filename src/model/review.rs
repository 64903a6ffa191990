//! The review queue: matches of authors and members of staff that are not sure enough to be used without a decision.

use crate::model::publication::PublicationIndex;

/// One possible match, waiting for a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Number of the case from 1, the one that moves most first. Candidates for one author share it.
    pub priority: u32,
    /// The publication.
    pub publication: PublicationIndex,
    /// Position of the author in the byline from 1.
    pub author_position: u32,
    /// Index of the candidate in [`crate::model::tables::Tables::staff`].
    pub staff: u32,
    /// How sure the match is, 0–1.
    pub confidence: f64,
    /// Why it is not surer, for people.
    pub reason: String,
    /// What accepting the candidate moves: over all units that would newly hold the publication, the percentage by
    /// which their holdings of papers and citations grow, summed. 0 where only fractional shares move.
    pub effect: f64,
    /// What the source says of the author today: the `expect` of an override that decides the case.
    pub expect: String,
}
