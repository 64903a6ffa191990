//! Tests: score – figures that the publishers have printed.

use super::*;

#[test]
fn oxford_2026() {
    let catalogue = built_in();
    let edition = catalogue.find("the/wur/2026").unwrap();
    let pillars = [97.2, 100.0, 97.7, 96.4, 99.9].map(Some);
    let total = combine::total_of_groups(edition, &pillars);
    assert_near(total.value, 98.21, 0.005);
    assert_eq!(total.coverage, 1.0);
    assert_near(Some(total.points.iter().flatten().sum()), total.value.unwrap(), 1e-9);
}

#[test]
fn published_constants_place_a_university() {
    let catalogue = built_in();
    let units = units(&[("u", "university"), ("h", "hospital")]);
    let score = |id: &str, code: &str, measure: &'static str, value: f64, unit: usize| {
        let edition = catalogue.find(id).unwrap();
        let measures = measures(catalogue, edition, 2, |_, known_code| match known_code {
            code if code == measure => known(value),
            "students" => known(1000.0),
            _ => None,
        });
        let benchmark = catalogue.benchmark(id);
        let card = Run { benchmark, minimum_units: 3, ..Run::among(&units, &measures, &catalogue.measures, edition) }
            .scorecard();
        cell(&card, edition, unit, code).clone()
    };
    let network = ("qs/wur/2026", "international_research_network", "international_research_network");
    assert_near(score(network.0, network.1, network.2, 69.40, 0).score, 95.3, 0.05);
    // A hospital is not on that scale, and there is no other hospital.
    let hospital = score(network.0, network.1, network.2, 69.40, 1);
    assert_eq!((hospital.status, hospital.reason), (Status::NotScorable, Some(Reason::NoBenchmark)));
    assert_eq!((hospital.raw, hospital.score, hospital.benchmark), (Some(69.40), None, None));
    // ARWU's world maximum is for all.
    for unit in [0, 1] {
        let cited = score("arwu/2025", "highly_cited", "highly_cited_researchers", 132.0, unit);
        assert_near(cited.score, 75.6, 0.05);
        assert_eq!(cited.benchmark, Some(BenchmarkSource::Published("tables".into())));
    }
    let staff = score("the/wur/2026", "staff_to_students", "academic_staff", 67.0, 0);
    assert_near(staff.score, 50.0, 1e-9);
    assert_eq!((staff.numerator, staff.denominator, staff.raw), (Some(67.0), Some(1000.0), Some(0.067)));
    assert_near(score("the/wur/2026", "staff_to_students", "academic_staff", 94.3, 0).score, 84.134, 0.001);
}

#[test]
fn per_capita_performance_is_made_of_the_other_five() {
    let catalogue = built_in();
    let edition = catalogue.find("arwu/2025").unwrap();
    let rows = [("a", "university"), ("b", "university"), ("c", "university")];
    let units = units(&rows);
    let measures = measures(catalogue, edition, 3, |unit, code| match (unit, code) {
        (0, "alumni_awards" | "staff_awards" | "listed_journal_points" | "publications_last_year") => known(4.0),
        (1, "alumni_awards" | "staff_awards" | "listed_journal_points" | "publications_last_year") => known(1.0),
        (2, "staff_awards" | "listed_journal_points" | "publications_last_year") => known(0.0),
        (_, "highly_cited_researchers") => known(0.0),
        (0, "academic_staff") => known(1000.0),
        (_, "academic_staff") => known(100.0),
        _ => None,
    });
    let benchmark = catalogue.benchmark("arwu/2025");
    let card = Run { benchmark, ..Run::among(&units, &measures, &catalogue.measures, edition) }.scorecard();
    // Raw shares of the best are 1 and 1/4; q = 0.7 of the first and 0.175 of the second, per head 0.0007 and 0.00175.
    assert_near(cell(&card, edition, 0, "per_capita").raw, 0.7 / 1000.0, 1e-12);
    assert_near(cell(&card, edition, 1, "per_capita").raw, 0.175 / 100.0, 1e-12);
    assert_near(cell(&card, edition, 1, "per_capita").score, 100.0, 1e-9);
    assert_near(cell(&card, edition, 0, "per_capita").score, 100.0 * (0.4_f64).sqrt(), 1e-9);
    let without = cell(&card, edition, 2, "per_capita");
    assert_eq!((without.status, without.reason), (Status::Missing, Some(Reason::DependsOnMissing)));
    // 1.0304 stands for the best total of the world.
    let whole = composite(&card, edition, 0, "overall");
    let plain = 0.1 * 100.0 + 0.2 * 100.0 + 0.2 * 0.0 + 0.2 * 100.0 + 0.2 * 100.0 + 0.1 * 100.0 * (0.4_f64).sqrt();
    assert_near(whole.score, 1.0304 * plain, 1e-9);
    assert_eq!((whole.rank, whole.of), (Some(1), 3));
}
