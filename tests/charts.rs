//! Tests: each kind of chart in both languages with long names, one item, none, and numbers below zero.

use std::fmt::Write;

use sanjeh::model::chart::{
    Bar, BarPanel, Bubble, Bubbles, Chart, Concentration, Distribution, Dot, Drawing, Figure, Network, Pareto, Partner,
    RankIntervals, RankRow, Relation, Slope, SlopeLine, Swing, Tile, TileMap, Tornado, Trend, TrendPoint, Waterfall,
};
use sanjeh::model::names::Names;
use sanjeh::model::report::Text;
use sanjeh::render::chart::{chart, png};

const LONG: (&str, &str) = (
    "Interdisciplinary Research Centre for Molecular, Cellular and Translational Medicine of the Northern and Western \
     Provinces",
    "مرکز تحقیقات بین‌رشته‌ای پزشکی مولکولی، سلولی و ترجمانی استان‌های شمالی و غربی کشور با همکاری Q1 Lab (2024)",
);

const NAMES: [(&str, &str); 7] = [
    ("School of Medicine", "دانشکدهٔ پزشکی"),
    ("School of Dentistry", "دانشکدهٔ دندان‌پزشکی"),
    ("School of Pharmacy", "دانشکدهٔ داروسازی"),
    ("School of Nursing and Midwifery", "دانشکدهٔ پرستاری و مامایی"),
    LONG,
    ("<b>R&D</b> \"x\" 日本", "<b>R&D</b> پژوهش"),
    ("School of Rehabilitation Sciences", "دانشکدهٔ علوم توان‌بخشی"),
];

fn text((en, fa): (&str, &str)) -> Text {
    Names::new(en, fa).into()
}

fn name(index: usize) -> Text {
    text(NAMES[index % NAMES.len()])
}

fn of(name: &str, drawing: Drawing) -> Chart {
    Chart {
        name: name.into(),
        unit: None,
        title: text(("What is shown", "آنچه نشان داده می‌شود")),
        reading: text(("Something", "چیزی")),
        sources: vec!["scores.csv"],
        subtitle: vec![text(LONG)],
        notes: vec![text(("2020–2024, p < 0.05", "2020–2024، p < 0.05"))],
        invented: true,
        drawing,
    }
}

fn bars(name_of_chart: &str, bars: Vec<Bar>) -> Chart {
    let panel = BarPanel { title: name(4), headline: Some(47.3), facts: Vec::new(), bars };
    of(name_of_chart, Drawing::Bars(vec![panel]))
}

type BarNumbers = (Option<f64>, Option<(f64, f64)>, Option<f64>, Option<f64>);

fn bar(index: usize, (value, interval, median, target): BarNumbers) -> Bar {
    Bar { label: name(index), value, interval, median, target, remark: None }
}

fn trend(name: &str, values: &[Option<f64>], breaks: &[i32]) -> Chart {
    let point = |(year, value): (i32, &Option<f64>)| TrendPoint {
        year,
        value: *value,
        interval: value.map(|value| (value - 0.4, value + 0.6)),
        incomplete: year == 2025,
    };
    let first = 2026 - values.len() as i32;
    of(
        name,
        Drawing::Trend(Trend {
            axis: text(("Impact", "اثرگذاری")),
            figure: Figure::Raw,
            reach: 0.0,
            points: (first..).zip(values).map(point).collect(),
            breaks: breaks.iter().map(|&year| (year, text(("New scheme", "طبقه‌بندی تازه")))).collect(),
        }),
    )
}

fn waterfall(name_of_chart: &str, baseline: f64, parts: &[f64], result: f64) -> Chart {
    let parts = parts.iter().enumerate().map(|(index, &part)| (name(index), part)).collect();
    let (from, to) = (text(("Today", "امروز")), text(("Target", "هدف")));
    of(name_of_chart, Drawing::Waterfall(Waterfall::new(Figure::Score, (from, baseline), parts, (to, result))))
}

