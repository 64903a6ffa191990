//! Malformed sheets of partners: what is wrong is named where it stands.

use super::matrix::{MED, TORONTO, line, run};

/// File, content, and the finding it must give: code and place.
const FAULTS: [(&str, &str, &str, &str); 11] = [
    (
        "agreements/a.csv",
        "id,partner,country,signed,expires\n1,X,Italy,2022-01-01,2020-01-01\n",
        "reversed-dates",
        "agreements/a.csv › E2",
    ),
    ("agreements/a.csv", "id,partner,country,signed\n1,,Italy,2022-01-01\n", "missing-value", "agreements/a.csv › B2"),
    (
        "agreements/a.csv",
        "id,partner,country,signed\n1,X,Atlantis,2022-01-01\n",
        "unknown-country",
        "agreements/a.csv › C2",
    ),
    ("agreements/a.csv", "id,partner,country,signed\n1,X,Italy,soon\n", "bad-date", "agreements/a.csv › D2"),
    (
        "agreements/a.csv",
        "id,partner,country,ror,signed\n1,X,Italy,012345678,2022-01-01\n",
        "bad-ror",
        "agreements/a.csv › D2",
    ),
    (
        "agreements/a.csv",
        "id,partner,country,units,signed\n1,X,Italy,nowhere,2022-01-01\n",
        "unknown-unit",
        "agreements/a.csv › D2",
    ),
    (
        "agreements/a.csv",
        "id,partner,country,signed\n1,X,Italy,2022-01-01\n1,Y,Italy,2022-01-01\n",
        "duplicate-agreement",
        "agreements/a.csv › B3",
    ),
    (
        "mobility/v.csv",
        "id,visitor,institution,country,start,end\n1,A,X,Italy,2022-05-01,2022-04-01\n",
        "reversed-dates",
        "mobility/v.csv › F2",
    ),
    (
        "mobility/v.csv",
        "id,visitor,direction,institution,country,start\n1,A,sideways,X,Italy,2022-05-01\n",
        "unknown-value",
        "mobility/v.csv › C2",
    ),
    (
        "p.csv",
        "ror,name,country,aliases\n,University of Oslo,Norway,\n,Oslo Again,Norway,University of Oslo\n",
        "shared-partner-spelling",
        "p.csv › B3",
    ),
    ("s.csv", "ranking,subject,figure,value\nthe,medicine,students,3\n", "unknown-value", "s.csv › B2"),
];

#[test]
fn faults_are_located() {
    for (path, content, code, place) in FAULTS {
        let (folder, ran) = run(&[line(1, 2022, 1, &[MED, TORONTO])], &[(path, content)]);
        let findings = folder.path().join("out/manifest.json");
        assert!(findings.is_file());
        let told = format!("{}\n{}", ran.err, ran.out);
        assert!(told.contains(code) && told.contains(place), "{code} at {place}:\n{told}");
    }
}
