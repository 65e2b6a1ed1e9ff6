//! Records as they stand in a message: of the right shape, and nothing else known about them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

/// A text, borrowed from the message where it has no escapes.
#[derive(Debug, Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// A JSON object that holds a `T`; the list of its values in order, which serde would take as well, is none.
#[derive(Debug)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members)).map(Object)
            }
        }
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// Reads a member that may be null but not left out: a forgotten scope is not the whole organisation.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// A number of any kind; whether it is a whole number in range is a question of validity, not of shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(Option<u64>);

impl Count {
    pub(crate) fn in_range(self, from: u64, to: u64) -> Option<u64> {
        self.0.filter(|count| (from..=to).contains(count))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;
        impl Visitor<'_> for CountVisitor {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_u64<E>(self, number: u64) -> Result<Count, E> {
                Ok(Count(Some(number)))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Count, E> {
                Ok(Count(u64::try_from(number).ok()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Count, E> {
                const EXACT: f64 = 9_007_199_254_740_992.0;
                // A whole double below 2^53 is that very integer: `1.0` and `1e2` are counts like `1` and `100`.
                let is_whole = number.fract() == 0.0 && (0.0..EXACT).contains(&number);
                Ok(Count(is_whole.then_some(number as u64)))
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

/// `[replica index, counter, at, by]`
#[derive(Debug, Deserialize)]
pub(crate) struct RawWrite<'a>(
    pub(crate) Count,
    pub(crate) Count,
    pub(crate) Count,
    #[serde(borrow)] pub(crate) Option<Text<'a>>,
);

/// `{name: [[index into writes, value], ...]}`, in the order of the message, repeated names kept.
#[derive(Debug)]
pub(crate) struct RawFields<'a>(pub(crate) Vec<(Text<'a>, Vec<(Count, &'a RawValue)>)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawFields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = RawFields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(member) = members.next_entry()? {
                    fields.push(member);
                }
                Ok(RawFields(fields))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// One record of a message.
#[derive(Debug, Deserialize)]
pub(crate) struct RawRecord<'a> {
    #[serde(borrow)]
    pub(crate) id: Text<'a>,
    #[serde(borrow)]
    pub(crate) kind: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    pub(crate) scope: Option<Text<'a>>,
    pub(crate) version: Vec<(Count, Count)>,
    #[serde(borrow)]
    pub(crate) writes: Vec<RawWrite<'a>>,
    #[serde(borrow)]
    pub(crate) fields: RawFields<'a>,
}

/// Reads a number that must be a whole one: message fields that are not part of a record.
pub(crate) fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let count = Count::deserialize(deserializer)?;
    count.in_range(0, causal::MAX_COUNTER).ok_or_else(|| de::Error::custom("not a whole number below 2^53"))
}
