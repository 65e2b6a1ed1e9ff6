//! Backup, restore, refill, and a store put back by copying files.

use std::path::{Path, PathBuf};

use serde_json::json;
use sync_server::storage::sqlite::{copy_online, store_path};

use crate::support::*;

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn restore(data: &Path, from: &Path) -> (Option<i32>, serde_json::Value) {
    cli(&["restore", "--data", text(data), "--from", text(from)])
}

/// A server with one record in its backup, and one that came after it.
fn with_backup(folder: &Path) -> (Server, Device, PathBuf) {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    tablet.upload(&[7; 3_000]);
    let file = folder.join("backup");
    server.cli(&["backup", "--to", text(&file)]);
    tablet.push(&[finding(2, 2, "lost")]);
    (server, tablet, file)
}

#[test]
fn a_backup_is_one_sound_file_and_replaces_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, _, file) = with_backup(folder.path());
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(names.len(), 1, "{names:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).expect("the backup").permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner may read it");
    }
    let before = std::fs::read(&file).expect("the backup");
    let (code, refused) = cli(&["backup", "--data", text(server.data()), "--to", text(&file)]);
    assert_eq!((code, &refused["problem"]["type"]), (Some(1), &json!("urn:rounds:problem:file-exists")));
    assert_eq!(std::fs::read(&file).expect("the backup"), before);
    let (code, refused) = cli(&["backup", "--data", text(server.data()), "--to", "/no/such/folder/backup"]);
    assert_eq!((code, &refused["problem"]["type"]), (Some(1), &json!("urn:rounds:problem:not-found")));
    let other = tempfile::tempdir().expect("a folder");
    assert_eq!(restore(other.path(), &file).0, Some(0), "a restore needs no store to be there");
    assert_eq!(std::fs::read(&file).expect("the backup"), before, "and only reads the backup");
    check(other.path());
}

#[test]
fn dated_backups_are_kept_to_a_number_and_none_goes_for_one_that_lacks_a_photo() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, tablet, _) = with_backup(folder.path());
    let dated = tempfile::tempdir().expect("a folder");
    let older = ["rounds-20200101T023000Z.tar", "rounds-20200102T023000Z.tar"];
    for name in older.iter().chain(&["rounds-notes.txt"]) {
        std::fs::write(dated.path().join(name), b"").expect("a file");
    }
    let keep = ["backup", "--to", text(dated.path()), "--keep", "2"];
    let lost = tablet.upload(b"lost before the backup");
    let organisation = server.cli(&["check"])["organisations"][0]["organisation"].as_str().expect("an id").to_owned();
    let photo = server.data().join("blobs").join(organisation).join(&lost[..2]).join(&lost);
    std::fs::remove_file(&photo).expect("the photo");
    let made = server.cli(&keep);
    assert_eq!((&made["missing_blobs"], &made["pruned"]), (&json!(1), &json!([])));
    std::fs::remove_file(made["backup"].as_str().expect("a path")).expect("the backup");

    std::fs::write(&photo, b"lost before the backup").expect("the photo");
    let made = server.cli(&keep);
    assert_eq!(made["pruned"], json!([older[0]]));
    let mut left: Vec<_> =
        std::fs::read_dir(dated.path()).expect("the folder").map(|entry| entry.expect("one").path()).collect();
    left.sort();
    let file = PathBuf::from(made["backup"].as_str().expect("a path"));
    assert_eq!(left, [dated.path().join(older[1]), file.clone(), dated.path().join("rounds-notes.txt")]);
    let other = tempfile::tempdir().expect("a folder");
    assert_eq!(restore(other.path(), &file).0, Some(0));
    check(other.path());
}

#[test]
fn a_restore_is_refused_while_a_server_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, tablet, file) = with_backup(folder.path());
    let (code, refused) = restore(server.data(), &file);
    assert_eq!((code, &refused["problem"]["type"]), (Some(1), &json!("urn:rounds:problem:store-in-use")));
    assert_eq!(tablet.pull_all(None).0.len(), 2);
}

