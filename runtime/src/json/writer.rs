//! A writer of compact JSON, which produces the same text as `serde_json` with two thirds of the instructions.
//!
//! `serde_json` examines each byte of a string separately, which is half of the work of encoding a message. This writer
//! examines eight bytes at a time, and leaves strings that need escapes, numbers, and single characters to
//! `serde_json`.

use std::error::Error;
use std::fmt;

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// An error returned when a value cannot be encoded as JSON. The cause is dropped because it may contain the value.
#[derive(Debug)]
pub(crate) struct NotEncodable;

impl fmt::Display for NotEncodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value cannot be encoded as JSON")
    }
}

impl Error for NotEncodable {}

impl ser::Error for NotEncodable {
    fn custom<T: fmt::Display>(_reason: T) -> Self {
        Self
    }
}

/// The name of the struct that `serde_json` uses for a number that it keeps as text, if that feature is enabled
/// anywhere in the build. The only field of the struct contains the text of the number, which is written without quotes
/// and without the struct.
pub(crate) const EXACT_NUMBER: &str = "$serde_json::private::Number";

type Written = Result<(), NotEncodable>;

/// The text written so far.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn into_text(self) -> Vec<u8> {
        self.0
    }

    fn string(&mut self, text: &str) -> Written {
        self.0.reserve(text.len() + 2);
        self.quoted(text)
    }

    /// Writes a property name. Separate from [`Self::string`] so that the capacity is checked once.
    fn name(&mut self, name: &str) -> Written {
        self.0.reserve(name.len() + 4);
        self.separate();
        self.quoted(name)?;
        self.0.push(b':');
        Ok(())
    }

    #[inline]
    fn quoted(&mut self, text: &str) -> Written {
        if needs_escape(text.as_bytes()) {
            return self.value(text);
        }
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    /// Writes the comma before a property or an item, unless the last byte is the opening bracket.
    #[inline]
    fn separate(&mut self) {
        if !matches!(self.0.last(), Some(b'{' | b'[')) {
            self.0.push(b',');
        }
    }

    #[inline]
    fn property<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Written {
        self.name(name)?;
        value.serialize(self)
    }

    #[cold]
    #[inline(never)]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        serde_json::to_writer(&mut self.0, value).map_err(|_| NotEncodable)
    }

    /// Writes a value that is encoded as a string without escapes, but without its quotes.
    #[cold]
    fn unquoted<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        let start = self.0.len();
        value.serialize(&mut *self)?;
        if self.0.len() < start + 2 {
            return Err(NotEncodable);
        }
        self.0.pop();
        self.0.remove(start);
        Ok(())
    }

    #[inline]
    fn open(&mut self, bracket: u8, close: &'static str) -> Compound<'_> {
        self.0.push(bracket);
        Compound { writer: self, close }
    }

    fn open_variant(&mut self, variant: &str, bracket: u8, close: &'static str) -> Result<Compound<'_>, NotEncodable> {
        self.0.push(b'{');
        self.name(variant)?;
        Ok(self.open(bracket, close))
    }
}

/// Returns `true` if any of the bytes needs an escape.
///
/// The last eight bytes are examined together, even if some of them have already been examined.
#[inline]
fn needs_escape(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<8>() {
        let (chunks, _) = bytes.as_chunks::<8>();
        chunks.iter().any(|chunk| escapes(*chunk) != 0) || escapes(*last) != 0
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let mut both = [0; 8];
        both[..4].copy_from_slice(first);
        both[4..].copy_from_slice(last);
        escapes(both) != 0
    } else {
        bytes.iter().any(|byte| matches!(byte, ..0x20 | b'"' | b'\\'))
    }
}

/// Returns a nonzero number if any of the eight bytes is a control character, a quote, or a backslash.
///
/// The subtraction sets the high bit of every byte that is too small. No ASCII byte has that bit set before. Inverting
/// bit 1 moves the quote next to the control characters.
#[inline]
const fn escapes(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(bytes);
    let small = (bytes ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
    let backslash = (bytes ^ (EACH * 0x5c)).wrapping_sub(EACH);
    (small | backslash) & !bytes & (EACH * 0x80)
}

macro_rules! rare_values {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Written {
            self.value(&value)
        }
    )*};
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = NotEncodable;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    rare_values! {
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
        serialize_bytes: &[u8],
    }

    fn serialize_f32(self, value: f32) -> Written {
        // `serde_json` writes `null` for a number that JSON does not have.
        if value.is_finite() { self.value(&value) } else { Err(NotEncodable) }
    }

    fn serialize_f64(self, value: f64) -> Written {
        if value.is_finite() { self.value(&value) } else { Err(NotEncodable) }
    }

    fn serialize_str(self, text: &str) -> Written {
        self.string(text)
    }

    fn serialize_none(self) -> Written {
        self.value(&())
    }

    fn serialize_unit(self) -> Written {
        self.value(&())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Written {
        self.value(&())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.string(variant)
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.0.push(b'{');
        self.property(variant, value)?;
        self.0.push(b'}');
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _len: Option<usize>) -> Result<Compound<'a>, NotEncodable> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Compound<'a>, NotEncodable> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, NotEncodable> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Compound<'a>, NotEncodable> {
        self.open_variant(variant, b'[', "]}")
    }

    #[inline]
    fn serialize_map(self, _len: Option<usize>) -> Result<Compound<'a>, NotEncodable> {
        Ok(self.open(b'{', "}"))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a>, NotEncodable> {
        if name == EXACT_NUMBER { Ok(Compound { writer: self, close: "" }) } else { Ok(self.open(b'{', "}")) }
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Compound<'a>, NotEncodable> {
        self.open_variant(variant, b'{', "}}")
    }
}

