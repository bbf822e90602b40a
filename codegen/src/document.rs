//! The description as it was written: texts, trees of values with their positions, and the places that pointers name.
//!
//! Knows nothing of OpenAPI.

mod cursor;
mod deserialize;
mod location;
mod node;
mod pointer;
mod reference;
mod source;

pub(crate) use cursor::Cursor;
pub(crate) use location::Location;
pub(crate) use node::{Document, File, Member, Node, Object, Value};
pub use pointer::{JsonPointer, Origin};
pub(crate) use reference::{BadReference, locate, percent_decode};
pub(crate) use source::{MAX_TEXT, Span};
pub use source::{Position, Source};
