//! Sheets as offices write them.

use rust_xlsxwriter::{Format, Workbook};
use sanjeh::model::tables::{Date, FinanceItem, Level, StaffCategory};
use sanjeh::model::unit::UnitIndex;

use super::{Folder, faults, ids, only};

#[test]
fn units_form_a_graph_and_parents_may_be_names() {
    let loaded =
        Folder::new().with("more.csv", "کد,نام واحد,نوع,واحد بالادست\nLAB,آزمایشگاه,آزمایشگاه,دانشکده پزشکی\n").load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let tables = &loaded.value;
    let unit = |id: &str| tables.units.get(tables.units.find(id).expect("a unit"));
    assert_eq!(ids(tables, &unit("LAB").parents), ["MED"]);
    assert_eq!(unit("LAB").unit_type, "آزمایشگاه");
    assert_eq!(ids(tables, &unit("HOS").parents), ["U", "MED"]);
    assert_eq!((unit("HOS").unit_type.as_str(), unit("SUR").unit_type.as_str()), ("hospital", "department"));
    assert_eq!(unit("MED").aliases, ["Faculty of Medicine", "College of Medicine"]);
    assert_eq!(unit("MED").valid, (Some(1986), None));
    assert_eq!(tables.units.university(), tables.units.find("U"));
}

#[test]
fn aliases_of_the_university_are_listed_apart_too() {
    let loaded = Folder::new()
        .with("aliases.csv", "spelling,unit,valid_from\nSarv Med Univ,U,\nTehran Eye Center,EYE,2010\n")
        .load();
    assert_eq!(loaded.value.aliases.len(), 2);
    assert_eq!(loaded.value.aliases[1].valid, (Some(2010), None));
    let spellings = &loaded.value.university_aliases;
    assert!(["SUMS", "Sarv Med Univ"].iter().all(|spelling| spellings.iter().any(|s| s == spelling)), "{spellings:?}");
}

