//! Whether a value can fit several forms of a union.
//!
//! Where it can, it has to be tried with all of them to tell that exactly one fits; so those forms are read although they
//! are only sent.

use super::reach::reachable;
use crate::api::{Api, Distinction, TypeId, TypeKind, TypeRef};

/// What a value is made of, one bit for each.
const NULL: u8 = 1;
const BOOL: u8 = 2;
const NUMBER: u8 = 4;
const TEXT: u8 = 8;
const LIST: u8 = 16;
const OBJECT: u8 = 32;
const ALL: u8 = 63;

/// How many types may stand inside one another until they are taken for any.
const MAX_DEPTH: usize = 16;

/// Says of each union whether its forms are disjoint, which types are read because of it, and which are tried.
pub(in crate::lower) fn mark_disjoint(api: &mut Api) {
    let mut probed = Vec::new();
    let mut tried = Vec::new();
    for index in 0..api.types.len() {
        let TypeKind::Union(shape) = &api.types[index].kind else { continue };
        if matches!(shape.distinction, Distinction::Tag(_)) {
            continue;
        }
        tried.extend(shape.variants.iter().filter_map(|variant| variant.ty.named()));
        if shape.distinction == Distinction::AtLeastOne {
            continue;
        }
        let kinds: Vec<u8> = shape.variants.iter().map(|variant| kinds(api, &variant.ty, 0)).collect();
        let mut seen = 0;
        let disjoint = kinds.iter().all(|kinds| {
            let is_new = seen & kinds == 0;
            seen |= kinds;
            is_new
        });
        if !disjoint {
            probed.push(TypeId(index));
        }
        if let TypeKind::Union(shape) = &mut api.types[index].kind {
            shape.distinction = Distinction::ExactlyOne { disjoint };
        }
    }
    for id in reachable(api, probed) {
        api.types[id.0].probed = true;
    }
    for id in reachable(api, tried) {
        api.types[id.0].tried = true;
    }
}

/// The kinds of JSON values that a type takes.
fn kinds(api: &Api, ty: &TypeRef, depth: usize) -> u8 {
    match ty {
        TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::TimeSpan | TypeRef::Uuid | TypeRef::Base64 => {
            TEXT
        }
        TypeRef::Bool => BOOL,
        TypeRef::I32 | TypeRef::I64 | TypeRef::F32 | TypeRef::F64 => NUMBER,
        TypeRef::Any => ALL,
        // Bytes and files are no JSON.
        TypeRef::Never | TypeRef::Bytes | TypeRef::File => 0,
        TypeRef::Nullable(inner) => NULL | kinds(api, inner, depth),
        TypeRef::List(_) => LIST,
        TypeRef::Map(_) => OBJECT,
        TypeRef::Named(_) if depth == MAX_DEPTH => ALL,
        TypeRef::Named(id) => match &api[*id].kind {
            TypeKind::Struct(_) => OBJECT,
            TypeKind::Enum(shape) => shape.variants.iter().fold(0, |all, variant| all | kind(&variant.value)),
            TypeKind::Union(shape) => {
                shape.variants.iter().fold(0, |all, variant| all | kinds(api, &variant.ty, depth + 1))
            }
            TypeKind::Wrapper(shape) => kinds(api, &shape.ty, depth + 1),
        },
    }
}

fn kind(value: &serde_json::Value) -> u8 {
    use serde_json::Value;
    match value {
        Value::Null => NULL,
        Value::Bool(_) => BOOL,
        Value::Number(_) => NUMBER,
        Value::String(_) => TEXT,
        Value::Array(_) => LIST,
        Value::Object(_) => OBJECT,
    }
}
