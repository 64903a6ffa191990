//! Switches of the assessment, other editions, peers that move.

use crate::attribute;
use crate::diagnostic::Place;
use crate::model::assessment::Assessment;
use crate::model::scenario::Amount;
use crate::whatif::apply::Workshop;

impl Workshop<'_> {
    pub(super) fn policy(&mut self, key: &str, value: &str, place: &Place) {
        let assessment = match with(&self.copy.assessment, key, value) {
            Ok(assessment) => assessment,
            Err(reason) => {
                let message = format!("{key} = {value}: {reason}");
                return self.fault("bad-policy", message, "assessment.toml lists every switch", place);
            }
        };
        self.copy.assessment = std::borrow::Cow::Owned(assessment);
        if ["attribution.", "merge.", "institution."].iter().any(|section| key.starts_with(section)) {
            let (publications, ledger) = attribute::attribute(&self.copy.tables, &self.copy.assessment).value;
            self.copy.publications = std::borrow::Cow::Owned(publications);
            self.copy.ledger = std::borrow::Cow::Owned(ledger);
        }
        self.copy.touched.publications = true;
        // A profile of other years has other columns.
        self.copy.touched.shape = true;
    }

    pub(super) fn edition(&mut self, from: &str, to: &str, place: &Place) {
        let Some(wanted) = self.circumstances.editions.iter().find(|edition| edition.id == to) else {
            let message = format!("there is no edition \"{to}\"");
            return self.fault("unknown-edition", message, "`sanjeh editions list` shows all", place);
        };
        let Some(at) = self.copy.editions.iter().position(|edition| edition.id == from) else {
            let message = format!("the edition \"{from}\" is not scored");
            return self.fault("unknown-edition", message, "name one of the assessment's editions", place);
        };
        if self.copy.editions.iter().any(|edition| edition.id == to) {
            let message = format!("the edition \"{to}\" is scored already");
            return self.fault("unknown-edition", message, "name one that is not", place);
        }
        self.copy.editions.to_mut()[at] = wanted.clone();
        let benchmark = self.circumstances.benchmarks.iter().find(|benchmark| benchmark.edition == to);
        if let Some(benchmark) = benchmark {
            self.copy.benchmarks.to_mut().push(benchmark.clone());
        }
        self.copy.touched.shape = true;
    }

    /// Peers move at a trend until the horizon; without one, for one year. Published constants stay.
    pub(super) fn peers(&mut self, edition: &str, indicator: Option<&str>, amount: Amount) {
        let years = self.clock.horizon.map_or(1, |horizon| (horizon - self.clock.year).max(0));
        let factor = (0..years).fold(1.0, |factor, _| factor * (1.0 + amount.relative));
        let moved = |peer: &&mut crate::model::tables::Peer| {
            peer.edition == edition && indicator.is_none_or(|code| code == peer.indicator)
        };
        self.copy.tables.to_mut().peers.iter_mut().filter(moved).for_each(|peer| peer.value *= factor);
    }
}

/// The assessment with one switch set to the TOML text `value`.
fn with(assessment: &Assessment, key: &str, value: &str) -> Result<Assessment, String> {
    let (section, name) = key.split_once('.').ok_or("write section.key, such as policy.counting")?;
    let mut whole = toml::Table::try_from(assessment).map_err(|error| error.to_string())?;
    let parsed: toml::Table =
        format!("value = {value}").parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let section = whole.get_mut(section).and_then(toml::Value::as_table_mut).ok_or("there is no such section")?;
    section.insert(name.to_owned(), parsed["value"].clone());
    whole.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}