/// A workbook as a personnel office writes it: one sheet per school, title, merged two-row header, section rows, totals.
fn staff_workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let centred = Format::new();
    let sheet = book.add_worksheet().set_name("دانشکده پزشکی").expect("a name").set_right_to_left(true);
    sheet.merge_range(0, 0, 0, 12, "فهرست اعضای هیئت علمی سال ۱۴۰۲", &centred).expect("a title");
    sheet.merge_range(2, 0, 3, 0, "ردیف", &centred).expect("a header");
    sheet.merge_range(2, 1, 2, 4, "مشخصات فردی", &centred).expect("a group");
    sheet.merge_range(2, 5, 2, 8, "وضعیت", &centred).expect("a group");
    sheet.merge_range(2, 9, 2, 12, "شناسه‌ها و تاریخ", &centred).expect("a group");
    let sub = [
        "کد پرسنلی",
        "نام",
        "نام خانوادگی",
        "تابعیت",
        "گروه آموزشی",
        "مركز/بيمارستان محل خدمت",
        "مرتبه علمی",
        "نحوه همكاري",
        "ORCID",
        "شناسه اسکوپوس",
        "تاریخ استخدام",
        "جنسیت",
    ];
    for (index, header) in sub.iter().enumerate() {
        sheet.write(3, index as u16 + 1, *header).expect("a header");
    }
    let rows: [&[&str]; 7] = [
        &["گروه جراحی"],
        &[
            "1",
            "۱۰۱",
            "علي",
            "رضايي",
            "ایرانی",
            "جراحی",
            "بیمارستان امام",
            "استاد",
            "تمام‌وقت",
            "0000-0002-1825-0097",
            "57200000001; 7004000002",
            "1390/07/01",
            "مرد",
        ],
        &[
            "2",
            "102",
            "مینا",
            "کریمی",
            "افغانستان",
            "گروه جراحی",
            "",
            "استادیار",
            "نیمه وقت",
            "",
            "۵۷۲۰۰۰۰۰۰۰۳",
            "۱۳۹۹-۱۰-۵",
            "زن",
        ],
        &[],
        &["مرکز تحقیقات چشم"],
        &["3", "103", "Sara", "Novak", "Croatia", "", "چشم", "پژوهشگر", "", "", "", "", ""],
        &["جمع", "", "3"],
    ];
    for (index, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write(index as u32 + 4, column as u16, *text).expect("a cell");
        }
    }
    let second = book.add_worksheet().set_name("دانشکده دندانپزشکی").expect("a name");
    for (column, header) in ["کد پرسنلی", "نام", "نام خانوادگی", "مرتبه علمی"].iter().enumerate()
    {
        second.write(0, column as u16, *header).expect("a header");
    }
    for (column, text) in ["101", "علی", "رضایی", "استاد"].iter().enumerate() {
        second.write(1, column as u16, *text).expect("a cell");
    }
    book.add_worksheet().set_name("راهنما").expect("a name").write(0, 0, "این فایل را پر کنید").expect("a note");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn persian_staff_workbook_with_two_row_header() {
    let loaded = Folder::new().with("staff/staff.xlsx", staff_workbook()).load();
    let tables = &loaded.value;
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    assert_eq!(tables.staff.len(), 3);
    let [ali, mina, sara] = &tables.staff[..] else { unreachable!("three persons") };
    // The department implies its school; the post in the other school's sheet is a second one.
    assert_eq!(ids(tables, &ali.units), ["HOS", "SUR", "DEN"]);
    assert_eq!(ids(tables, &mina.units), ["SUR"]);
    assert_eq!(ids(tables, &sara.units), ["EYE", "MED"]);
    assert_eq!((ali.fte, mina.fte, sara.fte), (1.0, 0.5, 1.0));
    assert_eq!((ali.category, sara.category), (StaffCategory::Academic, StaffCategory::Research));
    assert_eq!((ali.international, mina.international, sara.international), (Some(false), Some(true), Some(true)));
    assert_eq!((ali.female, mina.female, sara.female), (Some(false), Some(true), None));
    assert_eq!(ali.scopus_ids, ["57200000001", "7004000002"]);
    assert_eq!(mina.scopus_ids, ["57200000003"]);
    assert_eq!(ali.orcids, ["0000-0002-1825-0097"]);
    let hired = ali.from.map(|day| (day.year, day.month, day.day));
    // Two posts, one without a date: the beginning is open.
    assert_eq!(hired, None);
    assert_eq!(mina.from.map(|day| (day.year, day.month, day.day)), Some((2020, 12, 25)));
    assert_eq!(mina.place.to_string(), "staff/staff.xlsx › دانشکده پزشکی › B7 \"کد پرسنلی\"");
    let source = &tables.sources[0];
    assert_eq!((source.rows, source.left_out, source.layouts.len()), (4, 0, 2));
    assert_eq!(only(&loaded.findings, "unknown-sheet").place.to_string(), "staff/staff.xlsx › راهنما");
}

#[test]
fn grouped_counts_are_told_apart_by_group_and_sub_header() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "دانشجویان سال تحصیلی ۱۴۰۲–۱۴۰۳").expect("a title");
    for (column, text) in ["واحد", "مقطع تحصیلی"].iter().enumerate() {
        sheet.merge_range(1, column as u16, 2, column as u16, text, &plain).expect("a header");
    }
    sheet.merge_range(1, 2, 1, 3, "دانش‌آموخته سال قبل", &plain).expect("a group");
    sheet.merge_range(1, 4, 1, 5, "تعداد دانشجو", &plain).expect("a group");
    for (column, text) in ["کل", "زن", "کل", "بین‌المللی"].iter().enumerate() {
        sheet.write(2, column as u16 + 2, *text).expect("a header");
    }
    for (column, text) in ["unit", "level", "", "", "headcount", "international"].iter().enumerate() {
        sheet.write(3, column as u16, *text).expect("a second header");
    }
    sheet.write(4, 0, "پزشکی").expect("a cell");
    sheet.write(4, 1, "دکتری حرفه‌ای").expect("a cell");
    for (column, count) in [90.0, 40.0, 700.0, 20.0].iter().enumerate() {
        sheet.write(4, column as u16 + 2, *count).expect("a cell");
    }
    let loaded = Folder::new().with("students.xlsx", book.save_to_buffer().expect("a workbook")).load();
    let students = &loaded.value.students;
    assert_eq!(students.len(), 1, "{:#?}", loaded.findings);
    assert_eq!((students[0].headcount, students[0].international), (700.0, Some(20.0)));
    assert_eq!((students[0].year, students[0].level), (2023, Level::Professional));
    assert_eq!(ids(&loaded.value, &[students[0].unit]), ["MED"]);
    assert!(only(&loaded.findings, "rows-passed-over").message.contains("rows 4"), "{:#?}", loaded.findings);
}

