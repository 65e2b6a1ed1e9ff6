//! Signing a paper: what its page says is kept as it stands, with who signed it.

use domain::paper::{Revision, Signatory, Signature, Signing, content, counts};
use domain::sheet::Sheet;
use domain::time::Shift;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::arguments::{Get, PaperLanguage};
use crate::app::App;
use crate::document::{Fields, field, person_field};
use crate::dto::value::Strokes;
use crate::envelope;
use crate::error::CommandError;
use crate::hand::Hand;
use crate::names::Names;
use crate::sheet::{Made, PAPER, SignedPaper, gets, make};
use crate::sight::Viewer;
use crate::signature::checked_signature;
use crate::voucher;

/// The act that a second signer's proof is for.
const ACT: &str = "sign";

/// Which paper is signed, and by what hand.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sign {
    /// The paper, as `sheet.list` names it.
    sheet: String,
    /// The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in.
    #[serde(default)]
    from: Option<String>,
    /// The last day.
    #[serde(default)]
    to: Option<String>,
    /// Only the rows of this area.
    #[serde(default, rename = "where")]
    place: Option<Uuid>,
    /// The language that it is signed in; Chinese when left out.
    #[serde(default)]
    language: PaperLanguage,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The signature.
    strokes: Strokes,
    /// The `saw` of the page as it was shown; left out, the page as it is when the command is called.
    #[serde(default)]
    saw: Option<String>,
    /// What `person.vouch` gave for the act `sign` on this paper: the signature is that person's.
    #[serde(default, rename = "as")]
    voucher: Option<Uuid>,
}

/// A paper that was signed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PaperSigned")]
pub(super) struct SignedSheet {
    /// The record of the paper.
    paper: Uuid,
    /// The number of its new revision.
    revision: u32,
    /// The id of the revision.
    entry: Uuid,
    /// The code that its pages bear.
    code: String,
    /// The SHA-256 of what was signed, in hex.
    digest: String,
}

