//! From files to [`Tables`]: exports and journal lists are read file by file, units next, and then all that names a unit.

use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Finding, Place, Result};
use crate::load::corrections::{self, CellCorrection};
use crate::load::findings::Findings;
use crate::load::folder;
use crate::load::grid::Grid;
use crate::load::header::{Header, Recognition, recognise};
use crate::load::layout::{Layout, Table};
use crate::load::limits::Limits;
use crate::load::record_text::{self, Export};
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::load::{finance, journals, records, repeated, staff, units};
use crate::model::assessment::Assessment;
use crate::model::money::Rates;
use crate::model::overrides::Applied;
use crate::model::tables::{Journal, Record, RecordRows, Source, Tables};
use crate::model::unit::Units;

/// A file after the first step.
pub struct FileReading {
    source: Source,
    sheets: Vec<SheetReading>,
    findings: Vec<Finding>,
    corrected: Vec<Applied>,
}

/// A sheet after the first step.
enum SheetReading {
    /// Records of an export.
    Records {
        layout: String,
        system: String,
        records: Vec<Record>,
        findings: Vec<Finding>,
        count: Count,
        sheet: String,
    },
    /// A journal list.
    Journals { layout: String, journals: Vec<Journal>, findings: Vec<Finding>, count: Count, sheet: String },
    /// Anything that may need the units.
    Grid(Grid),
}

/// Reads one file; what needs no units is read at once, so that the cells of large exports do not stay in memory.
/// Cells that the office has corrected are changed first.
pub fn read_file(
    root: &Path,
    file: &str,
    layouts: &[Layout],
    corrections: &[CellCorrection],
    limits: &Limits,
) -> FileReading {
    let mut source = Source { file: file.to_owned(), ..Source::default() };
    if let Ok((digest, bytes)) = folder::digest_file(&root.join(file)) {
        (source.digest, source.bytes) = (digest, bytes);
    }
    let Checked { value: mut grids, mut findings } = crate::load::read(root, file, limits);
    let corrected = corrections::correct(file, &mut grids, corrections, &mut findings);
    let sheets = grids.into_iter().map(|grid| read_free_sheet(grid, layouts)).collect();
    FileReading { source, sheets, findings, corrected }
}

fn read_free_sheet(grid: Grid, layouts: &[Layout]) -> SheetReading {
    let mut findings = Findings::default();
    if let Some(Export { layout, system, records, count }) = record_text::read(&grid, &mut findings) {
        let (layout, system, findings) = (layout.to_owned(), system.to_owned(), findings.finish());
        return SheetReading::Records { layout, system, records, findings, count, sheet: String::new() };
    }
    let Recognition::Known(layout, header) = recognise(&grid, layouts, None) else { return SheetReading::Grid(grid) };
    if !layout.table.is_free_of_units() {
        return SheetReading::Grid(grid);
    }
    let sheet = Sheet { grid: &grid, layout, header: &header };
    let mut findings = Findings::default();
    let (name, id) = (grid.sheet.clone().unwrap_or_default(), layout.id.clone());
    if layout.table == Table::Journals {
        let (journals, count) = journals::read(&sheet, &mut findings);
        SheetReading::Journals { layout: id, journals, findings: findings.finish(), count, sheet: name }
    } else {
        let (records, count) = records::read(&sheet, &mut findings);
        let system = layout.system.clone();
        SheetReading::Records { layout: id, system, records, findings: findings.finish(), count, sheet: name }
    }
}

/// Tables in the making.
pub(super) struct Assembly<'a> {
    pub(super) layouts: &'a [Layout],
    pub(super) assessment: &'a Assessment,
    pub(super) tables: Tables,
    pub(super) findings: Vec<Finding>,
    pub(super) names: UnitNames,
    pub(super) rates: Rates,
    pub(super) posts: Vec<(usize, staff::Post)>,
}

/// A grid that waits for the units, with the index of its file.
type Waiting = (usize, Grid);

