//! The record of a paper: `revisions/<id>` and `signs/<person>/<id>`, each written once under a name of its own.

use serde_json::{Value, json};

use super::code::{PaperCode, bits};
use super::content::Counts;
use crate::field::Document;
use uuid::Uuid;

/// One revision: `revisions/<id>` = `{n, digest, saw, counts, basis, signs, by, at}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its id.
    pub id: String,
    /// Its number; two devices that sign at once may give the same.
    pub n: u32,
    /// The SHA-256, in hex, of its content, which is also the name of the blob that holds it.
    pub digest: String,
    /// The digest of what it says, whoever signed it.
    pub saw: String,
    /// What it counts.
    pub counts: Counts,
    /// The size of the content, in bytes.
    pub size: usize,
    /// The ids of the signatures that stand on it.
    pub signs: Vec<String>,
    /// Who signed it last.
    pub by: Option<String>,
    /// When, ms since 1970 UTC.
    pub at: i64,
}

/// One signature: `signs/<person>/<id>` = `{revision, role, at, how, strokes, clock}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// Its id.
    pub id: String,
    /// The person.
    pub person: String,
    /// The revision that it was put on.
    pub revision: String,
    /// As what the person signs.
    pub role: String,
    /// When, ms since 1970 UTC.
    pub at: i64,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`.
    pub how: String,
    /// The strokes: lists of points from 0 to 1,000.
    pub strokes: Value,
}

/// What the record of a paper holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signed {
    /// Its revisions, the oldest first.
    pub revisions: Vec<Revision>,
    /// All signatures.
    pub signatures: Vec<Signature>,
}

impl Revision {
    /// The field and its value.
    pub fn field(&self) -> (String, Value) {
        let Counts { rows, gaps, corrected, void } = self.counts;
        let value = json!({
            "n": self.n,
            "digest": self.digest,
            "saw": self.saw,
            "counts": {"rows": rows, "gaps": gaps, "corrected": corrected, "void": void},
            "basis": {"blob": self.digest, "mime": "application/json", "size": self.size},
            "signs": self.signs,
            "by": self.by,
            "at": self.at,
        });
        (format!("revisions/{}", self.id), value)
    }

    /// The code that a page of it bears; none where its digest is none.
    pub fn code(&self, paper: Uuid) -> Option<PaperCode> {
        let rows = u32::try_from(self.counts.rows).ok()?;
        Some(PaperCode { paper, revision: self.n, digest: bits(&self.digest)?, rows })
    }

    fn read(id: &str, value: &Value) -> Option<Self> {
        let count = |name: &str| usize::try_from(value.get("counts")?.get(name)?.as_u64()?).ok();
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let signs = value.get("signs")?.as_array()?.iter();
        Some(Self {
            id: id.to_owned(),
            n: u32::try_from(value.get("n")?.as_u64()?).ok()?,
            digest: text("digest")?,
            saw: text("saw")?,
            counts: Counts {
                rows: count("rows")?,
                gaps: count("gaps")?,
                corrected: count("corrected")?,
                void: count("void")?,
            },
            size: usize::try_from(value.get("basis")?.get("size")?.as_u64()?).ok()?,
            signs: signs.filter_map(Value::as_str).map(str::to_owned).collect(),
            by: text("by"),
            at: value.get("at")?.as_i64()?,
        })
    }
}

impl Signature {
    /// The value of its field; `clock` is what its device knew of the time.
    pub fn value(&self, clock: &Value) -> Value {
        json!({
            "revision": self.revision, "role": self.role, "at": self.at, "how": self.how, "strokes": self.strokes,
            "clock": clock,
        })
    }

    fn read(name: &str, value: &Value) -> Option<Self> {
        let (person, id) = name.rsplit_once('/')?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            id: id.to_owned(),
            person: person.to_owned(),
            revision: text("revision")?,
            role: text("role")?,
            at: value.get("at")?.as_i64()?,
            how: text("how")?,
            strokes: value.get("strokes")?.clone(),
        })
    }
}

impl Signed {
    /// What a record holds; an entry that cannot be read is left out.
    pub fn read(document: &Document) -> Self {
        let mut signed = Self::default();
        for (path, value) in document {
            if let Some(id) = path.strip_prefix("revisions/") {
                signed.revisions.extend(Revision::read(id, value));
            } else if let Some(name) = path.strip_prefix("signs/") {
                signed.signatures.extend(Signature::read(name, value));
            }
        }
        signed.revisions.sort_by(|a, b| (a.n, a.at, &a.id).cmp(&(b.n, b.at, &b.id)));
        signed.signatures.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        signed
    }

    /// The first revision: rows that it did not have are 签字后补录.
    pub fn first(&self) -> Option<&Revision> {
        self.revisions.first()
    }

    /// The last revision.
    pub fn last(&self) -> Option<&Revision> {
        self.revisions.last()
    }

    /// The signatures that stand on a revision.
    pub fn on<'a>(&'a self, revision: &'a Revision) -> impl Iterator<Item = &'a Signature> {
        self.signatures.iter().filter(|signature| revision.signs.contains(&signature.id))
    }

    /// The revision that a code names.
    pub fn named(&self, code: &PaperCode) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.n == code.revision && code.is_of(&revision.digest))
    }
}
