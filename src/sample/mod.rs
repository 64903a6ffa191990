//! Sample: a seeded generator of an invented medical university.