fn slope(name_of_chart: &str, ranks: &[(Option<u32>, Option<u32>)]) -> Chart {
    let line = |(index, &(before, after)): (usize, &(Option<u32>, Option<u32>))| SlopeLine {
        label: name(index),
        before,
        after,
    };
    let lines = ranks.iter().enumerate().map(line).collect();
    of(name_of_chart, Drawing::Slope(Slope { editions: (name(4), text(("Edition 2026", "ویرایش 2026"))), lines }))
}

fn money() -> (Text, Text) {
    (text(("million toman", "میلیون تومان")), text(("points", "امتیاز")))
}

fn bubbles(name_of_chart: &str, points: &[(f64, f64, f64)]) -> Chart {
    let bubble =
        |(index, &(cost, effect, size)): (usize, &(f64, f64, f64))| Bubble { label: name(index), cost, effect, size };
    let (cost, effect) = money();
    let bubbles = points.iter().enumerate().map(bubble).collect();
    of(name_of_chart, Drawing::Bubbles(Bubbles { cost, effect, bubbles }))
}

fn pareto(name_of_chart: &str, points: &[(f64, f64)], chosen: Option<usize>) -> Chart {
    let (cost, effect) = money();
    let others = points.iter().map(|&(cost, effect)| (cost, effect / 2.0)).collect();
    of(name_of_chart, Drawing::Pareto(Pareto { cost, effect, points: points.to_vec(), chosen, others }))
}

fn tornado(name_of_chart: &str, base: f64, swings: &[(f64, f64)]) -> Chart {
    let swing = |(index, &(low, high)): (usize, &(f64, f64))| Swing {
        label: name(index),
        low: (text(("weights −20%", "وزن‌ها ۲۰٪ کمتر")), low),
        high: (name(4), high),
    };
    let swings = swings.iter().enumerate().map(swing).collect();
    of(name_of_chart, Drawing::Tornado(Tornado::new(Figure::Score, base, swings)))
}

type RankNumbers = (Option<u32>, Option<(u32, u32)>);

fn ranks(name_of_chart: &str, of_all: u32, rows: &[RankNumbers]) -> Chart {
    let row = |(index, &(rank, interval)): (usize, &RankNumbers)| RankRow { label: name(index), rank, interval };
    let rows = rows.iter().enumerate().map(row).collect();
    of(name_of_chart, Drawing::RankIntervals(RankIntervals { of: of_all, rows }))
}

fn concentration(name: &str, citations: Vec<u64>) -> Chart {
    of(name, Drawing::Concentration(Concentration::new(citations)))
}

fn distribution(name_of_chart: &str, values: &[f64], own: Option<usize>, interval: Option<(f64, f64)>) -> Chart {
    let dots = values.iter().enumerate().map(|(index, &value)| Dot { label: name(index), value }).collect();
    let middle = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let median = (values.len() > 2).then_some(middle);
    let (axis, range) = (name(0), (0.0, 100.0));
    of(
        name_of_chart,
        Drawing::Distribution(Distribution { axis, figure: Figure::Score, range, dots, own, interval, median }),
    )
}

/// Tiles of 28 columns and 18 rows; the seventh is home.
fn tile_map(name_of_chart: &str, papers: &[u64], elsewhere: &[u64]) -> Chart {
    let tile = |(index, &papers): (usize, &u64)| Tile {
        code: ["US", "IR", "GB", "WW"][index % 4].into(),
        country: name(index),
        column: index as u32 % 28,
        row: index as u32 / 28,
        papers,
    };
    let tiles: Vec<Tile> = papers.iter().enumerate().map(tile).collect();
    let elsewhere = elsewhere.iter().map(|&papers| (name(4), papers)).collect();
    let home = (tiles.len() > 6).then_some(6);
    of(name_of_chart, Drawing::TileMap(TileMap { tiles, home, elsewhere }))
}

fn network(name_of_chart: &str, centre: usize, papers: &[u64]) -> Chart {
    let partner = |(index, &papers): (usize, &u64)| Partner {
        label: name(index + centre),
        place: (index % 5 != 1).then(|| name(index + 4)),
        relation: [Relation::Abroad, Relation::AtHome, Relation::Own][index % 3],
        papers,
    };
    let partners: Vec<Partner> = papers.iter().enumerate().map(partner).collect();
    let between = (1..partners.len()).map(|index| (index / 2, index, papers[index] / 2)).collect();
    of(name_of_chart, Drawing::Network(Network { centre: name(centre), partners, between }))
}

