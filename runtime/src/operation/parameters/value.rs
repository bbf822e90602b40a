//! The value of a parameter: texts, and lists and objects of them.

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use crate::json::writer::{EXACT_NUMBER, NotEncodable};

/// The value of a parameter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// `null`, which no style can write.
    Undefined,
    /// A string, a number, or a boolean.
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a value. Numbers and booleans become texts.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, NotEncodable> {
        value.serialize(Reader)
    }

    /// Returns the value without lists and objects inside others, or an error if it has some. Values that are undefined,
    /// and lists and objects without values, are not there.
    pub(crate) fn flat(self) -> Result<Option<Flat>, NotEncodable> {
        Ok(match self {
            Self::Undefined => None,
            Self::Text(text) => Some(Flat::Text(text)),
            Self::List(items) => {
                let items: Vec<_> =
                    items.into_iter().filter_map(|item| item.text().transpose()).collect::<Result<_, _>>()?;
                (!items.is_empty()).then_some(Flat::List(items))
            }
            Self::Object(properties) => {
                let properties = properties
                    .into_iter()
                    .filter_map(|(name, value)| Some(value.text().transpose()?.map(|text| (name, text))));
                let properties: Vec<_> = properties.collect::<Result<_, _>>()?;
                (!properties.is_empty()).then_some(Flat::Object(properties))
            }
        })
    }

    fn text(self) -> Result<Option<String>, NotEncodable> {
        match self {
            Self::Undefined => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::List(_) | Self::Object(_) => Err(NotEncodable),
        }
    }
}

/// A value that RFC 6570 can expand. Lists and objects are not empty.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Flat {
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// A serializer that makes a [`Value`].
#[derive(Clone, Copy)]
struct Reader;

macro_rules! texts {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<Value, NotEncodable> {
            Ok(Value::Text(value.to_string()))
        }
    )*};
}

impl Serializer for Reader {
    type Ok = Value;
    type Error = NotEncodable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Value, NotEncodable>;
    type SerializeMap = Properties;
    type SerializeStruct = Properties;
    type SerializeStructVariant = Impossible<Value, NotEncodable>;

    texts! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_f32(self, value: f32) -> Result<Value, NotEncodable> {
        if value.is_finite() { Ok(Value::Text(value.to_string())) } else { Err(NotEncodable) }
    }

    fn serialize_f64(self, value: f64) -> Result<Value, NotEncodable> {
        if value.is_finite() { Ok(Value::Text(value.to_string())) } else { Err(NotEncodable) }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NotEncodable> {
        Err(NotEncodable)
    }

    fn serialize_none(self) -> Result<Value, NotEncodable> {
        Ok(Value::Undefined)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NotEncodable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, NotEncodable> {
        Ok(Value::Undefined)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NotEncodable> {
        Ok(Value::Undefined)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, NotEncodable> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, NotEncodable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, NotEncodable> {
        Ok(Value::Object(vec![(variant.to_owned(), Value::of(value)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, NotEncodable> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, NotEncodable> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, NotEncodable> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, NotEncodable> {
        Err(NotEncodable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Properties, NotEncodable> {
        Ok(Properties::default())
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Properties, NotEncodable> {
        Ok(Properties { is_number: name == EXACT_NUMBER, ..Properties::default() })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStructVariant, NotEncodable> {
        Err(NotEncodable)
    }
}

/// The items of a list so far.
#[derive(Default)]
struct Items(Vec<Value>);

macro_rules! items {
    ($($kind:ident: $method:ident,)*) => {$(
        impl $kind for Items {
            type Ok = Value;
            type Error = NotEncodable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotEncodable> {
                self.0.push(Value::of(value)?);
                Ok(())
            }

            fn end(self) -> Result<Value, NotEncodable> {
                Ok(Value::List(self.0))
            }
        }
    )*};
}

items! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
}

/// The properties of an object so far.
#[derive(Default)]
struct Properties {
    /// The name of a property whose value follows.
    name: String,
    all: Vec<(String, Value)>,
    /// `true` for a number that `serde_json` keeps as text, whose only property is that text.
    is_number: bool,
}

impl SerializeMap for Properties {
    type Ok = Value;
    type Error = NotEncodable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotEncodable> {
        self.name = Value::of(key)?.text()?.ok_or(NotEncodable)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotEncodable> {
        self.all.push((std::mem::take(&mut self.name), Value::of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Value, NotEncodable> {
        Ok(Value::Object(self.all))
    }
}

impl SerializeStruct for Properties {
    type Ok = Value;
    type Error = NotEncodable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotEncodable> {
        self.all.push((name.to_owned(), Value::of(value)?));
        Ok(())
    }

    fn end(mut self) -> Result<Value, NotEncodable> {
        match self.all.pop() {
            Some((_, number)) if self.is_number => Ok(number),
            last => {
                self.all.extend(last);
                Ok(Value::Object(self.all))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;
    use crate::value::nullable::Nullable;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[track_caller]
    fn check<T: Serialize + ?Sized>(value: &T, expected: &Value) {
        assert_eq!(Value::of(value).expect("it has a value"), *expected);
    }

    #[derive(Serialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Point { x: i32 },
        Unit,
    }

    #[derive(Serialize)]
    #[serde(untagged)]
    enum Untagged {
        Number(f64),
        Texts(Vec<&'static str>),
    }

    #[test]
    fn scalars_are_texts() {
        check("a", &text("a"));
        check(&'a', &text("a"));
        check(&true, &text("true"));
        check(&u128::MAX, &text("340282366920938463463374607431768211455"));
        check(&1.0_f64, &text("1"));
        check(&0.1_f32, &text("0.1"));
        check(&1e21_f64, &text("1000000000000000000000"));
        check(&Some(5), &text("5"));
        check(&serde_json::json!(1.5), &text("1.5"));
        check(&None::<i32>, &Value::Undefined);
        check(&Nullable::<i32>::Null, &Value::Undefined);
        check(&(), &Value::Undefined);
    }

    #[test]
    fn objects_and_unions_have_the_names_of_their_json() {
        let point = vec![("kind".to_owned(), text("Point")), ("x".to_owned(), text("1"))];
        check(&Tagged::Point { x: 1 }, &Value::Object(point));
        check(&Tagged::Unit, &Value::Object(vec![("kind".to_owned(), text("Unit"))]));
        check(&Untagged::Number(0.5), &text("0.5"));
        check(&Untagged::Texts(vec!["a"]), &Value::List(vec![text("a")]));
        check(&BTreeMap::from([(1, None::<i32>)]), &Value::Object(vec![("1".to_owned(), Value::Undefined)]));
        check(&(1, "b"), &Value::List(vec![text("1"), text("b")]));
    }

    #[test]
    fn numbers_are_finite() {
        assert!(Value::of(&f64::NAN).is_err() && Value::of(&[f32::INFINITY]).is_err());
    }

    #[test]
    fn what_is_undefined_is_not_there() {
        let flat = |value| Value::of(&value).and_then(Value::flat).ok();
        assert_eq!(flat(serde_json::json!(null)), Some(None));
        assert_eq!(flat(serde_json::json!([null, "a"])), Some(Some(Flat::List(vec!["a".to_owned()]))));
        assert_eq!(flat(serde_json::json!([null])), Some(None));
        assert_eq!(flat(serde_json::json!({"a": null})), Some(None));
        assert_eq!(flat(serde_json::json!({"a": []})), None);
        assert_eq!(flat(serde_json::json!([[1]])), None);
    }
}
