//! Each type of fields against each kind of bad input, cell by cell: what is stored, or the rule by which it is refused.

use domain::field::{FieldType, Limit, Typing, codes, parse_type};
use domain::register::all;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use serde_json::{Value, json};
use uuid::Uuid;

const ID: &str = "0199a1f0-0000-7000-8000-000000000001";

/// What is stored, or the rule that is broken.
type Told = Result<Value, &'static str>;

/// The columns of the table; each row says what is typed and what comes of it.
const COLUMNS: [&str; 8] =
    ["empty", "another shape", "full width", "100 kB", "emoji", "control characters", "beyond limits", "no such day"];

fn kept(value: impl Into<Value>) -> Told {
    Ok(value.into())
}

/// What a field stores of what is typed: the value of the first path, of a note its words.
fn told(of: &dyn FieldType, typed: &Value) -> Told {
    let fresh = || Uuid::from_u128(7);
    let typing = Typing { zone: DEFAULT_ZONE, me: Some(ID), now: UtcMillis(1_788_220_800_000), fresh: &fresh };
    let writes = of.take("f", typed, &typing).map_err(|error| error.rule())?;
    let value = writes.into_iter().next().map(|(_, value)| value).unwrap_or_default();
    Ok(value.get("text").cloned().unwrap_or(value))
}

fn photo(size: i64) -> Value {
    json!({"blob": "a".repeat(64), "mime": "image/jpeg", "size": size})
}

fn strokes(farthest: u64) -> Value {
    json!([[[0, 0], [farthest, 900]]])
}

