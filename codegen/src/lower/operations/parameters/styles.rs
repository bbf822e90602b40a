//! Styles of parameters, and the values that each can write.

use std::collections::HashMap;

use super::Described;
use crate::api::{Parameter, ParameterLocation, ParameterStyle, TypeId, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftAlternative, Shape};
use crate::lower::operations::OperationReader;
use crate::lower::schemas::ShapeKind;

/// A parameter whose type is still to be compared with its style.
pub(crate) struct StyledParameter<'d> {
    node: Cursor<'d>,
    name: &'d str,
    ty: TypeRef,
    /// The style as it is stated.
    style: ParameterStyle,
    encoding: Parameter,
}

/// The number of types inside others at which a value counts as deep.
const MAX_NESTING: usize = 64;

/// The values that a style can write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    /// One text.
    Text,
    /// A list or an object of texts.
    Flat,
    /// An object of texts and lists of texts.
    ObjectOfLists,
    /// An object of any of these, at any depth.
    Deep,
}

impl<'d> OperationReader<'_, 'd> {
    /// The encoding of a parameter with a schema. Keywords that make no difference for its type have their usual value.
    pub(super) fn encoding(&mut self, parameter: &Described<'d>, ty: &TypeRef) -> Option<Parameter> {
        let Described { node, name, part } = parameter;
        let stated = node.text("style");
        let usual =
            if matches!(part, ParameterLocation::Query | ParameterLocation::Cookie) { "form" } else { "simple" };
        let Some(style) = style(*part, stated.unwrap_or(usual)) else {
            let what = format!("`style: {}` of the parameter `{name}`", stated.unwrap_or(usual));
            self.schemas.diagnostics.unsupported(node.location_of("style"), &what, styles_of(*part));
            return None;
        };
        let explode = if node.has("explode") { node.flag("explode") } else { style == ParameterStyle::Form };
        let allow_reserved = node.flag("allowReserved");
        if allow_reserved && *part != ParameterLocation::Query {
            let help = "it applies to the query only; reserved characters are percent-encoded elsewhere";
            self.schemas.diagnostics.warn_not_used(node.location_of("allowReserved"), "`allowReserved`", help);
        }
        let allow_reserved = allow_reserved && *part == ParameterLocation::Query;
        let allow_empty_value = *part == ParameterLocation::Query && node.flag("allowEmptyValue");
        let allow_empty_value = allow_empty_value && self.omits_empty_value(node, ty);
        let (normal, explode) = normalise(style, explode, self.is_one_text(ty), matches!(ty, TypeRef::List(_)));
        let encoding = Parameter { location: *part, style: normal, explode, allow_reserved, allow_empty_value };
        self.styled.push(StyledParameter { node: node.clone(), name, ty: ty.clone(), style, encoding });
        Some(encoding)
    }

    /// Returns `true` if an empty value of a type is omitted unless it is allowed: that of a list or an object. An empty text is
    /// always written. Reports any other type.
    fn omits_empty_value(&mut self, node: &Cursor<'d>, ty: &TypeRef) -> bool {
        if *ty != TypeRef::String && self.is_one_text(ty) {
            let help = "a value of this type is never empty";
            self.schemas.diagnostics.note_not_used(node.location_of("allowEmptyValue"), "`allowEmptyValue`", help);
        }
        !self.is_one_text(ty)
    }

    /// Compares the types of all parameters with their styles, once types have contents.
    pub(crate) fn check_styles(&mut self) {
        let mut depths = Depths::default();
        for StyledParameter { node, name, ty, style, encoding } in std::mem::take(&mut self.styled) {
            let allowed = match (encoding.style, encoding.location) {
                (ParameterStyle::DeepObject, _) => Depth::Deep,
                (ParameterStyle::Form, ParameterLocation::Query) if encoding.explode => Depth::ObjectOfLists,
                _ => Depth::Flat,
            };
            match self.depth(&ty, &mut depths) {
                Some(depth) if depth <= allowed => self.warn_of_depth(&node, name, &ty, style, depth),
                _ => self.schemas.diagnostics.nested_parameter(&node, name),
            }
        }
    }

    /// Reports an encoding that OpenAPI does not define, but that servers agree on.
    fn warn_of_depth(&mut self, node: &Cursor<'d>, name: &str, ty: &TypeRef, style: ParameterStyle, depth: Depth) {
        let is_list = matches!(ty, TypeRef::List(_));
        let sent = match (style, depth) {
            (ParameterStyle::DeepObject, _) if is_list => format!("{name}[]=1&{name}[]=2"),
            (ParameterStyle::DeepObject, Depth::Text) => format!("{name}=1"),
            (ParameterStyle::DeepObject, Depth::Deep) => format!("{name}[a][b]=1"),
            (ParameterStyle::DeepObject, Depth::ObjectOfLists) => format!("{name}[a][]=1&{name}[a][]=2"),
            (_, Depth::ObjectOfLists) => "a=1&a=2".to_owned(),
            _ => return,
        };
        self.schemas.diagnostics.assumed_encoding(node, name, &sent);
    }

    /// The depth of the values of a type; `None` for values that no style writes.
    fn depth(&self, ty: &TypeRef, depths: &mut Depths) -> Option<Depth> {
        match ty {
            TypeRef::Nullable(inner) => self.depth(inner, depths),
            // Any value inside an object; lists and objects fail when the call is sent.
            TypeRef::Any => Some(Depth::Text),
            TypeRef::List(item) => (self.depth(item, depths)? == Depth::Text).then_some(Depth::Flat),
            TypeRef::Map(value) => Some(object_of(self.depth(value, depths)?, value)),
            TypeRef::Named(id) if self.schemas.kind(*id) != (ShapeKind::Enum { is_scalar: true }) => {
                if let Some(known) = depths.known.get(id) {
                    return *known;
                }
                // A type inside itself is an object inside another one.
                depths.known.insert(*id, Some(Depth::Deep));
                if depths.open == MAX_NESTING {
                    return Some(Depth::Deep);
                }
                depths.open += 1;
                let depth = self.depth_of_type(*id, depths);
                depths.open -= 1;
                depths.known.insert(*id, depth);
                depth
            }
            ty => self.is_one_text(ty).then_some(Depth::Text),
        }
    }

    fn depth_of_type(&self, id: TypeId, known: &mut Depths) -> Option<Depth> {
        match self.schemas.shape(id)? {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| &field.ty);
                let values = fields.chain(shape.unknown_properties.field().map(|field| &field.ty));
                let mut depths = values.map(|ty| Some(object_of(self.depth(ty, known)?, ty)));
                depths.try_fold(Depth::Flat, |deepest, depth| Some(deepest.max(depth?)))
            }
            Shape::Union(shape) => {
                let mut depths = shape.alternatives.iter().map(|DraftAlternative { ty, .. }| self.depth(ty, known));
                depths.try_fold(Depth::Text, |deepest, depth| Some(deepest.max(depth?)))
            }
            Shape::Enum(_) | Shape::Wrapper(_) => None,
        }
    }
}

