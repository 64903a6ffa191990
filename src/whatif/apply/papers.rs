//! Publications added or shifted.
//!
//! Papers that are added take after the unit's own of the profile window: which ones is a fixed order without chance
//! ([`spread`]), so that more papers contain fewer.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::diagnostic::Place;
use crate::model::ledger::{Account, Credit, Rule, Share};
use crate::model::publication::{Author, Publication, PublicationIndex};
use crate::model::results::Results;
use crate::model::scenario::{Amount, Like, PublicationProfile, Shift};
use crate::model::tables::{CitationCount, Journal, Tables};
use crate::model::unit::UnitIndex;
use crate::whatif::apply::Workshop;

/// The k-th of n places in an order that fills them evenly from the start: multiples of the golden ratio.
fn spread(k: usize, n: usize) -> usize {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    ((((k as f64) + 0.5) * GOLDEN).fract() * n as f64) as usize % n.max(1)
}

/// All of n places in that order, each once.
fn order(n: usize) -> Vec<usize> {
    let mut taken = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let mut k = 0;
    while order.len() < n && k < 4 * n {
        let place = spread(k, n);
        if !std::mem::replace(&mut taken[place], true) {
            order.push(place);
        }
        k += 1;
    }
    order.extend((0..n).filter(|place| !taken[*place]));
    order
}