/// One row of the table for each type.
fn table() -> Vec<(&'static str, [(Value, Told); 8])> {
    let long = || json!("1".repeat(100_000));
    let no_day = || json!("2026-02-30");
    let wide_id = "０１９９ａ１ｆ０－００００－７０００－８０００－０００００００００００１";
    vec![
        (
            "TXT[1,9]",
            [
                (json!(" "), Err("missing")),
                (json!(5), Err("shape")),
                (json!("　ＡＢ１　"), kept("ＡＢ１")),
                (long(), Err("too-long")),
                (json!("好🙂"), kept("好🙂")),
                (json!("a\u{7}b"), Err("control")),
                (json!("一二三四五六七八九十"), Err("too-long")),
                (json!("02-30"), kept("02-30")),
            ],
        ),
        (
            "NUM[g,0,5000]",
            [
                (json!("　"), Err("missing")),
                (json!({"g": 5}), Err("not-a-number")),
                (json!("１２５．５ｇ"), kept("125.5")),
                (long(), Err("not-a-number")),
                (json!("5🙂"), Err("unit")),
                (json!("5\u{0}"), Err("unit")),
                (json!("5001"), Err("above")),
                (no_day(), Err("not-a-number")),
            ],
        ),
        (
            "TEMP[℃,-30,200]",
            [
                (json!(""), Err("missing")),
                (json!(true), Err("not-a-number")),
                (json!("－１８℃"), kept("-18")),
                (long(), Err("not-a-number")),
                (json!("🙂"), Err("not-a-number")),
                (json!("7\u{1b}5"), Err("not-a-number")),
                (json!(-31), Err("below")),
                (no_day(), Err("not-a-number")),
            ],
        ),
        (
            "TIME",
            [
                (json!(""), Err("missing")),
                (json!(730), Err("time")),
                (json!("０７：０５"), kept("07:05")),
                (long(), Err("time")),
                (json!("🙂"), Err("time")),
                (json!("07\u{0}:05"), Err("time")),
                (json!("24:00"), Err("time")),
                (no_day(), Err("time")),
            ],
        ),
        (
            "CH[卡=Card, 电话=Call]",
            [
                (json!(" "), Err("missing")),
                (json!(["卡"]), Err("option")),
                (json!("ｃａｒｄ"), kept("卡")),
                (long(), Err("option")),
                (json!("🙂"), Err("option")),
                (json!("卡\u{0}"), Err("option")),
                (json!("人脸"), Err("option")),
                (no_day(), Err("option")),
            ],
        ),
        (
            "DATE",
            [
                (json!(""), Err("missing")),
                (json!(20_260_901), Err("date")),
                (json!("２０２６／９／１"), kept("2026-09-01")),
                (long(), Err("date")),
                (json!("📅"), Err("date")),
                (json!("2026-09\u{0}-01"), Err("date")),
                (json!("2200-01-01"), Err("date")),
                (no_day(), Err("date")),
            ],
        ),
        (
            "INSTANT",
            [
                (json!(""), Err("missing")),
                (json!([2026]), Err("shape")),
                (json!("２０２６－０９－０１　０７：３０"), kept(1_788_219_000_000_u64)),
                (long(), Err("shape")),
                (json!("📅 🕢"), Err("date")),
                (json!("2026-09-01 07\u{0}:30"), Err("time")),
                (json!(7_258_118_400_000_i64), Err("shape")),
                (json!("2026-02-30 07:30"), Err("date")),
            ],
        ),
        (
            "COUNT[1,500]",
            [
                (json!(""), Err("missing")),
                (json!([5]), Err("not-a-number")),
                (json!("３０"), kept(30)),
                (long(), Err("not-a-number")),
                (json!("🙂"), Err("not-a-number")),
                (json!("\u{0}5"), Err("not-a-number")),
                (json!(501), Err("above")),
                (no_day(), Err("not-a-number")),
            ],
        ),
        (
            "MONEY",
            [
                (json!("￥"), Err("missing")),
                (json!({"yuan": 5}), Err("not-a-number")),
                (json!("￥１２．５"), kept("12.5")),
                (long(), Err("not-a-number")),
                (json!("💰"), Err("not-a-number")),
                (json!("\u{0}5"), Err("not-a-number")),
                (json!("100000000.01"), Err("above")),
                (no_day(), Err("not-a-number")),
            ],
        ),
        (
            "YES",
            [
                (json!(""), Err("missing")),
                (json!(1), Err("shape")),
                (json!("Ｙｅｓ"), kept(true)),
                (long(), Err("shape")),
                (json!("👍"), Err("shape")),
                (json!("是\u{0}"), Err("shape")),
                (json!("也许"), Err("shape")),
                (no_day(), Err("shape")),
            ],
        ),
        (
            "PHONE",
            [
                (json!(" "), Err("missing")),
                (json!(13_800_001_234_u64), Err("shape")),
                (json!("１３８００００１２３４"), kept("13800001234")),
                (long(), Err("shape")),
                (json!("☎️110"), Err("shape")),
                (json!("138\u{0}00001234"), Err("shape")),
                (json!("1234567890123456"), Err("shape")),
                (json!("2026－02－30"), kept("2026-02-30")),
            ],
        ),
        (
            "LAST4",
            [
                (json!(""), Err("missing")),
                (json!(1234), Err("shape")),
                (json!("０１２ｘ"), kept("012X")),
                (long(), Err("shape")),
                (json!("🙂🙂🙂🙂"), Err("shape")),
                (json!("12\u{0}4"), Err("shape")),
                (json!("110101199001010012"), Err("shape")),
                (no_day(), Err("shape")),
            ],
        ),
        ("PERSON", references("王芳", wide_id)),
        (
            "PEOPLE",
            [
                (json!([]), Err("missing")),
                (json!(ID), Err("shape")),
                (json!([wide_id]), Err("reference")),
                (json!([long()]), Err("reference")),
                (json!(["🙂"]), Err("reference")),
                (json!([format!("{ID}\u{0}")]), Err("reference")),
                (json!(vec![ID; 61]), Err("too-many")),
                (json!([no_day()]), Err("reference")),
            ],
        ),
        (
            "REFS(food_sample)",
            [
                (json!([]), Err("missing")),
                (json!(ID), Err("shape")),
                (json!([wide_id]), Err("reference")),
                (json!([long()]), Err("reference")),
                (json!(["🙂"]), Err("reference")),
                (json!([format!("{ID}\u{0}")]), Err("reference")),
                (json!(vec![ID; 61]), Err("too-many")),
                (json!([no_day()]), Err("reference")),
            ],
        ),
        ("REF(area)", references("大门", wide_id)),
        (
            "PHOTOS[0,2]",
            [
                (json!([]), Err("missing")),
                (json!("照片"), Err("shape")),
                (json!([{"blob": "ａ".repeat(64), "mime": "image/jpeg", "size": 9}]), Err("shape")),
                (json!([{"blob": "a".repeat(100_000), "mime": "image/jpeg", "size": 9}]), Err("shape")),
                (json!(["🙂"]), Err("shape")),
                (json!([{"blob": "a".repeat(64), "mime": "image/jpeg\u{0}", "size": 9}]), Err("shape")),
                (json!([photo(9), photo(9), photo(9)]), Err("too-many")),
                (
                    json!([{"blob": "a".repeat(64), "mime": "image/jpeg", "size": 9, "taken_at": "2026-02-30"}]),
                    Err("shape"),
                ),
            ],
        ),
        (
            "SIG",
            [
                (json!([]), Err("missing")),
                (json!("王芳"), Err("shape")),
                (json!([["０", "９"]]), Err("shape")),
                (json!({"name": "王".repeat(34_000), "strokes": strokes(900)}), Err("shape")),
                (json!("✍️"), Err("shape")),
                (json!({"by": ID, "strokes": strokes(900), "\u{0}": 1}), Err("shape")),
                (json!(strokes(1_001)), Err("shape")),
                (no_day(), Err("shape")),
            ],
        ),
        (
            "TAG",
            [
                (json!(""), Err("missing")),
                (json!(12), Err("shape")),
                (json!("Ａ－１２"), kept("A-12")),
                (long(), Err("shape")),
                (json!("A🙂"), Err("shape")),
                (json!("A\u{0}1"), Err("shape")),
                (json!("A".repeat(65)), Err("shape")),
                (no_day(), kept("2026-02-30")),
            ],
        ),
        (
            "NOTES",
            [
                (json!(" "), Err("missing")),
                (json!(["灯坏"]), Err("shape")),
                (json!("　Ａ１　"), kept("Ａ１")),
                (long(), Err("too-long")),
                (json!("灯坏🙂"), kept("灯坏🙂")),
                (json!("a\u{202e}b"), Err("control")),
                (json!("字".repeat(1_001)), Err("too-long")),
                (no_day(), kept("2026-02-30")),
            ],
        ),
        (
            "ROWS[name 名称 Name TXT[1,9] !, day 日 Day DATE]",
            [
                (json!({}), Err("missing")),
                (json!("大门"), Err("shape")),
                (json!({"Ａ": {"name": "大门"}}), kept("大门")),
                (json!({"a": {"name": long()}}), Err("too-long")),
                (json!({"🔑": {"name": "🔑"}}), kept("🔑")),
                (json!({"a\u{0}": {"name": "大门"}}), Err("row")),
                (json!(vec![json!({"name": "大门"}); 61]), Err("too-many")),
                (json!({"a": {"day": no_day()}}), Err("date")),
            ],
        ),
    ]
}

