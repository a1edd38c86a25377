//! Names → distinct, stable slugs `[a-z0-9-]` of at most 80 characters, for folders of tags, authors and sources. With
//! `content.ids`, a tag is spelt as the engine spelt it in addresses.
//!
//! A slug depends only on its own name, unless another name wants the same slug. Then it goes to the name that had it
//! before, otherwise to one that was published, otherwise to the older one (by its oldest article). The others get six
//! hexadecimal digits of their name's hash appended (more if that is taken), so that a new name never takes over an
//! existing folder. The slug of a name that no longer exists stays free. `C++` and `C#` are spelt out first.

use crate::model::{ArticlePath, Timestamp, is_folder_name};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const MAX_SLUG_CHARACTERS: usize = 80;

/// A name that needs a slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlugClaim {
    /// The name's key, equal for all its spellings.
    pub key: String,
    /// How the site's engine wrote it in addresses.
    pub spelt: Option<String>,
    /// When and where the name was first used.
    pub since: (Timestamp, ArticlePath),
}

/// The slug assigned to a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotted {
    /// The assigned slug.
    pub slug: String,
    /// The key of the name that got the wanted slug, or of an older name that would want the same one if `+`, `#` and
    /// `&` were not spelt out.
    pub rival: Option<String>,
}

/// The slugs assigned in earlier runs.
pub struct Given<'a> {
    /// Slugs with the key of their name.
    pub slugs: &'a BTreeMap<String, String>,
    /// Which of these keys were published.
    pub published: &'a dyn Fn(&BTreeSet<&str>) -> BTreeSet<String>,
}

impl Given<'_> {
    /// No slugs were assigned before.
    pub const NOTHING: Self = Self { slugs: &BTreeMap::new(), published: &|_| BTreeSet::new() };

    /// The slugs that can be folders, each with its key: the file that says so may be anybody's.
    pub fn sound(&self) -> BTreeMap<&str, &str> {
        let slugs = self.slugs.iter().filter(|(slug, key)| !key.is_empty() && is_folder_name(slug));
        slugs.map(|(slug, key)| (slug.as_str(), key.as_str())).collect()
    }
}

/// Assigns a slug to each name. `family` is put before the hash of a name without any letter that can be
/// transliterated.
pub fn allot(mut claims: Vec<SlugClaim>, family: &str, given: &Given<'_>) -> BTreeMap<String, Allotted> {
    claims.sort_by(|a, b| (&a.since, &a.key).cmp(&(&b.since, &b.key)));
    let claims: Vec<(String, SlugClaim)> =
        claims.into_iter().map(|c| (spelt(&c).unwrap_or_else(|| wanted(&c.key, family)), c)).collect();
    let sound = given.sound();
    let given_to: HashMap<&str, &str> = sound.iter().map(|(slug, key)| (*key, *slug)).collect();
    let mut holders: HashMap<&str, &str> = given_to.iter().map(|(key, slug)| (*slug, *key)).collect();
    let contested = contested(&claims, &holders);
    hold_published(&mut holders, &claims, &contested, given);
    let mut taken: HashSet<&str> = claims.iter().map(|(slug, _)| slug.as_str()).chain(sound.keys().copied()).collect();
    let mut plain_holders: HashMap<String, (&str, &str)> = HashMap::new();
    let mut late: Vec<(&str, &str)> = Vec::new();
    let mut out = BTreeMap::new();
    for (slug, claim) in &claims {
        let key = claim.key.as_str();
        let own = given_to.get(key).copied();
        let holder = *holders.entry(slug).or_insert(key);
        let plain = ascii(key);
        let mut rival = None;
        if !plain.is_empty() {
            let older = plain_holders.get(&plain).filter(|(_, other)| *other != slug);
            rival = older.map(|(older, _)| (*older).to_owned());
            plain_holders.entry(plain).or_insert((key, slug));
        }
        if holder != key {
            rival = Some(holder.to_owned());
        }
        if holder != key && own.is_none() {
            late.push((key, slug));
        }
        let slug = own.unwrap_or(slug).to_owned();
        out.insert(claim.key.clone(), Allotted { slug, rival });
    }
    let longer: Vec<(&str, Vec<String>)> = late.iter().map(|(key, slug)| (*key, hashed(slug, key))).collect();
    for (key, choices) in &longer {
        let free = choices.iter().find(|choice| !taken.contains(choice.as_str()));
        if let (Some(slug), Some(allotted)) = (free, out.get_mut(*key)) {
            taken.insert(slug);
            allotted.slug.clone_from(slug);
        }
    }
    out
}

