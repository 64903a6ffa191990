//! Tests: score.
