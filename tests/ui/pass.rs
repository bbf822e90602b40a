//! Programs that the compiler accepts.

mod any_order_and_twice;
mod call_site;
mod per_call_settings;