/// The keys whose slug another key wants too, or that was assigned before.
fn contested(claims: &[(String, SlugClaim)], holders: &HashMap<&str, &str>) -> BTreeSet<String> {
    let mut wanted_by: HashMap<&str, usize> = HashMap::new();
    claims.iter().for_each(|(slug, _)| *wanted_by.entry(slug).or_default() += 1);
    let shares = |slug: &str| wanted_by.get(slug).is_some_and(|n| *n > 1) || holders.contains_key(slug);
    claims.iter().filter(|(slug, _)| shares(slug)).map(|(_, claim)| claim.key.clone()).collect()
}

/// Reserves a slug for the first published key, if several compete for it and none had it before.
fn hold_published<'a>(
    holders: &mut HashMap<&'a str, &'a str>,
    claims: &'a [(String, SlugClaim)],
    contested: &BTreeSet<String>,
    given: &Given<'_>,
) {
    if contested.is_empty() {
        return;
    }
    let published = (given.published)(&contested.iter().map(String::as_str).collect());
    for (slug, claim) in claims.iter().filter(|(_, claim)| published.contains(&claim.key)) {
        holders.entry(slug).or_insert(&claim.key);
    }
}

/// Transliterates to lower-case ASCII with hyphens for everything else; cut with a hash if too long. May be empty.
pub fn ascii(text: &str) -> String {
    hyphenated(&any_ascii::any_ascii(text))
}

/// The first `digits` hexadecimal digits of a text's BLAKE3 hash.
pub fn hash(text: &str, digits: usize) -> String {
    blake3::hash(text.as_bytes()).to_hex().chars().take(digits).collect()
}

/// The engine's spelling, where it can be a folder.
fn spelt(claim: &SlugClaim) -> Option<String> {
    claim.spelt.clone().filter(|spelt| is_folder_name(spelt) && spelt.len() <= MAX_SLUG_CHARACTERS)
}

/// The slug of a name without regard to other names, with signs spelt out.
fn wanted(name: &str, family: &str) -> String {
    let ascii = any_ascii::any_ascii(name);
    // A hash sign in front of a word is a hashtag, not `sharp`.
    let text = match ascii.trim_start().strip_prefix('#') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => rest,
        _ => &ascii,
    };
    let slug = hyphenated(&text.replace('+', " plus ").replace('#', " sharp ").replace('&', " and "));
    match &*slug {
        "" => format!("{family}-{}", hash(name, 6)),
        // Windows reserves device names: a repository with such a folder could not be cloned there.
        "con" | "prn" | "aux" | "nul" => format!("{family}-{slug}"),
        port if matches!(port.strip_prefix("com").or(port.strip_prefix("lpt")), Some(n) if n.len() == 1) => {
            format!("{family}-{slug}")
        }
        _ => slug,
    }
}

fn hyphenated(ascii: &str) -> String {
    let mut out = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '`' | '"') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let slug = out.trim_end_matches('-');
    if slug.len() <= MAX_SLUG_CHARACTERS {
        return slug.to_owned();
    }
    format!("{}-{}", start(slug, MAX_SLUG_CHARACTERS - 7), hash(slug, 6))
}

/// The slug with longer and longer hashes; the last has the whole hash.
fn hashed(slug: &str, key: &str) -> Vec<String> {
    [6, 12, 24, 48, 64]
        .iter()
        .map(|n| format!("{}-{}", start(slug, MAX_SLUG_CHARACTERS - 1 - n), hash(key, *n)))
        .collect()
}

