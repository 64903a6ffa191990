//! Tests: score – from measures to the score of one cell.

use super::*;

#[test]
fn normalisers_on_a_small_population() {
    let catalogue = built_in();
    let scores = |normaliser, values: &[f64]| numbers(&impact_scores(&plain(catalogue, normaliser), values, &[], None));
    // Mean 2, sd 1.
    let cdf = || Normaliser::NormalCdf { tails: None };
    assert_eq!(scores(cdf(), &[1.0, 2.0, 3.0]), [15.865525, 50.0, 84.134475]);
    assert_eq!(scores(cdf(), &[0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), [50.0; 6]);
    // Quartiles 1 and 3 of 0, 1, 2, 3, 100 are the caps: 1, 1, 2, 3, 3 has mean 2 and sd 1; 100 itself is not capped.
    let tails = Normaliser::NormalCdf { tails: Some([0.25, 0.75]) };
    assert_eq!(scores(tails, &[0.0, 1.0, 2.0, 3.0, 100.0]), [2.275013, 15.865525, 50.0, 84.134475, 100.0]);
    // Mean 2: 1 − e^(−1/2), 1 − e^(−1), 1 − e^(−3/2).
    assert_eq!(scores(Normaliser::ExponentialCdf, &[1.0, 2.0, 3.0]), [39.346934, 63.212056, 77.686984]);
    assert_eq!(scores(Normaliser::SquareRootOfMax, &[1.0, 0.0, 4.0]), [50.0, 0.0, 100.0]);
    assert_eq!(scores(Normaliser::SquareRootOfMax, &[0.0, 0.0, 0.0]), [0.0; 3]);
    assert_eq!(scores(Normaliser::ShareOfMax, &[1.0, -1.0, 4.0]), [25.0, 0.0, 100.0]);
    assert_eq!(scores(Normaliser::MinMax { to: [1.0, 100.0] }, &[2.0, 4.0, 3.0]), [1.0, 100.0, 50.5]);
    assert_eq!(scores(Normaliser::PercentileRank, &[5.0, 1.0, 5.0, 9.0]), [50.0, 12.5, 50.0, 87.5]);
    assert_eq!(scores(Normaliser::Given, &[5.0, -1.0, 105.0]), [5.0, 0.0, 100.0]);
}

#[test]
fn less_may_be_better() {
    let catalogue = built_in();
    let scores = |normaliser| {
        let mut edition = plain(catalogue, normaliser);
        for indicator in &mut edition.indicators {
            indicator.direction = Direction::LowerIsBetter;
        }
        numbers(&impact_scores(&edition, &[1.0, 2.0, 3.0], &[], None))
    };
    assert_eq!(scores(Normaliser::NormalCdf { tails: None }), [84.134475, 50.0, 15.865525]);
    assert_eq!(scores(Normaliser::MinMax { to: [1.0, 100.0] }), [100.0, 50.5, 1.0]);
    assert_eq!(scores(Normaliser::PercentileRank), [83.333333, 50.0, 16.666667]);
}

fn peer(edition: &str, unit_type: &str, value: f64) -> Peer {
    Peer {
        edition: edition.into(),
        unit_type: unit_type.into(),
        indicator: "citation_impact".into(),
        peer: format!("peer {value}"),
        value,
        place: Place::Run,
    }
}

#[test]
fn constants_come_before_peers_and_peers_before_own_units() {
    let catalogue = built_in();
    let edition = plain(catalogue, Normaliser::NormalCdf { tails: None });
    let values = [1.0, 2.0, 3.0];
    let peers: Vec<Peer> = [11.0, 12.0, 13.0].map(|value| peer("the/wur/2026", "school", value)).into();
    let benchmark = |edition: &str, unit_type: &str| Benchmark {
        edition: edition.into(),
        entries: vec![BenchmarkEntry {
            indicator: "citation_impact".into(),
            unit_types: vec![unit_type.into()],
            mean_sd: Some((3.0, 1.0)),
            reference: "table".into(),
            ..BenchmarkEntry::default()
        }],
        ..Benchmark::default()
    };
    let of = |peers: &[Peer], benchmark: Option<&Benchmark>| {
        let last = impact_scores(&edition, &values, peers, benchmark).pop().unwrap();
        (last.benchmark.unwrap(), last.score.unwrap())
    };
    let published = benchmark("the/wur/2026", "school");
    assert_eq!(of(&peers, Some(&published)), (BenchmarkSource::Published("table".into()), 50.0));
    let (source, score) = of(&peers, None);
    assert_eq!(source, BenchmarkSource::Peers(3));
    assert!(score < 1e-9, "far below all peers, {score}");
    // Constants for another type or edition do not serve, nor do too few peers or those of another type or edition.
    assert_eq!(of(&peers, Some(&benchmark("the/wur/2026", "hospital"))).0, BenchmarkSource::Peers(3));
    assert_eq!(of(&peers, Some(&benchmark("the/wur/2025", "school"))).0, BenchmarkSource::Peers(3));
    assert_eq!(of(&peers[..2], None).0, BenchmarkSource::SameType(3));
    let strangers = [peer("the/wur/2026", "hospital", 1.0), peer("qs/wur/2026", "school", 1.0)];
    let strangers: Vec<Peer> = peers[..2].iter().chain(&strangers).cloned().collect();
    assert_eq!(of(&strangers, None).0, BenchmarkSource::SameType(3));
    // Constants that the normaliser cannot use do not serve.
    let root = plain(catalogue, Normaliser::SquareRootOfMax);
    let scores = impact_scores(&root, &values, &peers, Some(&published));
    assert_eq!(scores[0].benchmark, Some(BenchmarkSource::Peers(3)));
}

#[test]
fn fewer_units_than_the_policy_asks_for_are_no_comparison() {
    let catalogue = built_in();
    let edition = plain(catalogue, Normaliser::NormalCdf { tails: None });
    for score in impact_scores(&edition, &[1.0, 2.0], &[], None) {
        assert_eq!((score.status, score.reason), (Status::NotScorable, Some(Reason::NoBenchmark)));
        assert!(score.raw.is_some() && score.score.is_none() && score.rank.is_none() && score.of == 0);
    }
}

#[test]
fn caps_lower_the_raw_value_and_the_population() {
    let catalogue = built_in();
    let edition = catalogue.find("qs/wur/2026").unwrap();
    let units = units(&[("a", "university"), ("b", "school"), ("c", "school"), ("d", "school")]);
    let measures = measures(catalogue, edition, 4, |unit, code| match code {
        "international_students" => known([900.0, 900.0, 500.0, 100.0][unit]),
        "students" => known(1000.0),
        _ => None,
    });
    let card = Run { minimum_units: 3, ..Run::among(&units, &measures, &catalogue.measures, edition) }.scorecard();
    let cell = |unit| cell(&card, edition, unit, "international_students");
    assert_eq!((cell(1).raw, cell(1).numerator), (Some(0.5), Some(900.0)));
    assert_eq!(cell(1).score, cell(2).score);
    assert_eq!((cell(1).rank, cell(2).rank, cell(3).rank, cell(3).of), (Some(1), Some(1), Some(3), 3));
    assert_eq!(cell(0).reason, Some(Reason::NoBenchmark));
}

#[test]
fn every_absence_has_its_reason() {
    let catalogue = built_in();
    let edition = catalogue.find("the/wur/2026").unwrap();
    let units = units(&[("u", "university"), ("h", "hospital"), ("s", "school")]);
    let measures = measures(catalogue, edition, 3, |unit, code| {
        let n = |value: f64, n: u64, status: Status| Some(MeasuredValue::known(value, n, status));
        match (unit, code) {
            (_, "mean_fwci") => n(1.2, [30, 29, 5][unit], if unit == 2 { Status::Supplied } else { Status::Proxy }),
            (_, "academic_staff") => n([0.0, 4.5, 20.0][unit], [0, 5, 20][unit], Status::Computed),
            (_, "research_staff") => n([0.0, 0.0, 2.0][unit], [0, 0, 2][unit], Status::Inherited),
            (_, "publications") => n(300.0, 300, Status::Computed),
            (_, "top_10_percent_publications") => n(30.0, [300, 99, 100][unit], Status::Proxy),
            (0, "doctorates_awarded") => n(7.0, 7, Status::Computed),
            (1, "research_income") => n(f64::NAN, 7, Status::Computed),
            (2, "research_income") => n(1e6, 1, Status::Supplied),
            (1, "international_publications") => {
                Some(MeasuredValue { value: None, n: 0, status: Status::NotScorable, reason: Some(Reason::TooFew) })
            }
            _ => None,
        }
    });
    let card = Run::among(&units, &measures, &catalogue.measures, edition).scorecard();
    let is = |unit, code| {
        let cell = cell(&card, edition, unit, code);
        (cell.status, cell.reason, cell.n)
    };
    // Only the publisher knows it, and for the university only.
    assert_eq!(is(0, "teaching_reputation"), (Status::Missing, Some(Reason::NotSupplied), 0));
    assert_eq!(is(1, "teaching_reputation"), (Status::NotScorable, Some(Reason::UnitType), 0));
    // 30 papers are asked for; a figure stated by the office is not tested by its count.
    assert_eq!(is(0, "citation_impact"), (Status::Proxy, None, 30));
    assert_eq!(is(1, "citation_impact"), (Status::NotScorable, Some(Reason::TooFew), 29));
    assert_eq!(cell(&card, edition, 1, "citation_impact").raw, Some(1.2));
    assert_eq!(is(2, "citation_impact"), (Status::Supplied, None, 5));
    // Number per staff: the count is that of the publications.
    assert_eq!(is(1, "research_excellence"), (Status::NotScorable, Some(Reason::TooFew), 99));
    assert_eq!(is(2, "research_excellence"), (Status::Inherited, None, 100));
    assert_eq!(is(0, "doctorates_per_staff"), (Status::NotScorable, Some(Reason::ZeroDenominator), 0));
    // Money per staff rests on the staff, not on the one row of the ledger.
    assert_eq!(is(2, "research_income_per_staff"), (Status::Supplied, None, 20));
    assert_eq!(is(1, "research_income_per_staff"), (Status::Missing, Some(Reason::NotSupplied), 5));
    assert_eq!(is(1, "international_coauthorship").1, Some(Reason::TooFew));
    assert_eq!(is(1, "international_coauthorship").0, Status::NotScorable);
}

#[test]
fn a_figure_stated_as_one_number_is_not_tested_by_its_count() {
    let catalogue = built_in();
    let edition = catalogue.find("the/wur/2026").unwrap();
    let card = |status: Status| {
        let measures = measures(catalogue, edition, 1, |_, code| match code {
            "top_10_percent_publications" => Some(MeasuredValue::known(30.0, 1, status)),
            "academic_staff" | "research_staff" => Some(MeasuredValue::known(20.0, 20, Status::Computed)),
            _ => None,
        });
        Run::among(&units(&[("s", "school")]), &measures, &catalogue.measures, edition).scorecard()
    };
    let reason = |status| cell(&card(status), edition, 0, "research_excellence").reason;
    assert_eq!(reason(Status::Computed), Some(Reason::TooFew));
    assert_eq!(reason(Status::Supplied), None);
}

#[test]
fn a_logarithm_of_nothing_is_undefined_not_zero() {
    let catalogue = built_in();
    let mut edition = plain(catalogue, Normaliser::Given);
    for indicator in &mut edition.indicators {
        indicator.value = sanjeh::model::formula::Formula::parse("ln(mean_fwci)").unwrap();
    }
    let scores = impact_scores(&edition, &[0.0, 1.0], &[], None);
    assert_eq!((scores[0].status, scores[0].reason), (Status::NotScorable, Some(Reason::Undefined)));
    assert_eq!((scores[1].score, scores[1].reason), (Some(0.0), None));
}

#[test]
fn quantiles_and_the_normal_distribution() {
    let values = statistics::ordered([4.0, f64::NAN, 1.0, 3.0, 2.0, f64::INFINITY].into_iter());
    assert_eq!(values, [1.0, 2.0, 3.0, 4.0]);
    // R: quantile(1:4, c(0, .05, .25, .5, .9, 1))
    let quantiles = [0.0, 0.05, 0.25, 0.5, 0.9, 1.0].map(|share| statistics::quantile(&values, share).unwrap());
    let expected = [1.0, 1.15, 1.75, 2.5, 3.7, 4.0];
    assert!(quantiles.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{quantiles:?}");
    assert_eq!(statistics::quantile(&[], 0.5), None);
    assert_eq!(statistics::mean_sd(&[1.0]), None);
    assert_eq!(statistics::mean_sd(&[1.0, 3.0]), Some((2.0, 2.0_f64.sqrt())));
    // Abramowitz and Stegun, table 26.1.
    for (z, expected) in [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (-1.96, 0.024_997_895_148_220)] {
        assert!((statistics::normal_cdf(z) - expected).abs() < 1e-12, "{z}");
    }
}

#[test]
fn nothing_to_score() {
    let catalogue = built_in();
    for edition in &catalogue.editions {
        let empty = Run {
            minimum_units: 3,
            ..Run::among(&Units::default(), &Measures::default(), &catalogue.measures, edition)
        }
        .scorecard();
        assert!(empty.scores.is_empty() && empty.composites.is_empty());
        let units = units(&[("u", "university"), ("x", "observatory")]);
        let card = Run { minimum_units: 0, ..Run::among(&units, &Measures::default(), &[], edition) }.scorecard();
        assert_eq!(card.scores.len(), 2 * edition.indicators.len());
        assert!(card.scores.iter().all(|score| score.score.is_none() && score.reason.is_some()));
        assert!(card.composites.iter().all(|composite| composite.score.is_none() && composite.coverage == 0.0));
    }
}
