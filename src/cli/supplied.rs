//! What `score` and `benchmark` share: a table, an edition, and which column is which.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::catalogue::{self, Catalogue};
use crate::cli::args::Global;
use crate::diagnostic::{Error, Finding, Place};
use crate::load;
use crate::load::score_table::{self, Sought};
use crate::model::benchmark::Benchmark;
use crate::model::edition::{Edition, MissingRule};
use crate::model::supplied_table::SuppliedTable;
use crate::score::supplied;

/// A table and its columns.
#[derive(Debug, Clone, Args)]
pub struct Supplied {
    /// The table: csv, tsv, xlsx, xls, xlsb, ods or parquet; title rows and two-level headers are passed over
    pub table: PathBuf,
    /// Id of the edition
    #[arg(long, value_name = "EDITION")]
    pub edition: String,
    /// Column that names the rows [default: a header such as name, institution or university, else the first text]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Column of an indicator or group, by header text or letter; repeatable [default: headers that are a code or name]
    #[arg(long, value_name = "CODE=COLUMN", value_parser = pair)]
    pub map: Vec<(String, String)>,
    /// The same from a file: [map] with lines CODE = "COLUMN"; also id, published, published_rank
    #[arg(long, value_name = "FILE.toml")]
    pub map_file: Option<PathBuf>,
    /// Read only rows with this text in this column; repeatable
    #[arg(long, value_name = "COLUMN=TEXT", value_parser = pair)]
    pub only: Vec<(String, String)>,
}

/// What happens to a missing cell, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Missing {
    /// The other weights are scaled up.
    Renormalise,
    /// It counts as 0.
    Zero,
    /// The row gets no composite.
    Withhold,
    /// The lower quartile of the row's other scores is entered.
    OwnLowerQuartile,
    /// The lowest score of the column is entered.
    LowestOfCompared,
}

impl From<Missing> for MissingRule {
    fn from(typed: Missing) -> Self {
        match typed {
            Missing::Renormalise => MissingRule::Renormalise,
            Missing::Zero => MissingRule::Zero,
            Missing::Withhold => MissingRule::Withhold,
            Missing::OwnLowerQuartile => MissingRule::OwnLowerQuartile,
            Missing::LowestOfCompared => MissingRule::LowestOfCompared,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    id: Option<String>,
    published: Option<String>,
    published_rank: Option<String>,
    #[serde(default)]
    map: BTreeMap<String, String>,
}

/// Columns of what was published, as typed.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Column of the published composite.
    pub score: Option<String>,
    /// Column of the published rank.
    pub rank: Option<String>,
}

/// A table that was read by an edition.
pub struct Read {
    /// The edition.
    pub edition: Edition,
    /// The catalogue's benchmark of it.
    pub built_in: Option<Benchmark>,
    /// The table.
    pub table: SuppliedTable,
    /// SHA-256 of its file.
    pub digest: String,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// Reads the table. `groups` says whether a column may hold a whole group; `bounds`, what values must lie within.
///
/// # Errors
/// `unknown-edition`, `bad-map`, `unknown-code`, `repeated-code`, `overlapping-codes`, and those of
/// [`score_table::read`].
pub fn read(
    global: &Global,
    wanted: &Supplied,
    published: Published,
    groups: bool,
    bounds: Option<[f64; 2]>,
) -> Result<Read, Error> {
    let mut findings = Vec::new();
    let catalogue = catalogue::load(global.indicators.as_deref(), None).into_value(&mut findings);
    let edition = find_edition(&catalogue, &wanted.edition)?.clone();
    let file = map_file(wanted)?;
    let mut map = wanted.map.clone();
    // What is typed goes before what the file says.
    map.extend(file.map.into_iter().filter(|(code, _)| !wanted.map.iter().any(|(own, _)| own == code)));
    check_codes(&edition, &map, groups)?;
    let sought = Sought {
        id: wanted.id.clone().or(file.id),
        known: if map.is_empty() { known(&edition, groups) } else { Vec::new() },
        map,
        published: published.score.or(file.published),
        published_rank: published.rank.or(file.published_rank),
        only: wanted.only.clone(),
        bounds,
    };
    let (checked, digest) = score_table::read(&wanted.table, &sought, &load::Limits::default())?;
    let mut table = checked.into_value(&mut findings);
    if sought.map.is_empty() {
        without_overlaps(&edition, &mut table);
    }
    let built_in = catalogue.benchmark(&edition.id).cloned();
    Ok(Read { edition, built_in, table, digest, findings })
}

/// The edition with an id.
///
/// # Errors
/// `unknown-edition`.
fn find_edition<'c>(catalogue: &'c Catalogue, id: &str) -> Result<&'c Edition, Error> {
    catalogue.find(id).ok_or_else(|| {
        let hint = match catalogue.nearest(id) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "`sanjeh editions list` names all".to_owned(),
        };
        Finding::error("unknown-edition", format!("there is no edition \"{id}\"")).hint(hint).into()
    })
}

