//! Tests: tables. Folders are made in the test; every fault stands in a file with that one fault.

mod faults;
mod layouts;
mod real;
mod sheets;

use std::path::Path;

use sanjeh::diagnostic::{Checked, Finding, Result, Severity};
use sanjeh::load::limits::Limits;
use sanjeh::model::assessment::Assessment;
use sanjeh::model::tables::Tables;

const ASSESSMENT: &str = "year = 2025
[institution]
name = { en = \"Sarv University of Medical Sciences\", fa = \"دانشگاه علوم پزشکی سرو\" }
country = \"Iran\"
aliases = [\"SUMS\"]
";

const UNITS: &str = "id,name_en,name_fa,type,parents,aliases,valid_from,valid_to
U,Sarv University of Medical Sciences,دانشگاه علوم پزشکی سرو,دانشگاه,,,,
MED,School of Medicine,دانشکده پزشکی,دانشکده,U,Faculty of Medicine|College of Medicine,1365,
DEN,School of Dentistry,دانشکده دندانپزشکی,school,U,,,
SUR,Department of Surgery,گروه جراحی,گروه آموزشی,MED,,,
SUR2,Department of Surgery,گروه جراحی,department,DEN,,,
HOS,Imam Hospital,بیمارستان امام,بیمارستان,U; MED,,,
EYE,Eye Research Center,مرکز تحقیقات چشم,مرکز تحقیقات,U,,,
";

/// An assessment folder under construction.
struct Folder(tempfile::TempDir);

impl Folder {
    /// With an assessment and seven units.
    fn new() -> Folder {
        Folder::bare().with("assessment.toml", ASSESSMENT).with("units.csv", UNITS)
    }

    /// With nothing.
    fn bare() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Adds a file.
    fn with(self, file: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("folders");
        std::fs::write(path, content).expect("a file");
        self
    }

    fn assessment(&self) -> Result<(Assessment, String, Vec<Finding>)> {
        sanjeh::load::assessment(self.path())
    }

    fn try_load(&self) -> Result<Checked<Tables>> {
        let (assessment, ..) = self.assessment()?;
        sanjeh::load::tables(self.path(), &assessment, &Limits::default(), &|_| {})
    }

    fn load(&self) -> Checked<Tables> {
        self.try_load().expect("a folder that can be read")
    }
}

/// Codes of warnings and errors, in order.
fn faults(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.severity > Severity::Info).map(|finding| finding.code).collect()
}

/// The one finding of a code.
fn only<'f>(findings: &'f [Finding], code: &str) -> &'f Finding {
    let found: Vec<&Finding> = findings.iter().filter(|finding| finding.code == code).collect();
    assert_eq!(found.len(), 1, "one {code} among {findings:#?}");
    found[0]
}

/// Ids of units.
fn ids<'t>(tables: &'t Tables, units: &[sanjeh::model::unit::UnitIndex]) -> Vec<&'t str> {
    units.iter().map(|unit| tables.units.get(*unit).id.as_str()).collect()
}