fn all() -> Vec<Chart> {
    let several: Vec<BarNumbers> = vec![
        (Some(62.1), Some((55.0, 68.0)), Some(50.0), Some(75.0)),
        (Some(8.0), Some((4.0, 14.0)), Some(12.0), Some(20.0)),
        (Some(97.0), Some((92.0, 100.0)), Some(60.0), None),
        (Some(100.0), Some((99.0, 100.0)), Some(99.5), Some(100.0)),
        (None, None, Some(40.0), Some(50.0)),
        (Some(30.0), Some((5.0, 60.0)), Some(31.0), Some(55.0)),
        (Some(0.0), None, Some(0.0), Some(0.0)),
    ];
    vec![
        bars("bars", several.into_iter().enumerate().map(|(index, numbers)| bar(index, numbers)).collect()),
        bars("bars-none", Vec::new()),
        ranks(
            "ranks",
            17,
            &[(Some(1), Some((1, 4))), (Some(3), Some((2, 7))), (Some(7), Some((7, 7))), (Some(9), None), (None, None)],
        ),
        ranks("ranks-one", 1, &[(Some(1), Some((1, 1)))]),
        ranks("ranks-none", 0, &[]),
        waterfall("waterfall", 47.3, &[2.4, 3.1, -1.2, 0.4, 0.9, 0.0], 54.0),
        waterfall("waterfall-below-zero", -12.0, &[22.4, -30.1], -19.7),
        waterfall("waterfall-none", 0.0, &[], 0.0),
        concentration(
            "concentration",
            (0..143).map(|paper| if paper > 110 { 0 } else { 4000 / (paper * paper / 9 + 3) }).collect(),
        ),
        concentration("concentration-one", vec![7]),
        concentration("concentration-uncited", vec![0; 9]),
        concentration("concentration-none", Vec::new()),
        trend(
            "trend",
            &[Some(0.8), Some(0.92), Some(1.1), None, Some(1.2), Some(1.31), Some(1.05), Some(1.4)],
            &[2020, 2024],
        ),
        trend("trend-one", &[Some(1.0)], &[]),
        trend("trend-none", &[], &[]),
        trend("trend-below-zero", &[Some(-4.0), Some(3.0), Some(-1.0)], &[2025]),
        bubbles(
            "bubbles",
            &[
                (120.0, 2.4, 4.0),
                (15.0, 3.1, 9.0),
                (300.0, -0.4, 1.0),
                (310.0, 1.0, 2.0),
                (140.0, 2.0, 6.0),
                (122.0, 2.3, 0.5),
            ],
        ),
        bubbles("bubbles-same", &[(1.0, 1.0, 0.0); 14]),
        bubbles("bubbles-none", &[]),
        slope(
            "slope",
            &[
                (Some(1), Some(1)),
                (Some(3), Some(2)),
                (Some(2), Some(4)),
                (Some(4), Some(3)),
                (Some(4), Some(6)),
                (None, Some(5)),
                (Some(6), None),
            ],
        ),
        slope("slope-none", &[]),
        tornado("tornado", 47.3, &[(46.0, 49.0), (52.1, 41.0), (47.3, 50.2), (47.0, 47.4)]),
        tornado("tornado-below-zero", -1.0, &[(-3.0, 2.0)]),
        tornado("tornado-none", 1.0, &[]),
        pareto("pareto", &[(0.0, 0.0), (15.0, 1.1), (40.0, 2.0), (90.0, 3.1), (160.0, 3.6), (300.0, 3.9)], Some(3)),
        pareto("pareto-one", &[(15.0, 1.1)], Some(0)),
        pareto("pareto-none", &[], None),
        distribution(
            "distribution",
            &[12.0, 47.3, 47.9, 48.0, 48.4, 51.0, 63.0, 99.0, 100.0],
            Some(3),
            Some((41.0, 58.5)),
        ),
        distribution("distribution-at-the-edge", &[0.0, 3.0, 0.0], Some(2), None),
        distribution("distribution-named-long", &[2.0, 3.0, 4.0, 90.0, 99.7], Some(4), Some((97.0, 100.0))),
        distribution(
            "distribution-many",
            &(0..160).map(|unit| f64::from(unit % 23) + 40.0).collect::<Vec<_>>(),
            Some(7),
            None,
        ),
        distribution("distribution-without-own", &[20.0, 80.0], None, None),
        distribution("distribution-none", &[], None, None),
        tile_map(
            "tile-map",
            &(0..504).map(|tile| [0, 0, 1, 0, 3, 12, 1840][tile % 7] * (tile as u64 % 5)).collect::<Vec<_>>(),
            &[3, 1],
        ),
        tile_map("tile-map-home-alone", &[0, 0, 0, 0, 0, 0, 12, 0], &[]),
        tile_map("tile-map-none", &[], &[]),
        network("network", 0, &[1240, 96, 80, 71, 64, 60, 31, 30, 17, 12, 9, 8, 4, 3, 2, 1]),
        network("network-long", 4, &[9, 8, 7, 6, 5, 4, 3]),
        network("network-one", 1, &[1]),
        network("network-none", 0, &[]),
    ]
}

