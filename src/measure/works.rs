//! What is known of each publication once, whatever the edition: fields, field-normalised impact, foreign partners.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::Checked;
use crate::measure::Input;
use crate::measure::areas::AreaScheme;
use crate::measure::citing::Citing;
use crate::measure::field;
use crate::measure::importance::Importance;
use crate::measure::integrity;
use crate::model::normalised::Normalised;
use crate::model::publication::PublicationIndex;

/// Per publication, in publication order.
#[derive(Debug)]
pub struct Works {
    /// ASJC area codes of its journal, ascending; empty where the journal is not listed.
    pub fields: Vec<Vec<u8>>,
    /// Citations against what field, year and type expect.
    pub normalised: Vec<Normalised>,
    /// Ids of foreign partners.
    pub partners_of: Vec<Vec<u32>>,
    /// Country id of each partner.
    pub partner_country: Vec<u32>,
    /// Who cites it.
    pub citing: Citing,
    /// Importance of the publication among the citing works that are known; see [`crate::measure::importance`].
    pub importance: Importance,
    /// Positions from 1 of its corresponding authors, ascending; empty where no record names one.
    pub corresponding: Vec<Vec<u32>>,
    /// Whether its journal is on the office's list of top journals.
    pub in_top_journal: Vec<bool>,
    /// Whether its journal was no longer covered in its year.
    pub delisted: Vec<bool>,
    /// Whether it is retracted; `None` where nothing is said.
    pub retracted: Vec<Option<bool>>,
    /// Whether self-citations are taken out of every figure.
    pub self_taken_out: bool,
    /// Names of the areas.
    pub scheme: AreaScheme,
}

impl Works {
    /// Looks at every publication once; findings say what citations were compared with.
    pub fn new(input: Input) -> Checked<Self> {
        let scheme = AreaScheme::built_in();
        let of_journal = scheme.of_journals(input.tables);
        let fields: Vec<Vec<u8>> = (input.publications.items.iter())
            .map(|item| item.listed_journal.map_or_else(Vec::new, |journal| of_journal[journal as usize].clone()))
            .collect();
        let (normalised, mut findings) = field::normalise(input);
        let (partners_of, partner_country) = partners(input);
        let citing = Citing::new(input);
        let importance = Importance::new(input, &citing, &fields);
        findings.extend(importance.told(&citing));
        let (delisted, in_top_journal) = integrity::journals(input);
        let retracted = integrity::retracted(input);
        let corresponding = (0..input.publications.len() as u32)
            .into_par_iter()
            .map(|index| {
                let indices = input.publications.corresponding(PublicationIndex(index));
                indices.into_iter().map(|index| index as u32 + 1).collect()
            })
            .collect();
        let works = Works {
            fields,
            normalised,
            partners_of,
            partner_country,
            citing,
            importance,
            corresponding,
            in_top_journal,
            delisted,
            retracted,
            self_taken_out: false,
            scheme,
        };
        Checked { value: works, findings }
    }
}

impl Works {
    /// The same without self-citations: citations less those, normalised citations in proportion, against the same
    /// expectations. Percentiles and memberships stay, because the world's papers keep theirs. `None` where no
    /// self-citation is known.
    pub fn without_self(input: Input) -> Option<Self> {
        let mut works = Works::new(input).value;
        let items = &input.publications.items;
        let mut any = false;
        for (index, (item, normalised)) in (0_u32..).zip(items.iter().zip(&mut works.normalised)) {
            let received = works.citing.received(index, item.citations, None);
            let (Some(citations @ 1..), Some(own @ 1..)) = (received.citations, received.author_self) else { continue };
            any = true;
            let left = citations.saturating_sub(own) as f64 / citations as f64;
            normalised.impact = normalised.impact.map(|impact| impact * left);
        }
        works.self_taken_out = true;
        any.then_some(works)
    }
}

/// Dense ids of foreign partners and their countries, numbered in order of first publication.
fn partners(input: Input) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut country_ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut countries = Vec::new();
    let mut of = Vec::with_capacity(input.publications.len());
    for item in &input.publications.items {
        let mut own = Vec::new();
        for partner in &item.foreign_partners {
            let next = countries.len() as u32;
            let id = *ids.entry(partner).or_insert(next);
            if id == next {
                let country = partner.rsplit('|').next().unwrap_or_default();
                let next_country = country_ids.len() as u32;
                countries.push(*country_ids.entry(country).or_insert(next_country));
            }
            own.push(id);
        }
        of.push(own);
    }
    (of, countries)
}
