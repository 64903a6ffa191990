//! Tests: tables.
