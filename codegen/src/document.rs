//! The description as it was written: texts, trees of values with their positions, and pointers into them.
//!
//! Does not depend on OpenAPI.

mod cursor;
mod deserialize;
mod files;
mod location;
mod node;
mod pointer;
mod reference;
mod source;

pub(crate) use cursor::Cursor;
pub use files::{Files, NoFiles};
pub(crate) use location::Location;
pub(crate) use node::{Document, File, Node, Object, Property, Value};
pub use pointer::{JsonPointer, Origin};
pub(crate) use reference::{BadReference, locate, percent_decode};
pub(crate) use source::Span;
pub use source::{Defect, Position, Source};