/// An array or an object whose opening bracket has been written, and its closing bracket.
pub(crate) struct Compound<'a> {
    writer: &'a mut Writer,
    close: &'static str,
}

impl Compound<'_> {
    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.separate();
        value.serialize(&mut *self.writer)
    }

    #[inline]
    fn close(self) {
        self.writer.0.extend_from_slice(self.close.as_bytes());
    }
}

macro_rules! items {
    ($($kind:ident: $method:ident,)*) => {$(
        impl $kind for Compound<'_> {
            type Ok = ();
            type Error = NotEncodable;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Written {
                self.close();
                Ok(())
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

impl SerializeStructVariant for Compound<'_> {
    type Ok = ();
    type Error = NotEncodable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.writer.property(name, value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Compound<'_> {
    type Ok = ();
    type Error = NotEncodable;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        if self.close.is_empty() { self.writer.unquoted(value) } else { self.writer.property(name, value) }
    }

    #[inline]
    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = NotEncodable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.writer.separate();
        let start = self.writer.0.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.0.get(start) == Some(&b'"') { Ok(()) } else { Err(NotEncodable) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.0.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[track_caller]
    fn check<T: Serialize + ?Sized>(value: &T) {
        let mut writer = Writer::with_capacity(0);
        value.serialize(&mut writer).expect("the value can be encoded");
        let expected = serde_json::to_string(value).expect("the value can be encoded");
        assert_eq!(String::from_utf8(writer.into_text()).as_deref(), Ok(expected.as_str()));
    }

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, ()),
        Struct { a: Option<f64>, b: Vec<Shape> },
    }

    /// Tries each ASCII byte and some further code points at each position of a short and a long string.
    #[test]
    fn every_byte_is_escaped_at_every_place() {
        for length in 0..20 {
            check(&"x".repeat(length));
            for place in 0..length {
                for character in ('\0'..='\u{ff}').chain(['\u{2028}', '😀']) {
                    let (before, after) = ("x".repeat(place), "~".repeat(length - place - 1));
                    check(&format!("{before}{character}{after}"));
                }
            }
        }
    }

    #[test]
    fn every_shape_is_written_as_serde_json_does() {
        check(&Shape::Unit);
        check(&Shape::Newtype(1));
        check(&Shape::Tuple(1, ()));
        check(&Shape::Struct { a: Some(1.5), b: vec![Shape::Unit, Shape::Tuple(2, ())] });
        check(&BTreeMap::from([("", None), ("a\"b", Some([1, -2]))]));
        check(&BTreeMap::from([('c', BTreeMap::<String, u8>::new())]));
        check(&(true, "{", "[", 'c', u128::MAX, i64::MIN, 0.1_f32, "{", [(); 0]));
        check(&serde_json::json!({"a": [{"b": null}, {}, [], "{", "["], "c": {"d": 1e300}}));
    }

    #[test]
    fn numbers_kept_as_text_are_numbers() {
        #[derive(Serialize)]
        #[serde(rename = "$serde_json::private::Number")]
        struct Exact {
            #[serde(rename = "$serde_json::private::Number")]
            text: &'static str,
        }
        let mut writer = Writer::with_capacity(0);
        [Exact { text: "1.50" }, Exact { text: "2" }].serialize(&mut writer).expect("numbers can be encoded");
        assert_eq!(writer.into_text(), b"[1.50,2]");
    }

    #[test]
    fn numbers_are_finite() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!([number].serialize(&mut Writer::with_capacity(0)).is_err());
            #[expect(clippy::cast_possible_truncation, reason = "these numbers have no digits")]
            let number = number as f32;
            assert!(Some(number).serialize(&mut Writer::with_capacity(0)).is_err());
        }
    }

    #[test]
    fn keys_are_strings() {
        let mut writer = Writer::with_capacity(0);
        assert!(BTreeMap::from([(1, 2)]).serialize(&mut writer).is_err());
    }
}
