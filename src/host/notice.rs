//! What the host is told of a consent, and an order of its payment, as it crosses into JavaScript.

use super::told::{Instruction, rfc_3339};
use crate::{
    consent::{Notice, PaymentView, Receiver, What},
    gateway::PaymentState,
    profile::Scope,
    wire::json::number,
};
use serde::Serialize;

/// How a payment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct PaymentTold {
    /// How far it is.
    pub state: PaymentState,
    /// The bank's word for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_status: Option<String>,
    /// The bank's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl From<&PaymentView> for PaymentTold {
    fn from(view: &PaymentView) -> Self {
        let PaymentView { state, bank_status, reference, .. } = view;
        Self { state: *state, bank_status: bank_status.clone(), reference: reference.clone() }
    }
}

/// What the host is told, once at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct HostEvent {
    /// The same each time that it is told.
    pub id: String,
    /// `connected`, `renewed`, how a consent ended, or `payment.` and its state.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "typescript", ts(rename = "type"))]
    pub kind: String,
    /// When it came about (RFC 3339).
    pub at: String,
    /// The authorisation's UUID.
    pub uuid: String,
    /// What was asked for.
    pub scope: Scope,
    /// The application, by name.
    pub application: String,
    /// The host's name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The order that the payment is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// How the payment stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentTold>,
}

impl From<Notice> for Instruction {
    fn from(notice: Notice) -> Self {
        let Notice { note, uuid, scope, application, customer, order, payment } = notice;
        let mut told = payment.as_ref().map(PaymentTold::from);
        // What it tells of is what happened then; the rest is the newest there is.
        if let (Some(told), What::Payment(state)) = (&mut told, note.what) {
            told.state = if note.to == Receiver::Host { state } else { told.state };
        }
        match note.to {
            Receiver::Order => {
                Self::Deliver { id: note.id, event: None, order: order.map(|order| order.name()), payment: told }
            }
            Receiver::Host => {
                let event = HostEvent {
                    id: [&uuid, "-", &number(note.id.into())].concat(),
                    kind: note.what.words().concat(),
                    at: rfc_3339(note.at),
                    uuid,
                    scope,
                    application,
                    customer,
                    order: order.map(|order| order.as_str().to_owned()),
                    payment: told,
                };
                Self::Deliver { id: note.id, event: Some(Box::new(event)), order: None, payment: None }
            }
        }
    }
}
