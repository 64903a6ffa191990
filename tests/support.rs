//! The one helper of the tests: an assessment in a temporary folder, the program run on it, its tables read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// An assessment folder that goes away with the test.
pub struct Folder {
    dir: TempDir,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Folder { dir: tempfile::tempdir().unwrap() }
    }

    /// A folder with an `assessment.toml` that scores `editions`.
    pub fn assessment(editions: &[&str]) -> Self {
        let toml = format!(
            "year = 2025\neditions = {editions:?}\nlanguages = [\"en\"]\n[institution]\nname.en = \"Test University of Medical Sciences\"\nname.fa = \"دانشگاه آزمون\"\ncountry = \"Iran\"\ncity = \"Testan\"\n"
        );
        Folder::new().with("assessment.toml", toml)
    }

    /// Adds a file.
    pub fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Runs `sanjeh ARGUMENTS FOLDER`.
    pub fn sanjeh(&self, arguments: &[&str]) -> Ran {
        let mut all: Vec<&str> = arguments.to_vec();
        let path = self.path().to_string_lossy().into_owned();
        all.push(&path);
        sanjeh(&all)
    }

    /// Rows of a CSV file of the results, each by column name.
    pub fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        table(&self.path().join("out").join(name))
    }
}

/// Rows of a CSV file, each by column name.
pub fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|row| headers.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

/// How the program ended.
pub struct Ran {
    /// Exit code; -1 where a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the program.
pub fn sanjeh(arguments: &[&str]) -> Ran {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_sanjeh")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// A file of the real test data beside the project; says that the test was skipped where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if full.exists() {
        return Some(full);
    }
    println!("skipped: ../shared/data/{path} is not there");
    None
}

/// All files below a folder with their bytes, by relative path.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