#[test]
fn columns_in_any_order_under_a_title_in_csv() {
    let content = "Students,,,,\n,,,,\nFemale,Students,Academic year,Unit,Level of study\n3,10,2023/24,School of Medicine,PhD\n,7,2023-2024,Dentistry,Master's\n";
    let loaded = Folder::new().with("x.csv", content).load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let students = &loaded.value.students;
    assert_eq!(students.len(), 2);
    assert_eq!((students[0].female, students[0].fte, students[0].year), (Some(3.0), 10.0, 2023));
    assert_eq!(students[1].level, Level::Master);
}

#[test]
fn the_same_department_name_is_told_apart_by_its_school() {
    let content = "id,name,department,school,rank\n1,A,Department of Surgery,School of Dentistry,Professor\n2,B,Surgery,Medicine,Professor\n";
    let loaded = Folder::new().with("s.csv", content).load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let units = |index: usize| ids(&loaded.value, &loaded.value.staff[index].units);
    assert_eq!((units(0), units(1)), (vec!["SUR2"], vec!["SUR"]));
}

#[test]
fn posts_of_a_person_add_up() {
    let content = "id,name,unit,fte\n1,A,MED,0.5\n1,A,DEN,0.3\n2,B,MED,1\n2,B,EYE,1\n3,C,MED,0.5\n3,C,MED,0.5\n";
    let loaded = Folder::new().with("s.csv", content).load();
    let fte: Vec<f64> = loaded.value.staff.iter().map(|person| person.fte).collect();
    assert_eq!(fte, [0.8, 1.0, 0.5]);
}

#[test]
fn money_in_any_unit_gives_the_same_dollars() {
    let dollars = |content: &str| {
        let loaded = Folder::new().with("f.csv", content).load();
        assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
        loaded.value.finance.iter().map(|sum| (sum.item, sum.amount.round())).collect::<Vec<_>>()
    };
    let expected = vec![(FinanceItem::InstitutionalIncome, 10_607.0), (FinanceItem::ResearchIncome, 1_061.0)];
    assert_eq!(
        dollars("بودجه (مبالغ به میلیون ریال),,,\nواحد,سال مالی,درآمد کل,درآمد پژوهشی\nMED,۱۴۰۲,۱۰۰۰,۱۰۰\n"),
        expected
    );
    assert_eq!(
        dollars("unit,year,income (toman),research income (toman)\nMED,1402,\"100,000,000\",\"10,000,000\"\n"),
        expected
    );
    let long = "unit,year,item,amount,currency\nMED,1402,income,1,billion rial\nMED,1402,research,0.1,IRR billion\n";
    assert_eq!(dollars(long), expected);
    let comma =
        "unit;year;income (million rial);research income (million rial)\nMED;1402;1.000,0;100\nDEN;1402;0,5;-\n";
    let with_comma = dollars(comma);
    assert_eq!(with_comma[..2], expected[..]);
    assert_eq!(with_comma[2].1, 5.0);
    let loaded = Folder::new().with("f.csv", "unit,year,income (million rial)\nMED,1402,1000\n").load();
    assert_eq!((loaded.value.finance[0].year, loaded.value.finance[0].printed.as_str()), (2023, "1000 million rial"));
}

#[test]
fn own_rates_and_day_weights() {
    let finance = "unit,year,income (million rial)\nMED,1402,1000\n";
    let rates = "currency,year,rate,source\nIRR,2023,100000,own\n";
    let amount = |folder: Folder| folder.load().value.finance[0].amount;
    assert_eq!(amount(Folder::new().with("f.csv", finance).with("reference/ppp.csv", rates)), 10_000.0);
    let weighted = format!("{}[policy]\nppp_year = \"day_weighted\"\n", super::ASSESSMENT);
    let rate = (94_280.0 * 286.0 + 118_097.0 * 79.0) / 365.0;
    let found = amount(Folder::new().with("assessment.toml", weighted).with("f.csv", finance));
    assert!((found - 1e9 / rate).abs() < 1e-6, "{found}");
}

