//! `editions diff`: the change log of a ranking's method, as text and as JSON.

use serde_json::{Value, json};

use crate::model::edition::Reference;
use crate::render::phrases::Words;
use crate::report::difference::{Change, Difference, Part};

/// The change log in one language.
pub fn text(difference: &Difference, words: &Words) -> String {
    let name = |at: usize| difference.names[at].get(words.language).to_owned();
    let [first, second] = &difference.ids;
    let mut text = format!("{} → {}\n{first} → {second}\n", name(0), name(1));
    let mut section = |title: &str, lines: Vec<String>| {
        text += &format!("\n{}\n", words.word(&format!("difference.{title}")));
        if lines.is_empty() {
            text += &format!("  {}\n", words.word("difference.none"));
        }
        lines.iter().for_each(|line| text += &format!("  {line}\n"));
    };
    section("added", difference.added.iter().map(|part| placed(part, 1, words)).collect());
    section("removed", difference.removed.iter().map(|part| placed(part, 0, words)).collect());
    section("weighed", difference.weighed.iter().map(|part| weighed(part, words)).collect());
    section("defined", defined(&difference.defined, words));
    section("rules", difference.rules.iter().map(|change| changed(change, words)).collect());
    let cited = |sign: &str, list: &[Reference]| {
        let line =
            |reference: &Reference| format!("{sign} {} {}", reference.title, reference.href).trim_end().to_owned();
        list.iter().map(line).collect::<Vec<String>>()
    };
    let removed = cited("−", &difference.references_removed);
    section("references", cited("+", &difference.references_added).into_iter().chain(removed).collect());
    text
}

/// Each change with all that it befell, so that what happened to many is said once.
fn defined(parts: &[Part], words: &Words) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        for change in &part.changes {
            let (line, title) = (changed(change, words), format!("  {}", titled(part, words)));
            match found.iter_mut().find(|(known, _)| *known == line) {
                Some((_, titles)) => titles.push(title),
                None => found.push((line, vec![title])),
            }
        }
    }
    found.into_iter().flat_map(|(line, titles)| std::iter::once(line).chain(titles)).collect()
}

/// Name and code.
fn titled(part: &Part, words: &Words) -> String {
    let kind = words.word(if part.is_group { "difference.a_group" } else { "difference.an_indicator" });
    format!("{kind} {} ({})", part.name.get(words.language), part.code)
}

fn percent(weight: Option<f64>, words: &Words) -> String {
    format!("{}%", words.digits(&shown(weight.unwrap_or(0.0))))
}

/// A weight without the noise of binary fractions.
fn shown(weight: f64) -> String {
    ((weight * 1e6).round() / 1e6).to_string()
}

fn placed(part: &Part, at: usize, words: &Words) -> String {
    let within =
        part.within.as_ref().map_or(String::new(), |(name, code)| format!(" – {} ({code})", name.get(words.language)));
    format!("{}: {}{within}", titled(part, words), percent(part.weights[at], words))
}

fn weighed(part: &Part, words: &Words) -> String {
    let change = part.weights[1].unwrap_or(0.0) - part.weights[0].unwrap_or(0.0);
    let sign = if change < 0.0 { '−' } else { '+' };
    let [before, after] = part.weights.map(|weight| percent(weight, words));
    format!("{}: {before} → {after} ({sign}{})", titled(part, words), words.digits(&shown(change.abs())))
}

fn changed(change: &Change, words: &Words) -> String {
    format!("{}: {} → {}", words.say(&change.what), words.text(&change.from), words.text(&change.to))
}

/// The same as data; sentences are in the language of `words`.
pub fn as_json(difference: &Difference, words: &Words) -> Value {
    let change = |change: &Change| {
        let key = change.what.key.rsplit('.').next().unwrap_or_default();
        json!({ "what": key, "from": words.text(&change.from), "to": words.text(&change.to) })
    };
    let part = |part: &Part| {
        json!({
            "kind": if part.is_group { "group" } else { "indicator" },
            "code": part.code, "name": part.name, "from": part.weights[0], "to": part.weights[1],
            "group": part.within.as_ref().map(|(_, code)| code),
        })
    };
    let parts = |list: &[Part]| list.iter().map(part).collect::<Vec<Value>>();
    let defined = |part: &Part| {
        let changes: Vec<Value> = part.changes.iter().map(change).collect();
        let kind = if part.is_group { "group" } else { "indicator" };
        json!({ "kind": kind, "code": part.code, "name": part.name, "changes": changes })
    };
    let references = |list: &[Reference]| {
        let reference = |known: &Reference| json!({ "id": known.id, "title": known.title, "href": known.href });
        list.iter().map(reference).collect::<Vec<Value>>()
    };
    json!({
        "from": difference.ids[0], "to": difference.ids[1],
        "added": parts(&difference.added), "removed": parts(&difference.removed), "weights": parts(&difference.weighed),
        "definitions": difference.defined.iter().map(defined).collect::<Vec<Value>>(),
        "rules": difference.rules.iter().map(change).collect::<Vec<Value>>(),
        "references_added": references(&difference.references_added),
        "references_removed": references(&difference.references_removed),
    })
}
