//! Which reader makes rows of which table, once the units are known.

use crate::diagnostic::Finding;
use crate::load::assembly::Assembly;
use crate::load::grid::Grid;
use crate::load::header::Header;
use crate::load::layout::{Layout, Table};
use crate::load::sheet::Count;
use crate::load::{
    accreditation, agreements, areas, awards, baselines, citation_counts, citation_links, degrees, finance,
    highly_cited, history, known_partners, listed_titles, patents, peers, relations, researchers, staff, students,
    submitted, supplied, visits,
};

impl Assembly<'_> {
    /// Reads a sheet of a known layout into its table.
    pub(super) fn read_sheet(&mut self, file: usize, grid: &Grid, layout: &Layout, header: &Header) {
        let (at, by) = ((file, grid), (layout, header));
        match layout.table {
            Table::Staff => {
                let country = self.assessment.institution.country.clone();
                let posts = self.with(at, by, |this, sheet, findings| {
                    staff::read(sheet, &this.tables.units, &this.names, &country, findings)
                });
                self.posts.extend(posts.into_iter().map(|post| (file, post)));
            }
            Table::Students => {
                let rows =
                    self.with(at, by, |this, sheet, f| students::read(sheet, &this.tables.units, &this.names, f));
                self.tables.students.extend(rows);
            }
            Table::Degrees => {
                let rows = self.with(at, by, |this, sheet, f| degrees::read(sheet, &this.tables.units, &this.names, f));
                self.tables.degrees.extend(rows);
            }
            Table::Finance => {
                let rule = self.assessment.policy.ppp_year;
                let rows = self.with(at, by, |this, sheet, findings| {
                    finance::read(sheet, &this.tables.units, &this.names, &this.rates, rule, findings)
                });
                self.tables.finance.extend(rows);
            }
            Table::Supplied => {
                let rows =
                    self.with(at, by, |this, sheet, f| supplied::read(sheet, &this.tables.units, &this.names, f));
                self.tables.supplied.extend(rows);
            }
            Table::Relations => {
                let rows = self.with(at, by, |this, sheet, findings| {
                    relations::read(sheet, &this.tables.units, &this.names, findings)
                });
                self.tables.relations.extend(rows);
            }
            Table::Peers => {
                let rows = self.with(at, by, |_, sheet, findings| peers::read(sheet, findings));
                self.tables.peers.extend(rows);
            }
            Table::History => {
                let rows = self.with(at, by, |_, sheet, findings| history::read(sheet, findings));
                self.tables.history.extend(rows);
            }
            Table::Researchers => {
                let rows = self.with(at, by, |_, sheet, findings| researchers::read(sheet, findings));
                self.not_used_yet(grid, layout, rows.len());
                self.tables.researchers.extend(rows);
            }
            Table::CitationLinks => {
                let rows = self.with(at, by, |_, sheet, findings| citation_links::read(sheet, findings));
                self.tables.citation_links.extend(rows);
            }
            Table::CitationCounts => {
                let rows = self.with(at, by, |_, sheet, findings| citation_counts::read(sheet, findings));
                self.tables.citation_counts.extend(rows);
            }
            Table::DelistedTitles => {
                let rows = self.with(at, by, |_, sheet, findings| listed_titles::delisted(sheet, findings));
                self.tables.delisted_titles.extend(rows);
            }
            Table::TopJournals => {
                let rows = self.with(at, by, |_, sheet, findings| listed_titles::top(sheet, findings));
                self.tables.top_journals.extend(rows);
            }
            Table::Retractions => {
                let rows = self.with(at, by, |_, sheet, findings| listed_titles::retractions(sheet, findings));
                self.tables.retractions.extend(rows);
                self.tables.retractions.sort_unstable();
                self.tables.retractions.dedup();
            }
            Table::Areas => {
                let rows = self.with(at, by, |_, sheet, findings| areas::read(sheet, findings));
                self.not_used_yet(grid, layout, rows.len());
                self.tables.supplied_areas.extend(rows);
            }
            Table::Baselines => {
                let scheme = &self.assessment.normalisation.scheme;
                let read = self.with(at, by, |_, sheet, findings| baselines::read(sheet, scheme, findings));
                self.tables.baselines.extend(read);
            }
            Table::HighlyCited => {
                let rows = self.with(at, by, |_, sheet, findings| highly_cited::read(sheet, findings));
                self.tables.highly_cited.extend(rows);
            }
            Table::Awards => {
                let rows = self.with(at, by, |this, sheet, f| awards::read(sheet, &this.tables.units, &this.names, f));
                self.tables.awards.extend(rows);
            }
            Table::Patents => {
                let rows = self.with(at, by, |_, sheet, findings| patents::read(sheet, findings));
                self.tables.patents.extend(rows);
            }
            Table::Agreements => {
                let rows =
                    self.with(at, by, |this, sheet, f| agreements::read(sheet, &this.tables.units, &this.names, f));
                self.tables.agreements.extend(rows);
            }
            Table::Visitors => {
                let rows = self.with(at, by, |this, sheet, f| visits::read(sheet, &this.tables.units, &this.names, f));
                self.tables.visits.extend(rows);
            }
            Table::Partners => {
                let rows = self.with(at, by, |_, sheet, findings| known_partners::read(sheet, findings));
                self.tables.known_partners.extend(rows);
            }
            Table::Exposures => {
                let rows = self.with(at, by, |_, sheet, findings| known_partners::exposures(sheet, findings));
                self.tables.exposures.extend(rows);
            }
            Table::SubjectShares => {
                let rows =
                    self.with(at, by, |this, sheet, f| submitted::shares(sheet, &this.tables.units, &this.names, f));
                self.tables.subject_shares.extend(rows);
            }
            Table::Submitted => {
                let rows = self.with(at, by, |_, sheet, findings| submitted::read(sheet, findings));
                self.tables.submitted.extend(rows);
            }
            Table::Standards
            | Table::StandardsCrosswalk
            | Table::Ratings
            | Table::EvidenceRegister
            | Table::Evaluators
            | Table::EvaluatorTies
            | Table::PanelVisits
            | Table::Regulations => self.read_accreditation(at, by),
            Table::Aggregates => self.pass_over(at, by),
            // These are read before the units are known.
            Table::Units | Table::Aliases | Table::Journals | Table::Records | Table::Ppp => {}
            // These are read from overrides/ and strategies/ alone.
            Table::AttributionOverrides | Table::Exclusions | Table::Strategies => {}
        }
    }

    /// A sheet of accreditation.
    fn read_accreditation(&mut self, at: (usize, &Grid), by: (&Layout, &Header)) {
        match by.0.table {
            Table::Standards => {
                let rows = self.with(at, by, |_, sheet, findings| accreditation::standards(sheet, findings));
                self.tables.accreditation.standards.extend(rows);
            }
            Table::StandardsCrosswalk => {
                let rows = self.with(at, by, |_, sheet, findings| accreditation::crosswalk(sheet, findings));
                self.tables.accreditation.crosswalk.extend(rows);
            }
            Table::Ratings => {
                let rows =
                    self.with(at, by, |this, s, f| accreditation::ratings(s, &this.tables.units, &this.names, f));
                self.tables.accreditation.ratings.extend(rows);
            }
            Table::EvidenceRegister => {
                let rows =
                    self.with(at, by, |this, s, f| accreditation::evidence(s, &this.tables.units, &this.names, f));
                self.tables.accreditation.evidence.extend(rows);
            }
            Table::Evaluators => {
                let rows =
                    self.with(at, by, |this, s, f| accreditation::evaluators(s, &this.tables.units, &this.names, f));
                self.tables.accreditation.evaluators.extend(rows);
            }
            Table::EvaluatorTies => {
                let rows = self.with(at, by, |this, s, f| accreditation::ties(s, &this.tables.units, &this.names, f));
                self.tables.accreditation.ties.extend(rows);
            }
            Table::PanelVisits => {
                let rows = self.with(at, by, |this, s, f| accreditation::visits(s, &this.tables.units, &this.names, f));
                self.tables.accreditation.visits.extend(rows);
            }
            _ => {
                let rows = self.with(at, by, |_, sheet, findings| accreditation::regulations(sheet, findings));
                self.tables.accreditation.regulations.extend(rows);
            }
        }
    }

    /// A sheet that is recognised but used by no stage yet.
    fn pass_over(&mut self, at: (usize, &Grid), by: (&Layout, &Header)) {
        let id = by.0.id.clone();
        let rows = self.with(at, by, |_, sheet, _| {
            let rows = sheet.rows().len() as u64;
            (rows, Count { used: 0, left_out: rows })
        });
        self.not_used_yet(at.1, by.0, rows as usize);
        *self.tables.unused.entry(id).or_default() += rows;
    }

    fn not_used_yet(&mut self, grid: &Grid, layout: &Layout, rows: usize) {
        let message = format!("{rows} rows of `{}` were recognised; no measure uses them yet", layout.id);
        self.findings.push(Finding::info("not-used-yet", message).at(grid.place(0, None)));
    }
}
