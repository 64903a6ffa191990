//! Tests: what typed text, numbers and dates mean.

use sanjeh::load::date::{NotADate, date_of, gregorian, parse_date, parse_year, serial_day, year_of};
use sanjeh::load::grid::Cell;
use sanjeh::load::number::{NotANumber, decimal_comma, is_missing, parse_number};
use sanjeh::model::tables::Date;
use sanjeh::model::text::{clean, digits_to_ascii, fold, words};

use super::{day, read_shared};

#[test]
fn sheets_fold_meets_spellings() {
    let same = [
        ("رتبه‌بندی", "رتبه بندی"),
        ("رتبه‌بندی", "رتبهبندی"),
        ("رتبه¬بندي", "رتبه\u{200F}\u{a0}بندی"),
        ("دانشكده پزشكي", "دانشکده پزشکی"),
        ("مدرسۀ عالی", "مدرسه عالي"),
        ("مدرسهٔ عالی", "مدرسة عالى"),
        ("آموزش", "اموزش"),
        ("أعضاء", "اعضا"),
        ("مسئول", "مسیول"),
        ("مؤسسه", "موسسه"),
        ("دانشـــگاه", "دانشگاه"),
        ("مُدیریَّت", "مدیریت"),
        ("ﻣﻮﺳﺴﻪ", "موسسه"),
        ("سال ۱۴۰۳", "سال ١٤٠٣"),
        ("سال ۱۴۰۳", "سال1403"),
        ("Université", "UNIVERSITE"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Ｆｕｌｌ", "full"),
        ("Health & Safety", "health and safety"),
        ("Field-Weighted Citation Impact", "field weighted  citation_impact"),
        ("Women’s", "Women's"),
        ("\u{FEFF}Title", "title"),
        ("٪ مقالات", "% مقالات"),
    ];
    for (left, right) in same {
        assert_eq!(fold(left), fold(right), "{left} and {right}");
    }
    for (left, right) in [("Publications (%)", "Publications"), ("C++", "C"), ("زن", "ژن"), ("کار", "گار"), ("", "a")]
    {
        assert_ne!(fold(left), fold(right), "{left} and {right}");
    }
    assert_eq!(fold("  "), "");
    for sample in ["رتبه‌بندی ۲۰۲۴ & QS", "Women’s Health (٪)", "École–Poly`technique", "¬ ء"] {
        assert_eq!(words(sample).concat(), fold(sample), "{sample}");
        assert_eq!(fold(&fold(sample)), fold(sample), "{sample}");
    }
    assert_eq!(
        words("School of Nursing & Midwifery, Tehran"),
        ["school", "of", "nursing", "and", "midwifery", "tehran"]
    );
    assert_eq!(words("رتبه‌بندی دانشگاه‌ها"), ["رتبه", "بندی", "دانشگاه", "ها"]);
}

#[test]
fn sheets_clean_keeps_what_is_read() {
    assert_eq!(clean("\u{FEFF}  دانشگاه \n\u{a0} علوم\u{200F} "), "دانشگاه علوم");
    assert_eq!(clean("رتبه‌بندی"), "رتبه‌بندی");
    assert_eq!(clean("رتبه¬بندی"), "رتبه‌بندی");
    assert_eq!(clean("\u{200C}رتبه\u{200C}\u{200C} بندی\u{200C}"), "رتبه بندی");
    assert_eq!(clean("a\u{7}b"), "ab");
    assert_eq!(clean("كتاب"), "كتاب");
    assert_eq!(digits_to_ascii("۱۲٣ Q1"), "123 Q1");
}

#[test]
fn sheets_numbers() {
    let value = |text: &str| parse_number(text, None, false).map(|number| number.value);
    for (text, expected) in [
        ("12", 12.0),
        (" +12 ", 12.0),
        ("۱۲", 12.0),
        ("١٢", 12.0),
        ("۳٫۵", 3.5),
        ("۱٬۲۵۰٫۵", 1250.5),
        ("۱٬۲۵۰", 1250.0),
        ("۱،۲۵۰،۰۰۰", 1_250_000.0),
        ("1'250'000.25", 1_250_000.25),
        ("1 250,5", 1250.5),
        ("1\u{202F}250", 1250.0),
        ("1.250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("14,3", 14.3),
        ("14.3", 14.3),
        ("0,125", 0.125),
        ("1,250,000", 1_250_000.0),
        ("1.250.000", 1_250_000.0),
        ("-5", -5.0),
        ("−5", -5.0),
        ("5-", -5.0),
        ("(1,250.5)", -1250.5),
        ("۱۲-", -12.0),
        ("1.5E+03", 1500.0),
        ("2e-3", 0.002),
        (".5", 0.5),
        ("صفر", 0.0),
        ("-0", 0.0),
    ] {
        assert_eq!(value(text), Ok(expected), "{text}");
    }
    for text in ["12%", "%12", "٪۱۲", "۱۲٪", "12 %"] {
        let number = parse_number(text, None, false).expect("a number");
        assert_eq!((number.value, number.percent), (12.0, true), "{text}");
    }
    for text in ["", " ", "-", "–", "—", "--", "ندارد", "فاقد", "نامشخص", "N/A", "n.a.", "#N/A", "NaN", "null", "…"]
    {
        assert_eq!(value(text), Err(NotANumber::Missing), "{text}");
        assert!(is_missing(text), "{text}");
    }
    for text in ["12a", "Q1", "1-2", "1.2.3", "1,25,0", "12/5", "1 25", "--5", "(-5)", "1e999", "%", "e5", "()", "+"] {
        assert_eq!(value(text), Err(NotANumber::Other), "{text}");
    }
}

#[test]
fn sheets_numbers_that_depend_on_their_column() {
    let read = |text: &str, comma: Option<bool>| {
        let number = parse_number(text, comma, false).expect("a number");
        (number.value, number.ambiguous)
    };
    assert_eq!(read("1,250", None), (1250.0, true));
    assert_eq!(read("1,250", Some(true)), (1.25, false));
    assert_eq!(read("1,250", Some(false)), (1250.0, false));
    assert_eq!(read("1.250", None), (1.25, true));
    assert_eq!(read("1.250", Some(true)), (1250.0, false));
    assert_eq!(read("1.250", Some(false)), (1.25, false));
    let slash = parse_number("۳/۵", None, true).expect("a number");
    assert_eq!((slash.value, slash.slash_decimal), (3.5, true));
    assert!(parse_number("1403/07/15", None, true).is_err());
    assert!(parse_number("123456/5", None, true).is_err());
    assert_eq!(decimal_comma(["1,250", "14,3", "2"]), Some(true));
    assert_eq!(decimal_comma(["1,250", "14.3", "x"]), Some(false));
    assert_eq!(decimal_comma(["1,250,000", "1,250"]), Some(false));
    assert_eq!(decimal_comma(["1,250", "2"]), None);
    assert_eq!(decimal_comma(["1,2", "1.2"]), None);
}

#[test]
fn sheets_jalali_days_agree_with_the_published_table() {
    let Some(checked) = read_shared("messy/jalali_gregorian_1393-1398.xlsx") else { return };
    let rows = &checked.value[0].rows[1..];
    assert_eq!(rows.len(), 2_191);
    for row in rows {
        let (Cell::Text(typed), Cell::Date(date)) = (row.cell(0), row.cell(1)) else {
            panic!("row {} holds {:?}", row.number, row.cells)
        };
        assert_eq!(parse_date(typed), Ok(*date), "row {}", row.number);
        let parts: Vec<i32> = typed.split('-').filter_map(|part| part.parse().ok()).collect();
        assert_eq!(date.in_jalali().map(|(y, m, d)| vec![y, m.into(), d.into()]), Some(parts), "row {}", row.number);
    }
}

#[test]
fn sheets_days_as_people_type_them() {
    for (text, expected) in [
        ("1403/01/01", day(2024, 3, 20)),
        ("1404/1/1", day(2025, 3, 21)),
        ("1403/07/15", day(2024, 10, 6)),
        ("۱۴۰۳-۷-۱۵", day(2024, 10, 6)),
        ("15/7/1403", day(2024, 10, 6)),
        ("14030715", day(2024, 10, 6)),
        ("۱۵ مهر ۱۴۰۳", day(2024, 10, 6)),
        ("1399/12/30", day(2021, 3, 20)),
        ("2024-10-06", day(2024, 10, 6)),
        ("2024-10-06T12:30:00Z", day(2024, 10, 6)),
        ("2024-10-06 12:30", day(2024, 10, 6)),
        ("20241006", day(2024, 10, 6)),
        ("6 Oct 2024", day(2024, 10, 6)),
        ("October 6, 2024", day(2024, 10, 6)),
        ("13/02/2024", day(2024, 2, 13)),
        ("02/13/2024", day(2024, 2, 13)),
        ("5.5.2024", day(2024, 5, 5)),
    ] {
        assert_eq!(parse_date(text), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("03/07/15", NotADate::TwoDigitYear),
        ("03/04/2020", NotADate::DayOrMonth),
        ("1403/13/01", NotADate::NoSuchDay),
        ("1403/07/31", NotADate::NoSuchDay),
        ("1400/12/30", NotADate::NoSuchDay),
        ("2023-02-29", NotADate::NoSuchDay),
        ("1700/01/01", NotADate::YearOutOfRange),
        ("-", NotADate::Missing),
        ("ندارد", NotADate::Missing),
        ("soon", NotADate::Other),
        ("1403", NotADate::Other),
    ] {
        assert_eq!(parse_date(text), Err(expected), "{text}");
    }
    assert_eq!(Date::of_jalali(1403, 12, 30), Some(day(2025, 3, 20)));
    assert_eq!(Date::of_jalali(1404, 12, 30), None);
    assert_eq!(gregorian(2024, 2, 29), Some(day(2024, 2, 29)));
    assert_eq!(serial_day(45_571.0), Some(day(2024, 10, 6)));
    assert_eq!(serial_day(1.0), Some(day(1900, 1, 1)));
    assert_eq!(serial_day(60.0), None);
    assert_eq!(serial_day(61.0), Some(day(1900, 3, 1)));
    assert_eq!(serial_day(f64::NAN), None);
    assert_eq!(date_of(&Cell::Number(45_571.0)), Ok(day(2024, 10, 6)));
    assert_eq!(date_of(&Cell::Number(14_030_715.0)), Ok(day(2024, 10, 6)));
    assert_eq!(date_of(&Cell::Number(12.0)), Err(NotADate::Other));
}

#[test]
fn sheets_years_as_people_type_them() {
    for (text, expected) in [
        ("2023", 2023),
        ("1403", 2024),
        ("۱۴۰۳", 2024),
        ("۱۴۰۳–۱۴۰۴", 2024),
        ("1403-1404", 2024),
        ("1404-1403", 2024),
        ("1403-04", 2024),
        ("1399-00", 2020),
        ("سال تحصیلی ۱۴۰۳-۱۴۰۴", 2024),
        ("14031", 2024),
        ("14032", 2024),
        ("4031", 2024),
        ("3992", 2020),
        ("2023/24", 2023),
        ("2023-2024", 2023),
        ("1999-00", 1999),
        ("FY 2023", 2023),
        ("1403/11", 2025),
        ("1403/11/20", 2025),
        ("2024-10-06", 2024),
    ] {
        assert_eq!(parse_year(text), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("03-04", NotADate::TwoDigitYear),
        ("99", NotADate::TwoDigitYear),
        ("1700", NotADate::YearOutOfRange),
        ("0", NotADate::Other),
        ("", NotADate::Missing),
        ("about 2023", NotADate::Other),
        ("2019-2024", NotADate::Other),
    ] {
        assert_eq!(parse_year(text), Err(expected), "{text}");
    }
    assert_eq!(year_of(&Cell::Number(1403.0)), Ok(2024));
    assert_eq!(year_of(&Cell::Number(2023.5)), Err(NotADate::Other));
    assert_eq!(year_of(&Cell::Date(day(2021, 5, 4))), Ok(2021));
}
