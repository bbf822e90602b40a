//! Schemas of descriptions: translated to plain JSON Schema, and gathered for one value.

pub mod implied;
pub mod set;
pub mod translate;
pub mod walk;
