//! `sanjeh baselines` over generated works: `cargo bench --bench baselines`. Ten million works as Parquet parts, a million
//! as CSV parts; prints what the command says of rate and peak memory, and fails above four GiB.
//!
//! `SANJEH_BENCH_WORKS=100000` makes it smaller. Beside it the same Parquet parts go through polars' streaming group-by
//! on the printed columns, which knows no fields, parts or bad rows: the price of those.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use polars::prelude::{
    DataFrame, Engine, IntoLazy, LazyFrame, NamedFrom, ParquetCompression, ParquetWriter, Series, col, len,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sanjeh::model::field_scheme::asjc_codes;

const WORKS: usize = 10_000_000;
const PART: usize = 500_000;
const MOST_MEMORY: f64 = 4.0 * 1024.0 * 1024.0 * 1024.0;

const TYPES: [(&str, f64); 7] = [
    ("Article", 0.70),
    ("Conference Paper", 0.84),
    ("Review", 0.91),
    ("Book Chapter", 0.95),
    ("Editorial", 0.97),
    ("Letter", 0.98),
    ("Note", 1.0),
];

/// Columns of a part: year, type, fields, citations.
type Columns = (Vec<i32>, Vec<&'static str>, Vec<String>, Vec<u32>);

/// Invented works of twenty years: one to three fields, citations with a long tail.
fn works(part: usize, count: usize) -> Columns {
    let mut chance = ChaCha8Rng::seed_from_u64(part as u64);
    let codes: Vec<u16> = asjc_codes().iter().map(|code| code.code).collect();
    let mut columns: Columns = Default::default();
    for _ in 0..count {
        let share: f64 = chance.random();
        let document_type = TYPES.iter().find(|(_, up_to)| share < *up_to).map_or("Note", |(name, _)| name);
        let fields: Vec<String> =
            (0..chance.random_range(1..=3)).map(|_| codes[chance.random_range(0..codes.len())].to_string()).collect();
        let below: f64 = chance.random();
        columns.0.push(chance.random_range(2005..2025));
        columns.1.push(document_type);
        columns.2.push(fields.join(";"));
        columns.3.push((6.0 * (libm::pow(1.0 - below, -0.7) - 1.0)).min(200_000.0) as u32);
    }
    columns
}

fn as_parquet(dir: &Path, works_in_all: usize) {
    for (part, start) in (0..works_in_all).step_by(PART).enumerate() {
        let (year, document_type, fields, citations) = works(part, PART.min(works_in_all - start));
        let columns = vec![
            Series::new("year".into(), year).into(),
            Series::new("type".into(), document_type).into(),
            Series::new("fields".into(), fields).into(),
            Series::new("citations".into(), citations).into(),
        ];
        let mut frame = DataFrame::new(PART.min(works_in_all - start), columns).expect("columns of one height");
        let file = File::create(dir.join(format!("part-{part:04}.parquet"))).expect("a file");
        ParquetWriter::new(file).with_compression(ParquetCompression::Snappy).finish(&mut frame).expect("written");
    }
}

fn as_csv(dir: &Path, works_in_all: usize) {
    for (part, start) in (0..works_in_all).step_by(PART).enumerate() {
        let (year, document_type, fields, citations) = works(part, PART.min(works_in_all - start));
        let file = File::create(dir.join(format!("part-{part:04}.csv"))).expect("a file");
        let mut file = BufWriter::new(file);
        writeln!(file, "year,type,fields,citations").expect("written");
        for row in 0..year.len() {
            writeln!(file, "{},{},{},{}", year[row], document_type[row], fields[row], citations[row]).expect("written");
        }
    }
}

/// Runs the command on a folder and prints what it says.
fn run(what: &str, dir: &Path, out: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_sanjeh"))
        .args(["baselines", "--json", "--no-progress"])
        .arg(dir)
        .arg("--out")
        .arg(out)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let number = |key: &str| said[key].as_f64().unwrap_or(f64::NAN);
    println!(
        "{what}: {} works in {} files, {:.2} s, {:.2} M works/s, peak memory {:.0} MiB; {} cells, {} rows, {} bytes",
        said["works"],
        said["files"],
        number("seconds"),
        number("works_per_second") / 1e6,
        number("peak_memory") / 1_048_576.0,
        said["cells"],
        said["rows"],
        fs::metadata(out).expect("the output").len(),
    );
    // Where the system does not tell the memory nothing is claimed.
    assert!(said["peak_memory"].as_f64().is_none_or(|peak| peak <= MOST_MEMORY), "more than four GiB");
}

/// The bare group-by of polars' streaming engine over the same parts.
fn group_by(dir: &Path) {
    let start = Instant::now();
    let parts: Vec<LazyFrame> = fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let path = path.to_str().expect("a path of plain letters").to_owned();
            LazyFrame::scan_parquet(path.as_str().into(), Default::default()).expect("a part")
        })
        .collect();
    let whole = polars::prelude::concat(parts, Default::default()).expect("parts of one shape");
    let grouped = whole
        .group_by([col("year"), col("type"), col("fields"), col("citations")])
        .agg([len()])
        .collect_with_engine(Engine::Streaming)
        .expect("grouped")
        .unwrap_single();
    let time = start.elapsed().as_secs_f64();
    println!(
        "polars streaming group-by of the printed columns: {time:.2} s, {} groups",
        grouped.lazy().collect().expect("a frame").height()
    );
}

fn main() {
    let works: usize = std::env::var("SANJEH_BENCH_WORKS").ok().and_then(|text| text.parse().ok()).unwrap_or(WORKS);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (parquet, csv) = (dir.path().join("parquet"), dir.path().join("csv"));
    fs::create_dir(&parquet).expect("a folder");
    fs::create_dir(&csv).expect("a folder");
    as_parquet(&parquet, works);
    run("parquet", &parquet, &dir.path().join("parquet-out.parquet"));
    group_by(&parquet);
    as_csv(&csv, works / 10);
    run("csv", &csv, &dir.path().join("csv-out.csv"));
}
