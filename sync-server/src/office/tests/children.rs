//! A child that is erased is nowhere: not at the hub, not on a tablet, not after an older copy was put back, not by a tablet that was
//! away.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use causal::RecordId;
use domain::register::{Hold, hold_scope, part_id};
use replica::{OsEntropy, Ports, Save, Store};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::transport::HubTransport;
use super::{ORGANISATION, START_MS, School, TestClock, uuid};
use crate::storage::{DeviceRow, Role};

/// A name that stands nowhere else.
const NAME: &str = "欧阳曦月";

struct WallClock(Arc<TestClock>);

impl replica::Clock for WallClock {
    fn now_ms(&self) -> u64 {
        self.0.0.load(Ordering::SeqCst)
    }
}

/// A tablet of every compartment, with files of its own.
struct Tablet {
    store: Store,
    transport: HubTransport,
    folder: tempfile::TempDir,
}

impl Tablet {
    fn new(school: &School, n: u128) -> Self {
        let device = DeviceRow {
            id: Uuid::from_u128(n),
            organisation: ORGANISATION,
            name: format!("平板{n}"),
            role: Role::Tablet,
            scopes: None,
            token_hash: Some([u8::try_from(n).expect("a small number"); 32]),
            created_at: START_MS,
            revoked_at: None,
            last_seen_at: None,
            owes: None,
            owed_none_at: None,
        };
        let row = device.clone();
        school.hub.write_blocking(ORGANISATION, move |txn| txn.insert_device(&row)).expect("a commit");
        let folder = tempfile::tempdir().expect("a folder");
        let ports = Ports { clock: Arc::new(WallClock(school.clock.clone())), entropy: Arc::new(OsEntropy) };
        let store = Store::open(folder.path(), ports, "0").expect("a store");
        let transport = HubTransport::acting_as(school.hub.clone(), device.clone());
        replica::enrol(&store, &transport, "", "", &device.name).expect("it is enrolled");
        let tablet = Self { store, transport, folder };
        tablet.sync();
        tablet
    }

    fn sync(&self) {
        replica::sync_once(&self.store, &self.transport).expect("the hub answers");
        self.store.scrub().expect("the index forgets");
    }

    fn save(&self, kind: &str, id: Uuid, scope: Uuid, set: Value) {
        save(&self.store, kind, id, scope, set);
    }

    /// Whether any byte of the name stands in a file.
    fn names_the_child(&self) -> bool {
        names_the_child(self.folder.path())
    }
}

fn save(store: &Store, kind: &str, id: Uuid, scope: Uuid, set: Value) {
    let fields = set.as_object().expect("an object").iter();
    let set = fields.map(|(name, value)| (name.clone(), causal::Value::from_json(value))).collect();
    let save = Save { id: Some(RecordId(id)), kind: kind.to_owned(), scope: Some(scope), set, ..Save::default() };
    store.save(save).expect("room");
}

fn names_the_child(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("a folder").flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return names_the_child(&path);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes())
    })
}

/// A child with a line of its list and a photo of who fetches it.
struct Child {
    campus: Uuid,
    hold: Uuid,
    id: Uuid,
    line: Uuid,
    photo: replica::BlobId,
}

impl Child {
    fn new(school: &School) -> Self {
        let campus = uuid(&school.call("campus.list", json!({}))["campuses"][0]["id"]);
        let area = json!({"name": "一年级1班", "kind": "class", "scope": campus});
        let class = school.call("area.save", area)["id"].clone();
        let set = json!({
            "class": class, "number": "0101", "consent": "已同意", "name_enc": NAME, "agreed_by": "母亲",
            "agreed_on": "2026-08-28",
        });
        let id = uuid(&school.call("entry.save", json!({"kind": "child", "set": set}))["id"]);
        let picture = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0a mother\xff\xd9";
        let photo: replica::BlobId = school.head().put_photo(picture).expect("room").blob.parse().expect("an id");
        let set = json!({
            "child": id, "adult_name_enc": format!("{NAME}之母"), "relation": "母亲", "of_age": true,
            "phone": "13800001234", "valid_from": "2026-08-28",
            "photo": [{"blob": photo.to_string(), "mime": "image/jpeg", "size": 6, "taken_at": START_MS, "source": "camera"}],
        });
        let line = uuid(&school.call("entry.save", json!({"kind": "pickup_authorisation", "set": set}))["id"]);
        Self { campus, hold: hold_scope(campus, Hold::Children), id, line, photo }
    }

    /// What a row says of the child that left with somebody off the list.
    fn leaves(&self) -> Value {
        json!({
            "child": self.id.to_string(), "direction": "离园", "at": START_MS, "campus": self.campus.to_string(),
            "note": format!("{NAME}已交接"), "form": "child_handover@1",
        })
    }

