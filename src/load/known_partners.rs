//! What the office knows of its partners: identifiers and other spellings; and the countries that something may keep away.

use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::{Exposure, KnownPartner};

/// Reads the rows of a sheet of partners.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<KnownPartner>, Count) {
    sheet.each(findings, |entry| {
        let name = entry.required("name")?;
        let spellings = entry.list("spellings").into_iter().map(|(_, item)| item).collect();
        let company = matches!(entry.meaning("sector"), Some(Meaning::Flag(true)));
        let (ror, country) = (entry.ror("ror"), entry.country("country"));
        Ok(KnownPartner { ror, name, country, spellings, company, place: entry.place("name") })
    })
}

/// Reads the rows of a sheet of exposed countries.
pub fn exposures(sheet: &Sheet, findings: &mut Findings) -> (Vec<Exposure>, Count) {
    sheet.each(findings, |entry| {
        entry.required("country")?;
        let (country, kind) = (entry.country("country"), entry.required("exposure")?);
        Ok(Exposure { country, kind, source: entry.word("source"), place: entry.place("country") })
    })
}
