//! The label of a sample: what its QR code carries, so that a tablet that never got the record counts the hours and disposes by it.
//!
//! `RS1.<sample>.<campus>.<taken>.<state>.<keep_h>.<grams>.<short>.<dish hex>`, with the digits and capital letters alone that a QR
//! code packs tightly. The grams are thousandths, so no point stands among the parts.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use uuid::Uuid;

use super::age::ready_at;
use super::sample::Sample;
use crate::canonical::sha256_hex;
use crate::checked_time::{Boot, ClockStamp, ClockState, Moment};
use crate::decimal::Decimal;
use crate::text::{half_width, hex_of, text_of_hex};
use crate::time::UtcMillis;

/// What stands before every code.
const MARK: &str = "RS1";
/// What stands in the place of grams that nobody weighed.
const UNWEIGHED: &str = "-";
/// The signs of a short code: none of them is taken for another, written by hand.
const SIGNS: &[u8; 28] = b"ABCDEFGHJKLMNPQRSTUVWXYZ3479";
/// A longer name is cut on the label, so that its code stays small enough to be read.
const LONGEST_NAME: usize = 20;

/// What a label says of its sample.
///
/// # Example
/// ```
/// use domain::checked_time::ClockState;
/// use domain::meal::SampleLabel;
/// use domain::time::UtcMillis;
/// let label = SampleLabel {
///     sample: uuid::Uuid::from_u128(7),
///     campus: uuid::Uuid::from_u128(1),
///     taken: UtcMillis(1_795_402_920_000),
///     state: ClockState::Server,
///     keep_h: 48,
///     grams: Some("130.5".parse().expect("a number")),
///     dish: "冬瓜汤".into(),
/// };
/// let text = label.to_string();
/// assert!(text.starts_with("RS1.00000000000000000000000000000007."));
/// assert_eq!(text.to_lowercase().parse(), Ok(label));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleLabel {
    /// The sample.
    pub sample: Uuid,
    /// The campus; another school's label says so by it.
    pub campus: Uuid,
    /// When it was taken, by the clock that it was read from.
    pub taken: UtcMillis,
    /// Who vouched for that clock.
    pub state: ClockState,
    /// The hours that the setting asked for.
    pub keep_h: u32,
    /// Grams, to the thousandth; none where nobody weighed it.
    pub grams: Option<Decimal>,
    /// The name of the dish, at most 20 letters of it.
    pub dish: String,
}

/// A text that is no label of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadLabel {
    /// It is something else.
    #[error("this is no label of a food sample: it begins with RS1 and has nine parts")]
    NoLabel,
    /// It is one, and a part of it does not fit the others.
    #[error("the label of the food sample is damaged or was typed wrongly")]
    Damaged,
}

impl SampleLabel {
    /// The label of a sample.
    pub fn of(sample: &Sample, campus: Uuid, dish_name: &str) -> Self {
        Self {
            sample: sample.id,
            campus,
            taken: sample.taken.at,
            state: sample.taken.clock.state,
            keep_h: sample.keep_h,
            grams: sample.grams.map(|grams| grams.round_dp(3).normalize()),
            dish: dish_name.trim().chars().take(LONGEST_NAME).collect(),
        }
    }

    /// When the sample was taken, as far as a label tells: it knows of no start of any machine.
    pub fn moment(&self) -> Moment {
        Moment { at: self.taken, clock: ClockStamp { state: self.state, boot: Boot(Uuid::nil()), steady_ms: 0 } }
    }

    /// The instant from which it may go, as it is printed beside 满 48 小时后可销; none where nobody vouched for the clock
    /// (时钟未核对), and then no instant is printed.
    pub fn printed_ready_at(&self) -> Option<UtcMillis> {
        let taken = self.moment();
        let latest = Moment { at: taken.latest()?, ..taken };
        ready_at(0, self.keep_h, &latest)
    }

    /// Its short code.
    pub fn short(&self) -> String {
        short_code(self.sample)
    }
}