impl<'a> Workshop<'a> {
    /// The lists of the run.
    fn lists(&mut self) -> Rc<Lists<'a>> {
        let base = self.copy.base;
        Rc::clone(self.lists.get_or_insert_with(|| Rc::new(Lists::new(&base.tables))))
    }

    /// The unit's papers of the profile window, ascending.
    fn papers_of(&self, unit: &str) -> Vec<PublicationIndex> {
        let base = self.copy.base;
        let Some(unit) = base.tables.units.find(unit) else { return Vec::new() };
        let window = base.assessment.publication_window();
        let counted = |index: &PublicationIndex| {
            base.publications.items[index.at()].year.is_some_and(|year| window.contains(year))
        };
        let mut papers = base.ledger.publications_of(base.tables.units.descendants(unit));
        papers.retain(counted);
        papers
    }

    pub(super) fn publications(
        &mut self,
        profile: &PublicationProfile,
        amount: Amount,
        from: Option<i32>,
        place: &Place,
    ) {
        let Some(unit) = self.unit(&profile.unit, place) else { return };
        let mut papers = self.papers_of(&profile.unit);
        let academic = if amount.per_fte == 0.0 { 0.0 } else { self.academic_fte(&profile.unit) };
        let count = amount.of(papers.len() as f64, academic).round();
        if count < 0.0 {
            let message = format!("{} papers of a scenario are taken back that were never added", -count);
            return self.fault("nothing-to-undo", message, "papers that are there can be left out", place);
        }
        if papers.is_empty() && profile.citations.is_none() {
            let message = format!("\"{}\" has no papers to take after", profile.unit);
            let hint = "state citations and percentile, authors and own_authors of the new papers";
            return self.fault("no-rows", message, hint, place);
        }
        papers = self.like(profile, papers);
        if profile.like == Like::Median {
            papers = median(&papers, &self.copy.base.measures.normalised).into_iter().collect();
        }
        let year = self.clock.data_year(from);
        let within = self.copy.tables.units.descendants(unit).to_vec();
        let lists = self.lists();
        for number in 0..count as usize {
            let template = (!papers.is_empty()).then(|| papers[spread(number, papers.len())]);
            self.added += 1;
            self.add_paper(profile, unit, template, year, (&within, &lists));
        }
        self.copy.touched.publications = true;
    }

    /// Of a unit's papers those that are as the new ones are to be, where there are any: papers of a better percentile are
    /// cited more, those with partners abroad or in better journals differ in other ways too. Where the unit has none, those
    /// of the university; where nobody has, the unit's own as they are.
    fn like(&self, profile: &PublicationProfile, papers: Vec<PublicationIndex>) -> Vec<PublicationIndex> {
        let base = self.copy.base;
        let told = profile.citations.is_some() || profile.fwci.is_some();
        let fits = |index: &PublicationIndex| {
            let item = &base.publications.items[index.at()];
            let percentile = base.measures.normalised.get(index.at()).and_then(|normalised| normalised.percentile);
            let quartile = item.listed_journal.and_then(|journal| base.tables.journals[journal as usize].quartile);
            (told || profile.percentile.is_none_or(|wanted| percentile.is_some_and(|own| own <= wanted)))
                && profile.quartile.is_none_or(|wanted| quartile == Some(wanted))
                && (profile.partner.is_none() || !item.foreign_partners.is_empty())
        };
        let own: Vec<PublicationIndex> = papers.iter().filter(|index| fits(index)).copied().collect();
        if !own.is_empty() {
            return own;
        }
        let whole = base.tables.units.university().map(|unit| base.tables.units.get(unit).id.as_str());
        let all: Vec<PublicationIndex> =
            whole.map_or_else(Vec::new, |id| self.papers_of(id)).into_iter().filter(fits).collect();
        if all.is_empty() { papers } else { all }
    }

    fn add_paper(
        &mut self,
        profile: &PublicationProfile,
        unit: UnitIndex,
        template: Option<PublicationIndex>,
        year: Option<i32>,
        (within, lists): (&[UnitIndex], &Lists),
    ) {
        let base = self.copy.base;
        // After all ids of exports, so that publications stay ascending.
        let id = format!("~scenario:{}:{:06}", profile.unit, self.added);
        let old = template.map(|index| &base.publications.items[index.at()]);
        let window = base.assessment.publication_window();
        let item = old.cloned().unwrap_or_else(|| Publication {
            document_type: "article".to_owned(),
            year: Some(window.to),
            ..Publication::default()
        });
        let mut item = Publication {
            doi: None,
            eid: None,
            ut: None,
            pmid: None,
            openalex: None,
            title: String::new(),
            correspondence: None,
            sources: vec!["scenario".to_owned()],
            multi_affiliated: Vec::new(),
            ..item
        };
        if let Some(kind) = &profile.document_type {
            item.document_type.clone_from(kind);
        }
        let settled = profile.citations.or(item.citations.map(|citations| citations as f64));
        let part = year.map_or(1.0, |year| self.received(item.year, year, profile.citations.is_some()));
        item.citations = settled.map(|citations| (citations * part).round() as i64);
        item.year = year.or(item.year);
        item.fwci = profile.fwci.or(item.fwci);
        item.percentile = profile.percentile.or(item.percentile);
        if let Some(quartile) = profile.quartile {
            lists.place(&mut item, quartile);
        }
        if let Some(partner) = &profile.partner {
            join(&mut item, partner);
        }
        // Counts by year stand for a paper of the same age and the same citations.
        if let (None, None, Some(old)) = (year, profile.citations, old) {
            let rows =
                [old.eid.as_deref(), Some(old.id.as_str())].into_iter().flatten().find_map(|id| lists.counts.get(id));
            let doi = || lists.counts.get(format!("doi:{}", old.doi.as_deref()?).as_str());
            let rows: Vec<CitationCount> = (rows.or_else(doi).into_iter().flatten())
                .map(|row| CitationCount { work: id.clone(), ..(*row).clone() })
                .collect();
            if !rows.is_empty() {
                self.copy.tables.to_mut().citation_counts.extend(rows);
            }
        }
        item.id = id;
        let (authors, own) = self.byline(profile, template, within);
        self.enter(item, authors, unit, &own);
    }

    /// Share of its settled citations that a paper of `year` has at the horizon; for one that takes after a paper of
    /// `like`, in relation to that one's age.
    fn received(&self, like: Option<i32>, year: i32, settled: bool) -> f64 {
        let now = self.clock.year - 1;
        let share = |year: i32| lag(&self.citation_lag, (now - year).max(0) as usize);
        let of_template = if settled { 1.0 } else { like.map_or(1.0, share) };
        if of_template > 0.0 { share(year) / of_template } else { 1.0 }
    }

    /// Authors of a new paper, and the positions from 1 of ours.
    fn byline(
        &self,
        profile: &PublicationProfile,
        template: Option<PublicationIndex>,
        within: &[UnitIndex],
    ) -> (Vec<Author>, Vec<u32>) {
        let base = self.copy.base;
        let old = template.map_or(&[][..], |index| base.publications.authors_of(index));
        let ours = |index: PublicationIndex| {
            let start = base.ledger.credits.partition_point(|credit| credit.publication < index);
            let own = base.ledger.credits[start..].iter().take_while(move |credit| credit.publication == index);
            let held = own
                .filter(|credit| matches!(credit.account, Account::Unit(unit) if within.binary_search(&unit).is_ok()));
            let mut positions: Vec<u32> = held.map(|credit| credit.author_position).collect();
            positions.sort_unstable();
            positions.dedup();
            positions
        };
        let mut own = template.map_or_else(Vec::new, ours);
        let count = profile.authors.map_or(old.len().max(1), |count| count as usize);
        own.retain(|position| *position as usize <= count);
        if let Some(wanted) = profile.own_authors {
            own = (1..=wanted.min(count as u32)).collect();
        } else if own.is_empty() {
            own.push(1);
        }
        let corresponding = template.map_or_else(Vec::new, |index| base.publications.corresponding(index));
        let author =
            |at: usize| Author { corresponding: corresponding.contains(&at).then_some(true), ..Author::default() };
        ((0..count).map(author).collect(), own)
    }

    /// Enters a paper and its credits at the end of works and ledger.
    fn enter(&mut self, item: Publication, authors: Vec<Author>, unit: UnitIndex, own: &[u32]) {
        let publications = self.copy.publications.to_mut();
        let index = PublicationIndex(publications.items.len() as u32);
        let count = authors.len();
        publications.items.push(item);
        publications.imagined += 1;
        publications.authors.extend(authors);
        publications.offsets.push(publications.authors.len());
        let credits = &mut self.copy.ledger.to_mut().credits;
        let mut outside = Share::WHOLE;
        for (at, share) in Share::WHOLE.split(count).enumerate() {
            let position = at as u32 + 1;
            if own.contains(&position) {
                outside = Share(outside.0 - share.0);
                credits.push(Credit {
                    publication: index,
                    account: Account::Unit(unit),
                    author_position: position,
                    staff: None,
                    rule: Rule::Scenario,
                    confidence: 1.0,
                    full: own.first() == Some(&position),
                    share,
                });
            }
        }
        if outside.0 > 0 {
            credits.push(Credit::outside(index, outside));
        }
    }

    pub(super) fn shift(&mut self, shift: &Shift, amount: Amount, from: Option<i32>, place: &Place) {
        if self.unit(&shift.unit, place).is_none() {
            return;
        }
        let year = self.clock.data_year(from);
        let base = self.copy.base;
        let lists = self.lists();
        let lacks = |index: &PublicationIndex| {
            let item = &base.publications.items[index.at()];
            let late = year.is_none_or(|year| item.year.is_some_and(|own| own >= year));
            let quartile = item.listed_journal.and_then(|journal| base.tables.journals[journal as usize].quartile);
            let percentile = base.measures.normalised.get(index.at()).and_then(|normalised| normalised.percentile);
            late && (shift.partner.is_some() && item.foreign_partners.is_empty()
                || shift.quartile.is_some_and(|wanted| quartile != Some(wanted))
                || shift.percentile.is_some_and(|wanted| percentile.is_none_or(|own| own > wanted)))
        };
        let mut papers = self.papers_of(&shift.unit);
        papers.retain(lacks);
        let academic = if amount.per_fte == 0.0 { 0.0 } else { self.academic_fte(&shift.unit) };
        let count = amount.of(papers.len() as f64, academic).round();
        if count > papers.len() as f64 || count < 0.0 {
            let message = format!("{count} papers of \"{}\" are to change: {} could", shift.unit, papers.len());
            return self.fault("more-than-there-are", message, "lower `papers`", place);
        }
        let items = &mut self.copy.publications.to_mut().items;
        for place in order(papers.len()).into_iter().take(count as usize) {
            let item = &mut items[papers[place].at()];
            if let Some(partner) = &shift.partner {
                join(item, partner);
            }
            if let Some(quartile) = shift.quartile {
                lists.place(item, quartile);
            }
            if let Some(percentile) = shift.percentile {
                item.percentile = Some(percentile);
            }
        }
        self.copy.touched.publications = true;
    }
}