/// What names one record takes ids alone, in their one form.
fn references(called: &str, wide: &str) -> [(Value, Told); 8] {
    [
        (json!(" "), Err("missing")),
        (json!([ID]), Err("reference")),
        (json!(wide), Err("reference")),
        (json!("1".repeat(100_000)), Err("reference")),
        (json!("🙂"), Err("reference")),
        (json!(format!("{ID}\u{0}")), Err("reference")),
        (json!(called), Err("reference")),
        (json!("2026-02-30"), Err("reference")),
    ]
}

#[test]
fn every_type_meets_every_kind_of_bad_input() {
    let mut met: Vec<&str> = Vec::new();
    for (declared, cells) in table() {
        let of = parse_type(declared).unwrap_or_else(|error| panic!("{error}"));
        for (column, (typed, expected)) in COLUMNS.iter().zip(cells) {
            let shown: String = typed.to_string().chars().take(60).collect();
            assert_eq!(told(&*of, &typed), expected, "{declared}, {column}: {shown}");
        }
        met.push(of.code());
    }
    met.sort_unstable();
    let mut known: Vec<&str> = codes().collect();
    known.sort_unstable();
    assert_eq!(met, known, "each type has its row");
}

#[test]
fn an_unlikely_measurement_of_any_register_is_refused_beyond_a_printed_end() {
    for register in all() {
        for field in &register.fields {
            let Some(limits) = field.stored().and_then(|of| of.limits()) else { continue };
            let what = format!("{}.{}", register.kind, field.name);
            let Some(Limit::Fixed(most)) = &limits.max else { panic!("{what} takes a million of anything") };
            let of = field.stored().expect("it has limits");
            assert_eq!(told(of, &json!(most.to_string())), kept(most.normalize().to_string()), "{what}");
            assert_eq!(told(of, &json!(format!("{}", *most + domain::decimal::Decimal::ONE))), Err("above"), "{what}");
        }
    }
}
