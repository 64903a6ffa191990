//! Tests: attribute.