    fn stranger(&self, row: Uuid) -> Value {
        json!({"row": row.to_string(), "other_adult": format!("{NAME}之姑")})
    }
}

#[test]
fn a_child_that_was_erased_is_nowhere_after_an_older_copy_was_put_back_and_a_tablet_came_late() {
    let school = School::new();
    let child = Child::new(&school);
    let [row, late_row] = [41, 42].map(Uuid::from_u128);
    let part = part_id(row, "stranger");
    let (gate, late) = (Tablet::new(&school, 21), Tablet::new(&school, 22));
    gate.save("child_handover", row, child.hold, child.leaves());
    gate.save("child_handover_stranger", part, child.hold, child.stranger(row));
    gate.sync();
    school.replica.exchange().expect("the hub answers");
    let whole = [child.id, child.line, row, part];
    assert!(whole.iter().all(|id| school.holds(*id)) && school.has_photo(child.photo));
    assert!(gate.names_the_child() && late.names_the_child());
    let copy = whole.map(|id| {
        let held = school.hub.read_store(|txn| txn.record(ORGANISATION, RecordId(id))).expect("the hub reads");
        held.expect("it is there")
    });
    // A tablet that is away hands the child over once more.
    late.save("child_handover", late_row, child.hold, child.leaves());

    let here = school.call("entry.about", json!({"id": child.id}))["erasure"].clone();
    assert_eq!(here["hindrance"], "enrolled", "who comes here is not erased");
    assert_eq!(
        school.refusal("entry.about", json!({"id": child.id, "do": "erase", "basis": "consent"})),
        "not-allowed"
    );
    school.call("entry.save", json!({"kind": "child", "id": child.id, "set": {"consent": "已撤回"}}));
    let told =
        school.call("entry.about", json!({"id": child.id, "do": "erase", "basis": "consent"}))["erasure"].clone();
    let goes = told["goes"].as_array().expect("groups").iter().map(|group| group["kind"].clone());
    let kinds = ["child_handover_stranger", "child_handover", "pickup_authorisation", "child"].map(Value::from);
    assert_eq!((goes.collect::<Vec<_>>(), &told["stays"]), (kinds.to_vec(), &json!([])), "{told}");
    assert!(!whole.iter().any(|id| school.holds(*id)) && !school.has_photo(child.photo), "gone when it is answered");
    assert_eq!(school.refusal("entry.about", json!({"id": child.id})), "not-found");
    gate.sync();
    assert!(!gate.names_the_child(), "gone on a tablet once it has heard of it");

    school.days_pass(1);
    let put_back = school.hub.write_blocking(ORGANISATION, move |txn| {
        for old in &copy {
            let mut old = old.clone();
            old.seq = txn.next_place(ORGANISATION, Uuid::from_u128(9))?;
            txn.put_record(ORGANISATION, &old)?;
        }
        txn.begin_epoch(ORGANISATION, Uuid::from_u128(8))
    });
    put_back.expect("a commit");
    assert!(whole.iter().all(|id| school.holds(*id)), "the older copy holds the child again");
    school.days_pass(1);
    assert!(!whole.iter().any(|id| school.holds(*id)), "and the night takes it away");

    late.sync();
    assert!(school.holds(late_row), "what the tablet had to send came");
    school.days_pass(1);
    assert!(!school.holds(late_row));
    let names: Vec<bool> = [&gate, &late]
        .map(|tablet| {
            tablet.sync();
            tablet.names_the_child()
        })
        .to_vec();
    assert_eq!(names, [false, false]);
    assert!(!names_the_child(school.folder.path()), "nor in the files of the office");
}

#[test]
fn a_child_that_has_left_goes_thirty_days_after_its_term_with_all_that_names_it() {
    let school = School::new();
    let child = Child::new(&school);
    let calendar = json!({"terms": [{"name": "本学期", "from": "2026-09-01", "to": "2026-10-31"}]});
    school.call("campus.save", json!({"id": child.campus, "term_calendar": calendar}));
    let row = Uuid::from_u128(41);
    save(&school.replica.store, "child_handover", row, child.hold, child.leaves());
    school.deliver();
    school.call("entry.act", json!({"id": child.id, "act": "leave", "set": {"left_on": "2026-09-01"}}));
    // From 1 September to 30 November.
    school.days_pass(90);
    assert!([child.id, child.line].iter().all(|id| school.holds(*id)) && school.has_photo(child.photo));
    school.days_pass(1);
    assert!(![child.id, child.line, row].iter().any(|id| school.holds(*id)) && !school.has_photo(child.photo));
}
