//! Columns are sorted by their numbers in full, whatever digits they show.

use std::collections::BTreeMap;

use sanjeh::render::phrases;

use super::chromium::{Opened, folder};

/// Scores of a group of an edition by the unit's name in a language, as `composites.csv` holds them.
fn scores(edition: &str, group: &str, language: &str) -> BTreeMap<String, Option<f64>> {
    let units = crate::support::table(&folder().path().join("units.csv"));
    let names: BTreeMap<&str, &str> =
        units.iter().map(|row| (row["id"].as_str(), row[&format!("name_{language}")].as_str())).collect();
    folder()
        .table("composites.csv")
        .iter()
        .filter(|row| row["edition"] == edition && row["group"] == group)
        .map(|row| (names[row["unit"].as_str()].to_owned(), row["score"].parse().ok()))
        .collect()
}

#[test]
fn a_column_sorts_up_and_down_by_number_in_both_kinds_of_digits() {
    let (overall, teaching) = ((2, "arwu/2025", 1, "overall"), (0, "the/wur/2026", 4, "teaching"));
    for (language, (place, edition, column, group)) in
        [("en", overall), ("fa", overall), ("en", teaching), ("fa", teaching)]
    {
        let steps = r##"
            const table = every("#LANGUAGE table.heat").find((table) => table.closest(".panel").parentElement.closest(".panel").id
              === "LANGUAGE-edition-PLACE" && table.tBodies[0].rows.length > 5);
            const read = (name) => {
              const rows = Array.from(table.tBodies[0].rows);
              say(name, rows.map((row) => row.cells[0].textContent + "=" + row.cells[COLUMN].textContent).join("|"));
              say(name + " state", Array.from(table.tHead.rows[0].cells).map((head) => head.getAttribute("aria-sort")).join());
            };
            const click = (column) => table.tHead.rows[0].cells[column].querySelector("button").click();
            read("first");
            click(0);
            read("names");
            click(COLUMN);
            read("down");
            click(COLUMN);
            read("up");
            "##
        .replace("LANGUAGE", language)
        .replace("PLACE", &format!("{place}"))
        .replace("COLUMN", &column.to_string());
        let fragment = format!("#{language}");
        let Some(seen) = Opened::at(1280, &fragment).drive(&format!("sort-{language}-{column}"), &steps) else {
            return;
        };
        let scores = scores(edition, group, language);
        let words = phrases::in_language(language);
        let rows = |name: &str| -> Vec<(String, String)> {
            let pair = |each: &str| each.rsplit_once('=').map(|(name, shown)| (name.to_owned(), shown.to_owned()));
            seen[name].split('|').filter_map(pair).collect()
        };
        for (name, up) in [("first", false), ("down", false), ("up", true)] {
            let rows = rows(name);
            if name == "first" && column != 1 {
                continue;
            }
            assert!(rows.len() > 5, "{rows:?}");
            let values: Vec<Option<f64>> = rows.iter().map(|(name, _)| scores[name]).collect();
            for ((unit, shown), value) in rows.iter().zip(&values) {
                let wanted = value.map_or("–".to_owned(), |value| words.score(value));
                assert_eq!(*shown.trim_end_matches('*'), wanted, "{unit}");
            }
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            assert!(
                values[..known.len()].iter().all(Option::is_some),
                "{name}: the absent ones are not last: {rows:?}"
            );
            assert!(known.is_sorted_by(|a, b| if up { a <= b } else { a >= b }), "{name}: {rows:?}");
            let shown: Vec<&str> = rows[..known.len()].iter().map(|(_, shown)| shown.as_str()).collect();
            let as_text = shown.is_sorted_by(|a, b| if up { a <= b } else { a >= b });
            assert!(column == 1 || !as_text, "the scores cannot tell numbers from text: {shown:?}");
        }
        for (name, state) in [("down", "descending"), ("up", "ascending"), ("names", "ascending")] {
            let found = &seen[&format!("{name} state")];
            let at = found.split(',').position(|each| each == state);
            assert_eq!(at, Some(if name == "names" { 0 } else { column }), "{name}: {found}");
            assert_eq!(found.matches("ending").count(), 1, "{name}: {found}");
        }
        let (mut sorted, mut named) = (rows("up"), rows("names"));
        assert_ne!(sorted, named);
        sorted.sort();
        named.sort();
        assert_eq!(sorted, named, "rows are lost while sorting");
    }
}

#[test]
fn findings_are_filtered_by_severity_and_words_and_sorted_errors_first() {
    let steps = r##"
        const rows = every("#en-findings tbody tr");
        const shown = () => rows.filter((row) => !row.hidden);
        say("all", shown().length);
        one("#en-findings .filters button[data-severity=warning]").click();
        say("warnings", shown().length);
        say("only warnings", shown().every((row) => row.dataset.severity === "warning"));
        one("#en-findings .filters button[data-severity='']").click();
        type(one("#en-filter"), "ORCID  shape");
        say("words", shown().length);
        say("fitting", shown().every((row) => /orcid/i.test(row.textContent) && /shape/i.test(row.textContent)));
        press("Escape");
        say("cleared", shown().length);
        one("#en-findings thead th button").click();
        say("order", every("#en-findings tbody tr").map((row) => row.dataset.severity).join());
        "##;
    let Some(seen) = Opened::at(1280, "").drive("findings", steps) else { return };
    let findings = folder().table("findings.csv");
    let warnings = findings.iter().filter(|row| row["severity"] == "warning").count();
    assert_eq!(seen["all"], findings.len().to_string());
    assert_eq!(seen["cleared"], seen["all"]);
    assert!(warnings > 0);
    assert_eq!((seen["warnings"].as_str(), seen["only warnings"].as_str()), (warnings.to_string().as_str(), "true"));
    let words: usize = seen["words"].parse().unwrap();
    assert!(words > 0 && words < findings.len() && seen["fitting"] == "true", "{seen:?}");
    let rank = |word: &str| ["error", "warning", "info"].iter().position(|each| *each == word).unwrap();
    let order: Vec<usize> = seen["order"].split(',').map(rank).collect();
    assert!(order.is_sorted() && order.first() < order.last(), "{order:?}");
}
