//! Credit that comes or goes with the papers as they are: lost addresses corrected, papers and citations left out.

use std::borrow::Cow;

use crate::attribute::audit;
use crate::diagnostic::Place;
use crate::measure::citing::Citing;
use crate::model::ledger::{Credit, Share};
use crate::model::publication::PublicationIndex;
use crate::model::scenario::{Amount, LeftOut};
use crate::whatif::apply::Workshop;

impl Workshop<'_> {
    pub(super) fn recover(&mut self, unit: &str, amount: Amount, place: &Place) {
        let Some(unit) = self.unit(unit, place) else { return };
        let within = self.copy.tables.units.descendants(unit).to_vec();
        let (tables, assessment) = (&self.copy.tables, &self.copy.assessment);
        let own = matches!((&self.copy.publications, &self.copy.ledger), (Cow::Borrowed(_), Cow::Borrowed(_)));
        let mut found = match self.circumstances.audit.filter(|_| own) {
            Some(known) => known.clone(),
            None => audit::audit(tables, assessment, &self.copy.publications, &self.copy.ledger),
        };
        let recoverable: Vec<bool> = found.rules.iter().map(|rule| rule.recoverable).collect();
        found.breaches.retain(|breach| recoverable[breach.rule] && within.binary_search(&breach.unit).is_ok());
        let count = amount.of(found.breaches.len() as f64, 0.0).round().max(0.0) as usize;
        found.breaches.truncate(count);
        if found.breaches.is_empty() {
            return;
        }
        let (publications, mut ledger) = audit::corrected(tables, assessment, &self.copy.publications, &found);
        ledger.excluded.clone_from(&self.copy.ledger.excluded);
        ledger.highly_cited.clone_from(&self.copy.ledger.highly_cited);
        self.copy.publications = Cow::Owned(publications);
        self.copy.ledger = Cow::Owned(ledger);
        self.copy.touched.publications = true;
    }

    pub(super) fn leave_out(&mut self, what: LeftOut) {
        match what {
            LeftOut::SelfCitations => self.without_self_citations(),
            LeftOut::AuthorsAbove(most) => {
                let publications = &self.copy.publications;
                let many = |index: PublicationIndex| publications.authors_of(index).len() > most as usize;
                let mut credits: Vec<Credit> = Vec::new();
                for entry in self.copy.ledger.credits.chunk_by(|a, b| a.publication == b.publication) {
                    if many(entry[0].publication) {
                        credits.push(Credit::outside(entry[0].publication, Share::WHOLE));
                    } else {
                        credits.extend_from_slice(entry);
                    }
                }
                self.copy.ledger.to_mut().credits = credits;
            }
        }
        self.copy.touched.publications = true;
    }

    /// Takes known citations by works that share an author out of exports, counts by year and links; figures that an
    /// export carries fall in proportion.
    fn without_self_citations(&mut self) {
        let citing = Citing::new(self.copy.input());
        let items = &mut self.copy.publications.to_mut().items;
        for (index, item) in (0_u32..).zip(items) {
            let received = citing.received(index, item.citations, None);
            let (Some(all @ 1..), Some(own @ 1..)) = (received.citations, received.author_self) else { continue };
            let left = all.saturating_sub(own) as f64 / all as f64;
            item.citations = item.citations.map(|citations| (citations as f64 * left).round() as i64);
            item.fwci = item.fwci.map(|fwci| fwci * left);
        }
        let tables = self.copy.tables.to_mut();
        tables.citation_links.retain(|link| link.author_self != Some(true));
        for count in &mut tables.citation_counts {
            count.citations = count.citations.saturating_sub(count.author_self.unwrap_or(0));
            count.author_self = count.author_self.map(|_| 0);
        }
    }
}
