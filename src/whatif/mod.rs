//! What if: the same questions asked of changed copies. Inputs change, never scores.

pub mod audit_order;
pub mod forecast;
pub mod moved;
pub mod shapley;
