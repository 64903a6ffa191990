//! Results → a language-free [`Report`]: what was read, every comparison, every unit, every finding, the methods.

pub mod briefing;
pub mod charts;
mod comparison;
pub mod difference;
pub mod document;
pub mod levers;
pub mod material;
mod methods;
pub mod slug;
mod steps;
mod summary;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::model::report::{FindingList, Report, ReportUnit};
use crate::model::results::Results;

/// Tells a run. Pure: the same results give the same report.
pub fn report(results: &Results) -> Report {
    let units = units(results);
    let editions = comparison::editions(results, &units);
    let invented = results.assessment.institution.invented;
    let charts = charts::charts(results, &editions, &units);
    Report {
        institution: results.assessment.institution.name.clone(),
        invented,
        year: results.assessment.year,
        languages: results.assessment.languages.clone(),
        tiles: summary::tiles(results),
        left_out: summary::left_out(results),
        units,
        editions,
        findings: findings(results),
        sources: methods::sources(results),
        assessment_digest: results.assessment_digest.clone(),
        benchmarks: methods::benchmarks(results),
        policies: methods::policies(results),
        charts,
    }
}

fn units(results: &Results) -> Vec<ReportUnit> {
    let units = &results.tables.units;
    let ids: Vec<String> = units.iter().map(|(_, unit)| unit.id.clone()).collect();
    let slugs = slug::slugs(&ids);
    units
        .iter()
        .zip(slugs)
        .map(|((_, unit), slug)| ReportUnit {
            id: unit.id.clone(),
            slug,
            name: unit.name.clone(),
            unit_type: unit.unit_type.clone(),
            parents: unit.parents.iter().map(|&parent| units.get(parent).name.clone()).collect(),
        })
        .collect()
}

fn findings(results: &Results) -> FindingList {
    let count = |severity| results.findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let mut lines: Vec<_> = results.findings.iter().collect();
    lines.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut kinds: BTreeMap<(Severity, &'static str), u64> = BTreeMap::new();
    for finding in &results.findings {
        *kinds.entry((finding.severity, finding.code)).or_default() += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().map(|((severity, code), count)| (severity, code, count)).collect();
    kinds.sort_by(|a, b| b.0.cmp(&a.0).then(b.2.cmp(&a.2)).then(a.1.cmp(b.1)));
    FindingList {
        kinds,
        counts: [count(Severity::Error), count(Severity::Warning), count(Severity::Info)],
        lines: lines.into_iter().take(FindingList::LIMIT).cloned().collect(),
    }
}
