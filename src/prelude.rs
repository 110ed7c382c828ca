//! What std's prelude holds beyond core's, for the builds that do without std.

#[cfg(feature = "sign")]
pub(crate) use alloc::{borrow::ToOwned, boxed::Box, vec};
pub(crate) use alloc::{string::String, vec::Vec};
