//! What std's prelude holds beyond core's, for the builds that do without std.

#[cfg(feature = "sign")]
pub(crate) use alloc::{borrow::ToOwned, rc::Rc, vec};
pub(crate) use alloc::{string::String, vec::Vec};
