//! What became of the standards from one version of the catalogue to the next.

/// What happened to standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nothing.
    Unchanged,
    /// Words, measures or evidence are others.
    Changed,
    /// It was mandatory and is preferred, or the other way; words may have changed too.
    Retyped,
    /// It stands in another area; words may have changed too.
    Moved,
    /// Several have become one.
    Merged,
    /// One has become several.
    Split,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

impl Fate {
    /// The word in tables and phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Unchanged => "unchanged",
            Fate::Changed => "changed",
            Fate::Retyped => "retyped",
            Fate::Moved => "moved",
            Fate::Merged => "merged",
            Fate::Split => "split",
            Fate::Added => "added",
            Fate::Removed => "removed",
        }
    }
}

/// Standards that belong together across two versions, as indices into the lists of either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Of the earlier version, ascending.
    pub from: Vec<usize>,
    /// Of the later version, ascending.
    pub to: Vec<usize>,
    /// What happened.
    pub fate: Fate,
}