/// The paper of median normalised impact; of those without, the middle one.
fn median(
    papers: &[PublicationIndex],
    normalised: &[crate::model::normalised::Normalised],
) -> Option<PublicationIndex> {
    let impact = |index: &PublicationIndex| normalised.get(index.at()).and_then(|normalised| normalised.impact);
    let mut known: Vec<(f64, PublicationIndex)> =
        papers.iter().filter_map(|index| Some((impact(index)?, *index))).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    known.get(known.len().saturating_sub(1) / 2).map(|(_, index)| *index).or(papers.get(papers.len() / 2).copied())
}

/// A partner, written `name|country`, joins a paper.
fn join(item: &mut Publication, partner: &str) {
    let country = partner.rsplit('|').next().unwrap_or_default();
    if let Err(at) = item.foreign_partners.binary_search_by(|own| own.as_str().cmp(partner)) {
        item.foreign_partners.insert(at, partner.to_owned());
        item.organisations += 1;
    }
    if let Err(at) = item.countries.binary_search_by(|own| own.as_str().cmp(country)) {
        item.countries.insert(at, country.to_owned());
    }
    item.international = Some(true);
}

/// Share of its settled citations that a paper of this age has; the last share holds for all older ones.
fn lag(shares: &[f64], age: usize) -> f64 {
    shares.get(age).or(shares.last()).copied().unwrap_or(1.0)
}

