//! Scope: which publications count under an edition's rules in a window.

use crate::measure::Input;
use crate::measure::citing::Received;
use crate::measure::works::Works;
use crate::model::edition::{Counting, Edition, HyperAuthored};
use crate::model::window::Window;

/// The publications an edition counts.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The edition; `None` for the assessment's own profile.
    pub edition: Option<&'a Edition>,
    /// Years of publication.
    pub window: Window,
    /// Author-share rule for papers of very many authors.
    pub hyper_authored: Option<HyperAuthored>,
    /// What is known of every publication.
    pub works: &'a Works,
    /// Years in which citations count; `None` is to date.
    pub citations: Option<Window>,
    /// Per publication: citations and self-citations of that window.
    pub received: Vec<Received>,
    /// Per publication: whether it counts.
    pub counts: Vec<bool>,
    /// Names of the faculty areas that the edition weights, ascending.
    pub areas: Vec<&'a str>,
    /// Per publication: indices into `areas`, ascending.
    pub areas_of: Vec<Vec<u8>>,
}

impl<'a> Scope<'a> {
    /// Works out everything that does not depend on the unit.
    pub fn new(input: Input<'a>, works: &'a Works, edition: Option<&'a Edition>, window: Window) -> Self {
        let types = edition.map_or(&input.assessment.policy.document_types, |edition| &edition.counting.document_types);
        let items = &input.publications.items;
        let subject_areas = edition.map_or(&[][..], |edition| &edition.counting.subject_areas);
        let counts = items
            .iter()
            .zip(&works.fields)
            .map(|(item, fields)| {
                item.year.is_some_and(|year| window.contains(year))
                    && (types.is_empty() || types.contains(&item.document_type))
                    && (subject_areas.is_empty() || fields.iter().any(|field| subject_areas.contains(field)))
            })
            .collect();
        let citations = edition.map(|edition| edition.windows.citations);
        let received = (0_u32..)
            .zip(items)
            .map(|(index, item)| {
                let received = works.citing.received(index, item.citations, citations);
                if works.self_taken_out { received.without_self() } else { received }
            })
            .collect();
        let areas: Vec<&str> =
            edition.map_or_else(Vec::new, |edition| edition.counting.area_weights.keys().map(String::as_str).collect());
        let qs_areas = works.scheme.qs_areas();
        let areas_of = works
            .fields
            .iter()
            .map(|fields| {
                let index = |field: &u8| areas.iter().position(|area| qs_areas.get(field) == Some(area));
                let mut own: Vec<u8> = fields.iter().filter_map(index).map(|index| index as u8).collect();
                own.sort_unstable();
                own.dedup();
                own
            })
            .collect();
        let hyper_authored =
            edition.map_or(input.assessment.policy.hyper_authored, |edition| edition.counting.hyper_authored);
        Scope { edition, window, citations, received, hyper_authored, works, counts, areas, areas_of }
    }

    /// Id of the edition.
    pub fn edition_id(&self) -> Option<&str> {
        self.edition.map(|edition| edition.id.as_str())
    }

    /// The edition's counting rules.
    pub fn counting(&self) -> Option<&'a Counting> {
        self.edition.map(|edition| &edition.counting)
    }

    /// The credit of a unit for a publication: 1, or the share of its authors where the edition limits papers of very
    /// many authors (THE since 2017: at least 5 %).
    pub fn weight(&self, unit_authors: usize, all_authors: usize) -> f64 {
        match self.hyper_authored {
            Some(rule) if all_authors > rule.above as usize => {
                (unit_authors as f64 / all_authors as f64).max(rule.minimum_share)
            }
            _ => 1.0,
        }
    }
}