/// Strings of an SVG with the left end of their baseline.
fn strings(svg: &str) -> Vec<(f64, f64, String)> {
    svg.lines()
        .filter_map(|line| {
            let label = line.strip_prefix("<g role=\"img\" aria-label=\"")?.split_once('"')?.0;
            let numbers = line.split_once("matrix(")?.1.split_once(')')?.0;
            let numbers: Vec<f64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
            Some((numbers[4], numbers[5], label.to_owned()))
        })
        .collect()
}

#[test]
fn chart_strings_and_their_places_are_as_they_were_looked_at() {
    for each in all() {
        for language in ["en", "fa"] {
            let mut out = String::new();
            for (x, y, label) in strings(&chart(&each, language).svg) {
                let _ = writeln!(out, "{x:>6.0} {y:>6.0}  {label}");
            }
            insta::assert_snapshot!(format!("{}-{language}", each.name), out);
        }
    }
}

#[test]
fn chart_marks_and_text_stay_on_the_paper_and_bytes_are_the_same_again() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).unwrap();
    for each in all() {
        for language in ["en", "fa"] {
            let picture = chart(&each, language);
            assert_eq!(picture.svg, chart(&each, language).svg, "{} {language}", each.name);
            assert!(!picture.svg.contains("<text") && !picture.svg.contains("NaN"), "{} {language}", each.name);
            let tree = resvg::usvg::Tree::from_str(&picture.svg, &resvg::usvg::Options::default()).unwrap();
            let (size, marks) = (tree.size(), tree.root().abs_stroke_bounding_box());
            let inside = marks.left() >= 0.0
                && marks.top() >= 0.0
                && marks.right() <= size.width()
                && marks.bottom() <= size.height();
            assert!(inside, "{} {language}: {marks:?} leaves {size:?}", each.name);
            // For a look at the pictures after a test run.
            std::fs::write(folder.join(format!("{}-{language}.png", each.name)), png(&picture).unwrap()).unwrap();
        }
    }
}

/// Letters set apart by a zero-width non-joiner stand alone; joined ones are drawn by other glyphs.
#[test]
fn chart_persian_letters_are_joined() {
    fn glyphs(each: &Chart, title: &str) -> std::collections::BTreeSet<String> {
        let svg = chart(&Chart { title: text(("Title", title)), ..each.clone() }, "fa").svg;
        let starts = format!("<g role=\"img\" aria-label=\"{title}\"");
        let line =
            svg.lines().find(|line| line.starts_with(&starts)).unwrap_or_else(|| panic!("no title: {}", each.name));
        line.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }
    let word = "نشان";
    let apart: Vec<String> = word.chars().map(String::from).collect();
    for each in all() {
        let (joined, alone) = (glyphs(&each, word), glyphs(&each, &apart.join("\u{200C}")));
        // ن and ش begin joined; the ن after ا stands alone in both.
        assert!(joined.difference(&alone).count() >= 2, "{}: {joined:?} against {alone:?}", each.name);
    }
}