/// The shares by age as the own papers tell them: mean citations of those of an age in relation to the oldest of the
/// profile window.
pub(super) fn own_lag(base: &Results) -> Vec<f64> {
    let window = base.assessment.publication_window();
    let mut sums = vec![(0_i64, 0_u32); (window.to - window.from).max(0) as usize + 1];
    for item in &base.publications.items {
        let (Some(year), Some(citations)) = (item.year, item.citations) else { continue };
        if let Some(sum) = usize::try_from(window.to - year).ok().and_then(|age| sums.get_mut(age)) {
            *sum = (sum.0 + citations, sum.1 + 1);
        }
    }
    let means: Vec<f64> =
        sums.iter().map(|(sum, count)| if *count > 0 { *sum as f64 / f64::from(*count) } else { 0.0 }).collect();
    let settled = means.last().copied().unwrap_or_default();
    // Older papers never have the smaller share.
    let rising = means.iter().scan(0.0_f64, |most, mean| {
        *most = most.max(*mean);
        Some(*most)
    });
    if settled > 0.0 { rising.map(|mean| (mean / settled).min(1.0)).collect() } else { Vec::new() }
}

/// What the run's sheets say of works and journals, sorted once.
pub(super) struct Lists<'a> {
    journals: &'a [Journal],
    /// Per quartile the index of each of its journals, in list order.
    of_quartile: [Vec<u32>; 4],
    /// Counts by year of each work.
    counts: FxHashMap<&'a str, Vec<&'a CitationCount>>,
}

impl<'a> Lists<'a> {
    fn new(tables: &'a Tables) -> Self {
        let mut of_quartile: [Vec<u32>; 4] = Default::default();
        for (index, journal) in (0_u32..).zip(&tables.journals) {
            if let Some(quartile @ 1..=4) = journal.quartile {
                of_quartile[usize::from(quartile) - 1].push(index);
            }
        }
        let mut counts: FxHashMap<&str, Vec<&CitationCount>> = FxHashMap::default();
        for row in &tables.citation_counts {
            counts.entry(&row.work).or_default().push(row);
        }
        Lists { journals: &tables.journals, of_quartile, counts }
    }

    /// Puts a paper into the first journal of a quartile that shares an area with its own, else into the first of all.
    fn place(&self, item: &mut Publication, quartile: u8) {
        let areas = |journal: u32| self.journals[journal as usize].areas.as_slice();
        let own = item.listed_journal.map_or(&[][..], areas);
        let wanted = &self.of_quartile[usize::from(quartile.clamp(1, 4)) - 1];
        let near = wanted.iter().find(|journal| areas(**journal).iter().any(|area| own.contains(area)));
        if let Some(journal) = near.or(wanted.first()) {
            item.listed_journal = Some(*journal);
        }
    }
}
