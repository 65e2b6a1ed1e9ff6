//! Signed papers: what is kept, what has changed since, and what a code tells.

use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::{Hand, text};

const DAY: &str = "2026-09-01";

/// Waste that was taken away on the day.
fn waste(gate: &Gate, time: &str, kg: &str) -> Value {
    let set = json!({
        "at": format!("{DAY} {time}"), "kitchen": gate.post, "sort": "餐厨垃圾", "kg": kg, "company": "绿源环保",
        "licensed": true, "collector": "老周", "phone": "13812345678",
    });
    gate.by(&gate.cook).call("entry.save", json!({"kind": "waste", "set": set, "late_reason": "补录"}))["id"].clone()
}

fn paper() -> Value {
    json!({"sheet": "waste", "from": DAY, "to": DAY})
}

fn with(mut arguments: Value, name: &str, value: Value) -> Value {
    arguments[name] = value;
    arguments
}

/// A hand.
fn strokes() -> Value {
    signature()["strokes"].clone()
}

fn sign(hand: &Hand) -> Value {
    hand.call("sheet.sign", with(paper(), "strokes", strokes()))
}

#[test]
fn a_signed_paper_is_kept_as_it_was_printed_and_a_code_finds_it_again() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35.5");
    let head = gate.by(&gate.head);
    let before = head.call("sheet.get", paper())["signing"].clone();
    assert_eq!((&before["revision"], &before["qr"], &before["since"]), (&Value::Null, &Value::Null, &Value::Null));
    let signed = sign(&head);
    assert_eq!((&signed["revision"], &signed["paper"]), (&json!(1), &before["paper"]));
    let now = head.call("sheet.get", paper());
    let signing = &now["signing"];
    assert_eq!((&signing["code"], &signing["saw"]), (&signed["code"], &before["saw"]));
    assert_eq!(signing["since"], json!({"rows": 0, "corrected": 0, "void": 0}));
    assert_eq!(
        (&signing["signatures"][0]["by"]["name"], &signing["signatures"][0]["strokes"]),
        (&json!("王校长"), &strokes())
    );
    assert!(text(&signing["qr"]).starts_with("<svg"), "{signing}");
    let checked = head.call("paper.check", json!({"code": text(&signed["code"]).to_lowercase()}));
    assert_eq!((&checked["state"], &checked["rows"], &checked["last"]), (&json!("same"), &json!(1), &json!(1)));
    let content = &checked["content"];
    assert_eq!((&content["title"], &content["from"]), (&json!("废弃物处置"), &json!(DAY)));
    assert!(
        content["rows"][0].to_string().contains("***5678") && !content.to_string().contains("13812345678"),
        "{content}"
    );
    assert_eq!(content["signatures"][0]["name"], "王校长");
}

#[test]
fn the_digest_is_that_of_the_canonical_text_and_names_the_bytes_that_are_kept() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35.5");
    let signed = sign(&gate.by(&gate.head));
    let record = gate.setup.call("record.get", json!({"id": signed["paper"]}));
    let revision = &record["value"][format!("revisions/{}", text(&signed["entry"]))];
    assert_eq!((&revision["digest"], &revision["basis"]["blob"]), (&signed["digest"], &signed["digest"]));
    assert_eq!(revision["counts"], json!({"rows": 1, "gaps": 0, "corrected": 0, "void": 0}));
    let blob = text(&signed["digest"]).parse().expect("a digest");
    let bytes = gate.setup.app().store().read_blob(blob).expect("a store").expect("the content");
    let content: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(domain::canonical::canonical(&content).as_bytes(), bytes);
    assert_eq!(domain::canonical::sha256_hex(&bytes), text(&signed["digest"]));
    let members = [
        "v",
        "paper",
        "sheet",
        "n",
        "revision",
        "from",
        "to",
        "columns",
        "rows",
        "gaps",
        "corrections",
        "signatures",
        "made",
    ];
    for member in members {
        assert!(content.get(member).is_some(), "{member}");
    }
    let strokes = domain::canonical::sha256_hex(domain::canonical::canonical(&strokes()).as_bytes());
    assert_eq!(content["signatures"][0]["strokes"], strokes);
    assert_eq!((&record["kind"], &content["n"]), (&json!("paper"), &json!(1)));
}

