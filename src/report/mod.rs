//! Report: results → language-free report.
