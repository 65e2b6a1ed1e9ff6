//! The rows of twenty registers after years: most of them closed, made from the declarations as people would fill them in.

use domain::field::FieldType;
use domain::register::{ActEntry, Register, all, fold};
use domain::time::UtcMillis;
use replica::Save;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::school_years::{DAY_MS, NOW_MS, area, head, person, save};

/// So many registers have rows.
const REGISTERS: usize = 20;
/// The rows of all of them on one day.
const A_DAY: u64 = 200;
/// The last so many rows of a register wait for somebody.
const OPEN: u64 = 20;
/// A row is closed by so many acts at most.
const MOST_ACTS: usize = 3;
const ASSETS: u128 = 60;

/// The rows of some registers, oldest first.
pub struct Registers {
    /// How many rows there are.
    pub count: u64,
}

impl Registers {
    /// The registers that have rows.
    pub fn all() -> &'static [Register] {
        &all()[..REGISTERS.min(all().len())]
    }

    /// What the rows name beside people and areas.
    pub fn master() -> Vec<Save> {
        let asset = |n| save("asset", Some(asset(n)), vec![("name".to_owned(), json!(format!("{n} 号设备")))]);
        let grant = vec![("person".to_owned(), json!(person(1))), ("role".to_owned(), json!("head"))];
        (0..ASSETS).map(asset).chain([save("role_grant", None, grant)]).collect()
    }

    /// The `n`th row.
    pub fn row(&self, n: u64) -> Save {
        let registers = Self::all();
        let register = &registers[n as usize % registers.len()];
        let back = self.count - n;
        let at = NOW_MS - back * (DAY_MS / A_DAY);
        let by = person(u128::from(n));
        let mut row: Map<String, Json> = head(at, by).into_iter().collect();
        row.insert("form".to_owned(), json!(format!("{}@1", register.kind)));
        let typed = register.fields.iter().filter(|field| !field.is_own && !field.is_retired && field.part.is_none());
        for field in typed {
            let is_asked = field.when.as_ref().is_none_or(|when| when.holds_by_itself(&row));
            if let Some(value) = field.stored().filter(|_| is_asked).and_then(|of| value(&field.name, of, n, at)) {
                row.insert(field.name.clone(), value);
            }
        }
        if back / registers.len() as u64 > OPEN {
            close(register, &mut row, at, n);
        }
        save(&register.kind, None, row.into_iter().collect())
    }
}

/// Does what closes a row, each act by who can do it.
fn close(register: &Register, row: &mut Map<String, Json>, at: u64, n: u64) {
    for step in 0..MOST_ACTS {
        let folded = fold(register, row);
        if !register.is_open(&folded.stage) {
            return;
        }
        let is_done = |code: &str| folded.acts.iter().any(|(entry, _)| entry.act == code);
        let act = register.acts.iter().filter(|act| !is_done(&act.code)).find_map(|act| {
            let named = act.by.as_ref().and_then(|field| row.get(field)?.as_str()).map(str::to_owned);
            let by = named.unwrap_or_else(|| person(u128::from(n) + 7).to_string());
            folded.would_count(register, act, Some(&by), None).is_none().then_some((act, by))
        });
        let Some((act, by)) = act else { return };
        let asked = act.asks.iter().filter_map(|ask| Some((ask.name.clone(), value(&ask.name, &*ask.of, n, at)?)));
        let entry = ActEntry {
            id: Uuid::from_u128(u128::from(n) << 8 | step as u128).to_string(),
            act: act.code.clone(),
            by: Some(by),
            at: UtcMillis::from_stamp(at + (step as u64 + 1) * 2_400_000),
            after: folded.seen(),
            set: asked.collect(),
            saw: None,
            vouch: None,
        };
        row.insert(format!("acts/{}", entry.id), entry.to_json());
    }
}

fn asset(n: u128) -> Uuid {
    Uuid::from_u128(0xA5_0000 + n % ASSETS)
}

/// What somebody would have filled in; none for what most leave blank.
fn value(name: &str, of: &dyn FieldType, n: u64, at: u64) -> Option<Json> {
    let day = |days: u64| {
        let local = (at + days * DAY_MS + 8 * 3_600_000) as i64;
        chrono::DateTime::from_timestamp_millis(local).map(|at| json!(at.format("%Y-%m-%d").to_string()))
    };
    let is_later = ["_to", "due", "next", "_on"].iter().any(|end| name.contains(end)) && name != "issued_on";
    Some(match of.code() {
        "TXT" => json!(format!("第 {n} 条，未见异常")),
        "CH" => json!(of.options().get(n as usize / REGISTERS % of.options().len().max(1))?.zh),
        "NUM" | "TEMP" | "MONEY" => json!((n % 90).to_string()),
        "COUNT" => json!(n % 90 + 1),
        "DATE" => return day(if is_later { 10 + n % 300 } else { 0 }),
        "INSTANT" => json!(at),
        "TIME" => json!("09:30"),
        "YES" => json!(true),
        "PERSON" => json!(person(u128::from(n) + name.len() as u128)),
        "REF" => match of.refers() {
            Some("area") => json!(area(u128::from(n / REGISTERS as u64))),
            Some("asset") => json!(asset(u128::from(n / REGISTERS as u64))),
            _ => json!(Uuid::from_u128(u128::from(n % 40))),
        },
        "SIG" => json!({"strokes": [[[100, 100], [400, 300], [700, 200]]]}),
        _ => return None,
    })
}

/// Where the bare rows of a register's list are found, for a query that is nothing but SQL.
pub const BARE: &str = "SELECT doc FROM record WHERE kind = ?1 AND hidden = 0 ORDER BY day DESC, id DESC LIMIT 200";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_registers_have_rows_and_most_are_closed() {
        let registers = Registers { count: 4_000 };
        let rows: Vec<Save> = (0..registers.count).map(|n| registers.row(n)).collect();
        let mut open = 0;
        for register in Registers::all() {
            let own: Vec<&Save> = rows.iter().filter(|row| row.kind == register.kind).collect();
            assert_eq!(own.len(), 200, "{}", register.kind);
            let is_open = |row: &&&Save| {
                let document = row.set.iter().map(|(name, value)| (name.clone(), value.to_json())).collect();
                register.is_open(&fold(register, &document).stage)
            };
            open += own.iter().filter(is_open).count();
        }
        assert!((1..1_000).contains(&open), "{open} of 4,000 rows are open");
    }
}
