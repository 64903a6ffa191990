//! Attribute: records → publications → ledger.
