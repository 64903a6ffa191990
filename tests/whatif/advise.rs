//! Advice: the plan of a small catalogue, word for word; the laws of its numbers; what is refused.

use std::path::Path;
use std::sync::OnceLock;

use sanjeh::diagnostic::Place;
use sanjeh::model::lever::Lever;
use sanjeh::model::money::MoneyUnit;
use sanjeh::model::names::Names;
use sanjeh::model::scenario::Scenario;
use sanjeh::model::strategy::{Cost, EffectRange, Helper, Strategy};
use sanjeh::model::unit::{UnitRow, Units};
use sanjeh::whatif::advice::scoring::Objective;
use sanjeh::whatif::advice::{Question, advise, most};
use sanjeh::whatif::apply::Circumstances;
use sanjeh::whatif::evaluator::Pool;
use sanjeh::whatif::plan::Effort;

use super::sample;
use crate::support::{Folder, contents, sanjeh, table};

const CATALOGUE: &str = "id,name_en,name_fa,lever,units,effect_low,effect_mid,effect_high,cost,currency,lead_years,capacity,total,requires,excludes,synergies,owner_en,owner_fa
places,More PhD places,افزایش ظرفیت دکتری,doctorates,school,1,2,2,2600,million rial,4,2,,,,,Education,معاونت آموزشی
liaison,Liaison with industry,ارتباط با صنعت,industry_income,school,40000,80000,150000,1700,million rial,2,2,3,,,,Research,معاونت پژوهشی
growth,Growth centre,مرکز رشد,industry_income,sarv,200000,500000,900000,3.2,billion toman,4,1,,liaison,,,Research,معاونت پژوهشی
abroad,Students from abroad,دانشجوی بین‌المللی,international_students,school,6,10,14,1100,million rial,2,2,,,,places:10,International affairs,معاونت امور بین‌الملل
research,PhD by research,دکتری پژوهش‌محور,doctorates,centre,1,1,1,1900,million rial,4,1,,,,,Research,معاونت پژوهشی
dear,A new school,دانشکده نو,academic_staff,sarv,50,60,70,9000000,million rial,6,1,,,,,President,ریاست
";

fn folder(catalogue: &str, publications: usize) -> Folder {
    let size = sanjeh::sample::Size { units: 14, staff: 90, publications, hyper_authored: 0, seed: 7 };
    let files = sanjeh::sample::generate(&size).files.into_iter();
    let folder = files.fold(Folder::new(), |folder, file| folder.with(&file.path, &file.bytes));
    folder.with("strategies/catalogue.csv", catalogue)
}

fn run(folder: &Path, arguments: &[&str]) -> crate::support::Ran {
    let mut all = vec!["advise", folder.to_str().unwrap(), "--quiet"];
    all.extend(arguments);
    sanjeh(&all)
}

