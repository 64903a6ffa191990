//! The research network and area-weighted citations against what SciVal's QS module prints for three universities.
//!
//! Constants: `qs-shanghai` method notes 1.4 and V3–V7, and the independent fit in `../shared/data/README.md`.

use sanjeh::load::limits::Limits;
use sanjeh::measure::citations::area_weighted;
use sanjeh::measure::collaboration::{network_index, scaled};
use sanjeh::model::tables::Tables;
use sanjeh::score::statistics::normal_cdf;

use crate::support::{Folder, shared};

const UNIVERSITIES: [&str; 3] =
    ["Universidade_de_So_Paulo", "Universidade_Estadual_de_Campinas", "Universidade_Federal_de_So_Paulo"];

/// Area, W × R of Brazil (README), slope and offset of the scaled index (README), W and R (method notes V5, V6).
const AREAS: [(&str, f64, f64, f64, f64, f64); 5] = [
    ("Arts & Humanities", 3.7258, 10.684, -4.132, 14.59, 0.2554),
    ("Engineering & Technology", 0.8944, 6.802, -2.099, 0.6251, 1.4307),
    ("Life Sciences & Medicine", 0.8739, 5.382, -1.105, 0.6109, 1.4307),
    ("Natural Sciences", 1.2560, 6.550, -1.728, 0.8779, 1.4307),
    ("Social Sciences & Management", 0.8147, 6.794, -1.953, 1.80, 0.4526),
];

fn export(module: &str, university: &str) -> Option<Tables> {
    let path = shared(&format!("rankings/scival_qs/QS_WUR_2026_{module}_{university}.csv"))?;
    let folder = Folder::assessment(&[])
        .with("units.csv", "id,name_en,name_fa,type,parents\nU,Test University,,university,\n")
        .with("export.csv", std::fs::read(path).unwrap());
    let (assessment, ..) = sanjeh::load::assessment(folder.path()).unwrap();
    Some(sanjeh::load::tables(folder.path(), &assessment, &Limits::default(), &|_| {}).unwrap().value)
}

fn figure(tables: &Tables, metric: &str, area: &str) -> f64 {
    let found = tables.supplied_areas.iter().find(|figure| figure.metric == metric && figure.area == area);
    found.unwrap_or_else(|| panic!("no {metric} of {area}")).value
}

#[track_caller]
fn assert_near(value: f64, printed: f64, tolerance: f64) {
    assert!((value - printed).abs() <= tolerance, "{value} is not {printed} ± {tolerance}");
}

#[test]
fn research_network_of_three_universities() {
    for university in UNIVERSITIES {
        let Some(tables) = export("International_Research_Network_Index", university) else { continue };
        let mut indices = Vec::new();
        for (area, _, slope, offset, ..) in AREAS {
            let count = |metric| figure(&tables, metric, area) as usize;
            let index = network_index(count("Locations (QS)"), count("Partners (QS)"));
            // Printed with two decimals.
            assert_near(
                index,
                figure(&tables, "Non-Scaled International Research Network (IRN) Index (QS)", area),
                0.005,
            );
            // The raw indices that score 1 and 100, from the fitted line; its constants have three decimals.
            let anchors = [(1.0 - offset) / slope, (100.0 - offset) / slope];
            let printed = figure(&tables, "International Research Network (IRN) Index (QS)", area);
            assert_near(scaled(index, anchors), printed, 0.011);
            indices.push(printed);
        }
        let mean = indices.iter().sum::<f64>() / 5.0;
        assert_near(mean, figure(&tables, "International Research Network (IRN) Index (QS)", "Total"), 0.011);
        let score = figure(&tables, "International Research Network (IRN) Score", "");
        // README: μ = 40.297, σ = 17.407, largest error 0.08 with the score printed to 0.1.
        assert_near(100.0 * normal_cdf((mean - 40.297) / 17.407), score, 0.09);
    }
}

#[test]
fn area_weighted_citations_of_three_universities() {
    for university in UNIVERSITIES {
        let Some(tables) = export("Citations_per_Faculty", university) else { continue };
        let normalised = |area: &str| figure(&tables, "Normalized Total Citation Count (QS)", area);
        let mut sum = 0.0;
        for (area, factor, _, _, weight, country) in AREAS {
            let citations = figure(&tables, "Citations (QS)", area);
            // The factor has four decimals, the count is printed whole.
            assert_near(area_weighted(citations, 1.0, factor), normalised(area), 0.5 + citations * 0.00016);
            // W and R as the method notes have them, rounded to four digits: 0.03 %.
            let worked_out = area_weighted(citations, weight, country);
            assert!((worked_out / normalised(area) - 1.0).abs() < 4e-4, "{area}: {worked_out}");
            sum += worked_out;
        }
        // README: total = 0.685775 × sum of areas.
        assert!((0.685775 * sum / normalised("Total") - 1.0).abs() < 4e-4, "{university}");
    }
}

/// Worked figures of the method notes, section 6.7.
#[test]
fn worked_figures() {
    assert_near(network_index(81, 1034), 11.67, 0.005);
    assert_near(network_index(118, 1529), 16.09, 0.005);
    assert_near(area_weighted(173_376.0, 0.62514, 1.43067), 155_062.0, 1.0);
    assert_near((45.73 + 77.28 + 85.51 + 73.03 + 65.46) / 5.0, 69.40, 0.005);
    assert_near(100.0 * normal_cdf((69.40 - 40.3) / 17.4), 95.3, 0.05);
    // One partner has no index: ln 1 = 0.
    assert_eq!((network_index(1, 1), network_index(0, 0)), (0.0, 0.0));
    assert_eq!((scaled(-3.0, [0.39, 18.79]), scaled(99.0, [0.39, 18.79])), (1.0, 100.0));
}
