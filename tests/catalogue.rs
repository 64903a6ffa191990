//! Tests: catalogue.
