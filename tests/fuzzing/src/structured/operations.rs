//! Paths, operations, parameters, bodies and events.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::Writer;
use super::values::{name, text, value};

const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options"];
const STATUSES: &[&str] = &["200", "201", "204", "400", "404", "429", "4XX", "500", "default"];
const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/problem+json",
    "text/plain",
    "application/octet-stream",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "*/*",
    "image/png",
];
const STYLES: &[&str] = &["form", "simple", "deepObject", "pipeDelimited", "spaceDelimited"];
const HEADERS: &[&str] = &["X-Id", "x-id", "x_id", "If-Match", "Content-Type", "Host", "X-!#$", "a.b"];

impl Writer<'_, '_> {
    pub(super) fn paths(&mut self) -> Result<Value> {
        let mut paths = Map::new();
        for index in 0..self.choices.int_in_range(1..=3)? {
            let mut path = format!("/p{index}");
            let mut variables: Vec<String> = Vec::new();
            for _ in 0..self.choices.int_in_range(0..=2)? {
                let name = name(self.choices)?.replace(['/', '{', '}'], "");
                if !name.is_empty() && !variables.contains(&name) {
                    path = format!("{path}/{{{name}}}");
                    variables.push(name);
                }
            }
            let method = *self.choices.choose(METHODS)?;
            let mut item = json!({ method: self.operation(&variables)? });
            if self.choices.ratio(1, 4)? {
                item["trace"] = self.operation(&variables)?;
            }
            paths.insert(path, item);
        }
        Ok(Value::Object(paths))
    }

    fn operation(&mut self, variables: &[String]) -> Result<Value> {
        let mut operation = json!({ "responses": self.responses()?, "parameters": self.parameters(variables)? });
        if self.choices.ratio(7, 8)? {
            let suffix = if self.choices.ratio(1, 8)? { "" } else { &*variables.len().to_string() };
            operation["operationId"] = json!(format!("{}{suffix}", name(self.choices)?));
        }
        if self.choices.arbitrary()? {
            let required: bool = self.choices.arbitrary()?;
            operation["requestBody"] = json!({ "required": required, "content": self.content()? });
        }
        match self.choices.int_in_range(0..=9)? {
            0 => operation["summary"] = json!(text(self.choices)?),
            1 => operation["description"] = json!(text(self.choices)?),
            2 => operation["tags"] = json!([name(self.choices)?, name(self.choices)?]),
            3 => operation["deprecated"] = json!(true),
            4 => operation["security"] = self.security()?,
            5 => {
                operation["callbacks"] = json!({ name(self.choices)?: { "{$request.body#/url}": self.event()? } });
            }
            6 => {
                operation["x-throttling-info"] =
                    json!({ "type": "time", "numberOfRequests": 5, "timeUnit": "s", "numberOfTimeUnits": 1 });
            }
            7 => operation["x-codegen-request-body-name"] = json!(name(self.choices)?),
            _ => {}
        }
        Ok(operation)
    }

    /// Makes the path item of a callback or webhook.
    pub(super) fn event(&mut self) -> Result<Value> {
        let body = json!({ "content": { "application/json": { "schema": self.object(2)? } } });
        Ok(json!({ "post": { "requestBody": body, "responses": { "200": { "description": "Received." } } } }))
    }

    fn parameters(&mut self, variables: &[String]) -> Result<Value> {
        let mut parameters = Vec::new();
        for variable in variables {
            let schema = self.scalar()?;
            parameters.push(json!({ "name": variable, "in": "path", "required": true, "schema": schema }));
        }
        for _ in 0..self.choices.int_in_range(0..=2)? {
            let mut schema = self.scalar()?;
            if self.choices.ratio(1, 3)? {
                schema = json!({ "type": "array", "items": schema });
            }
            let mut parameter = json!({ "name": name(self.choices)?, "in": "query", "schema": schema });
            parameter["required"] = json!(self.choices.arbitrary::<bool>()?);
            match self.choices.int_in_range(0..=15)? {
                0 => parameter["explode"] = json!(self.choices.arbitrary::<bool>()?),
                1 => parameter["style"] = json!(self.choices.choose(STYLES)?),
                2 => parameter["in"] = json!("cookie"),
                3 => parameter["schema"] = self.schema(1)?,
                4..=6 => {
                    parameter["in"] = json!("header");
                    parameter["name"] = json!(self.choices.choose(HEADERS)?);
                }
                7 => parameter["description"] = json!(text(self.choices)?),
                8 => parameter["example"] = value(self.choices)?,
                _ => {}
            }
            parameters.push(parameter);
        }
        Ok(Value::Array(parameters))
    }

    fn responses(&mut self) -> Result<Value> {
        let mut responses = Map::new();
        for _ in 0..self.choices.int_in_range(1..=3)? {
            let mut response = json!({ "description": text(self.choices)? });
            if self.choices.ratio(3, 4)? {
                response["content"] = self.content()?;
            }
            responses.insert((*self.choices.choose(STATUSES)?).to_owned(), response);
        }
        Ok(Value::Object(responses))
    }

    fn content(&mut self) -> Result<Value> {
        let kind = if self.choices.ratio(3, 4)? { MEDIA_TYPES[0] } else { *self.choices.choose(MEDIA_TYPES)? };
        let mut media =
            json!({ "schema": if self.choices.arbitrary()? { self.reference()? } else { self.schema(3)? } });
        if self.choices.ratio(1, 8)? {
            media["example"] = value(self.choices)?;
        }
        Ok(json!({ kind: media }))
    }
}
