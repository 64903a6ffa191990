//! Measure: tables and ledger → the value of each base measure per unit.