#[test]
fn the_plan_of_the_small_sample() {
    let folder = folder(CATALOGUE, 240);
    let results = Folder::new();
    let out = results.path().join("plan");
    let ran = run(folder.path(), &["--budget", "40000", "--edition", "the/wur/2026", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    // The tables hold what was printed, and a second run the same bytes.
    let plan = table(&out.join("plan.csv"));
    let cost: f64 = plan.iter().map(|row| row["cost"].parse::<f64>().unwrap()).sum();
    assert!(!plan.is_empty() && cost <= 40000.0 + 1e-6, "{cost}");
    let growth = plan.iter().any(|row| row["strategy"] == "growth");
    assert!(!growth || plan.iter().any(|row| row["strategy"] == "liaison"));
    let points = table(&out.join("pareto.csv"));
    assert_eq!(points.len(), 12);
    let effects: Vec<f64> = points.iter().map(|row| row["effect"].parse().unwrap()).collect();
    assert!(effects.is_sorted() && effects[0] == 0.0, "{effects:?}");
    let reasons: Vec<(String, String)> = table(&out.join("strategies_alone.csv"))
        .into_iter()
        .map(|row| (row["strategy"].clone(), row["reason"].clone()))
        .collect();
    let reason = |id: &str| reasons.iter().find(|(own, _)| own == id).unwrap().1.as_str();
    assert_eq!((reason("research"), reason("liaison")), ("impossible", ""));
    let first = contents(&out);
    let again = results.path().join("again");
    let arguments = ["--budget", "40000", "--edition", "the/wur/2026", "--out", again.to_str().unwrap()];
    assert_eq!(run(folder.path(), &arguments).code, 0);
    assert_eq!(contents(&again), first);
}

/// What `sanjeh target` says of a total that is this much above today's.
fn target(folder: &Folder, score: f64) -> serde_json::Value {
    let (path, score) = (folder.path().to_str().unwrap(), score.to_string());
    let arguments = ["target", path, "--quiet", "--edition", "the/wur/2026", "--score", &score, "--json"];
    let ran = sanjeh(&[&arguments[..], &["--lever", "doctorates,industry_income"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_cheapest_mix_reaches_the_total_and_a_little_less_money_does_not() {
    let folder = folder(CATALOGUE, 240);
    let total = target(&folder, 0.0)["before"]["score"].as_f64().unwrap();
    let found = target(&folder, total + 0.5);
    let mix = &found["mix"]["reached"];
    let number = |key: &str| mix[key].as_f64().unwrap_or_else(|| panic!("{key} in {found}"));
    assert!(number("total") >= total + 0.5);
    assert!(number("not_for") < number("cost") && number("cost") - number("not_for") <= 0.0100001 * number("cost"));
    let steps = mix["steps"].as_array().unwrap();
    let cost: f64 = steps.iter().map(|step| step["cost"].as_f64().unwrap()).sum();
    assert!((cost - number("cost")).abs() < 1e-6 && !steps.is_empty());
    // The plan that `advise` finds for so much money brings it too, the one for what is too little does not.
    let brings = |budget: f64| {
        let budget = budget.to_string();
        let ran = run(folder.path(), &["--budget", &budget, "--edition", "the/wur/2026", "--json"]);
        let advice: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        advice["exact_effect"].as_f64().unwrap()
    };
    assert!(brings(number("cost")) >= 0.5 - 1e-9);
    let out_of_reach = &target(&folder, 99.9)["mix"]["out_of_reach"];
    assert!(out_of_reach["best"].as_f64().unwrap() < 99.9);
    assert!(target(&folder, total - 1.0)["mix"].is_null());
}

#[test]
fn what_cannot_be_answered_is_refused_with_its_reason() {
    let whole = folder(CATALOGUE, 20);
    let refused = |folder: &Folder, arguments: &[&str], words: &[&str]| {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(words.iter().all(|word| ran.err.contains(word)), "{words:?}: {}", ran.err);
    };
    refused(&whole, &["--budget=-1"], &["bad-usage", "--budget"]);
    refused(&whole, &["--budget", "1", "--levels", "0"], &["bad-usage", "--levels"]);
    refused(&whole, &["--budget", "1", "--gap", "7"], &["bad-usage", "--gap"]);
    refused(&whole, &["--budget", "1", "--currency", "shells"], &["no-currency", "shells"]);
    refused(&whole, &["--budget", "1", "--unit", "nowhere"], &["unknown-unit"]);
    refused(&whole, &["--budget", "1", "--edition", "the/wur/1066"], &["unknown-edition", "the/wur/2026"]);
    refused(&whole, &["--budget", "1", "--edition", "the/wur/2026=none"], &["bad-usage", "weight"]);
    let without = CATALOGUE.replace("million rial", "").replace("billion toman", "");
    refused(&folder(&without, 20), &["--budget", "1"], &["no-currency", "catalogue.csv › J2 \"currency\""]);
    refused(
        &folder("id,lever,effect_mid,cost,capacity\n", 20),
        &["--budget", "1"],
        &["no-strategies", "strategies/catalogue.csv"],
    );
}

/// A strategy of one lever at the given units.
fn strategy(id: &str, lever: &str, units: &Units, at: &[&str]) -> Strategy {
    Strategy {
        id: id.to_owned(),
        name: Names::new(id, id),
        lever: lever.to_owned(),
        units: at.iter().map(|id| units.find(id).unwrap()).collect(),
        effect: EffectRange { low: 0.5, middle: 1.0, high: 2.0 },
        cost: Cost { sum: 10.0, money: MoneyUnit::parse("million rial") },
        lead_years: 1.0,
        capacity: 2.0,
        total: None,
        requires: Vec::new(),
        excludes: Vec::new(),
        synergies: Vec::new(),
        owner: Names::default(),
        note: String::new(),
        place: Place::Run,
    }
}

fn units() -> Units {
    let row = |id: &str, unit_type: &str, parents: &[&str]| UnitRow {
        id: id.to_owned(),
        name: Names::new(id, id),
        unit_type: unit_type.to_owned(),
        parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    Units::build(vec![row("u", "university", &[]), row("a", "school", &["u"]), row("b", "school", &["u"])]).value
}

fn levers() -> &'static [Lever] {
    static LEVERS: OnceLock<Vec<Lever>> = OnceLock::new();
    LEVERS.get_or_init(|| sanjeh::catalogue::lever::levers(None, &sample().1.measures).value)
}

/// The sum of the amounts of a lever's changes at a unit.
fn amount(scenario: &Scenario, lever: &str, unit: &str) -> f64 {
    let one = levers().iter().find(|known| known.code == lever).unwrap().one(unit, None);
    let same = scenario.changes.iter().filter(|change| change.thing == one.changes[0].thing);
    same.map(|change| change.total().absolute).sum()
}

#[test]
fn requirements_and_synergies_reach_the_scored_scenarios() {
    let (units, levers) = (units(), levers());
    let mut strategies = vec![
        strategy("papers", "papers", &units, &["a", "b"]),
        strategy("staff", "academic_staff", &units, &["a"]),
        strategy("office", "research_income", &units, &["u"]),
    ];
    strategies[0].requires = vec![2];
    strategies[0].synergies = vec![Helper { strategy: 1, part: 0.5 }];
    let question = Question {
        units: &units,
        strategies: &strategies,
        levers,
        costs: &[10.0, 10.0, 10.0],
        unit: units.find("u").unwrap(),
        budget: 50.0,
        levels: 2,
        effort: Effort { gap: 0.0, ..Effort::default() },
        points: 3,
        peers: &[],
        drift: 0.0,
    };
    // Papers at a count four times those at b; the office itself takes a tenth of a point.
    let score = |scenarios: &[Scenario]| -> Vec<Option<f64>> {
        let total = |scenario: &Scenario| {
            50.0 + 2.0 * amount(scenario, "papers", "a")
                + 0.5 * amount(scenario, "papers", "b")
                + amount(scenario, "academic_staff", "a")
                - 0.1 * amount(scenario, "research_income", "u")
        };
        scenarios.iter().map(|scenario| Some(total(scenario))).collect()
    };
    let advice = advise(&question, &score).unwrap();
    let steps: Vec<_> = advice
        .steps
        .iter()
        .map(|step| (step.strategy.as_str(), step.unit.as_str(), step.intensity, step.amount))
        .collect();
    // Both at a, each half as much again, and the office without which no papers come.
    assert_eq!(steps, [("papers", "a", 2.0, 3.0), ("staff", "a", 2.0, 3.0), ("office", "u", 1.0, 1.0)], "{advice:#?}");
    // 2 · 3 + 3 − 0.1; the model says so exactly because everything adds up.
    assert!((advice.model_effect - 8.9).abs() < 1e-9 && (advice.exact_effect.unwrap() - 8.9).abs() < 1e-9);
    assert!((advice.cost - 50.0).abs() < 1e-9 && advice.gap < 1e-6 && advice.rounds == 1);
    let effects: Vec<_> = advice.robustness.iter().map(|case| (case.effects, case.effect.unwrap())).collect();
    assert_eq!(effects.len(), 3);
    for ((name, effect), (wanted, times)) in effects.iter().zip([("low", 0.5), ("middle", 1.0), ("high", 2.0)]) {
        assert!(*name == wanted && (effect - 8.9 * times).abs() < 1e-9, "{name} {effect}");
    }
}

#[test]
fn effects_that_wear_off_are_taken_again_beside_the_plan() {
    let (units, levers) = (units(), levers());
    let strategies =
        vec![strategy("papers", "papers", &units, &["a", "b"]), strategy("staff", "academic_staff", &units, &["u"])];
    let question = Question {
        units: &units,
        strategies: &strategies,
        levers,
        costs: &[10.0, 10.0],
        unit: units.find("u").unwrap(),
        budget: 40.0,
        levels: 2,
        effort: Effort { gap: 0.0, ..Effort::default() },
        points: 2,
        peers: &[],
        drift: 0.0,
    };
    // Only the first two papers of the university count; staff always does, by less.
    let score = |scenarios: &[Scenario]| -> Vec<Option<f64>> {
        let total = |scenario: &Scenario| {
            let papers = amount(scenario, "papers", "a") + amount(scenario, "papers", "b");
            papers.min(2.0) + 0.6 * amount(scenario, "academic_staff", "u")
        };
        scenarios.iter().map(|scenario| Some(total(scenario))).collect()
    };
    let advice = advise(&question, &score).unwrap();
    // By themselves papers at a and at b bring 2 each; together still 2. Beside each other they bring nothing, staff
    // as much as ever, so that one of the papers makes way for it: 2 + 2 · 0.6.
    assert_eq!((advice.rounds, advice.round), (2, 2), "{advice:#?}");
    assert!((advice.exact_effect.unwrap() - 3.2).abs() < 1e-9, "{advice:#?}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (results, catalogue) = sample();
    let units = &results.tables.units;
    let strategies = vec![
        strategy("papers", "papers", units, &["med", "pharm"]),
        strategy("best", "top_10_percent_papers", units, &["med", "pharm"]),
        strategy("doctorates", "doctorates", units, &["med"]),
    ];
    let unit = units.university().unwrap();
    let peers = [results.editions[0].id.clone()];
    let question = Question {
        units,
        strategies: &strategies,
        levers: levers(),
        costs: &[10.0, 20.0, 15.0],
        unit,
        budget: 60.0,
        levels: 2,
        effort: Effort::default(),
        points: 4,
        peers: &peers,
        drift: 0.01,
    };
    let circumstances = Circumstances::settled(&catalogue.editions, &catalogue.benchmarks);
    let papers = Pool::new(results, &most(&question), circumstances);
    let objective = Objective { evaluator: &papers.evaluator(), editions: &[(0, 1.0), (1, 2.0)], unit };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| advise(&question, &|scenarios| objective.score(scenarios)).unwrap())
    };
    let (one, three) = (with(1), with(3));
    assert_eq!(one, three);
    // Two editions, the second twice: the mean of their totals as the run has them.
    let total = |edition: usize| {
        let groups = results.editions[edition].groups.len();
        results.scorecards[edition].composites_of(unit, groups)[groups].score.unwrap()
    };
    assert!((one.total - (total(0) + 2.0 * total(1)) / 3.0).abs() < 1e-12);
    assert!(one.model_effect > 0.0 && one.gap <= 0.01 + 1e-9, "{one:#?}");
    // What the whole brings is what a run of the changed copy says.
    let changes = one.steps.iter().flat_map(|step| {
        let lever = levers().iter().find(|lever| lever.code == step.lever).unwrap();
        lever.one(&step.unit, None).times(step.amount).changes
    });
    let (outcome, findings) = super::outcome(&Scenario::of(Names::default(), changes), None);
    assert_eq!(findings, Vec::new());
    let after = |edition: usize| {
        let groups = results.editions[edition].groups.len();
        outcome.scorecards[edition].composites_of(unit, groups)[groups].score.unwrap()
    };
    let brings = (after(0) + 2.0 * after(1)) / 3.0 - one.total;
    assert!((brings - one.exact_effect.unwrap()).abs() < 1e-9, "{brings} {one:#?}");
}
