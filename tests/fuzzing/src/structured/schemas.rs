//! Schemas of values.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::Writer;
use super::values::{name, number, text, value};

const FORMATS: &[&str] = &["date", "date-time", "duration", "uuid", "byte", "binary", "email", "uri", "é"];
const PATTERNS: &[&str] = &["^a", "^[a-z]{2,5}$", "\\d+", "^(?=x)", "é", "\\u00e9", "(a|b)*$", "\\p{Lu}", ""];

impl Writer<'_, '_> {
    /// Makes a schema with up to `depth` levels of schemas in it.
    pub(super) fn schema(&mut self, depth: usize) -> Result<Value> {
        if self.choices.ratio(1, 3)? { self.reference() } else { self.definition(depth) }
    }

    /// Makes a schema that is not a reference.
    pub(super) fn definition(&mut self, depth: usize) -> Result<Value> {
        let mut schema = match self.choices.int_in_range(0..=if depth == 0 { 3 } else { 10 })? {
            0..=3 => self.scalar()?,
            4 | 5 => self.array(depth)?,
            6 | 7 => self.object(depth)?,
            8 => self.union(depth)?,
            9 => self.all_of(depth)?,
            _ => json!({}),
        };
        if self.choices.ratio(1, 3)? {
            self.annotate(&mut schema)?;
        }
        Ok(schema)
    }

    /// Makes a schema of strings, numbers or Boolean values.
    pub(super) fn scalar(&mut self) -> Result<Value> {
        match self.choices.int_in_range(0..=5)? {
            0 | 1 => self.string(),
            2 => self.number("integer"),
            3 => self.number("number"),
            4 => self.enumeration(),
            _ => Ok(json!({ "type": "boolean" })),
        }
    }

    /// Makes an object of several parts.
    fn all_of(&mut self, depth: usize) -> Result<Value> {
        let mut parts = vec![self.object(depth)?];
        if !self.objects.is_empty() {
            let name = self.choices.choose(&self.objects)?;
            parts.insert(0, json!({ "$ref": format!("#/components/schemas/{name}") }));
        }
        Ok(json!({ "allOf": parts }))
    }

    /// Makes a reference to a schema in `components`.
    pub(super) fn reference(&mut self) -> Result<Value> {
        if self.schemas.is_empty() {
            return self.string();
        }
        let name = self.choices.choose(&self.schemas)?;
        Ok(json!({ "$ref": format!("#/components/schemas/{name}") }))
    }

    fn string(&mut self) -> Result<Value> {
        let mut schema = json!({ "type": "string" });
        match self.choices.int_in_range(0..=4)? {
            0 => schema["format"] = json!(self.choices.choose(FORMATS)?),
            1 => schema["pattern"] = json!(self.choices.choose(PATTERNS)?),
            2 => self.bounds(&mut schema, "minLength", "maxLength")?,
            _ => {}
        }
        Ok(schema)
    }

    fn number(&mut self, kind: &str) -> Result<Value> {
        let mut schema = json!({ "type": kind });
        if self.choices.arbitrary()? {
            schema["format"] = json!(self.choices.choose(&["int32", "int64", "float", "double", "other"])?);
        }
        if self.choices.ratio(1, 3)? {
            schema[*self.choices.choose(&["minimum", "maximum"])?] = number(self.choices)?;
        }
        if self.choices.ratio(1, 6)? {
            schema["multipleOf"] = json!(self.choices.choose(&[0.01, 0.5, 1.0, 3.0, 1e6])?);
        }
        Ok(schema)
    }

    /// Adds a lower and an upper bound, in order.
    fn bounds(&mut self, schema: &mut Value, lower: &str, upper: &str) -> Result<()> {
        let min: u8 = self.choices.arbitrary()?;
        schema[lower] = json!(min);
        if self.choices.arbitrary()? {
            schema[upper] = json!(u32::from(min) + u32::from(self.choices.arbitrary::<u8>()?));
        }
        Ok(())
    }

    fn enumeration(&mut self) -> Result<Value> {
        let mut values = Vec::new();
        let is_text = self.choices.ratio(3, 4)?;
        for _ in 0..self.choices.int_in_range(1..=4)? {
            values.push(if is_text { json!(name(self.choices)?) } else { value(self.choices)? });
        }
        Ok(if is_text { json!({ "type": "string", "enum": values }) } else { json!({ "enum": values }) })
    }

    fn array(&mut self, depth: usize) -> Result<Value> {
        let mut schema = json!({ "type": "array", "items": self.schema(depth - 1)? });
        if self.choices.ratio(1, 3)? {
            self.bounds(&mut schema, "minItems", "maxItems")?;
        }
        if self.choices.ratio(1, 4)? {
            schema["uniqueItems"] = json!(true);
        }
        Ok(schema)
    }

    pub(super) fn object(&mut self, depth: usize) -> Result<Value> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for _ in 0..self.choices.int_in_range(0..=4)? {
            let name = name(self.choices)?;
            let schema = self.schema(depth.saturating_sub(1))?;
            // A required reference often makes every value infinite.
            if self.choices.arbitrary()? && schema.get("$ref").is_none() && !properties.contains_key(&name) {
                required.push(json!(name));
            }
            properties.insert(name, schema);
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.choices.int_in_range(0..=5)? {
            0 => schema["additionalProperties"] = json!(false),
            1 => schema["additionalProperties"] = self.schema(depth.saturating_sub(1))?,
            2 => self.bounds(&mut schema, "minProperties", "maxProperties")?,
            _ => {}
        }
        Ok(schema)
    }

    /// Makes a union of objects with a discriminating property, or of values of different types.
    fn union(&mut self, depth: usize) -> Result<Value> {
        let keyword = *self.choices.choose(&["oneOf", "anyOf"])?;
        if self.choices.arbitrary()? {
            let array = self.array(depth)?;
            return Ok(json!({ keyword: [self.string()?, self.number("integer")?, array, self.object(depth)?] }));
        }
        let tag = name(self.choices)?;
        let mut alternatives = Vec::new();
        for index in 0..self.choices.int_in_range(1..=3)? {
            let mut alternative = self.object(depth)?;
            alternative["properties"][&tag] = json!({ "type": "string", "enum": [format!("V{index}")] });
            alternative["required"] = json!([tag]);
            alternatives.push(alternative);
        }
        let mut schema = json!({ keyword: alternatives });
        if self.choices.arbitrary()? {
            schema["discriminator"] = json!({ "propertyName": tag });
        }
        Ok(schema)
    }

    /// Adds documentation and other annotations.
    fn annotate(&mut self, schema: &mut Value) -> Result<()> {
        match self.choices.int_in_range(0..=8)? {
            0 if self.is_31 => {
                if let Some(kind) = schema.get("type").cloned() {
                    schema["type"] = json!([kind, "null"]);
                }
            }
            0 => schema["nullable"] = json!(true),
            1 => schema["title"] = json!(name(self.choices)?),
            2 => schema["deprecated"] = json!(true),
            3 => schema["readOnly"] = json!(true),
            4 => schema["writeOnly"] = json!(true),
            5 => schema["default"] = value(self.choices)?,
            6 => schema["example"] = value(self.choices)?,
            7 => schema["x-sensitive"] = json!(self.choices.arbitrary::<bool>()?),
            _ => schema["description"] = json!(text(self.choices)?),
        }
        Ok(())
    }
}
