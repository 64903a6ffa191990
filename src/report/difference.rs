//! What differs between the methods of two editions, in the order in which a reader asks: what is new, what is gone, what
//! weighs otherwise, what is defined otherwise, which rules changed, which works are cited. Language-free.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::model::edition::{Counting, Edition, Group, Indicator, Reference};
use crate::model::names::Names;
use crate::model::report::{Argument, Phrase, Text};
use crate::report::comparison::{fidelity, missing_rule};
use crate::report::steps;

/// Weights that differ by less are the same.
const ALIKE: f64 = 1e-9;

/// A group or an indicator of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Code.
    pub code: String,
    /// Names by language.
    pub name: Names,
    /// Whether it is a group.
    pub is_group: bool,
    /// Weight in percent of the total, before and after; `None` where it is not there.
    pub weights: [Option<f64>; 2],
    /// Name and code of the group that holds it.
    pub within: Option<(Names, String)>,
    /// What is defined otherwise.
    pub changes: Vec<Change>,
}

/// One thing that is said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is.
    pub what: Phrase,
    /// What was said.
    pub from: Text,
    /// What is said.
    pub to: Text,
}

/// The difference between two editions.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Ids.
    pub ids: [String; 2],
    /// Names.
    pub names: [Names; 2],
    /// Groups, then indicators, that only the second has, the heaviest first.
    pub added: Vec<Part>,
    /// Those that only the first has, alike.
    pub removed: Vec<Part>,
    /// Those of another weight, the greatest change first.
    pub weighed: Vec<Part>,
    /// Those that are defined otherwise, in the order of the second edition.
    pub defined: Vec<Part>,
    /// Windows, missing rule, counting, combination, floor.
    pub rules: Vec<Change>,
    /// References that only the second has.
    pub references_added: Vec<Reference>,
    /// References that only the first has.
    pub references_removed: Vec<Reference>,
}

/// Compares the first edition with the second.
pub fn between(first: &Edition, second: &Edition) -> Difference {
    let (before, after) = (parts(first), parts(second));
    let known = |parts: &[Part], part: &Part| {
        parts.iter().position(|other| (other.is_group, &other.code) == (part.is_group, &part.code))
    };
    let mut added: Vec<Part> = after.iter().filter(|part| known(&before, part).is_none()).cloned().collect();
    let removed = before.iter().filter(|part| known(&after, part).is_none()).cloned();
    let mut removed: Vec<Part> = removed.map(|part| Part { weights: [part.weights[1], None], ..part }).collect();
    let both: Vec<Part> = after
        .iter()
        .filter_map(|part| {
            let weight = before[known(&before, part)?].weights[1];
            let changes = if part.is_group {
                group_changes(first, second, &part.code)
            } else {
                indicator_changes(first, second, &part.code)
            };
            Some(Part { weights: [weight, part.weights[1]], changes, ..part.clone() })
        })
        .collect();
    let moved = |part: &Part| part.weights[1].unwrap_or(0.0) - part.weights[0].unwrap_or(0.0);
    let mut weighed: Vec<Part> = both.iter().filter(|part| moved(part).abs() > ALIKE).cloned().collect();
    for list in [&mut added, &mut removed, &mut weighed] {
        list.sort_by(|one, other| {
            other.is_group.cmp(&one.is_group).then(moved(other).abs().total_cmp(&moved(one).abs()))
        });
    }
    let only = |one: &Edition, other: &Edition| {
        let new = |reference: &&Reference| !other.references.iter().any(|known| known.title == reference.title);
        one.references.iter().filter(new).cloned().collect()
    };
    Difference {
        ids: [first.id.clone(), second.id.clone()],
        names: [first.name.clone(), second.name.clone()],
        added,
        removed,
        weighed,
        defined: both.into_iter().filter(|part| !part.changes.is_empty()).collect(),
        rules: rules(first, second),
        references_added: only(second, first),
        references_removed: only(first, second),
    }
}