fn map_file(wanted: &Supplied) -> Result<MapFile, Error> {
    let Some(path) = &wanted.map_file else { return Ok(MapFile::default()) };
    let place = || Place::file(path.file_name().unwrap_or_default().to_string_lossy());
    let text = std::fs::read_to_string(path).map_err(|error| {
        Finding::error("bad-map", format!("the map file cannot be read: {}", error.kind())).at(place())
    })?;
    toml::from_str(&text).map_err(|error| {
        let finding = Finding::error("bad-map", format!("the map file cannot be understood: {}", error.message()));
        finding.at(place()).hint("write [map] and below it lines such as teaching = \"Teaching\"").into()
    })
}

fn check_codes(edition: &Edition, map: &[(String, String)], groups: bool) -> Result<(), Error> {
    let indicators = edition.indicators.iter().map(|indicator| indicator.code.as_str());
    let outer = edition.groups.iter().map(|group| group.code.as_str()).filter(|_| groups);
    let known: Vec<&str> = indicators.chain(outer).collect();
    for (at, (code, _)) in map.iter().enumerate() {
        if !known.contains(&code.as_str()) {
            let what = if groups { "indicator or group" } else { "indicator" };
            let message = format!("{} has no {what} \"{code}\"", edition.id);
            let hint = match load::score_table::nearest_of(code, &known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("codes: {}", known.join(", ")),
            };
            return Err(Finding::error("unknown-code", message).hint(hint).into());
        }
        if map[..at].iter().any(|(earlier, _)| earlier == code) {
            let finding = Finding::error("repeated-code", format!("\"{code}\" is mapped to two columns"));
            return Err(finding.hint("leave one of them out").into());
        }
    }
    let codes: Vec<String> = map.iter().map(|(code, _)| code.clone()).collect();
    if let Some((inner, outer)) = supplied::overlap(edition, &codes) {
        let message = format!("\"{inner}\" lies in the group \"{outer}\", which is mapped as well");
        let finding = Finding::error("overlapping-codes", message);
        return Err(finding.hint("map the group, or what lies in it").into());
    }
    Ok(())
}

/// Headers that may stand over an indicator or group: its code and its names.
fn known(edition: &Edition, groups: bool) -> Vec<(String, Vec<String>)> {
    let indicators = edition.indicators.iter().map(|indicator| (&indicator.code, &indicator.name));
    let outer = edition.groups.iter().filter(|_| groups).map(|group| (&group.code, &group.name));
    let mut known: Vec<(String, Vec<String>)> = Vec::new();
    for (code, name) in indicators.chain(outer) {
        if !known.iter().any(|(earlier, _)| earlier == code) {
            let names = [code.clone(), name.get("en").to_owned(), name.get("fa").to_owned()];
            known.push((code.clone(), names.into_iter().filter(|name| !name.is_empty()).collect()));
        }
    }
    known
}

/// Leaves out groups that were found by name where something in them was found too.
fn without_overlaps(edition: &Edition, table: &mut SuppliedTable) {
    while let Some(outer) = supplied::overlap(edition, &table.codes).map(|(_, outer)| outer.to_owned()) {
        let Some(at) = table.codes.iter().position(|code| *code == outer) else { return };
        table.codes.remove(at);
        table.headers.remove(at);
        for row in &mut table.rows {
            row.values.remove(at);
        }
    }
}

/// Reads `CODE=COLUMN`.
///
/// # Errors
/// What to write instead.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() && !right.trim().is_empty() => {
            Ok((left.trim().to_owned(), right.trim().to_owned()))
        }
        _ => Err("write the two with = between them".to_owned()),
    }
}
