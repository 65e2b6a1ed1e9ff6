//! Photos on their way: sent part by part after their records, fetched where others made them, and in nobody's way.

mod cuts;
mod fetching;
mod gallery;
mod http;
mod refusals;
mod road;
mod sending;
mod watching;

use causal::{RecordId, Value};
use replica::{BlobId, Save};
use serde_json::json;

use crate::support::{Tablet, enrol_answer};
use gallery::Gallery;

/// A part of a blob, as the exchange cuts it.
const PART: usize = 512 << 10;

/// Bytes that are no other photo's.
fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..length).map(|at| seed.wrapping_mul(31).wrapping_add((at % 251) as u8)).collect()
}

/// A tablet that is enrolled with the gallery.
fn enrolled_with(gallery: &Gallery) -> Tablet {
    let tablet = Tablet::new();
    gallery.enrols(enrol_answer(1));
    replica::enrol(tablet.store(), gallery, "https://office.example", "CODE", "平板").expect("enrolled");
    replica::sync_once(tablet.store(), gallery).expect("an exchange without faults");
    tablet
}

/// Takes a photo, and names it in a record.
fn take_photo(tablet: &Tablet, record: RecordId, photo: &[u8], thumb: Option<&[u8]>) -> (BlobId, Option<BlobId>) {
    let put = |bytes: &[u8]| tablet.store().put_blob(bytes).expect("it is put");
    let (photo, thumb) = (put(photo), thumb.map(put));
    let mut value = json!({ "blob": photo });
    if let Some(thumb) = thumb {
        value["thumb"] = json!(thumb);
    }
    save_value(tablet, record, &format!("photos/{}", &photo.to_string()[..8]), value);
    (photo, thumb)
}

fn save_value(tablet: &Tablet, record: RecordId, field: &str, value: serde_json::Value) {
    let seen = tablet.store().get(record).expect("the store reads").map(|reading| reading.version);
    let set = vec![(field.to_owned(), Value::from(value))];
    let save = Save { id: Some(record), kind: "inspection".into(), seen, set, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

/// What the server does not have yet.
fn owed(tablet: &Tablet) -> Vec<BlobId> {
    tablet.store().owed_blobs(100).expect("the store reads").iter().map(|owed| owed.id).collect()
}
