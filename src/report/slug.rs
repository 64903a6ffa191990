//! File-name parts from ids that may contain anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Longer slugs are cut: file systems allow 255 bytes for a whole name.
const LONGEST: usize = 60;

/// One lower-case ASCII slug per id, all different. A slug that says less than its id, and would be shared, carries the
/// beginning of the id's SHA-256; so it does not depend on which other units exist in what order.
pub fn slugs(ids: &[String]) -> Vec<String> {
    let plain: Vec<String> = ids.iter().map(|id| plain(id)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for slug in &plain {
        *uses.entry(slug).or_default() += 1;
    }
    let mut taken: BTreeSet<String> =
        plain.iter().filter(|slug| !slug.is_empty() && uses[slug.as_str()] == 1).cloned().collect();
    let unique = taken.clone();
    ids.iter()
        .zip(&plain)
        .map(|(id, slug)| {
            if unique.contains(slug) {
                return slug.clone();
            }
            let digest = digest(id);
            let stem = if slug.is_empty() { "id" } else { slug };
            let mut candidate = format!("{stem}-{}", &digest[..8]);
            let mut next = 2;
            while !taken.insert(candidate.clone()) {
                candidate = format!("{stem}-{}-{next}", &digest[..8]);
                next += 1;
            }
            candidate
        })
        .collect()
}

fn plain(id: &str) -> String {
    let mut slug = String::new();
    for character in id.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn digest(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::slugs;

    #[test]
    fn anything_becomes_a_name_of_its_own() {
        let ids = ["MED", "med", "the/wur/2026", "دانشکده", "پزشکی", "", "a b", "a-b", "../../etc", &"x".repeat(300)];
        let slugs = slugs(&ids.map(String::from));
        let distinct: std::collections::BTreeSet<_> = slugs.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{slugs:?}");
        assert_eq!(slugs[2], "the-wur-2026");
        assert_eq!(slugs[8], "etc");
        for slug in &slugs {
            assert!(!slug.is_empty() && slug.len() < 90);
            assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        }
    }
}