#[test]
fn a_restored_server_has_a_new_epoch_and_is_refilled() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, mut tablet, file) = with_backup(folder.path());
    let (_, cursor) = tablet.pull_all(None);
    let unused = server.code(&[]);
    server.stop("TERM");
    let (code, restored) = restore(server.data(), &file);
    assert_eq!(code, Some(0), "{restored}");
    let kept = restored["kept"].as_str().expect("the replaced store is kept");
    assert!(Path::new(kept).is_file());
    let epoch = restored["organisations"][0]["epoch"].as_str().expect("an epoch").to_owned();
    assert_ne!(epoch, tablet.epoch);
    check(server.data());

    let further = Server::on(server.data(), &[]);
    let server = server.replaced_by(further);
    tablet.address = server.address;
    let refused = tablet.pull(Some(&cursor), 200);
    assert_eq!((refused.problem().as_str(), &refused.json()["epoch"]), ("epoch-changed", &json!(epoch)));
    let refused = tablet.send("POST", "/v1/push", &[], &tablet.body(&[]));
    assert_eq!(refused.problem(), "epoch-changed");
    let code = json!({"code": unused, "device_name": "t", "replica": id(7)}).to_string();
    assert_eq!(server.send("POST", "/v1/enrol", &[], code.as_bytes()).problem(), "enrol-refused");

    let refill = server.cli(&["refill", "list"]);
    assert_eq!((&refill["refilling"], &refill["changes"]), (&json!(true), &json!([])));
    // Under a new id, the tablet relays what it has of others: here a campus that the backup never saw.
    let mut relay = Device { replica: uuid::Uuid::new_v4().to_string(), number: 0, previous: None, epoch, ..tablet };
    let other = id(99);
    let relayed = json!({"epoch": relay.epoch, "replica": relay.replica, "number": 1, "previous": null,
        "replicas": [other], "records": [{"id": id(3), "kind": "campus", "scope": null, "version": [[0, 4]],
            "writes": [[0, 4, 5, null]], "fields": {"name": [[0, "东校区"]]}}]});
    let relayed = relayed.to_string().into_bytes();
    let answer = relay.send("POST", "/v1/push", &[], &relayed);
    assert_eq!(answer.json()["results"][0]["outcome"], "merged");
    relay.taken(&relayed);
    let refill = server.cli(&["refill", "list"]);
    let change = &refill["changes"][0];
    assert_eq!((&change["record"], &change["kind"]), (&json!(id(3)), &json!("campus")));
    assert_eq!((&change["device"], &change["device_name"]), (&json!(relay.device), &json!("平板")));
    assert_eq!(server.cli(&["refill", "end"])["refilling"], false);
    assert_eq!(server.cli(&["refill", "list"])["refilling"], false);
    check(server.data());
}

#[test]
fn init_makes_no_empty_store_where_a_restore_was_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    init(data);
    let (store, kept) = (data.join("rounds.sqlite3"), data.join("rounds.sqlite3.before-restore-5"));
    std::fs::rename(&store, &kept).expect("the store goes away");
    let (code, refused) = cli(&["init", "--data", text(data), "--organisation", "x"]);
    assert_eq!((code, &refused["problem"]["type"]), (Some(1), &json!("urn:rounds:problem:restore-unfinished")));
    assert!(!store.exists());
    std::fs::rename(&kept, &store).expect("the store comes back");
    check(data);
}

#[test]
fn what_is_no_sound_backup_is_refused_and_the_store_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, tablet, file) = with_backup(folder.path());
    server.stop("TERM");
    let check_refused = |from: &Path, slug: &str| {
        let (code, refused) = restore(server.data(), from);
        let expected = json!(format!("urn:rounds:problem:{slug}"));
        assert_eq!((code, &refused["problem"]["type"]), (Some(1), &expected), "{refused}");
    };
    check_refused(&folder.path().join("nothing"), "store-missing");
    let garbage = folder.path().join("garbage");
    std::fs::write(&garbage, [7; 9_000]).expect("a file");
    check_refused(&garbage, "store-damaged");
    let bytes = std::fs::read(&file).expect("the backup");
    let half = folder.path().join("half");
    std::fs::write(&half, &bytes[..bytes.len() / 2]).expect("a file");
    check_refused(&half, "store-damaged");
    // One byte of the store in it, and one of a photo, each where nothing else would tell.
    for (at, place) in [(60_000, "the store"), (bytes.len() - 4_000, "the photo")] {
        let bent = folder.path().join(format!("bent{at}"));
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        std::fs::write(&bent, changed).expect(place);
        check_refused(&bent, "store-damaged");
    }
    for missing in [1_024, 2_048, 5_000] {
        std::fs::write(&half, &bytes[..bytes.len() - missing]).expect("a file");
        if missing > 1_024 {
            check_refused(&half, "store-damaged");
        }
    }
    let changed = folder.path().join("changed");
    copy_online(&store_path(server.data()), &changed).expect("a backup as the first release wrote it");
    let db = rusqlite::Connection::open(&changed).expect("the copy");
    db.execute_batch("update record set state = x'00'").expect("damage");
    drop(db);
    check_refused(&changed, "store-damaged");
    let db = rusqlite::Connection::open(&changed).expect("the copy");
    db.pragma_update(None, "user_version", 99).expect("a newer version");
    drop(db);
    check_refused(&changed, "store-newer");

    let again = Server::on(server.data(), &[]);
    let tablet = Device { address: again.address, ..tablet };
    assert_eq!(tablet.pull_all(None).0.len(), 2, "nothing has changed");
    let left: Vec<_> = std::fs::read_dir(server.data())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("restor"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_store_put_back_by_copying_files_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    server.stop("TERM");
    let (store, copy) = (server.data().join("rounds.sqlite3"), folder.path().join("copy"));
    std::fs::copy(&store, &copy).expect("a copy");

    let further = Server::on(server.data(), &[]);
    let mut server = server.replaced_by(further);
    tablet.address = server.address;
    tablet.push(&[finding(2, 2, "lost")]);
    let (_, cursor) = tablet.pull_all(None);
    server.stop("TERM");
    std::fs::copy(&copy, &store).expect("the copy goes back");

    let further = Server::on(server.data(), &[]);
    let server = server.replaced_by(further);
    tablet.address = server.address;
    assert_eq!(tablet.pull(Some(&cursor), 200).problem(), "epoch-changed");
    let ahead = tablet.send("POST", "/v1/push", &[], &tablet.body(&[]));
    assert_eq!((ahead.problem().as_str(), &ahead.json()["expected"]), ("push-out-of-order", &json!(2)));
    let mut other = server.tablet();
    other.push(&[finding(3, 1, "new"), finding(4, 2, "new")]);
    assert_eq!(tablet.pull(Some(&cursor), 200).problem(), "epoch-changed", "also after it has moved on");
}