#[test]
fn journals_supplied_peers_and_what_is_not_used_yet() {
    let loaded = Folder::new()
        .with("reference/j.csv", "Rank;Sourceid;Title;Type;Issn;SJR;SJR Best Quartile;H index;Categories;Areas\n1;5;Nature;journal;\"280836, 14764687\";18,509;Q1;1391;\"Medicine (miscellaneous) (Q2); Multidisciplinary (Q1)\";Medicine; Multi\n2;6;Other;journal;-;-;-;2;Oncology;Medicine\n")
        .with("m.csv", "unit,measure,year,value,source\nU,patents,,3,register\n")
        .with("p.csv", "edition,unit_type,indicator,peer,value\nthe/wur/2026,university,patents,Peer A,1.5\n")
        .with("agreements/a.csv", "partner,country,signed,expires\nX,Turkey,1400/01/01,1405/01/01\n")
        .load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let tables = &loaded.value;
    assert_eq!(tables.journals[0].issns, ["00280836", "14764687"]);
    assert_eq!((tables.journals[0].sjr, tables.journals[0].quartile), (Some(18.509), Some(1)));
    let categories = [("Medicine (miscellaneous)".to_owned(), Some(2)), ("Multidisciplinary".to_owned(), Some(1))];
    assert_eq!(tables.journals[0].categories, categories);
    assert_eq!((tables.journals[1].quartile, tables.journals[1].sjr), (None, None));
    assert_eq!((tables.supplied[0].value, tables.supplied[0].year, tables.supplied[0].unit), (3.0, None, UnitIndex(0)));
    assert_eq!((tables.peers[0].value, tables.peers[0].peer.as_str()), (1.5, "Peer A"));
    let agreement = &tables.agreements[0];
    assert_eq!((agreement.partner.as_str(), agreement.country.as_str()), ("X", "Turkey"));
    // 1400/01/01 and 1405/01/01 of the Solar Hijri calendar.
    assert_eq!(agreement.from, Some(Date { year: 2021, month: 3, day: 21 }));
    assert_eq!(agreement.to, Some(Date { year: 2026, month: 3, day: 21 }));
    assert!(tables.unused.is_empty());
}

#[test]
fn a_unit_merged_over_its_levels_holds_for_each() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["واحد", "سال تحصیلی", "مقطع", "تعداد دانشجو"].iter().enumerate()
    {
        sheet.write(0, column as u16, *header).expect("a header");
    }
    sheet.merge_range(1, 0, 3, 0, "دانشکده پزشکی", &Format::new()).expect("a merged cell");
    for (index, level) in ["کارشناسی ارشد", "دکتری تخصصی", "دستیاری"].iter().enumerate() {
        let row = index as u32 + 1;
        sheet.write(row, 1, "۱۴۰۲").expect("a cell");
        sheet.write(row, 2, *level).expect("a cell");
        sheet.write(row, 3, 10.0 + index as f64).expect("a cell");
    }
    let loaded = Folder::new().with("students.xlsx", book.save_to_buffer().expect("a workbook")).load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let rows: Vec<_> =
        loaded.value.students.iter().map(|row| (ids(&loaded.value, &[row.unit])[0], row.headcount)).collect();
    assert_eq!(rows, [("MED", 10.0), ("MED", 11.0), ("MED", 12.0)]);
}

#[test]
fn the_order_of_files_and_threads_changes_nothing() {
    // Built once: a workbook carries the time of its making, and its digest is among what is compared.
    let workbook = staff_workbook();
    let folder = Folder::new().with("staff/a.xlsx", workbook).with("s.csv", "unit,year,headcount\nNOPE,1402,3\n");
    let load = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let loaded = pool.install(|| folder.load());
        format!("{:?} {:?} {:?}", loaded.findings, loaded.value.staff, loaded.value.sources)
    };
    assert_eq!(load(1), load(4));
}
