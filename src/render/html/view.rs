//! The report in one language as the template wants it: every word said, every number rounded and kept in full.

use minijinja::{Value, context};

use crate::model::edition::Reference;
use crate::model::report::{
    Argument, Comparison, DocumentLink, EditionReport, Phrase, Report, ReportUnit, Text, UnitScores,
};
use crate::model::score::{Composite, Score};
use crate::render::colour::{hex, of_score, on};
use crate::render::number::ABSENT;
use crate::render::phrases::Words;
use crate::render::printable::printable;
use crate::render::{captions_path, chart_path};

/// Everything of one language.
pub fn language(report: &Report, links: &[DocumentLink], words: &Words) -> Value {
    let say = |phrase: &Phrase| words.say(phrase);
    let name = words.text(&report.institution.clone().into());
    let tiles: Vec<Value> = report
        .tiles
        .iter()
        .map(|tile| {
            let (label, note) = (say(&tile.label), tile.note.as_ref().map(say));
            context! { label, note, count => words.count(tile.count), value => tile.count }
        })
        .collect();
    let left_out: Vec<Value> = report
        .left_out
        .iter()
        .map(|(reason, count)| context! { reason => words.text(reason), count => words.count(*count), value => count })
        .collect();
    context! {
        tag => words.language,
        direction => if words.right_to_left { "rtl" } else { "ltr" },
        own_name => &words.name,
        institution => name,
        invented => report.invented,
        year => say(&Phrase::new("page.year").with("year", Argument::Year(report.year))),
        tiles,
        left_out,
        documents => documents(links, None, words),
        editions => report.editions.iter().enumerate().map(|(index, each)| edition(report, index, each, words)).collect::<Vec<_>>(),
        units => cards(report, links, words),
        findings => findings(report, words),
        sources => sources(report, words),
        assessment_digest => &report.assessment_digest,
        constants => report.benchmarks.iter().map(|(edition, digest, works)| {
            context! { edition, digest, references => references(works) }
        }).collect::<Vec<_>>(),
        policies => report.policies.iter().map(|(key, value)| {
            context! { name => say(key), value => words.text(value) }
        }).collect::<Vec<_>>(),
        statuses => ["computed", "supplied", "proxy", "inherited", "not_scorable", "missing"].map(|status| {
            context! { name => say(&Phrase::of("status", status)), meaning => say(&Phrase::of("status_meaning", status)) }
        }).to_vec(),
    }
}

/// A number as shown and in full precision.
fn number(shown: String, value: f64) -> Value {
    context! { shown, value => value.to_string() }
}

/// Documents of a unit, or of the whole run, with the files of each in this language.
fn documents(links: &[DocumentLink], unit: Option<usize>, words: &Words) -> Vec<Value> {
    let file = |document: &DocumentLink, ending: &str| {
        context! { kind => ending.to_uppercase(), path => format!("{}.{}.{ending}", document.path, words.language) }
    };
    let of = |document: &DocumentLink| {
        let files: Vec<Value> = document.endings.iter().map(|ending| file(document, ending)).collect();
        context! { name => words.word(&format!("document_kind.{}", document.kind)), files }
    };
    links.iter().filter(|document| document.unit == unit).map(of).collect()
}

fn score(value: Option<f64>, words: &Words) -> Value {
    match value {
        Some(value) if value.is_finite() => number(words.score(value), value),
        _ => context! { shown => ABSENT },
    }
}

fn rank(rank: Option<u32>, of: u32, words: &Words) -> Value {
    let Some(rank) = rank else { return context! { shown => ABSENT } };
    let phrase = Phrase::new("card.rank_short");
    let phrase = phrase.with("rank", Argument::Count(rank.into())).with("of", Argument::Count(of.into()));
    context! { shown => words.say(&phrase), value => rank }
}

/// A table cell coloured as in the charts.
fn cell(composite: &Composite, floor: f64, words: &Words) -> Value {
    let colours = composite.score.map(|score| {
        let ground = of_score(score);
        format!("background:{};color:{}", hex(ground), hex(on(ground)))
    });
    context! {
        score => score(composite.score, words),
        colours,
        partial => composite.score.is_some() && composite.coverage < floor,
        coverage => words.share(composite.coverage),
    }
}

