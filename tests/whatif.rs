//! Tests: what if – forecasts, moves from year to year, the order of an audit.

mod audit_order;
mod forecast;
mod moved;
