//! Cells that tell partners: countries by name or code, ROR ids, units that a row may leave out.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::layout::UNIT_FIELDS;
use crate::load::unit_names::UnitNames;
use crate::model::country;
use crate::model::unit::{UnitIndex, Units};

/// Signs of the digits of a ROR id, of Crockford's base 32.
const ROR_SIGNS: &str = "0123456789abcdefghjkmnpqrstvwxyz";

impl Entry<'_, '_> {
    /// The English name of the country that a field names in any spelling. One that is not known stays as printed
    /// (`unknown-country`): it then counts as a country of its own.
    pub fn country(&mut self, field: &str) -> String {
        let printed = self.word(field);
        if printed.is_empty() {
            return printed;
        }
        if let Some(known) = country::meant(&printed) {
            return known.name.get("en").to_owned();
        }
        let message = format!("\"{printed}\" is not a known country; it is taken as one of its own");
        self.remark(field, Finding::warning("unknown-country", message).hint("write the English or Persian name"));
        printed
    }

    /// The ROR id of a field, without the address before it; what is none is named (`bad-ror`) and taken as none.
    pub fn ror(&mut self, field: &str) -> String {
        let printed = self.word(field);
        let id = printed.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase();
        if id.is_empty() || is_ror(&id) {
            return id;
        }
        let message = format!("\"{printed}\" is no ROR id; the partner is found by its name");
        self.remark(field, Finding::warning("bad-ror", message).hint("write it as https://ror.org/01c4pz451"));
        String::new()
    }

    /// The units of the row; the university where it names none. Unknown ones leave the row out.
    pub fn units_or_university(&mut self, units: &Units, names: &UnitNames) -> Read<Vec<UnitIndex>> {
        let named = UNIT_FIELDS.iter().any(|field| !self.word(field).is_empty());
        match units.university() {
            Some(university) if !named => Ok(vec![university]),
            _ => self.units(units, names),
        }
    }

    /// The id that a field gives, else where the row is.
    pub fn id_or_row(&self, field: &str) -> String {
        let id = self.word(field);
        if !id.is_empty() {
            return id;
        }
        let grid = self.sheet.grid;
        match &grid.sheet {
            Some(sheet) => format!("{}#{sheet}:{}", grid.file, self.row.number),
            None => format!("{}:{}", grid.file, self.row.number),
        }
    }
}

/// Nine characters: `0`, six of base 32, and two check digits: 98 − (number × 100 mod 97) (ISO/IEC 7064, as ROR says).
fn is_ror(id: &str) -> bool {
    let (Some(body), Some(check)) = (id.get(1..7), id.get(7..9)) else { return false };
    let mut number = 0_u64;
    for sign in body.chars() {
        let Some(digit) = ROR_SIGNS.find(sign) else { return false };
        number = number * 32 + digit as u64;
    }
    id.len() == 9 && id.starts_with('0') && check.parse() == Ok(98 - number * 100 % 97)
}

#[cfg(test)]
mod tests {
    use super::is_ror;

    /// Ids of ror.org: University of Tehran, Harvard, Karolinska, University of Oxford, and the same with a digit changed.
    #[test]
    fn check_digits_are_held() {
        for id in ["05vf56z40", "03vek6s52", "056d84691", "052gg0110"] {
            assert!(is_ror(id), "{id}");
        }
        for id in ["05vf56z41", "03vek6s5", "156d84691", "0u2gg0110", "دانشگاه"] {
            assert!(!is_ror(id), "{id}");
        }
    }
}