fn start(slug: &str, limit: usize) -> &str {
    slug.get(..limit).unwrap_or(slug).trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claims(keys: &[&str]) -> Vec<SlugClaim> {
        let at = |i: usize| Timestamp::from_unix(i as i64).unwrap();
        keys.iter()
            .enumerate()
            .map(|(i, k)| SlugClaim { key: (*k).into(), spelt: None, since: (at(i), ArticlePath::new("a.md")) })
            .collect()
    }

    fn slug(all: &BTreeMap<String, Allotted>, key: &str) -> String {
        all[key].slug.clone()
    }

    #[test]
    fn signs_are_spelt_out() {
        let all = allot(claims(&["c", "c++", "c#", "#defi", "r&d", "c plus plus", "+"]), "tag", &Given::NOTHING);
        assert_eq!(slug(&all, "c"), "c");
        assert_eq!(slug(&all, "c++"), "c-plus-plus");
        assert_eq!(slug(&all, "c#"), "c-sharp");
        assert_eq!(slug(&all, "#defi"), "defi");
        assert_eq!(slug(&all, "r&d"), "r-and-d");
        assert_eq!(slug(&all, "+"), "plus");
        assert_eq!(slug(&all, "c plus plus"), format!("c-plus-plus-{}", hash("c plus plus", 6)));
        assert_eq!(all["c++"].rival.as_deref(), Some("c"));
        assert_eq!(all["c#"].rival.as_deref(), Some("c"));
        assert_eq!(all["c"].rival, None);
        assert_eq!(all["+"].rival, None);
    }

    #[test]
    fn the_older_name_keeps_its_slug() {
        let all = allot(claims(&["teg", "тег"]), "tag", &Given::NOTHING);
        assert_eq!(slug(&all, "teg"), "teg");
        assert_eq!(slug(&all, "тег"), format!("teg-{}", hash("тег", 6)));
        let squatter = format!("teg-{}", hash("тег", 6));
        let all = allot(claims(&["teg", "тег", &squatter]), "tag", &Given::NOTHING);
        assert_eq!(slug(&all, &squatter), squatter);
        assert_eq!(slug(&all, "тег"), format!("teg-{}", hash("тег", 12)));
    }

    #[test]
    fn what_cannot_be_written_gets_a_hash() {
        let all = allot(claims(&["\u{200b}", "../../etc/passwd"]), "tag", &Given::NOTHING);
        assert_eq!(slug(&all, "\u{200b}"), format!("tag-{}", hash("\u{200b}", 6)));
        assert_eq!(slug(&all, "../../etc/passwd"), "etc-passwd");
        let all = allot(claims(&["CON", "lpt1", "comet"]), "tag", &Given::NOTHING);
        assert_eq!(["CON", "lpt1", "comet"].map(|key| slug(&all, key)), ["tag-con", "tag-lpt1", "comet"]);
        assert_eq!(ascii("Ельцин, объём"), "eltsin-obem");
        assert_eq!(ascii(&"я".repeat(400)).len(), 80);
    }

    #[test]
    fn what_was_given_is_kept() {
        let given: BTreeMap<String, String> =
            [("teg", "тег"), ("../x", "a"), ("gone", "gone!")].map(|(s, k)| (s.to_owned(), k.to_owned())).into();
        let given = Given { slugs: &given, ..Given::NOTHING };
        let all = allot(claims(&["teg", "тег", "a", "gone"]), "tag", &given);
        assert_eq!(slug(&all, "тег"), "teg");
        assert_eq!(slug(&all, "teg"), format!("teg-{}", hash("teg", 6)));
        assert_eq!(slug(&all, "a"), "a");
        assert_eq!(slug(&all, "gone"), format!("gone-{}", hash("gone", 6)), "it stays free for the one that had it");
        assert_eq!((all["teg"].rival.as_deref(), all["тег"].rival.as_deref()), (Some("тег"), None));
    }

    #[test]
    fn a_published_name_goes_before_an_older_one() {
        let published = |_: &BTreeSet<&str>| BTreeSet::from(["тег".to_owned()]);
        let given = Given { published: &published, ..Given::NOTHING };
        let all = allot(claims(&["teg", "тег"]), "tag", &given);
        assert_eq!(slug(&all, "тег"), "teg");
        assert_eq!(slug(&allot(claims(&["teg", "тег"]), "tag", &Given::NOTHING), "teg"), "teg");
    }

    proptest! {
        #[test]
        fn slugs_are_safe_distinct_and_know_no_order(mut keys in proptest::collection::vec("[a-c+#&. /яТ😀\u{200b}]{0,6}", 0..30)) {
            keys.sort();
            keys.dedup();
            let names: Vec<&str> = keys.iter().map(String::as_str).collect();
            let mut shuffled = claims(&names);
            let all = allot(shuffled.clone(), "tag", &Given::NOTHING);
            shuffled.reverse();
            prop_assert_eq!(&allot(shuffled, "tag", &Given::NOTHING), &all);
            let slugs: HashSet<&str> = all.values().map(|a| a.slug.as_str()).collect();
            prop_assert_eq!(slugs.len(), keys.len());
            for slug in slugs {
                prop_assert!(!slug.is_empty() && slug.len() <= 80);
                prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
        }
    }
}
