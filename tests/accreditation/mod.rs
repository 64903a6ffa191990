//! Accreditation: kernels against brute force and worked values, then the stage on sheets.

mod decisions;
mod panels;
mod sheets;
mod statistics;
mod versions;