/// The depths of types so far.
#[derive(Default)]
struct Depths {
    known: HashMap<TypeId, Option<Depth>>,
    /// The number of types around the one that is being compared.
    open: usize,
}

/// The depth of an object with a value of a depth.
fn object_of(depth: Depth, value: &TypeRef) -> Depth {
    match (depth, value.non_null()) {
        (Depth::Text, _) => Depth::Flat,
        (Depth::Flat, TypeRef::List(_)) => Depth::ObjectOfLists,
        _ => Depth::Deep,
    }
}

/// The style of a name, if parameters in this part of a request can have it.
fn style(part: ParameterLocation, name: &str) -> Option<ParameterStyle> {
    Some(match (part, name) {
        (ParameterLocation::Path | ParameterLocation::Header, "simple") => ParameterStyle::Simple,
        (ParameterLocation::Path, "label") => ParameterStyle::Label,
        (ParameterLocation::Path, "matrix") => ParameterStyle::Matrix,
        (ParameterLocation::Query | ParameterLocation::Cookie, "form") => ParameterStyle::Form,
        (ParameterLocation::Query, "spaceDelimited") => ParameterStyle::SpaceDelimited,
        (ParameterLocation::Query, "pipeDelimited") => ParameterStyle::PipeDelimited,
        (ParameterLocation::Query, "deepObject") => ParameterStyle::DeepObject,
        _ => return None,
    })
}

fn styles_of(part: ParameterLocation) -> &'static str {
    match part {
        ParameterLocation::Path => "use `simple`, `label`, or `matrix` in the path",
        ParameterLocation::Query => "use `form`, `spaceDelimited`, `pipeDelimited`, or `deepObject` in the query",
        ParameterLocation::Header => "use `simple` in a header",
        ParameterLocation::Cookie => "use `form` in a cookie",
    }
}

/// A style and `explode` without differences that values of a type do not show.
fn normalise(style: ParameterStyle, explode: bool, is_text: bool, is_list: bool) -> (ParameterStyle, bool) {
    use ParameterStyle::{DeepObject, Form, PipeDelimited, Simple, SpaceDelimited};
    match style {
        SpaceDelimited | PipeDelimited if explode => (Form, true),
        Form | SpaceDelimited | PipeDelimited | DeepObject if is_text => (Form, true),
        DeepObject => (DeepObject, false),
        Simple if is_list => (Simple, false),
        style => (style, explode && !is_text),
    }
}
