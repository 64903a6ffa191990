//! Tests: sheets.