/// What a screen reader says holds the numbers, in the digits of the language.
#[test]
fn charts_are_described_in_words() {
    let described = |name: &str, language: &str| {
        let chart_of = all().into_iter().find(|each| each.name == name).unwrap();
        let svg = chart(&chart_of, language).svg;
        svg.split_once("<desc>").unwrap().1.split_once("</desc>").unwrap().0.to_owned()
    };
    for (name, language, words) in [
        ("bars", "en", "School of Medicine: 62.1 (55.0–68.0), Median 50.0"),
        ("bars", "fa", "۶۲٫۱ (۵۵٫۰–۶۸٫۰)"),
        ("ranks", "en", "School of Dentistry: 3 (2–7)"),
        ("waterfall", "en", "School of Pharmacy: -1.2"),
        ("waterfall", "en", "Interplay and rest: +1.1"),
        ("concentration", "en", "Half of the citations come from 5 of 143 papers"),
        ("concentration-one", "en", "All citations come from the only paper"),
        ("concentration-none", "fa", "هنوز به هیچ مقاله‌ای از این واحد استناد نشده است."),
        ("trend", "en", "2021: –"),
        ("slope", "en", "School of Rehabilitation Sciences: 6 → –"),
        ("tornado", "en", "weights −20%: 52.1"),
        ("pareto", "en", "90.0 → 3.10"),
        ("bubbles", "en", "300.0 → -0.400"),
        ("distribution", "en", "School of Nursing and Midwifery: 48.0, rank 6 of 9; Interval 41.0–58.5; Median "),
        ("distribution", "fa", "رتبهٔ ۶ از ۹"),
        ("distribution-without-own", "en", "The unit itself has no score here."),
        ("tile-map-home-alone", "en", "School of Rehabilitation Sciences: 12"),
        ("network", "en", "School of Medicine (Interdisciplinary"),
        ("network", "en", "School of Medicine – School of Dentistry: 48"),
        ("network", "fa", "۱٬۲۴۰"),
    ] {
        let said = described(name, language);
        assert!(said.contains(words), "{name} {language}: {said}");
    }
}

#[test]
fn waterfalls_add_up() {
    let (from, to) = (|| text(("a", "الف")), || text(("b", "ب")));
    let rest = Waterfall::new(Figure::Score, (from(), 10.0), vec![(name(0), 3.0), (name(1), -1.0)], (to(), 13.5));
    assert_eq!(rest.parts.len(), 3);
    assert!((rest.parts[2].1 - 1.5).abs() < 1e-12);
    let exact = Waterfall::new(Figure::Score, (from(), 0.1), vec![(name(0), 0.2)], (to(), 0.3));
    assert_eq!(exact.parts.len(), 1, "rounding of floats is no part");
}

#[test]
fn concentration_counts_the_fewest_papers_that_hold_half() {
    for (citations, half) in [
        (vec![], None),
        (vec![0, 0], None),
        (vec![7], Some(1)),
        (vec![1, 1, 1, 1], Some(2)),
        (vec![1, 9, 2, 3], Some(1)),
        (vec![3, 3, 3], Some(2)),
        (vec![0, 5, 5], Some(1)),
    ] {
        assert_eq!(Concentration::new(citations.clone()).half(), half, "{citations:?}");
    }
}

#[test]
fn tornados_begin_with_the_widest() {
    let Drawing::Tornado(tornado) = tornado("t", 0.0, &[(0.0, 1.0), (3.0, -3.0), (0.0, 1.0)]).drawing else { panic!() };
    let widths: Vec<f64> = tornado.swings.iter().map(|swing| (swing.high.1 - swing.low.1).abs()).collect();
    assert_eq!(widths, [6.0, 1.0, 1.0]);
    assert_eq!(tornado.swings[1].label, name(0), "equals stay in their order");
}
