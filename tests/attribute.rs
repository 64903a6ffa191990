//! Reading affiliations: the ambiguity catalogue of the domain notes, as data.

use sanjeh::attribute::affiliation::Reader;
use sanjeh::diagnostic::Place;
use sanjeh::model::assessment::{Assessment, Attribution, Institution, Merge, Normalisation, Policy, Stability};
use sanjeh::model::names::Names;
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::tables::{Alias, Tables};
use sanjeh::model::unit::{UnitRow, Units};

fn reader(university: &str, city: &str, aliases: &[&str], units: &[(&str, &str, &[&str])]) -> (Tables, Reader) {
    let row = |id: &str, name: &str, unit_type: &str, parents: &[&str]| UnitRow {
        id: id.into(),
        name: Names::new(name, ""),
        unit_type: unit_type.into(),
        parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    let mut rows = vec![row("u", university, "university", &[])];
    rows.extend(units.iter().map(|(id, name, parents)| row(id, name, "unit", parents)));
    let units = Units::build(rows).value;
    let aliases: Vec<Alias> = Vec::from_iter(aliases.iter().map(|spelling| Alias {
        spelling: (*spelling).to_owned(),
        unit: units.find("u").unwrap(),
        valid: (None, None),
        place: Place::Run,
    }));
    let tables = Tables { units, aliases, ..Tables::default() };
    let assessment = Assessment {
        institution: Institution {
            name: Names::new(university, ""),
            country: "Iran".into(),
            city: city.into(),
            aliases: Vec::new(),
            invented: false,
        },
        year: 2025,
        languages: vec![],
        editions: vec![],
        publications: None,
        merge: Merge::default(),
        attribution: Attribution::default(),
        normalisation: Normalisation::default(),
        stability: Stability::default(),
        calibration: sanjeh::model::assessment::Calibration::default(),
        policy: Policy::default(),
        sensitivity: Sensitivity::default(),
        calendar: sanjeh::model::assessment::Calendar::default(),
        advice: sanjeh::model::assessment::Advising::default(),
    };
    let reader = Reader::new(&tables, &assessment);
    (tables, reader)
}

/// Our university is Tehran University of Medical Sciences, with some of its units.
fn tehran() -> (Tables, Reader) {
    reader(
        "Tehran University of Medical Sciences",
        "Tehran",
        &[
            "TUMS",
            "Tehran University of Medical Sciences and Health Services",
            "University of Tehran for Medical Sciences",
        ],
        &[
            ("med", "School of Medicine", &["u"]),
            ("uro", "Department of Urology", &["med"]),
            ("oph", "Department of Ophthalmology", &["med"]),
            ("eye", "Eye Research Center", &["u"]),
            ("cancer", "Cancer Research Center", &["u"]),
            ("imam", "Imam Khomeini Hospital", &["u"]),
            ("nutr", "Department of Nutrition, Food and Health", &["med"]),
            ("src", "Student Research Committee", &["u"]),
            ("phys-med", "Department of Physiology", &["med"]),
            ("dent", "School of Dentistry", &["u"]),
            ("phys-dent", "Department of Physiology", &["dent"]),
        ],
    )
}

fn read((tables, reader): &(Tables, Reader), printed: &str) -> String {
    let reading = reader.read(printed);
    let mut units: Vec<&str> =
        reading.units_in(Some(2024)).into_iter().map(|unit| tables.units.get(unit).id.as_str()).collect();
    units.sort_unstable();
    format!("{}{}", if reading.home { "ours: " } else { "not ours" }, units.join("+"))
}

#[test]
fn printed_affiliations() {
    let tehran = tehran();
    let cases = [
        (
            "Department of Urology, School of Medicine, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: med+uro",
        ),
        (
            "Eye Research Center, Department of Ophthalmology, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: eye+oph",
        ),
        // Spellings: Faculty, Dept., Centre, "Science", old legal name, abbreviation, missing words.
        ("Dept. of Urology, Faculty of Medicine, Tehran University of Medical Science, Tehran, Iran", "ours: med+uro"),
        ("Cancer Research Centre, Tehran Univ. Med. Sci., Tehran, Iran", "ours: cancer"),
        ("School of Medicine, Tehran University of Medical Sciences and Health Services, Tehran, Iran", "ours: med"),
        ("Cancer Research Center, TUMS, Tehran, Iran", "ours: cancer"),
        ("Cancer Research Center, Tehran University of Medical Sciences (TUMS), Tehran, Iran", "ours: cancer"),
        // A missing comma, a dash, a glued address, other names of the country.
        ("School of Medicine Tehran University of Medical Sciences, Tehran, Iran", "ours: med"),
        ("Tehran University of Medical Sciences, Tehran-Iran", "ours: "),
        ("Eye Research Center, Tehran University of Medical Sciences, Tehran, Iran.Email: a.b@tums.ac.ir", "ours: eye"),
        ("Eye Research Center, Tehran University of Medical Sciences, Tehran, Islamic Republic of Iran", "ours: eye"),
        ("Eye Research Center, Tehran University of Medical Sciences, Tehran, I.R. Iran", "ours: eye"),
        ("Eye Research Center, Tehran University of Medical Sciences", "ours: eye"),
        // The mark of a footnote; a name with commas of its own.
        ("1 Eye Research Center, Tehran University of Medical Sciences, Tehran, Iran", "ours: eye"),
        ("2Eye Research Center, Tehran University of Medical Sciences, Tehran, Iran", "ours: eye"),
        (
            "Department of Nutrition, Food, and Health, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: nutr",
        ),
        // NBSP inside, NFD accents do no harm.
        ("Eye\u{a0}Research Center, Tehran University of\u{a0}Medical Sciences, Tehran, Iran", "ours: eye"),
        // Other universities with like names.
        ("School of Medicine, University of Tehran, Tehran, Iran", "not ours"),
        ("School of Medicine, Islamic Azad University, Tehran Medical Sciences, Tehran, Iran", "not ours"),
        ("Cancer Research Center, Shahid Beheshti University of Medical Sciences, Tehran, Iran", "not ours"),
        ("Student Research Committee, Iran University of Medical Sciences, Tehran, Iran", "not ours"),
        ("Department of Urology, Tehran University of Medical Sciences Foundation, London, United Kingdom", "not ours"),
        // A hospital of the same name in another city.
        ("Imam Khomeini Hospital, Urmia University of Medical Sciences, Urmia, Iran", "not ours"),
        // A unit without the university earns nothing.
        ("Eye Research Center, Farabi Hospital, Tehran, Iran", "not ours"),
        // The same department in two schools: the school beside it decides; alone it stays with the university.
        (
            "Department of Physiology, School of Dentistry, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: dent+phys-dent",
        ),
        ("Department of Physiology, Tehran University of Medical Sciences, Tehran, Iran", "ours: "),
        // Two affiliations in one string.
        (
            "Department of Immunology, School of Medicine, Iran University of Medical Sciences, Tehran, Iran; Cancer Research Center, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: cancer",
        ),
        (
            "School of Dentistry, Iran University of Medical Sciences, Tehran, Iran, Cancer Research Center, Tehran University of Medical Sciences, Tehran, Iran",
            "ours: cancer",
        ),
    ];
    for (printed, expected) in cases {
        assert_eq!(read(&tehran, printed), expected, "{printed}");
    }
}

#[test]
fn a_name_is_never_a_part_of_another() {
    let kerman =
        reader("Kerman University of Medical Sciences", "Kerman", &[], &[("med", "School of Medicine", &["u"])]);
    assert_eq!(
        read(&kerman, "School of Medicine, Kermanshah University of Medical Sciences, Kermanshah, Iran"),
        "not ours"
    );
    assert_eq!(read(&kerman, "School of Medicine, Kerman University of Medical Sciences, Kerman, Iran"), "ours: med");
    let babol = reader("Babol University of Medical Sciences", "Babol", &[], &[]);
    assert_eq!(read(&babol, "Zabol University of Medical Sciences, Zabol, Iran"), "not ours");
    let beheshti = reader("Shahid Beheshti University", "Tehran", &[], &[("med", "School of Medicine", &["u"])]);
    assert_eq!(
        read(&beheshti, "School of Medicine, Shahid Beheshti University of Medical Sciences, Tehran, Iran"),
        "not ours"
    );
    assert_eq!(read(&beheshti, "Shahid Beheshti University, Tehran, Iran"), "ours: ");
    let iran = reader("Iran University of Medical Sciences", "Tehran", &[], &[("med", "School of Medicine", &["u"])]);
    assert_eq!(read(&iran, "School of Medicine, Iran University of Medical Sciences, Tehran, Iran"), "ours: med");
    assert_eq!(read(&iran, "School of Medicine, Tehran University of Medical Sciences, Tehran, Iran"), "not ours");
}

#[test]
fn foreign_partners_and_countries() {
    let (_, reader) = tehran();
    let reading = reader.read("Department of Medicine, University of Toronto, Toronto, ON, Canada");
    assert_eq!(reading.partners, ["university toronto|Canada"]);
    let reading = reader.read("Imperial College London, London, UK; Institute of Cancer Research, London, England");
    assert_eq!(reading.partners, ["imperial school london|United Kingdom"]);
    assert_eq!(
        reading.countries.iter().map(|&country| reader.country_name(country)).collect::<Vec<_>>(),
        ["United Kingdom"]
    );
}
