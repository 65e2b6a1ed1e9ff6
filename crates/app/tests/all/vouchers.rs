//! Two people sign on one tablet: the second by a PIN of their own, for one act, once.

use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::text;

/// A handover that 张强 has signed, and that waits for 李明.
struct Desk {
    gate: Gate,
    handover: Value,
}

impl Desk {
    fn new() -> Self {
        let gate = Gate::new();
        let shift = gate.shift();
        let handover = gate.handover(&text(&shift["id"]))["id"].clone();
        let give = json!({"id": handover, "act": "give", "set": {"sig": signature()}});
        gate.by(&gate.zhang).call("entry.act", give);
        Self { gate, handover }
    }

    fn vouch(&self, pin: Option<&str>) -> Value {
        let saw = self.gate.get(&self.gate.zhang, &self.handover)["saw"].clone();
        json!({"person": self.gate.li, "pin": pin, "record": self.handover, "act": "take", "saw": saw})
    }

    fn take(&self, voucher: &Value) -> Value {
        json!({"id": self.handover, "act": "take", "set": {"sig": signature()}, "as": voucher})
    }
}

#[test]
fn the_second_signer_enters_a_pin_and_the_session_stays() {
    let desk = Desk::new();
    let gate = &desk.gate;
    gate.by(&gate.li).call("pin.set", json!({"person": gate.li, "pin": "2580"}));
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": gate.zhang}));
    let voucher = shared.call("person.vouch", desk.vouch(Some("２５８０")))["voucher"].clone();
    let taken = shared.call("entry.act", desk.take(&voucher));
    assert!(taken.get("not_counted").is_none(), "{taken}");
    assert_eq!(shared.call("person.current", json!({}))["by"]["id"], gate.zhang.as_str());
    let row = gate.get(&gate.head, &desk.handover);
    let take = &row["history"][1];
    assert_eq!((&row["stage"], &take["by"]["name"], &take["vouch"]), (&json!("done"), &json!("李明"), &json!("pin")));
    let stored = gate.setup.call("record.get", json!({"id": desk.handover}))["value"].clone();
    assert!(!stored.to_string().contains("2580"), "a PIN stands nowhere");
}

#[test]
fn a_voucher_holds_once_for_one_act_on_the_row_as_it_was_and_for_two_minutes() {
    let desk = Desk::new();
    let gate = &desk.gate;
    gate.by(&gate.li).call("pin.set", json!({"person": gate.li, "pin": "2580"}));
    let guard = gate.by(&gate.zhang);
    let give = || guard.call("person.vouch", desk.vouch(Some("2580")))["voucher"].clone();
    let refused = |arguments: Value| guard.refusal("entry.act", arguments);
    let bad = ("bad-voucher".to_owned(), Some("as".to_owned()));
    let voucher = give();
    let other = json!({"id": desk.handover, "act": "refuse", "set": {"reason": "不对"}, "as": voucher});
    assert_eq!(refused(other), bad);
    gate.tablet.wait_ms(121_000);
    assert_eq!(refused(desk.take(&voucher)), bad);
    let voucher = give();
    gate.tablet.set_clock(gate.tablet.now() - 3_600_000);
    assert_eq!(refused(desk.take(&voucher)), bad, "a clock that was set back gives no time");
    gate.tablet.set_clock(gate.tablet.now() + 3_600_000);
    let note = json!({"kind": "shift_handover", "id": desk.handover, "set": {"notes": "又记一笔"}});
    guard.call("entry.save", note);
    assert_eq!(refused(desk.take(&voucher)), bad, "the row is not what was signed");
    let voucher = give();
    guard.call("entry.act", desk.take(&voucher));
    assert_eq!(refused(desk.take(&voucher)), bad, "it was used");
    assert_eq!(refused(desk.take(&json!("0199a1f0-0000-4000-8000-000000000001"))), bad);
}

#[test]
fn wrong_pins_are_counted_as_at_the_door() {
    let desk = Desk::new();
    let gate = &desk.gate;
    gate.by(&gate.li).call("pin.set", json!({"person": gate.li, "pin": "2580"}));
    let guard = gate.by(&gate.zhang);
    assert_eq!(guard.refusal("person.vouch", desk.vouch(None)), ("pin-needed".to_owned(), Some("pin".to_owned())));
    for _ in 0..5 {
        assert_eq!(guard.refusal("person.vouch", desk.vouch(Some("0000"))).0, "wrong-pin");
    }
    assert_eq!(guard.refusal("person.vouch", desk.vouch(Some("2580"))).0, "wait");
    let shared = gate.tablet.shared();
    assert_eq!(shared.refusal("person.switch", json!({"person": gate.li, "pin": "2580"})).0, "wait");
}

#[test]
fn a_hand_that_nobody_proved_is_kept_and_does_not_count() {
    let desk = Desk::new();
    let gate = &desk.gate;
    let guard = gate.by(&gate.zhang);
    let voucher = guard.call("person.vouch", desk.vouch(None))["voucher"].clone();
    assert_eq!(guard.call("entry.act", desk.take(&voucher))["not_counted"], "not_vouched");
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": gate.li}));
    let own = json!({"id": desk.handover, "act": "take", "set": {"sig": signature()}});
    assert_eq!(shared.call("entry.act", own.clone())["not_counted"], "not_vouched");
    let row = gate.get(&gate.head, &desk.handover);
    assert_eq!((&row["stage"], &row["history"][1]["vouch"]), (&json!("half"), &json!("none")));
    gate.by(&gate.li).call("pin.set", json!({"person": gate.li, "pin": "2580"}));
    shared.call("person.switch", json!({"person": gate.li, "pin": "2580"}));
    assert!(shared.call("entry.act", own).get("not_counted").is_none());
}

#[test]
fn who_may_not_do_an_act_does_not_do_it_by_a_voucher_either() {
    let desk = Desk::new();
    let gate = &desk.gate;
    let guard = gate.by(&gate.zhang);
    let vouch = |person: &str| {
        let mut arguments = desk.vouch(None);
        arguments["person"] = json!(person);
        guard.call("person.vouch", arguments)["voucher"].clone()
    };
    assert_eq!(guard.refusal("entry.act", desk.take(&vouch(&gate.cook))).0, "not-found", "a cook sees no handover");
    assert_eq!(guard.refusal("entry.act", desk.take(&vouch(&gate.head))).0, "not-allowed");
    gate.setup.call("person.save", json!({"id": gate.li, "active": false}));
    assert_eq!(guard.refusal("person.vouch", desk.vouch(None)).0, "inactive");
}
