//! Tests: score – editions that use what the engine can do beyond the plain mean, from their files to the composite.

use super::*;

/// An edition of university indicators that are the measures named, from the text of its head, groups and indicators.
fn edition(head: &str, groups: &[(&str, f64, &str)], indicators: &[(&str, &str, f64, &str)]) -> Edition {
    let mut text = format!(
        "id = \"test\"\nname = {{ en = \"a\", fa = \"b\" }}\nverified = 2026-11-23\nmissing = {{ rule = \"renormalise\" }}\n\
         windows = {{ publications = [2020, 2024], citations = [2020, 2025], institutional = 2023 }}\n{head}\n\
         [[reference]]\nid = \"r\"\ntitle = \"t\"\n"
    );
    for (code, weight, keys) in groups {
        text += &format!(
            "[[group]]\ncode = \"{code}\"\nname = {{ en = \"a\", fa = \"b\" }}\nweight = {weight:?}\n{keys}\n"
        );
    }
    for (value, group, weight, keys) in indicators {
        text += &format!(
            "[[indicator]]\ncode = \"{value}_score\"\ngroup = \"{group}\"\nname = {{ en = \"a\", fa = \"b\" }}\n\
             weight = {weight:?}\nvalue = \"{value}\"\nfidelity = \"derived\"\nscorable = [\"university\"]\n\
             reference = \"r\"\n{keys}\n"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("test.toml"), &text).unwrap();
    let checked = catalogue::load(None, Some(folder.path()));
    assert_eq!(checked.findings, Vec::new(), "{text}");
    checked.value.find("test").unwrap().clone()
}

const MEASURED: [&str; 5] = ["publications", "students", "academic_staff", "research_income", "mean_fwci"];

/// Scores universities with these values of [`MEASURED`].
fn score_last(edition: &Edition, rows: &[[Option<f64>; 5]], last: &[Option<f64>]) -> Scorecard {
    let catalogue = built_in();
    let ids: Vec<String> = (0..rows.len()).map(|at| format!("u{at}")).collect();
    let units = units(&ids.iter().map(|id| (id.as_str(), "university")).collect::<Vec<_>>());
    let measures = measures(catalogue, edition, rows.len(), |unit, code| {
        MEASURED.iter().position(|known| *known == code).and_then(|at| rows[unit][at]).and_then(known)
    });
    Run { last, ..Run::among(&units, &measures, &catalogue.measures, edition) }.scorecard()
}

fn score(edition: &Edition, rows: &[[Option<f64>; 5]]) -> Scorecard {
    score_last(edition, rows, &[])
}

fn row(values: [f64; 5]) -> [Option<f64>; 5] {
    values.map(Some)
}

/// Scores of one indicator over publications, normalised with this.
fn one(normalise: &str, values: &[f64]) -> Vec<f64> {
    let keys = format!("normalise = {{ {normalise} }}");
    let edition = edition(PLAIN, &[("all", 100.0, "")], &[("publications", "all", 100.0, &keys)]);
    let rows: Vec<[Option<f64>; 5]> = values.iter().map(|value| [Some(*value), None, None, None, None]).collect();
    numbers(&score(&edition, &rows).scores)
}

const PLAIN: &str = "coverage_floor = 0.5\ncombine = { with = \"weighted_mean\", then = \"none\" }";
const GIVEN: &str = "normalise = { with = \"given\" }";

fn overall(card: &Scorecard, edition: &Edition) -> Vec<Option<f64>> {
    let count = card.composites.len() / (edition.groups.len() + 1);
    let rounded = |value: f64| (value * 1e9).round() / 1e9;
    (0..count).map(|unit| composite(card, edition, unit, "overall").score.map(rounded)).collect()
}

fn points(card: &Scorecard, edition: &Edition, unit: usize) -> Vec<Option<f64>> {
    let rounded = |points: f64| (points * 1e9).round() / 1e9;
    let cells = card.scores_of(UnitIndex(unit as u32), edition.indicators.len());
    cells.iter().map(|cell| cell.contribution.map(rounded)).collect()
}

#[test]
fn normalisers_by_hand() {
    // Φ(−1) = .158655 and Φ(1) = .841345 become 1 and 100.
    assert_eq!(one("with = \"normal_cdf\", to = [1, 100]", &[1.0, 2.0, 3.0]), [1.0, 50.5, 100.0]);
    // ln 10 of ln 100.
    assert_eq!(one("with = \"log_min_max\"", &[1.0, 10.0, 100.0, 0.0]), [0.0, 50.0, 100.0, 0.0]);
    // QS publishes h-indices of 15 and 1,070 for 1 and 100 in medicine (2026); √(15·1070) is half way.
    let h = (15.0_f64 * 1070.0).sqrt();
    assert_eq!(one("with = \"log_min_max\", to = [1, 100]", &[15.0, h, 1070.0]), [1.0, 50.5, 100.0]);
    assert_eq!(one("with = \"goalposts\", posts = [10, 20]", &[5.0, 12.0, 30.0]), [0.0, 20.0, 100.0]);
    assert_eq!(one("with = \"distance_to_target\", target = 5", &[1.0, 3.0, 9.0]), [0.0, 50.0, 100.0]);
    assert_eq!(one("with = \"distance_to_target\", target = 1", &[1.0, 3.0, 9.0]), [100.0; 3]);
    assert_eq!(one("with = \"distance_to_reference\", unit = \"u1\"", &[1.0, 3.0, 2.0]), [0.0, 100.0, 50.0]);
    assert_eq!(one("with = \"z_score\"", &[1.0, 2.0, 3.0]), [40.0, 50.0, 60.0]);
    assert_eq!(one("with = \"z_score\", mean = 60, sd = 25", &[1.0, 2.0, 3.0]), [35.0, 60.0, 85.0]);
    assert_eq!(one("with = \"rank\"", &[5.0, 1.0, 5.0, 9.0, 0.0]), [50.0, 25.0, 50.0, 100.0, 0.0]);
    assert_eq!(one("with = \"rank\", ties = \"average\"", &[5.0, 1.0, 5.0, 9.0, 0.0]), [62.5, 25.0, 62.5, 100.0, 0.0]);
    assert_eq!(one("with = \"borda\"", &[5.0, 1.0, 9.0]), [50.0, 0.0, 100.0]);
    // URAP: below the median 4 one piece, above it another.
    assert_eq!(one("with = \"two_piece\"", &[0.0, 2.0, 4.0, 12.0, 20.0]), [0.0, 25.0, 50.0, 75.0, 100.0]);
    // UI GreenMetric: answers in bands.
    let bands = "with = \"bands\", limits = [1, 10, 50, 90], points = [0, 25, 50, 75, 100]";
    assert_eq!(one(bands, &[0.0, 1.0, 49.0, 50.0, 95.0]), [0.0, 25.0, 50.0, 75.0, 100.0]);
    // U-Multirank: bands around the median, 4.
    let bands = "with = \"bands\", of = \"median\", limits = [1e-9, 0.75, 1, 1.25], points = [0, 25, 50, 75, 100]";
    assert_eq!(one(bands, &[0.0, 2.9, 4.0, 4.9, 5.0]), [0.0, 25.0, 75.0, 75.0, 100.0]);
    // ShanghaiRanking: twice the mean, 8, is less than the maximum.
    assert_eq!(one("with = \"square_root_of_max\", means = 2", &[2.0, 0.0, 10.0, 4.0]), [50.0, 0.0, 100.0, 70.710678]);
    assert_eq!(one("with = \"share_of_max\", means = 2", &[2.0, 0.0, 10.0, 4.0]), [25.0, 0.0, 100.0, 50.0]);
}

#[test]
fn the_best_three_and_the_seventeenth() {
    // THE Impact: 22 % partnership, the best three of the other goals with 26 % each.
    let goals: Vec<(&str, &str, f64, &str)> = MEASURED[..4].iter().map(|goal| (*goal, "goals", 26.0, GIVEN)).collect();
    let indicators = [&[("mean_fwci", "partnership", 22.0, GIVEN)], &goals[..]].concat();
    let groups = [("partnership", 22.0, ""), ("goals", 78.0, "combine = { with = \"best_of\", best = 3 }")];
    let edition = edition(PLAIN, &groups, &indicators);
    let card =
        score(&edition, &[row([90.0, 50.0, 70.0, 10.0, 40.0]), [Some(90.0), None, Some(70.0), Some(10.0), None]]);
    // .22·40 + .26·(90 + 70 + 50)
    assert_eq!(overall(&card, &edition)[0], Some(63.4));
    assert_eq!(points(&card, &edition, 0), [Some(8.8), Some(23.4), Some(13.0), Some(18.2), Some(0.0)]);
    assert_eq!(composite(&card, &edition, 0, "goals").coverage, 1.0);
    // Three are enough; the partnership is missing.
    assert_near(Some(composite(&card, &edition, 1, "overall").coverage), 0.78, 1e-12);
    assert_near(composite(&card, &edition, 1, "overall").score, 170.0 / 3.0, 1e-9);
}

#[test]
fn goals_scaled_over_the_ranked_before_they_are_combined() {
    let scaled = "combine = { with = \"weighted_mean\", then = \"min_max\", to = [0, 100] }";
    let edition = edition(
        PLAIN,
        &[("one", 60.0, scaled), ("two", 40.0, "combine = { with = \"geometric\" }")],
        &[
            ("publications", "one", 30.0, GIVEN),
            ("students", "one", 30.0, GIVEN),
            ("academic_staff", "two", 10.0, GIVEN),
            ("research_income", "two", 30.0, GIVEN),
        ],
    );
    let card = score(
        &edition,
        &[row([20.0, 40.0, 16.0, 81.0, 0.0]), row([40.0, 60.0, 1.0, 1.0, 0.0]), row([50.0, 90.0, 0.0, 9.0, 0.0])],
    );
    // Means 30, 50, 70 become 0, 50, 100; 16^¼·81^¾ = 2·27.
    assert_eq!(overall(&card, &edition), [Some(21.6), Some(30.4), Some(60.0)]);
    let sum = |unit| points(&card, &edition, unit).into_iter().flatten().sum::<f64>();
    for (unit, whole) in [21.6, 30.4, 60.0].into_iter().enumerate() {
        assert_near(Some(sum(unit)), whole, 1e-8);
    }
    assert_eq!(composite(&card, &edition, 2, "one").rank, Some(1));
}

#[test]
fn duels() {
    let head = "coverage_floor = 0\ncombine = { with = \"copeland\", then = \"none\" }";
    let groups = [("all", 50.0, ""), ("other", 30.0, ""), ("third", 20.0, "")];
    let indicators = [
        ("publications", "all", 50.0, GIVEN),
        ("students", "other", 30.0, GIVEN),
        ("academic_staff", "third", 20.0, GIVEN),
    ];
    let edition = edition(head, &groups, &indicators);
    let zero = 0.0;
    let card = score(
        &edition,
        &[row([9.0, 1.0, 5.0, zero, zero]), row([5.0, 9.0, 5.0, zero, zero]), row([1.0, 5.0, 9.0, zero, zero])],
    );
    // First against second .50 + .10 of the weight, against third .50; second against third .50 + .30.
    assert_eq!(overall(&card, &edition), [Some(75.0), Some(50.0), Some(25.0)]);
    for unit in 0..3 {
        let whole = points(&card, &edition, unit).into_iter().flatten().sum::<f64>();
        assert_near(Some(whole), overall(&card, &edition)[unit].unwrap(), 1e-8);
    }
}

#[test]
fn over_groups_or_over_indicators() {
    let groups = [("one", 50.0, ""), ("two", 50.0, "floor = 0.5")];
    let indicators = [
        ("publications", "one", 40.0, GIVEN),
        ("students", "one", 10.0, GIVEN),
        ("academic_staff", "two", 30.0, GIVEN),
        ("research_income", "two", 20.0, GIVEN),
    ];
    let plain = [("one", 50.0, ""), ("two", 50.0, "")];
    let half = [Some(80.0), None, Some(40.0), Some(20.0), None];
    let of = |head: &str, groups: &[(&str, f64, &str)], row: [Option<f64>; 5]| {
        let edition = edition(head, groups, &indicators);
        assert_eq!(edition.groups[1].floor, if groups[1].2.is_empty() { 0.0 } else { 0.5 });
        overall(&score(&edition, &[row]), &edition)[0]
    };
    // (40·80 + 30·40 + 20·20) / 90 and (80 + 32) / 2
    assert_near(of(PLAIN, &plain, half), 4800.0 / 90.0, 1e-8);
    assert_eq!(of(&PLAIN.replace("\"none\"", "\"none\", over = \"groups\""), &plain, half), Some(56.0));
    // With 20 of 50 the second group has no composite.
    assert_eq!(of(PLAIN, &groups, [Some(80.0), None, None, Some(20.0), None]), Some(80.0));
}

#[test]
fn composites_between_given_ends() {
    let head = |keys: &str| {
        format!("coverage_floor = 0.5\ncombine = {{ with = \"weighted_mean\", then = \"min_max\", {keys} }}")
    };
    let of = |keys: &str, scores: &[f64]| {
        let edition = edition(&head(keys), &[("all", 100.0, "")], &[("publications", "all", 100.0, GIVEN)]);
        let rows: Vec<[Option<f64>; 5]> = scores.iter().map(|value| [Some(*value), None, None, None, None]).collect();
        let card = score(&edition, &rows);
        for (unit, whole) in overall(&card, &edition).into_iter().enumerate() {
            assert_eq!(points(&card, &edition, unit)[0], whole);
        }
        overall(&card, &edition)
    };
    // QS: the lowest and the highest become 1 and 100.
    assert_eq!(of("to = [1, 100]", &[20.0, 40.0, 60.0]), [Some(1.0), Some(50.5), Some(100.0)]);
    assert_eq!(of("to = [1, 100], from = [0, 80]", &[20.0, 40.0, 90.0]), [Some(25.75), Some(50.5), Some(100.0)]);
    assert_eq!(of("to = [1, 100]", &[20.0, 20.0]), [Some(100.0); 2]);
}

#[test]
fn treated_points_are_on_record() {
    let edition = edition(
        PLAIN,
        &[("all", 100.0, "")],
        &[("publications", "all", 100.0, "normalise = { with = \"min_max\" }\ntreat = { winsorise = 2 }")],
    );
    let of = |values: &[f64]| {
        let rows: Vec<[Option<f64>; 5]> = values.iter().map(|value| [Some(*value), None, None, None, None]).collect();
        score(&edition, &rows)
    };
    let mut values: Vec<f64> = (0..20).map(f64::from).collect();
    assert_eq!(of(&values).treated, Vec::new());
    values.push(1000.0);
    let card = of(&values);
    let [point] = &card.treated[..] else { panic!("{:?}", card.treated) };
    assert_eq!((point.unit, point.raw, point.treated, point.mark), (UnitIndex(20), 1000.0, 19.0, Mark::High));
    assert_eq!((card.scores[20].raw, card.scores[20].score), (Some(1000.0), Some(100.0)));
    assert_eq!((card.scores[19].score, card.scores[19].rank, card.scores[20].rank), (Some(100.0), Some(1), Some(1)));
    // Far more than two are far out: the logarithm of the column as it was.
    values.extend([3000.0, 9000.0, 27000.0, 90000.0, 1e6]);
    let card = of(&values);
    assert_eq!(card.treated.len(), values.len());
    assert!(card.treated.iter().all(|point| point.mark == Mark::Logarithm));
    // ln(x + .01·10⁶) from its value at 0 to that at 10⁶.
    let [low, own, high] = [0.01, 0.1, 1.01].map(libm::log);
    assert_near(card.scores[24].score, 100.0 * (own - low) / (high - low), 1e-9);
    assert_eq!(card.scores[25].score, Some(100.0));
}

#[test]
fn centres_stand_in_without_being_covered() {
    let impute = |with: &str| format!("normalise = {{ with = \"min_max\" }}\nimpute = \"{with}\"");
    let of = |with: &str| {
        let keys = impute(with);
        let indicators = [("publications", "all", 60.0, keys.as_str()), ("students", "all", 40.0, GIVEN)];
        let edition = edition(PLAIN, &[("all", 100.0, "")], &indicators);
        let rows = [[Some(0.0), Some(10.0), None, None, None], [Some(1.0), Some(10.0), None, None, None]];
        let rows = [rows[0], rows[1], [Some(8.0), Some(10.0), None, None, None], [None, Some(10.0), None, None, None]];
        let rows = rows.map(|mut row| {
            row[0] = row[0].map(|value| value + 1.0);
            row
        });
        let mut edition = edition;
        edition.coverage_floor = 0.4;
        let card = score(&edition, &rows);
        let gap = cell(&card, &edition, 3, "publications_score");
        assert_eq!((gap.status, gap.raw, gap.score, gap.rank), (Status::Missing, None, None, None));
        assert_near(Some(composite(&card, &edition, 3, "overall").coverage), 0.4, 1e-12);
        overall(&card, &edition)[3].unwrap()
    };
    // Of 1, 2, 9 the mean is 4, the median 2: 3/8 and 1/8 of the way.
    assert_near(Some(of("mean")), 0.6 * 37.5 + 4.0, 1e-9);
    assert_near(Some(of("median")), 0.6 * 12.5 + 4.0, 1e-9);
}

#[test]
fn changes_are_damped_only_where_last_year_is_given() {
    // QS, citations per faculty: threshold 10 % of last year's value, of the rest 20 % let through; under 2 none.
    let keys = "normalise = { with = \"goalposts\", posts = [0, 100] }\n\
                damping = { on = \"raw\", change = \"relative\", threshold = 0.1, recovery = 0.2, limit = 2.0 }";
    let raw = edition(PLAIN, &[("all", 100.0, "")], &[("publications", "all", 100.0, keys)]);
    let of = |edition: &Edition, now: f64, last: Option<f64>| {
        score_last(edition, &[[Some(now), None, None, None, None]], &[last]).scores[0].score.unwrap()
    };
    assert_eq!(of(&raw, 40.0, None), 40.0);
    // 20 + 2 + .2·18
    assert_near(Some(of(&raw, 40.0, Some(20.0))), 25.6, 1e-9);
    assert_near(Some(of(&raw, 10.0, Some(20.0))), 16.4, 1e-9);
    assert_eq!(of(&raw, 21.5, Some(20.0)), 21.5);
    assert_eq!(of(&raw, 1.9, Some(0.1)), 1.9);
    assert_eq!(of(&raw, 2.5, Some(0.1)), 2.0);
    // Academic reputation is damped as a score: 5 points, of the rest 10 %.
    let keys = "normalise = { with = \"given\" }\n\
                damping = { on = \"score\", change = \"absolute\", threshold = 5, recovery = 0.1, limit = 15 }";
    let given = edition(PLAIN, &[("all", 100.0, "")], &[("publications", "all", 100.0, keys)]);
    assert_near(Some(of(&given, 60.0, Some(40.0))), 46.5, 1e-9);
    assert_eq!(of(&given, 60.0, None), 60.0);
}

#[test]
fn ranks_shown_in_bands() {
    let head =
        format!("{PLAIN}\nranks = {{ exact_to = 200, bands = [250, 300, 400], decimals = 1, reference = \"r\" }}");
    let edition = edition(&head, &[("all", 100.0, "")], &[("publications", "all", 100.0, GIVEN)]);
    let display = edition.ranks.unwrap();
    assert_eq!(display, RankDisplay { exact_to: 200, bands: vec![250, 300, 400], decimals: Some(1) });
    let shown = |rank| display.band(rank).to_string();
    assert_eq!(
        [1, 200, 201, 250, 251, 400, 401, 5000].map(shown),
        ["1", "200", "201–250", "201–250", "251–300", "301–400", "401+", "401+"]
    );
    assert_eq!(RankDisplay::default().band(3).to_string(), "1+");
}