/// Groups, then indicators.
fn parts(edition: &Edition) -> Vec<Part> {
    let holder = |code: Option<&String>| {
        let group = edition.groups.iter().find(|group| Some(&group.code) == code)?;
        Some((group.name.clone(), group.code.clone()))
    };
    let part = |code: &str, name: &Names, is_group: bool, weight: f64, within: Option<&String>| Part {
        code: code.to_owned(),
        name: name.clone(),
        is_group,
        weights: [None, Some(weight)],
        within: holder(within),
        changes: Vec::new(),
    };
    let groups =
        edition.groups.iter().map(|group| part(&group.code, &group.name, true, group.weight, group.parent.as_ref()));
    let indicators =
        edition.indicators.iter().map(|known| part(&known.code, &known.name, false, known.weight, Some(&known.group)));
    groups.chain(indicators).collect()
}

/// Notes what differs.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn note<T: PartialEq>(&mut self, what: &'static str, from: &T, to: &T, said: impl Fn(&T) -> Text) {
        if from != to {
            self.0.push(Change { what: Phrase::of("difference", what), from: said(from), to: said(to) });
        }
    }
}

fn verbatim(value: &impl Display) -> Text {
    Text::Verbatim(value.to_string())
}

fn nothing() -> Text {
    Text::Phrase(Phrase::new("difference.none"))
}

/// What may be absent.
fn optional<T>(value: Option<&T>, said: impl Fn(&T) -> Text) -> Text {
    value.map_or_else(nothing, said)
}

fn list<T: Display>(values: &[T]) -> Text {
    let shown: Vec<String> = values.iter().map(ToString::to_string).collect();
    if shown.is_empty() { nothing() } else { Text::Verbatim(shown.join(", ")) }
}

fn number(value: f64) -> Text {
    Text::Phrase(Phrase::new("difference.number").with("number", Argument::Number(value)))
}

fn share(value: f64) -> Text {
    Text::Phrase(Phrase::new("difference.share").with("share", Argument::Share(value)))
}

fn group_changes(first: &Edition, second: &Edition, code: &str) -> Vec<Change> {
    let find = |edition: &Edition| edition.groups.iter().find(|group| group.code == code).cloned();
    let (Some(before), Some(after)) = (find(first), find(second)) else { return Vec::new() };
    let mut changes = Changes::default();
    changes.note("name", &before.name, &after.name, |name| Text::Names(name.clone()));
    let holder = |parent: &Option<String>, edition: &Edition| optional(parent.as_ref(), |code| named(edition, code));
    if before.parent != after.parent {
        let (from, to) = (holder(&before.parent, first), holder(&after.parent, second));
        changes.0.push(Change { what: Phrase::new("difference.group"), from, to });
    }
    changes.note("combination", &before.combine, &after.combine, |combine| steps::combine(*combine));
    changes.note("floor", &before.floor, &after.floor, |floor| share(*floor));
    changes.0
}

/// Name of a group.
fn named(edition: &Edition, code: &str) -> Text {
    let group: Option<&Group> = edition.groups.iter().find(|group| group.code == code);
    group.map_or_else(|| verbatim(&code), |group| Text::Names(group.name.clone()))
}

fn indicator_changes(first: &Edition, second: &Edition, code: &str) -> Vec<Change> {
    let find = |edition: &Edition| -> Option<Indicator> {
        edition.indicators.iter().find(|indicator| indicator.code == code).cloned()
    };
    let (Some(before), Some(after)) = (find(first), find(second)) else { return Vec::new() };
    let mut changes = Changes::default();
    changes.note("name", &before.name, &after.name, |name| Text::Names(name.clone()));
    if before.group != after.group {
        let (from, to) = (named(first, &before.group), named(second, &after.group));
        changes.0.push(Change { what: Phrase::new("difference.group"), from, to });
    }
    changes.note("formula", &before.value.to_string(), &after.value.to_string(), verbatim);
    changes.note("scaling", &before.normalise, &after.normalise, steps::normaliser);
    changes.note("direction", &before.direction, &after.direction, |direction| steps::direction(*direction));
    changes.note("cap", &before.cap, &after.cap, |cap| optional(cap.as_ref(), |cap| number(*cap)));
    changes.note("minimum", &before.minimum, &after.minimum, |least| optional(least.as_ref(), |n| number(*n as f64)));
    changes.note("outliers", &before.treat, &after.treat, |treat| optional(treat.as_ref(), steps::treatment));
    changes.note("imputation", &before.impute, &after.impute, |with| {
        optional(with.as_ref(), |with| steps::imputation(*with))
    });
    changes.note("damping", &before.damping, &after.damping, |rule| optional(rule.as_ref(), steps::damping));
    changes.note("unit_types", &before.scorable, &after.scorable, |values| list(values));
    changes.note("nearness", &before.fidelity, &after.fidelity, |near| {
        Text::Phrase(Phrase::of("fidelity", fidelity(*near)))
    });
    changes.0
}

