//! Tests: utb.