/// Reads all files and puts the tables together. Files are read in parallel; everything else follows their order.
pub fn assemble(
    root: &Path,
    files: &[String],
    (layouts, corrections): (&[Layout], &[CellCorrection]),
    assessment: &Assessment,
    limits: &Limits,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Checked<Tables>> {
    let readings: Vec<FileReading> = files
        .par_iter()
        .map(|file| {
            progress(file);
            read_file(root, file, layouts, corrections, limits)
        })
        .collect();
    let mut assembly = Assembly {
        layouts,
        assessment,
        tables: Tables::default(),
        findings: Vec::new(),
        names: UnitNames::default(),
        rates: Rates::built_in(),
        posts: Vec::new(),
    };
    let (parts, waiting) = assembly.take_free_sheets(readings);
    let waiting = assembly.build_units(waiting)?;
    let waiting = assembly.build_names(waiting);
    assembly.read_rest(&waiting);
    assembly.finish_staff();
    repeated::report(&assembly.tables, &mut assembly.findings);
    (assembly.tables.records, assembly.tables.authorships) = RecordRows::into_tables(parts);
    Ok(Checked { value: assembly.tables, findings: assembly.findings })
}

impl Assembly<'_> {
    fn take_free_sheets(&mut self, readings: Vec<FileReading>) -> (Vec<RecordRows>, Vec<Waiting>) {
        let (mut parts, mut waiting) = (Vec::new(), Vec::new());
        for (index, reading) in readings.into_iter().enumerate() {
            let same = self.tables.sources.iter().find(|other| other.digest == reading.source.digest);
            let same = same.filter(|other| !other.digest.is_empty()).map(|other| other.file.clone());
            let file = reading.source.file.clone();
            self.tables.sources.push(reading.source);
            self.findings.extend(reading.findings);
            self.tables.overrides.applied.extend(reading.corrected);
            if let Some(first) = same {
                let message = format!("the file has the same content as {first} and is not counted again");
                let hint = "remove one of the two copies";
                self.findings.push(Finding::warning("same-file", message).at(Place::file(file)).hint(hint));
                continue;
            }
            for sheet in reading.sheets {
                match sheet {
                    SheetReading::Grid(grid) => waiting.push((index, grid)),
                    SheetReading::Records { layout, system, records, findings, count, sheet } => {
                        self.findings.extend(findings);
                        self.note(index, sheet, layout, count);
                        parts.push(RecordRows { source: index as u32, system, records });
                    }
                    SheetReading::Journals { layout, journals, findings, count, sheet } => {
                        self.findings.extend(findings);
                        self.note(index, sheet, layout, count);
                        self.tables.journals.extend(journals);
                    }
                }
            }
        }
        (parts, waiting)
    }

    /// Remembers which layout read a sheet and how many of its rows.
    fn note(&mut self, file: usize, sheet: String, layout: String, count: Count) {
        let source = &mut self.tables.sources[file];
        source.layouts.push((sheet, layout));
        source.rows += count.used;
        source.left_out += count.left_out;
    }

    /// Reads one sheet with `read`, noting layout, rows and findings.
    pub(super) fn with<T>(
        &mut self,
        (file, grid): (usize, &Grid),
        (layout, header): (&Layout, &Header),
        read: impl FnOnce(&Self, &Sheet, &mut Findings) -> (T, Count),
    ) -> T {
        let mut findings = Findings::default();
        let (value, count) = read(self, &Sheet { grid, layout, header }, &mut findings);
        self.findings.extend(findings.finish());
        self.note(file, grid.sheet.clone().unwrap_or_default(), layout.id.clone(), count);
        value
    }

    fn build_units(&mut self, waiting: Vec<Waiting>) -> Result<Vec<Waiting>> {
        let mut rows = Vec::new();
        let mut rest = Vec::new();
        let mut near_units = None;
        for (file, grid) in waiting {
            match recognise(&grid, self.layouts, None) {
                Recognition::Known(layout, header) if layout.table == Table::Units => {
                    rows.extend(
                        self.with((file, &grid), (layout, &header), |_, sheet, findings| units::read(sheet, findings)),
                    );
                }
                Recognition::Near { layout, missing, .. } if layout.table == Table::Units && near_units.is_none() => {
                    near_units =
                        Some(format!("{} looks like `units`, but has no column for {}", grid.file, missing.join(", ")));
                    rest.push((file, grid));
                }
                _ => rest.push((file, grid)),
            }
        }
        units::name_parents_by_id(&mut rows);
        let built = Units::build(rows);
        self.findings.extend(built.findings);
        self.tables.units = built.value;
        if self.tables.units.is_empty() {
            let mut finding = Finding::error("no-units", "no sheet lists the units of the institution")
                .hint("add units.csv with the columns id, name_en, name_fa, type, parents; `sanjeh new DIR` writes a template");
            finding.hints.extend(near_units);
            let first = self.findings.iter().find(|finding| finding.severity == crate::diagnostic::Severity::Error);
            finding.hints.extend(first.map(|first| format!("{}: {}", first.place, first.message)));
            return Err(finding.into());
        }
        Ok(rest)
    }

    /// Other spellings of units, and the spellings of the institution.
    fn build_names(&mut self, waiting: Vec<Waiting>) -> Vec<Waiting> {
        self.names = UnitNames::new(&self.tables.units, &[]);
        let mut rest = Vec::new();
        for (file, grid) in waiting {
            match recognise(&grid, self.layouts, None) {
                Recognition::Known(layout, header) if layout.table == Table::Aliases => {
                    let aliases = self.with((file, &grid), (layout, &header), |this, sheet, findings| {
                        units::read_aliases(sheet, &this.tables.units, &this.names, findings)
                    });
                    self.tables.aliases.extend(aliases);
                }
                Recognition::Known(layout, header) if layout.table == Table::Ppp => {
                    let mut rates = std::mem::take(&mut self.rates);
                    self.with((file, &grid), (layout, &header), |_, sheet, findings| {
                        ((), finance::read_rates(sheet, &mut rates, findings))
                    });
                    self.rates = rates;
                }
                _ => rest.push((file, grid)),
            }
        }
        let mut findings = Findings::default();
        units::report_shared_spellings(&self.tables.aliases, &self.tables.units, &mut findings);
        self.findings.extend(findings.finish());
        self.names = UnitNames::new(&self.tables.units, &self.tables.aliases);
        self.tables.university_aliases = self.university_spellings();
        rest
    }

    fn university_spellings(&self) -> Vec<String> {
        let institution = &self.assessment.institution;
        let mut spellings: Vec<String> = institution.name.0.values().chain(&institution.aliases).cloned().collect();
        if let Some(university) = self.tables.units.university() {
            let unit = self.tables.units.get(university);
            spellings.extend(unit.name.0.values().chain(&unit.aliases).cloned());
            let aliases = self.tables.aliases.iter().filter(|alias| alias.unit == university);
            spellings.extend(aliases.map(|alias| alias.spelling.clone()));
        }
        let mut distinct: Vec<String> = Vec::new();
        for spelling in spellings {
            if !spelling.is_empty() && !distinct.contains(&spelling) {
                distinct.push(spelling);
            }
        }
        distinct
    }

    fn read_rest(&mut self, waiting: &[Waiting]) {
        for (file, grid) in waiting {
            match recognise(grid, self.layouts, Some(&self.names)) {
                Recognition::Known(layout, header) => self.read_sheet(*file, grid, layout, &header),
                Recognition::Near { layout, row, missing, unused } => {
                    let message = format!(
                        "looks like `{}`, but no column for {}; headers that mean nothing: {}",
                        layout.id,
                        missing.join(", "),
                        if unused.is_empty() {
                            "none".to_owned()
                        } else {
                            unused.iter().map(|h| format!("\"{h}\"")).collect::<Vec<_>>().join(", ")
                        }
                    );
                    self.findings.push(
                        Finding::warning("unknown-sheet", message)
                            .at(grid.place(row, None))
                            .hint("rename a header, or add a layout in layouts/"),
                    );
                }
                Recognition::Unknown => {
                    let empty = grid.rows.is_empty();
                    let message =
                        if empty { "the sheet is empty" } else { "no row of the sheet is the header of a known table" };
                    // Beside a table, a workbook may hold notes and lists.
                    let beside = waiting.iter().filter(|(other, _)| other == file).count() > 1
                        || !self.tables.sources[*file].layouts.is_empty();
                    let finding = if empty || beside {
                        Finding::info("unknown-sheet", message)
                    } else {
                        Finding::warning("unknown-sheet", message)
                    };
                    self.findings
                        .push(finding.at(grid.place(0, None)).hint("if it holds data, add a layout in layouts/"));
                }
            }
        }
    }

    fn finish_staff(&mut self) {
        let mut findings = Findings::default();
        let posts = std::mem::take(&mut self.posts);
        let (staff, left_out) = staff::merge(posts, &self.tables.units, &mut findings);
        for file in left_out {
            let source = &mut self.tables.sources[file];
            source.rows = source.rows.saturating_sub(1);
            source.left_out += 1;
        }
        self.tables.staff = staff;
        self.findings.extend(findings.finish());
    }
}
