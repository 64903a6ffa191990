//! Component, joint and associated bodies: the worked cases of the CWTS rule, and further ones by hand.

use std::collections::BTreeMap;

use sanjeh::attribute::relations::{Named, unify};
use sanjeh::model::relation::{Relation, RelationKind};

use crate::support::{shared, table};

fn kind(word: &str) -> RelationKind {
    match word {
        "component" => RelationKind::Component,
        "joint" => RelationKind::Joint,
        "associated" => RelationKind::Associated,
        other => panic!("no relation {other}"),
    }
}

fn relation(institution: &str, university: &str, word: &str, weight: f64) -> Relation {
    Relation { institution: institution.into(), university: university.into(), kind: kind(word), weight }
}

#[track_caller]
fn assert_credit(credit: &BTreeMap<String, f64>, expected: &[(&str, f64)]) {
    assert_eq!(credit.keys().collect::<Vec<_>>(), expected.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, weight) in expected {
        assert!((credit[*name] - weight).abs() < 1e-12, "{name}: {} is not {weight}", credit[*name]);
    }
    assert!((credit.values().sum::<f64>() - 1.0).abs() < 1e-12, "the total is not conserved");
}

/// `../shared/data/cwts`: affiliations, relations and expected weights.
#[test]
fn worked_cases() {
    let Some(affiliations) = shared("cwts/attribution_affiliations.csv") else { return };
    let folder = affiliations.parent().unwrap();
    let relations: Vec<Relation> = table(&folder.join("attribution_relations.csv"))
        .iter()
        .map(|row| {
            relation(&row["institution"], &row["university"], &row["relation"], row["weight"].parse().unwrap_or(1.0))
        })
        .collect();
    let affiliations = table(&affiliations);
    let mut works: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
    for row in &affiliations {
        let number = |name: &str| row[name].parse().unwrap();
        let named =
            Named { author: number("author"), affiliation: number("affiliation"), institution: &row["institution"] };
        works.entry(&row["work"]).or_default().push(named);
    }
    let expected = table(&folder.join("attribution_expected.csv"));
    let mut compared = 0;
    for (work, named) in works {
        let credit = unify(&named, &relations);
        let of_work: Vec<(&str, f64)> = expected
            .iter()
            .filter(|row| row["work"] == work)
            .map(|row| (row["unit"].as_str(), row["weight"].parse().unwrap()))
            .collect();
        assert_credit(&credit, &of_work);
        compared += of_work.len();
    }
    assert_eq!(compared, expected.len());
}

/// By hand, with the rule of the module: Ha belongs to U; Hb to U and V.
#[test]
fn associated_hospitals() {
    let relations = [
        relation("Ha", "U", "associated", 1.0),
        relation("Hb", "U", "associated", 1.0),
        relation("Hb", "V", "associated", 1.0),
        relation("Hc", "U", "component", 1.0),
    ];
    let named = |rows: &[(u32, u32, &'static str)]| -> Vec<Named<'static>> {
        rows.iter().map(|&(author, affiliation, institution)| Named { author, affiliation, institution }).collect()
    };
    // Author 1 at Ha, author 2 at U: the paper carries U, so Ha's half is U's too.
    assert_credit(&unify(&named(&[(1, 1, "Ha"), (2, 1, "U")]), &relations), &[("U", 1.0)]);
    // The component Hc carries U as well: 1/2 (Ha → U) + 1/2 (Hc → U).
    assert_credit(&unify(&named(&[(1, 1, "Ha"), (2, 1, "Hc")]), &relations), &[("U", 1.0)]);
    // Hb with U alone: all of Hb's half goes to U. With V alone: to V.
    assert_credit(&unify(&named(&[(1, 1, "Hb"), (2, 1, "U")]), &relations), &[("U", 1.0)]);
    assert_credit(&unify(&named(&[(1, 1, "Hb"), (2, 1, "V")]), &relations), &[("V", 1.0)]);
    // Hb with both: its third is split evenly; U = 1/3 + 1/6, V = 1/3 + 1/6.
    assert_credit(&unify(&named(&[(1, 1, "Hb"), (2, 1, "U"), (3, 1, "V")]), &relations), &[("U", 0.5), ("V", 0.5)]);
    // Hb alone: nobody's but its own.
    assert_credit(&unify(&named(&[(1, 1, "Hb")]), &relations), &[("Hb", 1.0)]);
    // One author at Hb and at U in two affiliations: 1/2 each, Hb's passes to U.
    assert_credit(&unify(&named(&[(1, 1, "Hb"), (1, 2, "U")]), &relations), &[("U", 1.0)]);
}

/// A joint school of U (0.6) and V (0.4), beside a third university.
#[test]
fn joint_bodies() {
    let relations =
        [relation("J", "U", "joint", 0.6), relation("J", "V", "joint", 0.4), relation("K", "U", "joint", 0.3)];
    let paper =
        [Named { author: 1, affiliation: 1, institution: "J" }, Named { author: 2, affiliation: 1, institution: "X" }];
    assert_credit(&unify(&paper, &relations), &[("U", 0.3), ("V", 0.2), ("X", 0.5)]);
    // Only 0.3 of K is anybody's; the rest stays with K.
    let paper = [Named { author: 1, affiliation: 1, institution: "K" }];
    assert_credit(&unify(&paper, &relations), &[("K", 0.7), ("U", 0.3)]);
}
