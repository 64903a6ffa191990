//! The nouns of the field, as plain data. Nothing here opens a file or prints.
//!
//! ```text
//! Assessment ─ institution, windows, policies
//! Units ─ a graph: Unit { id, names, type, parents }
//! Tables ─ what the office's sheets say: Staff, Students, Degrees, Finance, Supplied, Journals, Peers, RecordTable, AuthorshipTable
//! HighlyCited, Award, Patent ─ entries of lists that bear on people and works of the university
//! Publications ─ one row per work, merged from all records that hold it, with its Authors
//! Ledger ─ Credits: publication × unit × author × rule, fractions that sum to exactly one; Reviews that await a decision
//! Overrides ─ decisions of the office, each replayed while the source says what it said then
//! FieldScheme ─ areas → fields; Baseline ─ Cells of citations to compare with; Normalised ─ a publication against them
//! Measures ─ unit × measure × window → MeasuredValue { value, n, status }; Evidence ─ the rows that re-add to it
//! Profile ─ papers and people of a unit; TypeIndicator ─ an indicator over the units of a type
//! Audit ─ addresses that break a rule; Change ─ a number that is not what it was; ListedWork ─ a row of a unit's own list
//! Edition ─ Groups, Indicators (Formula, weight) and their method (Normaliser, Treatment, Combine, RankDisplay); Benchmark ─ what an indicator is compared with
//! Scorecard ─ Scores (unit × indicator) and Composites (unit × group)
//! Scenario ─ Changes of things by Amounts, which add up; Lever ─ a scenario of one of a thing
//! Strategy ─ so much of a lever for so much money; Advice ─ the strategies to take under a budget, and what they bring
//! Accreditation ─ Standards, Ratings, Evidence, Evaluators, Visits, and the rows of what follows from them
//! EvidenceBook ─ what the numbers of one unit are made of, for a spreadsheet to work out again
//! Partners ─ Ties (unit × country or institution), AgreementStates, Candidates, Lines of strengths and threats, Submissions
//! Report ─ what people are told, in no language yet: tiles, comparisons, unit cards, Charts, Phrases
//! Document ─ a page, handbook or report of Blocks: sentences, key figures, tables, charts
//! Presentation ─ Slides, each one message with what it rests on
//! ```

pub mod accreditation;
pub mod advice;
pub mod assessment;
pub mod audit;
pub mod audit_order;
pub mod baseline;
pub mod benchmark;
pub mod calibration;
pub mod change;
pub mod chart;
pub mod country;
pub mod day;
pub mod document;
pub mod edition;
pub mod evidence;
pub mod evidence_book;
pub mod exported;
pub mod field_scheme;
pub mod forecast;
pub mod formula;
pub mod holdings;
pub mod integrity;
pub mod last_year;
pub mod ledger;
pub mod lever;
pub mod lever_worth;
pub mod listed;
pub mod listed_work;
pub mod measure;
pub mod method;
pub mod money;
pub mod moved;
pub mod names;
pub mod normalised;
pub mod output;
pub mod overrides;
pub mod partners;
pub mod placement;
pub mod presentation;
pub mod profile;
pub mod publication;
pub mod records;
pub mod relation;
pub mod report;
pub mod research_network;
pub mod results;
pub mod review;
pub mod scenario;
pub mod score;
pub mod sensitivity;
pub mod stability;
pub mod stored_run;
pub mod strategy;
pub mod supplied_table;
pub mod tables;
pub mod text;
pub mod uncertainty;
pub mod unit;
pub mod window;
