//! A number for each value, the same for values that are equal as JSON Schema has it, computed without
//! writing the value down.

use std::error::Error;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::check::equality::integral;

/// Takes fingerprints. Values that differ share one by chance only: the key is random, so nobody can choose
/// values that do.
pub(crate) struct Fingerprints(RandomState);

impl Fingerprints {
    pub(crate) fn new() -> Self {
        Self(RandomState::new())
    }

    /// The fingerprint of a value; `None` for one that has no JSON form.
    pub(crate) fn of<T: Serialize + ?Sized>(&self, value: &T) -> Option<u64> {
        value.serialize(self).ok()
    }

    /// The kind keeps apart what would hash alike, such as `"1"` and `1`.
    fn hash(&self, kind: Kind, content: impl Hash) -> u64 {
        self.0.hash_one((kind, content))
    }

    fn open(&self, kind: Kind, variant: Option<&'static str>) -> Compound<'_> {
        Compound { prints: self, kind, variant, hasher: self.0.build_hasher(), count: 0, sum: 0, name: 0 }
    }

    /// An object with one member, which is how serde shows a variant that has content.
    fn variant(&self, name: &str, content: u64) -> u64 {
        let member = self.member(self.hash(Kind::Text, name), content);
        self.hash(Kind::Object, (1_usize, member))
    }

    fn member(&self, name: u64, value: u64) -> u64 {
        self.hash(Kind::Member, (name, value))
    }
}

#[derive(Clone, Copy, Hash)]
enum Kind {
    Null,
    Bool,
    Integer,
    Fraction,
    Text,
    Array,
    Object,
    Member,
}

/// The value has no JSON form.
#[derive(Debug)]
pub(crate) struct NoFingerprint;

impl fmt::Display for NoFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value has no JSON form")
    }
}

impl Error for NoFingerprint {}

impl ser::Error for NoFingerprint {
    fn custom<T: fmt::Display>(_reason: T) -> Self {
        Self
    }
}

type Print = Result<u64, NoFingerprint>;

macro_rules! integers {
    ($($method:ident: $integer:ty,)*) => {$(
        fn $method(self, value: $integer) -> Print {
            Ok(self.hash(Kind::Integer, i128::from(value)))
        }
    )*};
}

impl<'a> Serializer for &'a Fingerprints {
    type Ok = u64;
    type Error = NoFingerprint;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    integers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
    }

    fn serialize_bool(self, value: bool) -> Print {
        Ok(self.hash(Kind::Bool, value))
    }

    fn serialize_f32(self, value: f32) -> Print {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Print {
        Ok(match integral(value) {
            Some(integer) => self.hash(Kind::Integer, integer),
            None if value.is_finite() => self.hash(Kind::Fraction, value.to_bits()),
            // This is how JSON is written for infinities and NaN.
            None => self.hash(Kind::Null, ()),
        })
    }

    fn serialize_char(self, value: char) -> Print {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Print {
        Ok(self.hash(Kind::Text, value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Print {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Print {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Print {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Print {
        Ok(self.hash(Kind::Null, ()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Print {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Print {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Print {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Print {
        Ok(self.variant(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Array, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Array, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Array, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Array, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Object, None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Object, None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, NoFingerprint> {
        Ok(self.open(Kind::Object, Some(variant)))
    }
}

/// An array or an object whose parts are coming in.
pub(crate) struct Compound<'a> {
    prints: &'a Fingerprints,
    kind: Kind,
    variant: Option<&'static str>,
    /// The items, in order.
    hasher: <RandomState as BuildHasher>::Hasher,
    count: usize,
    /// The members: a sum, because they have no order.
    sum: u64,
    /// The name of the member whose value comes next.
    name: u64,
}

impl Compound<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoFingerprint> {
        self.count += 1;
        self.hasher.write_u64(value.serialize(self.prints)?);
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: u64, value: &T) -> Result<(), NoFingerprint> {
        self.count += 1;
        self.sum = self.sum.wrapping_add(self.prints.member(name, value.serialize(self.prints)?));
        Ok(())
    }

    fn finish(self) -> u64 {
        let content = match self.kind {
            Kind::Array => self.hasher.finish(),
            _ => self.sum,
        };
        let print = self.prints.hash(self.kind, (self.count, content));
        self.variant.map_or(print, |variant| self.prints.variant(variant, print))
    }
}

macro_rules! items {
    ($($compound:ident: $method:ident,)*) => {$(
        impl $compound for Compound<'_> {
            type Ok = u64;
            type Error = NoFingerprint;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoFingerprint> {
                self.item(value)
            }

            fn end(self) -> Print {
                Ok(self.finish())
            }
        }
    )*};
}

items! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

macro_rules! members {
    ($($compound:ident,)*) => {$(
        impl $compound for Compound<'_> {
            type Ok = u64;
            type Error = NoFingerprint;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), NoFingerprint> {
                self.member(self.prints.hash(Kind::Text, name), value)
            }

            fn end(self) -> Print {
                Ok(self.finish())
            }
        }
    )*};
}

members!(SerializeStruct, SerializeStructVariant,);

impl SerializeMap for Compound<'_> {
    type Ok = u64;
    type Error = NoFingerprint;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoFingerprint> {
        self.name = key.serialize(self.prints)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoFingerprint> {
        self.member(self.name, value)
    }

    fn end(self) -> Print {
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::check::equality::equal;

    /// A value and its JSON form have the same fingerprint, so the shapes of serde are all understood.
    #[track_caller]
    fn check<T: Serialize>(value: &T) {
        let prints = Fingerprints::new();
        let form = serde_json::to_value(value).expect("the value has a JSON form");
        assert_eq!(prints.of(value), prints.of(&form), "{form}");
    }

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, ()),
        Struct { a: Option<f64>, b: Vec<Shape> },
    }

    #[test]
    fn every_shape_is_taken_for_its_json() {
        check(&[Shape::Unit, Shape::Newtype(1), Shape::Tuple(1, ())]);
        check(&Shape::Struct { a: Some(1.0), b: vec![Shape::Struct { a: None, b: Vec::new() }] });
        check(&(f64::NAN, 'c', "text", 1.5_f32, u64::MAX, -1_i8, true));
        check(&BTreeMap::from([("a", Some(1)), ("b", None)]));
    }

    #[test]
    fn equal_values_share_a_fingerprint_and_others_do_not() {
        let values: Vec<Value> = vec![
            json!(1),
            json!(1.0),
            json!(-0.0),
            json!(0),
            json!(0.5),
            json!("1"),
            json!(true),
            json!(null),
            json!([]),
            json!({}),
            json!([1, 2]),
            json!([2, 1]),
            json!([1.0, 2.0]),
            json!([[1], 2]),
            json!([1, [2]]),
            json!({"a": 1, "b": 2}),
            json!({"b": 2.0, "a": 1}),
            json!({"a": 2, "b": 1}),
            json!({"a": 1}),
            json!({"a": {"b": 2}}),
            json!(u64::MAX),
            json!(1.844_674_407_370_955_2e19),
            json!(1e300),
        ];
        let prints = Fingerprints::new();
        for left in &values {
            for right in &values {
                assert_eq!(prints.of(left) == prints.of(right), equal(left, right), "{left} {right}");
            }
        }
    }
}
