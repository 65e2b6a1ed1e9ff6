//! Blobs: photos and scans, named by the SHA-256 of their bytes, and where records name them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use causal::{State, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Bytes of one blob.
pub const MAX_BLOB_BYTES: usize = 32 << 20;

/// The key that makes an object in a value a reference to a blob.
const BLOB: &str = "blob";
/// The key by which a reference names a small picture of the blob.
const THUMB: &str = "thumb";
/// No text shorter than this holds a reference: the key, 64 digits, and the signs around them.
const SHORTEST: usize = r#"{"blob":""}"#.len() + 64;

/// The name of a blob: the SHA-256 of its bytes; as text 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 32]);

/// The text is not 64 hex digits.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a blob is named by 64 hex digits")]
pub struct BlobIdError;

impl BlobId {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BlobId {
    type Err = BlobIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| BlobIdError)?;
        Ok(Self(bytes))
    }
}

impl Serialize for BlobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// How much of a blob the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobProgress {
    /// The first byte that it lacks.
    pub offset: u64,
    /// Whether it has all, and has checked the digest.
    pub complete: bool,
}

/// The blobs that a record names, and whether one of its references calls the blob the small picture of another.
pub type BlobRefs = BTreeMap<BlobId, bool>;

/// The blobs that the live values of a state name.
///
/// A reference is any object with the key `blob` and 64 hex digits under it, at any depth; its `thumb` names another blob.
/// So both sides find missing evidence without knowing the kind.
/// Cost: one look at each value's text where there is none.
pub fn blob_refs(state: &State) -> BlobRefs {
    let mut found = BlobRefs::new();
    for value in state.fields().values().flat_map(|siblings| siblings.values()) {
        add_blob_refs(value, &mut found);
    }
    found
}

/// Adds the blobs that one value names.
pub fn add_blob_refs(value: &Value, found: &mut BlobRefs) {
    let text = value.as_str();
    // A key may be written with escapes, though nobody does.
    if text.len() >= SHORTEST && (text.contains("\"blob\"") || text.contains("\\u")) {
        walk(&value.to_json(), found);
    }
}

fn walk(tree: &serde_json::Value, found: &mut BlobRefs) {
    match tree {
        serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        serde_json::Value::Object(members) => {
            let named = |key: &str| members.get(key)?.as_str()?.parse::<BlobId>().ok();
            if let Some(blob) = named(BLOB) {
                found.entry(blob).or_insert(false);
                if let Some(thumb) = named(THUMB) {
                    found.insert(thumb, true);
                }
            }
            members.values().for_each(|member| walk(member, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const B: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let mut found = BlobRefs::new();
        add_blob_refs(&Value::parse(text).expect("a value"), &mut found);
        let expected: BlobRefs = expected.iter().map(|(id, thumb)| (id.parse().expect("an id"), *thumb)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_blob_is_named_by_the_digest_of_its_bytes() {
        assert_eq!(BlobId::of(b"abc").to_string(), A);
        assert_eq!(A.parse(), Ok(BlobId::of(b"abc")));
        assert_eq!(A.to_uppercase().parse(), Ok(BlobId::of(b"abc")));
        for text in ["", "ba78", &A[1..], &format!("{A}00"), &A.replace('b', "g"), &format!(" {}", &A[1..])] {
            assert_eq!(text.parse::<BlobId>(), Err(BlobIdError), "{text}");
        }
    }

    #[test]
    fn references_are_found_at_any_depth() {
        check(&format!(r#"{{"blob":"{A}"}}"#), &[(A, false)]);
        check(&format!(r#"{{"blob":"{A}","thumb":"{B}"}}"#), &[(A, false), (B, true)]);
        check(&format!(r#"[1,{{"x":[[{{"y":{{"blob":"{A}"}}}}]]}},{{"blob":"{B}"}}]"#), &[(A, false), (B, false)]);
        check(&format!(r#"{{"blob":"{A}","edited":{{"blob":"{B}"}}}}"#), &[(A, false), (B, false)]);
        check(&format!(r#"{{"\u0062lob":"{A}"}}"#), &[(A, false)]);
        check(&format!(r#"[{{"blob":"{A}","thumb":"{A}"}},{{"blob":"{A}"}}]"#), &[(A, true)]);
    }

    #[test]
    fn what_only_looks_like_a_reference_is_none() {
        check(&format!(r#"{{"thumb":"{A}"}}"#), &[]);
        check(&format!(r#"["blob","{A}"]"#), &[]);
        check(&format!(r#""{{\"blob\":\"{A}\"}}""#), &[]);
        check(&format!(r#"{{"blob":"{}","thumb":"{B}","filling":"xxx"}}"#, &A[2..]), &[]);
        check(&format!(r#"{{"blob":["{A}"]}}"#), &[]);
        check(&format!(r#"{{"blob":"{A}","thumb":"small"}}"#), &[(A, false)]);
        check(&format!(r#"{{"sha256":"{A}","blob_":"{A}"}}"#), &[]);
    }
}