pub(super) fn sign(app: &App, arguments: Sign) -> Result<SignedSheet, CommandError> {
    let missing = || CommandError::not_drawn("strokes");
    let Strokes(lines) = checked_signature("strokes", arguments.strokes)?.ok_or_else(missing)?;
    let strokes = json!(lines);
    let wanted = Get {
        sheet: arguments.sheet,
        from: arguments.from,
        to: arguments.to,
        place: arguments.place,
        language: arguments.language,
        campus: arguments.campus,
    };
    let Made { sheet, campus, signed, .. } = make(app, &wanted.into())?;
    let no_campus = || CommandError::bad_argument("campus", "say first which campus it is for");
    let paper = signed.ok_or_else(no_campus)?;
    if !paper.is_held {
        let message = "signed pages of this paper lie in a compartment that this device does not hold";
        return Err(CommandError::new(ProblemType::NotAllowed, message).field("sheet"));
    }
    if arguments.saw.is_some_and(|saw| saw != paper.said) {
        return Err(CommandError::new(ProblemType::Changed, "the page says something else by now").field("saw"));
    }
    let hand = Hand::of(app, arguments.voucher, (paper.id.0, ACT, &paper.said))?;
    let viewer = Viewer::of(app, &campus, &hand.person)?;
    let first = sheet.source.days.map(|(from, _)| from);
    if gets(&viewer, &sheet.code, first, paper.place.as_deref()).is_none() {
        return Err(CommandError::new(ProblemType::NotAllowed, "who signs a paper sees all of it").field("as"));
    }
    let names = Names::new(app);
    let name = names.person(&hand.person).name.unwrap_or_else(|| hand.person.clone());
    let time = app.time();
    let fresh = || new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let entry = fresh();
    let n = paper.signed.last().map_or(1, |last| last.n.saturating_add(1));
    let own = Signature {
        id: fresh().to_string(),
        person: hand.person.clone(),
        revision: entry.to_string(),
        role: role(&sheet, &name),
        at: time.now.0,
        how: hand.how.to_owned(),
        strokes,
    };
    let standing = standing(&paper, &hand.person);
    let of = |signature: &Signature| Signatory {
        name: names.person(&signature.person).name.unwrap_or_else(|| signature.person.clone()),
        by: signature.person.clone(),
        role: signature.role.clone(),
        at: signature.at,
        how: signature.how.clone(),
        strokes: domain::canonical::sha256_hex(domain::canonical::canonical(&signature.strokes).as_bytes()),
    };
    let signatures: Vec<Signatory> = standing.iter().copied().chain([&own]).map(of).collect();
    let by = app.by();
    let signing = Signing {
        paper: paper.id.0,
        revision: entry,
        n,
        signatures: &signatures,
        made_by: by.as_deref(),
        made_at: time.now,
    };
    let content = content(&sheet, &signing);
    let digest = app.store().put_blob(content.as_bytes())?.to_string();
    let revision = Revision {
        id: entry.to_string(),
        n,
        digest: digest.clone(),
        saw: paper.said.clone(),
        counts: counts(&sheet),
        size: content.len(),
        signs: standing.iter().map(|signature| signature.id.clone()).chain([own.id.clone()]).collect(),
        by: Some(hand.person.clone()),
        at: time.now.0,
    };
    let code = revision.code(paper.id.0).ok_or_else(|| CommandError::internal(&"a digest that is none"))?;
    let mut set: Fields = Vec::new();
    if paper.version.is_empty() {
        set.extend(envelope::envelope(app, &campus, &time, time.now, Shift::Day));
        set.extend(head(&sheet, &paper, campus.id));
    }
    let (name, value) = revision.field();
    set.push(field(name, value));
    let (group, _) = person_field("signs", &hand.person, Value::Null)?;
    set.push(field(format!("{group}/{}", own.id), own.value(&json!(time.stamp()))));
    let save = Save {
        id: Some(paper.id),
        kind: PAPER.to_owned(),
        scope: paper.version.is_empty().then_some(paper.scope),
        seen: Some(paper.version.clone()),
        only_if: Some(paper.version.clone()),
        set,
        by,
        ..Save::default()
    };
    match hand.voucher {
        Some(voucher) => {
            let saved = app.store().save_taking_settings(&[voucher::setting(voucher)], vec![save])?;
            saved.ok_or_else(voucher::used)?;
        }
        None => {
            app.store().save(save)?;
        }
    }
    Ok(SignedSheet { paper: paper.id.0, revision: n, entry, code: code.to_string(), digest })
}

/// The signatures that hold for the page as it is: those of the last revision while it says the same, but for who signs anew.
fn standing<'p>(paper: &'p SignedPaper, person: &str) -> Vec<&'p Signature> {
    let last = paper.signed.last().filter(|last| last.saw == paper.said);
    let on = last.into_iter().flat_map(|last| paper.signed.on(last));
    on.filter(|signature| signature.person != person).collect()
}

/// As what somebody signs: as what the rows name them, else in the first place where they name nobody.
fn role(sheet: &Sheet, name: &str) -> String {
    let named = sheet.signatures.iter().find(|signer| signer.names.iter().any(|known| known == name));
    let free = sheet.signatures.iter().find(|signer| signer.names.is_empty());
    named.or(free).or(sheet.signatures.last()).map(|signer| signer.key.clone()).unwrap_or_default()
}

/// What the record says of the paper; two devices that sign at once write the same.
fn head(sheet: &Sheet, paper: &SignedPaper, campus: Option<Uuid>) -> Fields {
    let mut fields = vec![field("sheet", sheet.code.as_str())];
    if let Some((from, to)) = sheet.source.days {
        fields.extend([field("from", from.to_string()), field("to", to.to_string())]);
    }
    fields.extend(paper.place.as_deref().map(|place| field("where", place)));
    // Whose it is does not follow from the scope where that is a compartment.
    fields.extend(campus.filter(|campus| *campus != paper.scope).map(|campus| field("campus", campus.to_string())));
    fields
}
