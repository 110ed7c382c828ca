#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

//! The machine told as short stories. The simulation in `tests/simulation/` tells the long ones.

mod budget;
mod connect;
mod counted;
mod crash;
mod end;
mod events;
mod pay;
mod probe;
mod read;
mod refresh;
mod sweep;
mod world;

use super::*;
use crate::{
    Error, Refusal,
    gateway::{Applications, Call, Method, OrderKey, Payment, PaymentState, ResourceCall, Secret, UserIp},
    host::settings::tests::{settings, settings_with},
    profile::{Scope, Unattended},
    wire::{redirect, request::RequestUuid},
};
use std::rc::Rc;