fn edition(report: &Report, index: usize, edition: &EditionReport, words: &Words) -> Value {
    let windows = Phrase::new("page.windows")
        .with("publications", Argument::Years(edition.publications))
        .with("citations", Argument::Years(edition.citations))
        .with("institutional", Argument::Year(edition.institutional));
    let floor = Phrase::new("page.floor").with("share", Argument::Share(edition.coverage_floor));
    let verified = Phrase::new("page.verified").with("day", Argument::Text(Text::Verbatim(edition.verified.clone())));
    let groups: Vec<Value> = edition
        .groups
        .iter()
        .map(|group| {
            let weight = number(words.score(group.weight), group.weight);
            context! { name => words.text(&group.name.clone().into()), weight, nested => group.parent.is_some() }
        })
        .collect();
    let comparisons: Vec<Value> = edition
        .comparisons
        .iter()
        .enumerate()
        .map(|(place, comparison)| self::comparison(report, edition, (index, place, comparison), words))
        .collect();
    context! {
        index,
        id => &edition.id,
        name => words.text(&edition.name.clone().into()),
        overall => edition.overall,
        partial => edition.partial,
        notes => edition.notes.iter().map(|note| words.text(&note.clone().into())).collect::<Vec<_>>(),
        digest => &edition.digest,
        windows => words.say(&windows),
        floor => words.say(&floor),
        missing => words.say(&edition.missing),
        verified => words.say(&verified),
        references => references(&edition.references),
        groups,
        comparisons,
    }
}

fn references(references: &[Reference]) -> Vec<Value> {
    references
        .iter()
        .map(|reference| {
            // Only web addresses become links: an edition file may hold anything.
            let web = reference.href.starts_with("https://") || reference.href.starts_with("http://");
            context! { title => printable(&reference.title), href => web.then_some(&reference.href) }
        })
        .collect()
}

fn comparison(
    report: &Report,
    edition: &EditionReport,
    (index, place, comparison): (usize, usize, &Comparison),
    words: &Words,
) -> Value {
    let rows: Vec<Value> = comparison
        .rows
        .iter()
        .map(|row| {
            let unit = &report.units[row.unit];
            context! {
                name => words.text(&unit.name.clone().into()),
                slug => &unit.slug,
                overall => cell(&row.overall, edition.coverage_floor, words),
                rank => rank(row.overall.rank, row.overall.of, words),
                coverage => number(words.share(row.overall.coverage), row.overall.coverage),
                groups => row.groups.iter().map(|group| cell(group, edition.coverage_floor, words)).collect::<Vec<_>>(),
            }
        })
        .collect();
    let kinds =
        [("page.heat_map", "heatmap"), ("page.contributions", "contributions"), ("page.rank_intervals", "ranks")];
    let charts: Vec<Value> = kinds
        .into_iter()
        .filter_map(|(key, ending)| {
            let name = format!("{}-{ending}", comparison.slug);
            let chart = report.charts.iter().find(|chart| chart.unit.is_none() && chart.name == name)?;
            Some(context! { name => words.word(key), path => chart_path(report, chart, words.language) })
        })
        .collect();
    context! {
        charts,
        id => format!("{index}-{place}"),
        units => words.text(&Text::UnitTypes(comparison.unit_type.clone())),
        median => score(comparison.median, words),
        medians => comparison.group_medians.iter().map(|median| score(*median, words)).collect::<Vec<_>>(),
        has_median => edition.overall && comparison.median.is_some()
            || comparison.group_medians.iter().any(Option::is_some),
        rows,
    }
}

fn cards(report: &Report, links: &[DocumentLink], words: &Words) -> Vec<Value> {
    let mut charts: Vec<Vec<Value>> = vec![Vec::new(); report.units.len()];
    for chart in &report.charts {
        // Their names begin with what they are.
        let kind = chart.name.split('-').next().unwrap_or_default();
        if let Some(of_unit) = chart.unit.and_then(|unit| charts.get_mut(unit)) {
            let name = words.word(&format!("chart_kind.{kind}"));
            of_unit.push(context! { name, path => chart_path(report, chart, words.language) });
        }
    }
    (0..report.units.len())
        .map(|index| {
            let unit: &ReportUnit = &report.units[index];
            let panels: Vec<Value> = report
                .editions
                .iter()
                .filter_map(|edition| {
                    let (comparison, row) = edition.comparisons.iter().find_map(|comparison| {
                        comparison.rows.iter().find(|row| row.unit == index).map(|row| (comparison, row))
                    })?;
                    Some(panel(edition, comparison, row, words))
                })
                .collect();
            context! {
                name => words.text(&unit.name.clone().into()),
                other_names => printable(&unit.name.0.values().cloned().collect::<Vec<_>>().join(" ")),
                id => printable(&unit.id),
                slug => &unit.slug,
                unit_type => words.text(&Text::UnitType(unit.unit_type.clone())),
                parents => unit.parents.iter().map(|parent| words.text(&parent.clone().into())).collect::<Vec<_>>(),
                documents => documents(links, Some(index), words),
                captions => (!charts[index].is_empty()).then(|| captions_path(&unit.slug, words.language)),
                charts => std::mem::take(&mut charts[index]),
                panels,
            }
        })
        .collect()
}

