//! Tests: score – from scores to composites.

use super::*;

/// The card of one university of which every indicator is given but these.
fn given_but(edition: &Edition, absent: &[&str], score: f64) -> Scorecard {
    let catalogue = built_in();
    let mut edition = edition.clone();
    for indicator in &mut edition.indicators {
        indicator.normalise = Normaliser::Given;
        indicator.minimum = None;
        indicator.scorable = vec!["university".into()];
        let code = if absent.contains(&indicator.code.as_str()) { "students" } else { "publications" };
        indicator.value = sanjeh::model::formula::Formula::parse(code).unwrap();
    }
    let measures = measures(catalogue, &edition, 1, |_, code| if code == "publications" { known(score) } else { None });
    Run { minimum_units: 3, ..Run::among(&units(&[("u", "university")]), &measures, &catalogue.measures, &edition) }
        .scorecard()
}

#[test]
fn missing_rules() {
    let catalogue = built_in();
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    let gap = ["teaching_reputation", "study_abroad"]; // 15 of 100 points and a weightless one
    let whole = |edition: &Edition, gap: &[&str]| {
        let card = given_but(edition, gap, 60.0);
        let points: Vec<Option<f64>> = card.scores.iter().map(|score| score.contribution).collect();
        (composite(&card, edition, 0, "overall").clone(), points)
    };
    let (renormalised, points) = whole(&edition, &gap);
    assert_near(renormalised.score, 60.0, 1e-9);
    assert_near(Some(renormalised.coverage), 0.85, 1e-12);
    assert_eq!(points[0], None);
    edition.missing = MissingRule::Zero;
    let (zero, points) = whole(&edition, &gap);
    assert_near(zero.score, 51.0, 1e-9);
    assert_near(Some(zero.coverage), 0.85, 1e-12);
    assert_eq!(points[0], Some(0.0));
    edition.missing = MissingRule::OwnLowerQuartile;
    let (quartile, points) = whole(&edition, &gap);
    assert_near(quartile.score, 60.0, 1e-9);
    assert_near(points[0], 9.0, 1e-9);
    edition.missing = MissingRule::Withhold;
    assert_eq!(whole(&edition, &gap).0.score, None);
    // Without weight nothing is missing.
    assert_near(whole(&edition, &["study_abroad"]).0.score, 60.0, 1e-9);
    let card = given_but(&edition, &gap, 60.0);
    assert_eq!(composite(&card, &edition, 0, "teaching").score, None);
    assert_near(composite(&card, &edition, 0, "industry").score, 60.0, 1e-9);
}

#[test]
fn what_is_not_scorable_is_never_filled_in() {
    let catalogue = built_in();
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    edition.missing = MissingRule::Zero;
    edition.coverage_floor = 0.0;
    let units = units(&[("h", "hospital")]);
    let measures = measures(catalogue, &edition, 1, |_, code| match code {
        "research_influence" => known(80.0),
        _ => None,
    });
    let card = Run { minimum_units: 3, ..Run::among(&units, &measures, &catalogue.measures, &edition) }.scorecard();
    // Of research quality, 15 + 5 + 5 are missing and count as zero.
    assert_near(composite(&card, &edition, 0, "research_quality").score, 80.0 * 5.0 / 30.0, 1e-9);
    // Of the whole, the weight of what no hospital has (44.5) is left out.
    let whole = composite(&card, &edition, 0, "overall");
    assert_near(whole.score, 80.0 * 5.0 / 55.5, 1e-9);
    assert_near(Some(whole.coverage), 0.05, 1e-12);
    assert_eq!(cell(&card, &edition, 0, "teaching_reputation").contribution, None);
    assert_eq!(composite(&card, &edition, 0, "teaching").score, None);
}

#[test]
fn no_composite_below_the_coverage_floor() {
    let catalogue = built_in();
    let edition = catalogue.find("the/wur/2026").unwrap();
    // 40 of 100 points: exactly at the floor.
    let at_floor = ["teaching_reputation", "citation_impact", "research_strength", "research_excellence"];
    let card = given_but(edition, &at_floor, 50.0);
    let whole = composite(&card, edition, 0, "overall");
    assert_near(Some(whole.coverage), 0.60, 1e-12);
    assert_near(whole.score, 50.0, 1e-9);
    let below = [&at_floor[..], &["patents"]].concat();
    let card = given_but(edition, &below, 50.0);
    let whole = composite(&card, edition, 0, "overall");
    assert_eq!((whole.score, whole.rank, whole.of), (None, None, 0));
    assert!(card.scores.iter().all(|score| score.contribution.is_none()));
    // Groups have no floor, but say their own coverage: 5 of 30, 7.5 of 7.5, 2 of 4.
    for (group, coverage) in [("research_quality", 5.0 / 30.0), ("international_outlook", 1.0), ("industry", 0.5)] {
        assert_near(composite(&card, edition, 0, group).score, 50.0, 1e-9);
        assert_near(Some(composite(&card, edition, 0, group).coverage), coverage, 1e-12);
    }
}

#[test]
fn rescaling_keeps_the_contributions_true() {
    let catalogue = built_in();
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    let sum = |card: &Scorecard| card.scores.iter().filter_map(|score| score.contribution).sum::<f64>();
    for (factor, offset, expected) in [(1.2, -5.0, 67.0), (3.0, 0.0, 100.0), (1.0, -90.0, 0.0)] {
        edition.combine.then = Rescale::Linear { factor, offset };
        let card = given_but(&edition, &["teaching_reputation"], 60.0);
        assert_near(composite(&card, &edition, 0, "overall").score, expected, 1e-9);
        assert_near(Some(sum(&card)), expected, 1e-9);
        assert_near(composite(&card, &edition, 0, "teaching").score.or(Some(60.0)), 60.0, 1e-9);
    }
    edition.combine.then = Rescale::Top100;
    let card = given_but(&edition, &[], 60.0);
    assert_near(composite(&card, &edition, 0, "overall").score, 100.0, 1e-9);
    assert_near(Some(sum(&card)), 100.0, 1e-9);
}

#[test]
fn inner_groups_count_for_the_outer() {
    let catalogue = built_in();
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    // Research quality inside research environment: 59 points together.
    edition.groups[2].parent = Some("research_environment".into());
    edition.groups[1].weight = 59.0;
    let members = combine::members(&edition);
    assert_eq!(members[1].len(), 7);
    assert_eq!(members[2].len(), 4);
    let total = combine::total_of_groups(&edition, &[Some(100.0), Some(0.0), Some(0.0), Some(0.0)]);
    assert_near(total.value, 29.5, 1e-9);
}