/// The four signs by which a sample is known where there is no printer: they are written on the box by hand.
///
/// # Example
/// ```
/// use domain::meal::short_code;
/// let sample = uuid::Uuid::from_u128(7);
/// assert_eq!(short_code(sample), short_code(sample));
/// assert_eq!(short_code(sample).len(), 4);
/// ```
pub fn short_code(sample: Uuid) -> String {
    let digest = sha256_hex(sample.as_bytes());
    let number = u64::from_str_radix(&digest[..15], 16).unwrap_or_default();
    let base = SIGNS.len() as u64;
    let sign = |place: u32| SIGNS.get((number / base.pow(place) % base) as usize).copied().unwrap_or(b'A');
    (0..4).map(|place| char::from(sign(place))).collect()
}

/// The samples that a typed short code may mean: of those that are handed in, most often one. Signs that are easily taken for others
/// count as those.
pub fn samples_by_short<'s>(code: &str, samples: &'s [Sample]) -> Vec<&'s Sample> {
    let plain: String =
        half_width(code).to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).map(meant).collect();
    samples.iter().filter(|sample| short_code(sample.id) == plain).collect()
}

/// The sign that somebody meant who read another.
fn meant(sign: char) -> char {
    match sign {
        '0' | 'O' => 'Q',
        '1' | 'I' => 'L',
        '2' => 'Z',
        '5' => 'S',
        '6' => 'G',
        '8' => 'B',
        other => other,
    }
}

impl fmt::Display for SampleLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [sample, campus] = [self.sample, self.campus].map(|id| format!("{:X}", id.simple()));
        let state = state_code(self.state);
        let thousandths = self.grams.and_then(|grams| grams.checked_mul(Decimal::ONE_THOUSAND));
        let grams = thousandths.map_or_else(|| UNWEIGHED.to_owned(), |grams| grams.round().normalize().to_string());
        let (taken, keep_h, short, dish) = (self.taken.0, self.keep_h, self.short(), hex_of(&self.dish));
        write!(f, "{MARK}.{sample}.{campus}.{taken}.{state}.{keep_h}.{grams}.{short}.{dish}")
    }
}

impl FromStr for SampleLabel {
    type Err = BadLabel;

    fn from_str(text: &str) -> Result<Self, BadLabel> {
        let text = half_width(text).trim().to_ascii_uppercase();
        let parts: Vec<&str> = text.split('.').collect();
        let [MARK, sample, campus, taken, state, keep_h, grams, short, dish] = parts[..] else {
            return Err(if parts.first() == Some(&MARK) { BadLabel::Damaged } else { BadLabel::NoLabel });
        };
        let id = |part: &str| Uuid::try_parse(part).map_err(|_| BadLabel::Damaged);
        let label = Self {
            sample: id(sample)?,
            campus: id(campus)?,
            taken: UtcMillis(taken.parse().map_err(|_| BadLabel::Damaged)?),
            state: state_of(state).ok_or(BadLabel::Damaged)?,
            keep_h: keep_h.parse().map_err(|_| BadLabel::Damaged)?,
            grams: grams_of(grams)?,
            dish: if dish.is_empty() { String::new() } else { text_of_hex(dish).ok_or(BadLabel::Damaged)? },
        };
        // The short code follows from the sample, and so tells a letter that was typed wrongly.
        if label.short() == short { Ok(label) } else { Err(BadLabel::Damaged) }
    }
}

fn grams_of(part: &str) -> Result<Option<Decimal>, BadLabel> {
    if part == UNWEIGHED {
        return Ok(None);
    }
    let thousandths: i64 = part.parse().map_err(|_| BadLabel::Damaged)?;
    Ok(Some(Decimal::new(thousandths, 3).normalize()))
}

fn state_code(state: ClockState) -> char {
    match state {
        ClockState::Server => 'S',
        ClockState::Person => 'P',
        ClockState::None => 'N',
    }
}

fn state_of(code: &str) -> Option<ClockState> {
    [ClockState::Server, ClockState::Person, ClockState::None]
        .into_iter()
        .find(|state| code.len() == 1 && code.starts_with(state_code(*state)))
}