fn panel(edition: &EditionReport, comparison: &Comparison, row: &UnitScores, words: &Words) -> Value {
    let bars: Vec<Value> = edition
        .groups
        .iter()
        .zip(&row.groups)
        .zip(&comparison.group_medians)
        .map(|((group, composite), median)| {
            // Widths are for the eye; the numbers stand beside them.
            let width = |score: f64| format!("{:.1}", score.clamp(0.0, 100.0));
            context! {
                name => words.text(&group.name.clone().into()),
                nested => group.parent.is_some(),
                score => score(composite.score, words),
                width => composite.score.map(width),
                median => median.map(|median| context! { number => score(Some(median), words), at => width(median) }),
                coverage => number(words.share(composite.coverage), composite.coverage),
                rank => rank(composite.rank, composite.of, words),
            }
        })
        .collect();
    let indicators: Vec<Value> = edition
        .indicators
        .iter()
        .zip(&row.scores)
        .map(|(indicator, each)| {
            context! {
                name => words.text(&indicator.name.clone().into()),
                note => words.text(&indicator.note.clone().into()),
                fidelity => words.say(&indicator.fidelity),
                weight => number(words.score(indicator.weight), indicator.weight),
                raw => each.raw.map(|raw| number(words.raw(raw), raw)),
                score => score(each.score, words),
                contribution => score(each.contribution, words),
                n => context! { shown => words.count(each.n), value => each.n },
                rank => rank(each.rank, each.of, words),
                status => status(each, words),
            }
        })
        .collect();
    let overall = &row.overall;
    context! {
        edition => words.text(&edition.name.clone().into()),
        has_overall => edition.overall,
        overall => score(overall.score, words),
        interval => overall.low.zip(overall.high).map(|(low, high)| {
            context! { low => score(Some(low), words), high => score(Some(high), words) }
        }),
        rank => overall.rank.map(|place| rank(Some(place), overall.of, words)),
        coverage => number(words.share(overall.coverage), overall.coverage),
        placement => row.placement.as_ref().map(|placement| words.say(&placement.told())),
        bars,
        indicators,
    }
}

/// The status, with the reason where there is one.
fn status(score: &Score, words: &Words) -> String {
    let status = words.say(&Phrase::of("status", score.status.as_str()));
    match score.reason {
        Some(reason) => format!("{status}: {}", words.say(&Phrase::of("reason", reason.as_str()))),
        None => status,
    }
}

fn findings(report: &Report, words: &Words) -> Value {
    let lines: Vec<Value> = report
        .findings
        .lines
        .iter()
        .map(|finding| {
            context! {
                severity => finding.severity.as_str(),
                // Errors first where the table is sorted by severity.
                order => ["error", "warning", "info"].iter().position(|word| *word == finding.severity.as_str()),
                word => words.say(&Phrase::of("severity", finding.severity.as_str())),
                code => finding.code,
                place => printable(&finding.place.to_string()),
                message => printable(&finding.message),
                hint => printable(&finding.hints.join("; ")),
            }
        })
        .collect();
    let counts: Vec<Value> = ["error", "warning", "info"]
        .iter()
        .zip(["page.errors", "page.warnings", "page.remarks"])
        .zip(report.findings.counts)
        .map(|((severity, key), count)| {
            context! { severity => *severity, label => words.word(key), count => words.count(count), value => count }
        })
        .collect();
    let omitted = report.findings.omitted();
    let phrase = Phrase::new("page.omitted").with("n", Argument::Count(omitted));
    context! { lines, counts, omitted => (omitted > 0).then(|| words.say(&phrase)) }
}

fn sources(report: &Report, words: &Words) -> Vec<Value> {
    report
        .sources
        .iter()
        .map(|source| {
            context! {
                file => printable(&source.file),
                layouts => printable(&source.layouts.join(", ")),
                rows => words.count(source.rows),
                rows_value => source.rows,
                left_out => words.count(source.left_out),
                left_out_value => source.left_out,
                digest => &source.digest,
            }
        })
        .collect()
}
