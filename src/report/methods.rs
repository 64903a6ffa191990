//! Where the numbers come from: files, constants, policies.

use crate::model::assessment::{AttributionMethod, Counting, PppYear, SeveralPosts};
use crate::model::edition::Reference;
use crate::model::report::{Argument, Phrase, SourceLine, Text};
use crate::model::results::Results;

/// Files read, in path order.
pub fn sources(results: &Results) -> Vec<SourceLine> {
    results
        .tables
        .sources
        .iter()
        .map(|source| SourceLine {
            file: source.file.clone(),
            layouts: source
                .layouts
                .iter()
                .map(|(sheet, layout)| if sheet.is_empty() { layout.clone() } else { format!("{sheet}: {layout}") })
                .collect(),
            rows: source.rows,
            left_out: source.left_out,
            digest: source.digest.clone(),
        })
        .collect()
}

/// Published constants: edition, digest, works.
pub fn benchmarks(results: &Results) -> Vec<(String, String, Vec<Reference>)> {
    results
        .benchmarks
        .iter()
        .map(|benchmark| (benchmark.edition.clone(), benchmark.digest.clone(), benchmark.references.clone()))
        .collect()
}

/// Every switch that moves a number, and how it is set.
pub fn policies(results: &Results) -> Vec<(Phrase, Text)> {
    let assessment = &results.assessment;
    let (attribution, policy) = (&assessment.attribution, &assessment.policy);
    let yes_no = |yes: bool| Text::from(Phrase::of("answer", if yes { "yes" } else { "no" }));
    let window = Phrase::new("value.years").with("years", Argument::Years(assessment.publication_window())).into();
    let methods = match attribution.by.as_slice() {
        [] => "none",
        [AttributionMethod::Roster] => "roster",
        [AttributionMethod::Affiliation] => "affiliation",
        [AttributionMethod::Name] => "name",
        several if !several.contains(&AttributionMethod::Name) => "both",
        several if !several.contains(&AttributionMethod::Affiliation) => "roster_and_name",
        several if !several.contains(&AttributionMethod::Roster) => "affiliation_and_name",
        _ => "all",
    };
    let document_types = if policy.document_types.is_empty() {
        Phrase::new("policy.all_document_types").into()
    } else {
        Text::Verbatim(policy.document_types.join(", "))
    };
    let counting = match policy.counting {
        Counting::Full => "full",
        Counting::Fractional => "fractional",
    };
    let several_posts = match policy.several_posts {
        SeveralPosts::Split => "split",
        SeveralPosts::Whole => "whole",
    };
    let ppp_year = match policy.ppp_year {
        PppYear::StartYear => "start_year",
        PppYear::DayWeighted => "day_weighted",
    };
    let count = |value: u64| Text::from(Phrase::new("value.count").with("n", Argument::Count(value)));
    vec![
        (Phrase::new("policy.publications"), window),
        (Phrase::new("policy.attribution"), Phrase::of("attribution", methods).into()),
        (Phrase::new("policy.employment_window"), yes_no(attribution.employment_window)),
        (Phrase::new("policy.grace_years"), count(u64::try_from(attribution.grace_years).unwrap_or(0))),
        (Phrase::new("policy.document_types"), document_types),
        (Phrase::new("policy.counting"), Phrase::of("counting", counting).into()),
        (Phrase::new("policy.several_posts"), Phrase::of("several_posts", several_posts).into()),
        (Phrase::new("policy.residency"), yes_no(policy.residency_is_doctoral)),
        (Phrase::new("policy.ppp_year"), Phrase::of("ppp_year", ppp_year).into()),
        (Phrase::new("policy.minimum_units"), count(policy.minimum_units as u64)),
        (Phrase::new("policy.calibration"), yes_no(assessment.calibration.used)),
    ]
}
