//! Reading affiliations: a million author–affiliation strings, segmented and matched. Items are strings.

use divan::{Bencher, counter::ItemsCount};
use rayon::prelude::*;
use sanjeh::attribute::affiliation::Reader;
use sanjeh::{load, sample};

const STRINGS: usize = 1_000_000;

fn main() {
    divan::main();
}

/// Strings as the sample prints them, each made distinct by a room number, so that none is read only once.
fn strings() -> (Reader, Vec<String>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for file in sample::generate(&sample::Size::scaled(2_000)).files {
        let path = dir.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("a file");
    }
    let (assessment, _, _) = load::assessment(dir.path()).expect("the sample loads");
    let tables =
        load::tables(dir.path(), &assessment, &load::Limits::default(), &|_| ()).expect("the sample loads").value;
    let column = tables.authorships.0.column("affiliations").expect("a column of the table");
    let printed: Vec<&str> = column.str().expect("text").iter().flatten().flat_map(str::lines).collect();
    let strings = (0..STRINGS).map(|index| format!("Room {index}, {}", printed[index % printed.len()])).collect();
    (Reader::new(&tables, &assessment), strings)
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn read_a_million(bencher: Bencher) {
    let (reader, strings) = strings();
    let read = || strings.par_iter().map(|printed| usize::from(reader.read(printed).home)).sum::<usize>();
    bencher.counter(ItemsCount::new(STRINGS)).bench_local(read);
}