#[test]
fn what_changes_after_the_signature_is_told_until_a_new_revision_is_signed_and_the_old_one_stays() {
    let gate = Gate::new();
    let (changed, gone) = (waste(&gate, "09:30", "35"), waste(&gate, "09:40", "1"));
    let head = gate.by(&gate.head);
    let first = sign(&head);
    gate.tablet.wait_ms(3_600_000);
    let cook = gate.by(&gate.cook);
    cook.call("entry.correct", json!({"id": changed, "field": "kg", "value": "53", "reason": "数字写反"}));
    cook.call("entry.void", json!({"id": gone, "reason": "重复"}));
    waste(&gate, "08:00", "7");
    let page = head.call("sheet.get", paper());
    assert_eq!(page["signing"]["since"], json!({"rows": 1, "corrected": 1, "void": 1}));
    let english = head.call("sheet.get", with(paper(), "language", json!("en")));
    assert_eq!(english["signing"]["since"], page["signing"]["since"], "it was signed in Chinese");
    let second = sign(&head);
    assert_eq!(second["revision"], 2);
    let page = head.call("sheet.get", paper());
    assert_eq!(page["signing"]["since"], json!({"rows": 0, "corrected": 0, "void": 0}));
    for (code, kg) in [(&first["code"], "35"), (&second["code"], "53")] {
        let checked = head.call("paper.check", json!({"code": code}));
        assert_eq!((&checked["state"], &checked["last"]), (&json!("same"), &json!(2)));
        assert!(checked["content"]["rows"][0].as_array().expect("cells").contains(&json!(kg)), "{checked}");
    }
}

#[test]
fn a_row_that_came_after_the_signature_stands_at_the_end_with_both_times() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let head = gate.by(&gate.head);
    sign(&head);
    gate.tablet.wait_ms(86_400_000);
    waste(&gate, "08:00", "7");
    let page = head.call("sheet.get", paper());
    let after: Vec<&Value> =
        page["lines"].as_array().expect("lines").iter().map(|line| &line["after_signing"]).collect();
    assert_eq!(
        after,
        [&Value::Null, &json!(["2026-09-01 08:00", "2026-09-02 10:30"])],
        "the earlier time stands behind"
    );
    sign(&head);
    let page = head.call("sheet.get", paper());
    assert_ne!(page["lines"][1]["after_signing"], Value::Null, "it stays where it came to stand");
}

#[test]
fn a_second_signer_proves_to_be_there_and_both_signatures_stand_on_the_page() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let cook = gate.by(&gate.cook);
    sign(&cook);
    gate.by(&gate.head).call("pin.set", json!({"person": gate.head, "pin": "2580"}));
    let signing = cook.call("sheet.get", paper())["signing"].clone();
    let vouch = json!({
        "person": gate.head, "pin": "2580", "record": signing["paper"], "act": "sign", "saw": signing["saw"],
    });
    let voucher = cook.call("person.vouch", vouch.clone())["voucher"].clone();
    let arguments = with(with(paper(), "strokes", strokes()), "as", voucher);
    cook.call("sheet.sign", arguments.clone());
    let refused = ("bad-voucher".to_owned(), Some("as".to_owned()));
    assert_eq!(cook.refusal("sheet.sign", arguments), refused, "it was used");
    let signing = cook.call("sheet.get", paper())["signing"].clone();
    let hands: Vec<_> =
        signing["signatures"].as_array().expect("signatures").iter().map(|s| (&s["by"]["name"], &s["how"])).collect();
    assert_eq!(hands, [(&json!("赵厨"), &json!("none")), (&json!("王校长"), &json!("pin"))]);
    // What was vouched for is the page as it was.
    let voucher = cook.call("person.vouch", vouch)["voucher"].clone();
    waste(&gate, "09:40", "1");
    assert_eq!(cook.refusal("sheet.sign", with(with(paper(), "strokes", strokes()), "as", voucher)), refused);
    sign(&cook);
    let signing = cook.call("sheet.get", paper())["signing"].clone();
    assert_eq!(signing["signatures"].as_array().map(Vec::len), Some(1), "nobody else has signed what it says now");
}

