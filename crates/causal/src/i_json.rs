//! I-JSON (RFC 7493), read once for both who wants the tree and who only asks whether it is one.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Tree;

/// How deeply arrays and objects may be nested in a value.
pub const MAX_VALUE_DEPTH: usize = 64;

/// What a reader makes of a text.
pub(crate) trait Outcome: Sized {
    /// A list that is being read.
    type Items: Default;
    /// An object that is being read.
    type Members: Default;

    fn scalar(scalar: Scalar<'_>) -> Self;
    fn list(list: Self::Items) -> Self;
    fn object(object: Self::Members) -> Self;
    fn push(list: &mut Self::Items, item: Self);
    /// Adds a member; false when its name is there already.
    fn put(object: &mut Self::Members, name: String, value: Self) -> bool;
}

/// A value that holds no other.
pub(crate) enum Scalar<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Double(f64),
    Text(&'a str),
}

impl Outcome for Tree {
    type Items = Vec<Self>;
    type Members = serde_json::Map<String, Self>;

    fn scalar(scalar: Scalar<'_>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::Signed(value) => value.into(),
            Scalar::Unsigned(value) => value.into(),
            Scalar::Double(value) => value.into(),
            Scalar::Text(value) => value.into(),
        }
    }

    fn list(list: Self::Items) -> Self {
        Self::Array(list)
    }

    fn object(object: Self::Members) -> Self {
        Self::Object(object)
    }

    fn push(list: &mut Self::Items, item: Self) {
        list.push(item);
    }

    fn put(object: &mut Self::Members, name: String, value: Self) -> bool {
        object.insert(name, value).is_none()
    }
}

/// Nothing is kept but the names of each object until its end, since none may stand twice.
impl Outcome for () {
    type Items = ();
    type Members = HashSet<String>;

    fn scalar(_: Scalar<'_>) -> Self {}

    fn list((): Self::Items) -> Self {}

    fn object(_: Self::Members) -> Self {}

    fn push((): &mut Self::Items, (): Self) {}

    fn put(names: &mut HashSet<String>, name: String, (): Self) -> bool {
        names.insert(name)
    }
}

/// Reads one value into `T`, and refuses what I-JSON does not allow.
pub(crate) struct IJson<T> {
    depth: usize,
    outcome: PhantomData<T>,
}

impl<T> IJson<T> {
    /// A reader of a value that stands so deep in others.
    pub(crate) fn at(depth: usize) -> Self {
        Self { depth, outcome: PhantomData }
    }

    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_VALUE_DEPTH {
            return Err(E::custom(format_args!("nested more than {MAX_VALUE_DEPTH} deep")));
        }
        Ok(self.depth + 1)
    }
}

impl<'de, T: Outcome> DeserializeSeed<'de> for IJson<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Outcome> Visitor<'de> for IJson<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an I-JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<T, E> {
        Ok(T::scalar(Scalar::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Signed(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Unsigned(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Double(value)))
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::scalar(Scalar::Null))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        check_text(text)?;
        Ok(T::scalar(Scalar::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let depth = self.deeper()?;
        let mut list = T::Items::default();
        while let Some(item) = items.next_element_seed(Self::at(depth))? {
            T::push(&mut list, item);
        }
        Ok(T::list(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let depth = self.deeper()?;
        let mut object = T::Members::default();
        while let Some(name) = members.next_key::<String>()? {
            check_text(&name)?;
            let value = members.next_value_seed(Self::at(depth))?;
            if !T::put(&mut object, name, value) {
                return Err(de::Error::custom("a name stands twice in one object"));
            }
        }
        Ok(T::object(object))
    }
}

fn check_text<E: de::Error>(text: &str) -> Result<(), E> {
    let is_noncharacter = |c: char| (u32::from(c) & 0xFFFE) == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    if text.chars().any(is_noncharacter) {
        return Err(E::custom("a text holds a Unicode noncharacter"));
    }
    Ok(())
}