fn rules(first: &Edition, second: &Edition) -> Vec<Change> {
    let mut changes = Changes::default();
    let years = |window: &crate::model::window::Window| {
        Text::Phrase(Phrase::new("difference.years").with("years", Argument::Years(*window)))
    };
    let (before, after) = (&first.windows, &second.windows);
    changes.note("publications", &before.publications, &after.publications, years);
    changes.note("citations", &before.citations, &after.citations, years);
    changes.note("institutional", &before.institutional, &after.institutional, |year| {
        Text::Phrase(Phrase::new("difference.year").with("year", Argument::Year(*year)))
    });
    changes.note("missing", &first.missing, &second.missing, |rule| {
        Text::Phrase(Phrase::of("missing_rule", missing_rule(*rule)))
    });
    changes.note("combination", &first.combine, &second.combine, |combine| steps::combine(*combine));
    changes.note("over", &first.by_groups, &second.by_groups, |groups| {
        Text::Phrase(Phrase::of("difference", if *groups { "over_groups" } else { "over_indicators" }))
    });
    changes.note("coverage_floor", &first.coverage_floor, &second.coverage_floor, |floor| share(*floor));
    changes.note("ranks", &first.ranks, &second.ranks, |ranks| optional(ranks.as_ref(), steps::ranks));
    counting(&mut changes, &first.counting, &second.counting);
    changes.0
}

fn counting(changes: &mut Changes, before: &Counting, after: &Counting) {
    let pairs = |map: &BTreeMap<String, f64>| {
        list(&map.iter().map(|(area, value)| format!("{area} {value}")).collect::<Vec<String>>())
    };
    changes.note("document_types", &before.document_types, &after.document_types, |values| list(values));
    changes.note("hyper_authored", &before.hyper_authored, &after.hyper_authored, |rule| {
        optional(rule.as_ref(), |rule| {
            let phrase = Phrase::new("difference.many_authors").with("above", Argument::Count(rule.above.into()));
            Text::Phrase(phrase.with("share", Argument::Share(rule.minimum_share)))
        })
    });
    changes.note("area_weights", &before.area_weights, &after.area_weights, pairs);
    changes.note("country_factors", &before.country_factors, &after.country_factors, pairs);
    changes.note("subject_areas", &before.subject_areas, &after.subject_areas, |values| list(values));
    changes.note("irn_scale", &before.irn_scale, &after.irn_scale, |map| {
        list(&map.iter().map(|(area, [low, high])| format!("{area} {low}–{high}")).collect::<Vec<String>>())
    });
    changes.note("listed_journals", &before.listed_journals, &after.listed_journals, |values| list(values));
    changes.note("author_order", &before.author_order_weights, &after.author_order_weights, |weights| {
        optional(weights.as_ref(), |weights| list(weights))
    });
    changes.note("award_decades", &before.award_decades, &after.award_decades, |rule| {
        optional(rule.as_ref(), |rule| {
            let phrase = Phrase::new("difference.decades").with("year", Argument::Year(rule.full_from));
            Text::Phrase(phrase.with("share", Argument::Share(rule.step)))
        })
    });
}