#[test]
fn a_page_that_is_not_here_is_unknown_and_never_forged() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let head = gate.by(&gate.head);
    let code = text(&sign(&head)["code"]);
    let unknown = |hand: &Hand, code: &str| {
        let checked = hand.call("paper.check", json!({"code": code}));
        assert_eq!(
            (&checked["state"], &checked["last"], &checked["content"]),
            (&json!("unknown"), &Value::Null, &Value::Null)
        );
    };
    unknown(&head, "RP1.AAAAAAAAAAAAAAAAAAAAAAAAAA.1.AAAAAAAAAAAAAAAAAAAAAAAAAA.1");
    unknown(&gate.by(&gate.zhang), &code);
    unknown(&gate.tablet.shared(), &code);
    let parts: Vec<&str> = code.split('.').collect();
    let altered = |at: usize, with: &str| {
        let mut parts = parts.clone();
        parts[at] = with;
        head.call("paper.check", json!({"code": parts.join(".")}))["state"].clone()
    };
    assert_eq!(altered(2, "2"), "other", "there is no second revision");
    assert_eq!(altered(3, "AAAAAAAAAAAAAAAAAAAAAAAAAA"), "other", "another content");
    assert_eq!(altered(4, "2"), "other", "another number of rows");
    let refused = ("bad-arguments".to_owned(), Some("code".to_owned()));
    assert_eq!(head.refusal("paper.check", json!({"code": "http://school.cn/x"})), refused);
}

#[test]
fn a_revision_whose_content_has_not_come_says_so() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let head = gate.by(&gate.head);
    let signed = sign(&head);
    // A device that heard of the record and not yet of the bytes.
    let other = Gate::new();
    let record = gate.setup.call("record.get", json!({"id": signed["paper"]}))["value"].clone();
    let save = json!({"id": signed["paper"], "kind": "paper", "scope": other.campus, "set": record});
    other.setup.call("record.save", save);
    let checked = other.by(&other.head).call("paper.check", json!({"code": signed["code"]}));
    assert_eq!((&checked["state"], &checked["content"]), (&json!("unread"), &Value::Null));
}

#[test]
fn nobody_signs_without_a_name_a_hand_or_the_whole_page() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let drawn = with(paper(), "strokes", strokes());
    assert_eq!(gate.setup.refusal("sheet.sign", drawn.clone()).0, "person-needed");
    assert_eq!(gate.by(&gate.zhang).refusal("sheet.sign", drawn.clone()).0, "not-found");
    let head = gate.by(&gate.head);
    for strokes in [json!([]), json!([[[5, 5]]])] {
        assert_eq!(head.refusal("sheet.sign", with(paper(), "strokes", strokes)).0, "bad-signature");
    }
    let seen = with(drawn, "saw", json!("0".repeat(64)));
    assert_eq!(head.refusal("sheet.sign", seen), ("changed".to_owned(), Some("saw".to_owned())));
    assert_eq!(head.call("sheet.get", paper())["signing"]["revision"], Value::Null, "nothing was signed");
}

#[test]
fn a_signed_paper_is_found_by_no_search_and_its_content_is_seen_by_who_sees_its_rows() {
    let gate = Gate::new();
    waste(&gate, "09:30", "35");
    let signed = sign(&gate.by(&gate.head));
    let blob = text(&signed["digest"]).parse().expect("a digest");
    let sight = |person: &str| gate.by(person).app().blob_sight(blob).expect("a store");
    assert_eq!(sight(&gate.zhang), app::BlobSight::No);
    assert_ne!(sight(&gate.head), app::BlobSight::No);
    let grid = json!({"sheet": "waste", "language": "en"});
    assert_eq!(
        gate.by(&gate.head).call("sheet.get", grid)["signing"]["revision"],
        Value::Null,
        "another period is another paper"
    );
}
