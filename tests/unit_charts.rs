//! Tests: what the charts of a unit show is what the run worked out; charts of advice, moves and sensitivity; captions.

use std::collections::{BTreeMap, BTreeSet};

use sanjeh::model::advice::{Advice, Alone, CurvePoint, IdleReason, Step};
use sanjeh::model::chart::{Chart, Drawing, Relation};
use sanjeh::model::ledger::{Account, Credit};
use sanjeh::model::moved::{EditionMove, Move, UnitMove};
use sanjeh::model::publication::{Publication, PublicationIndex};
use sanjeh::model::report::{Report, Text};
use sanjeh::model::results::Results;
use sanjeh::model::sensitivity::{Alternative, InputSwing, UncertainInput};
use sanjeh::model::unit::UnitIndex;
use sanjeh::render::{chart, phrases};
use sanjeh::report::charts::{advice, moved, sensitivity};
use sanjeh::report::report;

use crate::render::{rendered, results};

fn english(text: &Text) -> String {
    phrases::in_language("en").text(text)
}

fn find<'r>(report: &'r Report, name: &str) -> &'r Chart {
    report.charts.iter().find(|chart| chart.name == name).unwrap_or_else(|| panic!("there is no {name}"))
}

/// Results with these papers, each held by the units given by their index.
fn with_papers(papers: Vec<(Publication, &[u32])>) -> Results {
    let mut results = results();
    let whole = results.ledger.credits[0];
    results.ledger.credits.clear();
    results.publications.items.clear();
    for (number, (paper, units)) in (0..).zip(papers) {
        results.publications.items.push(Publication { year: Some(2023), ..paper });
        results.ledger.credits.extend(units.iter().map(|&unit| Credit {
            publication: PublicationIndex(number),
            account: Account::Unit(UnitIndex(unit)),
            ..whole
        }));
    }
    results.publications.offsets = vec![0; results.publications.items.len() + 1];
    results
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Five papers: two with Germany, one of them with France too; one with Guam, which has no place; one without address.
fn collaborating() -> Results {
    let paper = |countries: &[&str], abroad: &[&str], home: &[&str]| Publication {
        countries: names(countries),
        international: (!countries.is_empty()).then(|| countries.iter().any(|&country| country != "Iran")),
        foreign_partners: names(abroad),
        partners_at_home: names(home),
        domestic_organisations: 1 + home.len() as u32,
        ..Publication::default()
    };
    let mut results = with_papers(vec![
        (paper(&["Germany", "Iran"], &["university freiburg|Germany"], &["shiraz university|Iran"]), &[1, 2]),
        (paper(&["France", "Germany", "Iran"], &["university freiburg|Germany"], &["shiraz university|Iran"]), &[1]),
        (paper(&["Guam", "Iran"], &["university guam|Guam"], &[]), &[1]),
        (paper(&["Iran"], &[], &["shiraz university|Iran"]), &[1, 3]),
        (paper(&[], &[], &[]), &[1]),
    ]);
    let printed =
        [("university freiburg|Germany", "University of Freiburg"), ("shiraz university|Iran", "Shiraz University")];
    let printed = printed.map(|(key, name)| (key.to_owned(), name.to_owned()));
    results.publications.partner_names = std::sync::Arc::new(BTreeMap::from(printed));
    results
}

#[test]
fn unit_charts_count_joint_papers_by_country() {
    let report = report(&collaborating());
    let slug = &report.units[1].slug;
    let Drawing::TileMap(map) = &find(&report, &format!("countries-{slug}")).drawing else { panic!("a tile map") };
    let of = |code: &str| map.tiles.iter().find(|tile| tile.code == code).unwrap().papers;
    assert_eq!((of("DE"), of("FR"), of("GB")), (2, 1, 0));
    assert_eq!(map.tiles[map.home.unwrap()].code, "IR");
    assert_eq!(of("IR"), 3, "at home count papers with another organisation there");
    let elsewhere: Vec<(String, u64)> = map.elsewhere.iter().map(|(name, papers)| (english(name), *papers)).collect();
    assert_eq!(elsewhere, [("Guam".to_owned(), 1)]);
    let chart = find(&report, &format!("countries-{slug}"));
    assert_eq!(english(&chart.reading), "Countries abroad with joint papers: 3; most with Germany (2).");
    let svg = chart::chart(chart, "en").svg;
    assert!(svg.contains("3 of 4 papers of 2021–2025 have an author abroad"), "{svg}");
    assert!(svg.contains("Left out, because no country is printed: 1.") && svg.contains("Guam 1"));
    let persian = chart::chart(chart, "fa").svg;
    assert!(persian.contains("آلمان ۲") && persian.contains("گوام ۱"), "countries have Persian names");
    assert!(report.charts.iter().all(|chart| chart.name != "countries-pharm" || chart.unit == Some(3)));
}

#[test]
fn unit_charts_show_partners_by_their_printed_names() {
    let report = report(&collaborating());
    let slug = &report.units[1].slug;
    let chart = find(&report, &format!("partners-{slug}"));
    let Drawing::Network(network) = &chart.drawing else { panic!("a network") };
    let partners: Vec<(String, Relation, u64)> =
        network.partners.iter().map(|partner| (english(&partner.label), partner.relation, partner.papers)).collect();
    let expected = [
        ("Shiraz University", Relation::AtHome, 3),
        ("University of Freiburg", Relation::Abroad, 2),
        // No spelling is known: the folded words stand in.
        ("university guam", Relation::Abroad, 1),
        ("School of Dentistry", Relation::Own, 1),
        ("School of Pharmacy", Relation::Own, 1),
    ];
    assert_eq!(partners, expected.map(|(name, relation, papers)| (name.to_owned(), relation, papers)));
    assert_eq!(network.between, [(0, 1, 2)], "both stand on two papers; single ones are not drawn");
    assert_eq!(english(&chart.reading), "Most joint papers with Shiraz University (3).");
    let university = find(&report, "partners-uni");
    let Drawing::Network(network) = &university.drawing else { panic!("a network") };
    assert!(network.partners.iter().all(|partner| partner.relation != Relation::Own), "units of it are no partners");
    assert!(report.charts.iter().all(|chart| chart.name != "partners-nurs"), "no papers, no partners");
}

#[test]
fn unit_charts_place_a_unit_among_all_scores_of_its_type() {
    let results = results();
    let report = report(&results);
    let mut seen = 0;
    for edition in &report.editions {
        for comparison in &edition.comparisons {
            for row in &comparison.rows {
                let unit = &report.units[row.unit];
                let Some(chart) =
                    report.charts.iter().find(|chart| chart.name == format!("distribution-{}", unit.slug))
                else {
                    assert!(comparison.rows.len() < 2 || comparison.rows.iter().all(|row| row.overall.score.is_none()));
                    continue;
                };
                if chart.subtitle[0] != edition.name.clone().into() {
                    continue;
                }
                let Drawing::Distribution(drawing) = &chart.drawing else { panic!("a distribution") };
                let total = edition.overall && row.overall.score.is_some();
                if total {
                    let scores: Vec<f64> = comparison.rows.iter().filter_map(|row| row.overall.score).collect();
                    assert_eq!(drawing.dots.iter().map(|dot| dot.value).collect::<Vec<_>>(), scores);
                    assert_eq!(drawing.own.map(|own| drawing.dots[own].value), row.overall.score);
                    assert_eq!(drawing.median, comparison.median);
                    let better = scores.iter().filter(|&&score| Some(score) > row.overall.score).count() as u64;
                    assert_eq!(drawing.rank(), Some((better + 1, scores.len() as u64)));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

/// Differences of contributions from their means sum to the difference of the totals.
#[test]
fn unit_charts_set_a_total_apart_from_the_mean_of_its_type() {
    let report = report(&results());
    let edition = &report.editions[0];
    let schools = edition.comparisons.iter().find(|each| each.unit_type == "school").unwrap();
    let totals: Vec<f64> = schools.rows.iter().filter_map(|row| row.overall.score).collect();
    let mean = totals.iter().sum::<f64>() / totals.len() as f64;
    let mut seen = 0;
    for row in schools.rows.iter().filter(|row| row.overall.score.is_some()) {
        let chart = find(&report, &format!("contributions-{}", report.units[row.unit].slug));
        let Drawing::Waterfall(fall) = &chart.drawing else { panic!("a waterfall") };
        assert!((fall.baseline.1 - mean).abs() < 1e-9 && fall.result.1 == row.overall.score.unwrap());
        assert_eq!(fall.parts.len(), edition.top_groups().len(), "nothing is left over");
        let sum = fall.parts.iter().fold(fall.baseline.1, |sum, (_, part)| sum + part);
        assert!((sum - fall.result.1).abs() < 1e-9);
        seen += 1;
    }
    assert!(seen > 3);
    let Drawing::Stacks(_, stacks) = &find(&report, "contributions-uni").drawing else {
        panic!("a unit that is compared with nobody has its contributions alone")
    };
    let total = stacks[0].total.clone().unwrap();
    assert!((stacks[0].parts.iter().sum::<f64>() - total).abs() < 1e-9);
}

/// The intervals of the test scorecards reach two points to either side.
#[test]
fn unit_charts_bound_ranks_by_intervals_that_meet() {
    let report = report(&results());
    let schools = report.editions[0].comparisons.iter().find(|each| each.unit_type == "school").unwrap();
    let Drawing::RankIntervals(ranks) = &find(&report, &format!("{}-ranks", schools.slug)).drawing else {
        panic!("rank intervals")
    };
    let totals: Vec<f64> = schools.rows.iter().filter_map(|row| row.overall.score).collect();
    assert_eq!(ranks.of as usize, totals.len());
    for (row, drawn) in schools.rows.iter().zip(&ranks.rows) {
        let Some(total) = row.overall.score else {
            assert_eq!(drawn.interval, None);
            continue;
        };
        let best = 1 + totals.iter().filter(|&&other| other - 2.0 > total + 2.0).count() as u32;
        let worst = totals.iter().filter(|&&other| other + 2.0 > total - 2.0).count() as u32;
        assert_eq!(drawn.interval, Some((best, worst)));
        assert!(best <= worst);
    }
}

#[test]
fn unit_charts_of_siblings_have_one_scale() {
    let paper = Publication::default;
    let report = report(&with_papers(vec![(paper(), &[1]), (paper(), &[1]), (paper(), &[1]), (paper(), &[2])]));
    let reach = |unit: usize| match &find(&report, &format!("trend-{}", report.units[unit].slug)).drawing {
        Drawing::Trend(trend) => (trend.reach, trend.points.iter().filter_map(|point| point.value).sum::<f64>()),
        _ => panic!("a trend"),
    };
    assert_eq!((reach(1), reach(2)), ((3.0, 3.0), (3.0, 1.0)));
    assert_eq!(reach(0), (4.0, 4.0), "the university has no siblings");
    let says = |unit: usize| {
        let chart = find(&report, &format!("trend-{}", report.units[unit].slug));
        chart.notes.iter().any(|note| english(note).contains("below the same parent"))
    };
    assert!(says(2) && !says(0));
}

#[test]
fn unit_charts_world_tiles_are_places_of_the_country_list() {
    let rows = |name: &str| -> Vec<Vec<String>> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reference").join(name);
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (countries, tiles) = (rows("countries.csv"), rows("world_tiles.csv"));
    let codes = |rows: &[Vec<String>]| rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&countries), codes(&tiles), "both lists hold the same countries in the same order");
    let placed: Vec<(u32, u32)> = tiles
        .iter()
        .filter(|row| !row[1].is_empty())
        .map(|row| (row[1].parse().unwrap(), row[2].parse().unwrap()))
        .collect();
    assert_eq!(placed.iter().collect::<BTreeSet<_>>().len(), placed.len(), "two countries share a place");
    assert!(placed.len() > 200 && placed.iter().all(|&(column, row)| column < 28 && row < 18));
    for row in &tiles {
        let persian = |c: char| ('\u{600}'..='\u{6FF}').contains(&c) || c == ' ' || c == '\u{200C}';
        assert!(!row[3].is_empty() && row[3].chars().all(persian), "{row:?}");
        assert!(!row[3].contains(['ي', 'ك']), "{row:?} has an Arabic letter");
    }
}

fn step(strategy: &str, unit: &str, cost: f64, effect_alone: f64) -> Step {
    Step {
        strategy: strategy.into(),
        name_en: format!("Strategy {strategy}"),
        name_fa: format!("راهبرد {strategy}"),
        unit: unit.into(),
        intensity: 1.0,
        lever: "papers".into(),
        amount: 1.0,
        cost,
        effect_alone,
        lead_years: 1.0,
        owner_en: "Vice-chancellor".into(),
        owner_fa: "معاون".into(),
    }
}

fn advised() -> Advice {
    let alone = |strategy: &str, effect: Option<f64>| Alone {
        strategy: strategy.into(),
        name_en: format!("Strategy {strategy}"),
        name_fa: format!("راهبرد {strategy}"),
        lever: "papers".into(),
        units: 9,
        useful_units: 4,
        unit: if effect.is_some() { "MED".into() } else { String::new() },
        intensity: effect.map(|_| 1.0),
        cost: effect.map(|effect| 100.0 * effect),
        effect,
        cost_per_point: effect.map(|_| 100.0),
        reason: effect.is_none().then_some(IdleReason::Unmoved),
    };
    let point = |cost: f64, effect: f64, exact_effect: Option<f64>| CurvePoint {
        budget: cost,
        cost,
        effect,
        bound: effect,
        gap: 0.0,
        exact_effect,
        cost_per_point: None,
        steps: 1,
    };
    Advice {
        unit: "UNI".into(),
        editions: vec![("the/wur/2026".into(), 1.0)],
        budget: 300.0,
        currency: "million rial".into(),
        total: 40.0,
        steps: (0..15).map(|number| step(&number.to_string(), "MED", 20.0, 0.1 + f64::from(number) / 10.0)).collect(),
        cost: 300.0,
        model_effect: 12.0,
        bound: 12.0,
        gap: 0.0,
        nodes: 1,
        fault: None,
        exact_effect: Some(11.0),
        rounds: 1,
        round: 1,
        options: 15,
        evaluations: 15,
        pareto: vec![point(100.0, 5.0, Some(4.5)), point(300.0, 12.0, Some(11.0)), point(0.0, 0.0, Some(0.0))],
        alone: vec![alone("a", Some(2.0)), alone("b", None), alone("c", Some(3.5))],
        robustness: Vec::new(),
    }
}

#[test]
fn unit_charts_of_an_advice_add_up() {
    let (report, mut advised) = (report(&results()), advised());
    let fall = advice::waterfall(&advised, &report.units, true);
    let Drawing::Waterfall(drawn) = &fall.drawing else { panic!("a waterfall") };
    assert_eq!((drawn.baseline.1, drawn.result.1), (40.0, 51.0), "the plan measured as a whole");
    // Twelve steps, the three least as one, and what they bring together.
    assert_eq!(drawn.parts.len(), 14);
    let sum: f64 = drawn.parts.iter().map(|(_, part)| part).sum();
    assert!((sum - 11.0).abs() < 1e-9);
    assert_eq!(english(&drawn.parts[0].0), "Strategy 14 – School of Medicine");
    assert_eq!(english(&drawn.parts[12].0), "Further steps: 3");
    assert_eq!(english(&fall.reading), "From 40.0 to 51.0 for 300.0 million rial.");
    assert_eq!(phrases::in_language("fa").text(&fall.reading), "از ۴۰٫۰ به ۵۱٫۰ با ۳۰۰٫۰ میلیون ریال.");

    let bubbles = advice::bubbles(&advised, &report.units, true);
    let Drawing::Bubbles(drawn) = &bubbles.drawing else { panic!("bubbles") };
    let places: Vec<(f64, f64, f64)> = drawn.bubbles.iter().map(|each| (each.cost, each.effect, each.size)).collect();
    assert_eq!(places, [(200.0, 2.0, 4.0), (350.0, 3.5, 4.0)]);
    assert!(bubbles.notes.iter().any(|note| english(note) == "Strategies that bring nothing, not shown: 1."));

    let pareto = |advised: &Advice| match advice::pareto(advised, &report.units, true).drawing {
        Drawing::Pareto(pareto) => (pareto.points, pareto.chosen),
        _ => panic!("a curve"),
    };
    assert_eq!(pareto(&advised), (vec![(0.0, 0.0), (100.0, 4.5), (300.0, 11.0)], Some(2)));
    advised.pareto[0].exact_effect = None;
    assert_eq!(pareto(&advised).0[1], (100.0, 5.0), "one without: all by the model");
    advised.pareto.clear();
    assert_eq!(pareto(&advised), (Vec::new(), None));
    for chart in [fall, bubbles] {
        assert_eq!(chart.unit, Some(0));
        assert!(chart::chart(&chart, "fa").svg.contains("دانشگاه علوم پزشکی سبلان"));
    }
}

fn unit_move(unit: &str, from: Option<f64>, to: Option<f64>, parts: Option<[f64; 4]>) -> UnitMove {
    let overall = Move { group: "overall".into(), from, to, parts };
    UnitMove {
        unit: unit.into(),
        unit_type: "school".into(),
        moves: vec![overall],
        indicators: Vec::new(),
        unsplit: None,
    }
}

#[test]
fn unit_charts_of_a_move_tell_what_it_is_due_to() {
    let report = report(&results());
    let (before, after) = (Text::Verbatim("2025".into()), Text::Verbatim("2026".into()));
    let why = unit_move("PHARM", Some(40.0), Some(43.0), Some([2.0, -1.5, 2.5, 0.0]));
    let chart = moved::waterfall(&why, &report.units, (&before, &after), true).unwrap();
    let Drawing::Waterfall(fall) = &chart.drawing else { panic!("a waterfall") };
    let parts: Vec<(String, f64)> = fall.parts.iter().map(|(name, part)| (english(name), *part)).collect();
    let names = ["Own data", "Those compared with", "Method", "Corrections of the office"].map(str::to_owned);
    assert_eq!(parts, names.into_iter().zip([2.0, -1.5, 2.5, 0.0]).collect::<Vec<_>>());
    assert_eq!(english(&chart.reading), "From 40.0 to 43.0; most is due to: Method (+2.5).");
    assert_eq!(chart.unit, Some(3));
    let none = unit_move("PHARM", None, Some(43.0), None);
    assert_eq!(moved::waterfall(&none, &report.units, (&before, &after), true), None);

    let edition = EditionMove {
        from: "the/wur/2025".into(),
        to: "the/wur/2026".into(),
        units: vec![
            unit_move("MED", Some(50.0), Some(51.0), None),
            unit_move("PHARM", Some(60.0), Some(50.0), None),
            unit_move("NURS", Some(50.0), Some(20.0), None),
            unit_move("HLTH", None, Some(99.0), None),
        ],
    };
    let slope = |unit_type| moved::slope(&edition, unit_type, &report.units, ("s", (&before, &after)), true);
    let chart = slope("school").unwrap();
    let Drawing::Slope(drawn) = &chart.drawing else { panic!("a slope chart") };
    let ranks: Vec<(String, Option<u32>, Option<u32>)> =
        drawn.lines.iter().map(|line| (english(&line.label), line.before, line.after)).collect();
    let expected =
        [("School of Medicine", 2, 1), ("School of Pharmacy", 1, 2), ("School of Nursing and Midwifery", 2, 3)];
    assert_eq!(ranks, expected.map(|(name, before, after)| (name.to_owned(), Some(before), Some(after))));
    assert_eq!(english(&chart.reading), "1 of 3 rank better than before, 2 worse.");
    assert_eq!(slope("hospital"), None);
}

#[test]
fn unit_charts_of_sensitivity_name_the_widest_input() {
    let report = report(&results());
    let swing = |input, least: f64, greatest: f64| InputSwing {
        input,
        least: (Alternative::Named("min_max".into()), least),
        greatest: (Alternative::Numbered(17), greatest),
    };
    let swings = [swing(UncertainInput::Weights, 46.0, 49.0), swing(UncertainInput::Normaliser, 41.0, 52.0)];
    let edition = report.editions[0].name.clone().into();
    let chart = sensitivity::tornado(&report.units, 3, &edition, (47.3, &swings), true);
    assert_eq!(english(&chart.reading), "Scaling moves it most: from 41.0 to 52.0.");
    assert_eq!(chart.name, "sensitivity-pharm");
    assert!(
        chart::described(&chart, phrases::in_language("en")).contains("Scaling: least to greatest: 41.0, drawn no. 17")
    );
    let none = sensitivity::tornado(&report.units, 3, &edition, (47.3, &[]), true);
    assert_eq!(english(&none.reading), "No input moves the outcome.");
}

/// Each chart of a unit has its caption with its files, and no figure of another unit's chart stands there.
#[test]
fn unit_charts_have_captions_in_their_pack() {
    let mut report = report(&collaborating());
    let keep = |chart: &Chart| chart.unit.is_some_and(|unit| unit < 4);
    report.charts.retain(keep);
    let outputs: BTreeMap<String, Vec<u8>> =
        rendered(&report).into_iter().map(|output| (output.path, output.bytes)).collect();
    for (unit, named) in report.units.iter().enumerate().take(4) {
        for language in ["en", "fa"] {
            let words = phrases::in_language(language);
            let folder = format!("packs/{}/charts", named.slug);
            let text = String::from_utf8(outputs[&format!("{folder}/captions.{language}.txt")].clone()).unwrap();
            assert!(text.contains(&words.word("notice.invented")) && text.contains(named.name.get(language)));
            let mut charts = 0;
            for chart in &report.charts {
                let file = format!("{language}/{}.svg", chart.name);
                assert_eq!(text.contains(&file), chart.unit == Some(unit), "{file}");
                if chart.unit == Some(unit) {
                    assert!(outputs.contains_key(&format!("{folder}/{file}")), "{file} is not written");
                    assert!(text.contains(&words.text(&chart.title)) && text.contains(&words.text(&chart.reading)));
                    assert!(!chart.sources.is_empty() && chart.sources.iter().all(|source| text.contains(source)));
                    assert!(text.contains(&chart::described(chart, words)));
                    charts += 1;
                }
            }
            assert!(charts >= 3, "{} {charts}", named.slug);
        }
    }
}

#[test]
fn unit_chart_pictures_are_as_wide_as_a_slide_and_have_few_colours() {
    let report = report(&collaborating());
    for name in ["distribution-pharm", "partners-uni", "the-wur-2026-school-heatmap"] {
        let bytes = chart::png(&chart::chart(find(&report, name), "fa")).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let reader = decoder.read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.color_type), (chart::PICTURE_WIDTH, png::ColorType::Indexed));
        // White comes first: it is most of the paper.
        assert_eq!(info.palette.as_ref().unwrap()[..3], [255, 255, 255], "{name}");
    }
}
