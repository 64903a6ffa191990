//! `index.html` in a real browser: Chromium of the system, without a window and without network. Skipped with a message
//! where there is none.
//!
//! Each test puts the page into a frame of a size, drives it by a script as a person would and reads what the script saw
//! from the printed document.

mod chromium;
mod finding;
mod layout;
mod sorting;
mod switching;