#[test]
fn photos_come_back_with_a_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::new();
    let mut tablet = server.tablet();
    let (photo, empty) = (vec![7; 300_000], Vec::new());
    let names = [tablet.upload(&photo), tablet.upload(&empty)];
    let lost = tablet.upload(b"lost before the backup");
    tablet.push(&[finding_with_photos(1, 1, None, &[&names[0], &names[1], &lost])]);
    let checked = server.cli(&["check"]);
    let organisation = checked["organisations"][0]["organisation"].as_str().expect("an id");
    let blobs = |data: &Path| data.join("blobs").join(organisation);
    std::fs::remove_file(blobs(server.data()).join(&lost[..2]).join(&lost)).expect("the file");
    let file = folder.path().join("backup");
    let made = server.cli(&["backup", "--to", text(&file)]);
    assert_eq!((&made["blobs"], &made["missing_blobs"]), (&json!(2), &json!(1)), "a backup is made all the same");

    // On another machine, where there is nothing yet.
    let other = folder.path().join("other");
    let (code, restored) = restore(&other, &file);
    assert_eq!((code, &restored["blobs"]), (Some(0), &json!(2)), "{restored}");
    let again = Server::on(&other, &[]);
    let tablet = Device { address: again.address, ..tablet };
    assert_eq!(names.each_ref().map(|name| tablet.blob(name)), [Some(photo), Some(empty)]);
    assert_eq!(tablet.progress(&lost), None, "it may be sent again");
    tablet.upload(b"lost before the backup");
    check(&other);
}

#[test]
fn photos_that_came_after_the_backup_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, tablet, file) = with_backup(folder.path());
    let later = tablet.upload(b"later");
    // Nobody acknowledged what does not have the bytes of its name.
    let organisation = server.cli(&["check"])["organisations"][0]["organisation"].as_str().expect("an id").to_owned();
    let bent = sha256(b"bent");
    let place = server.data().join("blobs").join(organisation).join(&bent[..2]);
    std::fs::create_dir_all(&place).expect("a folder");
    std::fs::write(place.join(&bent), "other bytes").expect("a file");
    server.stop("TERM");
    assert_eq!(restore(server.data(), &file).0, Some(0));
    check(server.data());
    let again = Server::on(server.data(), &[]);
    let mut tablet = Device { address: again.address, epoch: again.epoch(), number: 0, previous: None, ..tablet };
    tablet.replica = uuid::Uuid::new_v4().to_string();
    assert_eq!(tablet.blob(&later), None, "nobody names it yet, and who sent it is not known any more");
    tablet.push(&[finding_with_photos(9, 1, None, &[&later, &bent])]);
    assert_eq!((tablet.blob(&later).as_deref(), tablet.blob(&bent)), (Some(&b"later"[..]), None));
}

#[test]
fn a_backup_of_a_release_without_photos_is_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::new();
    let mut tablet = server.tablet();
    let photo = tablet.upload(b"photo");
    tablet.push(&[finding_with_photos(1, 1, None, &[&photo])]);
    let old = folder.path().join("old");
    copy_online(&store_path(server.data()), &old).expect("a backup as the first release wrote it");
    let db = rusqlite::Connection::open(&old).expect("the backup");
    db.execute_batch(
        "drop table blob; drop table blob_uploader; drop table blob_reference; drop table heartbeat;
         alter table organisation drop column went_back_at;
         alter table device drop column last_seen_at; alter table device drop column owes;
         alter table device drop column owed_none_at; alter table account drop column person;
         alter table account drop column must_begin; alter table account drop column must_change_password; pragma user_version = 1;",
    )
    .expect("the first release");
    drop(db);
    let other = folder.path().join("other");
    let (code, restored) = restore(&other, &old);
    assert_eq!((code, &restored["blobs"]), (Some(0), &json!(0)), "{restored}");
    let again = Server::on(&other, &[]);
    let tablet = Device { address: again.address, ..tablet };
    assert_eq!(tablet.progress(&photo), None);
    assert_eq!(again.cli(&["check"])["notices"].as_array().map(Vec::len), Some(1), "what its records name is known");
    tablet.upload(b"photo");
    check(&other);
}
