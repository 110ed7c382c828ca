//! What a browser or a backend asks to have authorised or paid, as it wrote it: the payment in it stays byte for byte.

use super::given::Given;
use crate::{
    Error,
    gateway::{OrderKey, Payment},
    profile::Scope,
    wire::json::{Object, Value},
};

/// The body of `POST /api/authorise`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// What for.
    pub scope: Scope,
    /// The application, by name.
    pub application: Given,
    /// The payment that the customer is to agree to (`PAY-6`).
    pub payment: Option<Payment>,
    /// The order that it is for (`PAY-5`).
    pub order: Option<OrderKey>,
}

impl Authorisation {
    /// Reads it. `key` is the header `Idempotency-Key`, which names the order too.
    ///
    /// # Errors
    /// [`Error::Json`] for anything but an object; [`Error::Scope`]; of the payment those of [`Payment::parse`];
    /// [`Error::Order`]; [`Error::Argument`] for either without the scope `pisp`.
    pub fn read(body: &str, key: Option<&str>) -> Result<Self, Error> {
        let object = Object::parse(body)?;
        let scope = match object.get("scope") {
            Some(scope) => Scope::parse(&scope.as_str().ok_or(Error::Scope)?)?,
            None => return Err(Error::Scope),
        };
        let application = match object.get("application") {
            None => Given::Absent,
            Some(name) if is_null(name) => Given::Absent,
            Some(name) => name.as_str().map_or(Given::Other, |name| Given::Text(name.into_owned())),
        };
        let (payment, order) = (payment_in(&object)?, order_of(&object, key)?);
        if scope == Scope::Aisp && (payment.is_some() || object.get("order").is_some()) {
            return Err(Error::Argument("A payment and an order are stated with the scope \"pisp\" alone."));
        }
        Ok(Self { scope, application, payment, order: order.filter(|_| scope == Scope::Pisp) })
    }
}

/// Reads the body of `POST /api/payment`: a payment, or `{payment?, order?}`. Without a payment the one that was stated is
/// meant. `key` is the header `Idempotency-Key`.
///
/// # Errors
/// [`Error::Json`] for anything but an object; those of [`Payment::parse`]; [`Error::Order`].
pub fn payment(body: &str, key: Option<&str>) -> Result<(Option<Payment>, Option<OrderKey>), Error> {
    let object = Object::parse(body)?;
    if object.members().all(|(name, _)| matches!(name, "payment" | "order")) {
        return Ok((payment_in(&object)?, order_of(&object, key)?));
    }
    if object.get("payment").is_some() || object.get("order").is_some() {
        return Err(Error::Argument(
            "Beside payment and order there is nothing else: the payment's own members go into it.",
        ));
    }
    Ok((Some(Payment::parse(body.to_owned())?), order_of(&object, key)?))
}

fn is_null(value: Value<'_>) -> bool {
    value.as_written() == "null"
}

/// The member `payment`, as written.
fn payment_in(object: &Object<'_>) -> Result<Option<Payment>, Error> {
    match object.get("payment").filter(|payment| !is_null(*payment)) {
        Some(payment) => Payment::parse(payment.as_written().to_owned()).map(Some),
        None => Ok(None),
    }
}

/// The order that the body and the header name: the same one, where both do.
fn order_of(object: &Object<'_>, key: Option<&str>) -> Result<Option<OrderKey>, Error> {
    let in_body = match object.get("order").filter(|order| !is_null(*order)) {
        Some(order) => Some(OrderKey::parse(&order.as_str().ok_or(Error::Order)?)?),
        None => None,
    };
    let in_header = key.map(OrderKey::parse).transpose()?;
    match (in_body, in_header) {
        (Some(one), Some(other)) if one != other => Err(Error::Order),
        (in_body, in_header) => Ok(in_body.or(in_header)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;

    const PAYMENT: &str = r#"{ "PaymentType":"Domestic", "BeneficiaryName":"A", "SchemeName":"SortCodeAccountNumber",
        "BeneficiaryIdentification":"20000012345678", "Amount":"1.00", "Currency":"GBP", "Reference":"r", "X": 1E400 }"#;

    fn key(text: &str) -> Option<OrderKey> {
        Some(OrderKey::parse(text).unwrap())
    }

    #[test]
    fn pay_1_the_payment_is_taken_byte_for_byte_alone_and_wrapped() {
        let (alone, none) = payment(PAYMENT, None).unwrap();
        let (wrapped, order) = payment(&format!(r#"{{"order":"o-1","payment":{PAYMENT}}}"#), None).unwrap();
        assert_eq!((alone.unwrap().text(), none), (PAYMENT, None));
        assert_eq!((wrapped.unwrap().text(), order), (PAYMENT, key("o-1")));
    }

    #[test]
    fn pay_6_without_a_payment_the_stated_one_is_meant() {
        for body in ["{}", r#"{"payment":null}"#] {
            assert_eq!(payment(body, None), Ok((None, None)), "{body}");
        }
        assert_eq!(payment(r#"{"order":"o"}"#, Some("o")), Ok((None, key("o"))));
    }

    #[test]
    fn pay_5_body_and_header_name_one_order() {
        assert_eq!(payment("{}", Some("o-1")), Ok((None, key("o-1"))));
        for (body, header) in [
            (r#"{"order":"o"}"#, Some("p")),
            (r#"{"order":""}"#, None),
            (r#"{"order":7}"#, None),
            ("{}", Some("")),
            ("{}", Some("a\tb")),
        ] {
            assert_eq!(payment(body, header), Err(Error::Order), "{body} {header:?}");
        }
    }

    #[test]
    fn err_2_what_cannot_be_meant_is_refused() {
        for body in ["", "[]", "7", "{", "null"] {
            assert_eq!(payment(body, None), Err(Error::Json), "{body}");
            assert_eq!(Authorisation::read(body, None), Err(Error::Json), "{body}");
        }
        assert!(matches!(payment(r#"{"payment":{},"Amount":"1"}"#, None), Err(Error::Argument(_))));
        assert!(matches!(payment(r#"{"payment":[]}"#, None), Err(Error::Json)));
        for scope in [r#"{}"#, r#"{"scope":7}"#, r#"{"scope":"cbpii"}"#, r#"{"scope":null}"#] {
            assert_eq!(Authorisation::read(scope, None), Err(Error::Scope), "{scope}");
        }
        let aisp = format!(r#"{{"scope":"aisp","payment":{PAYMENT}}}"#);
        assert!(matches!(Authorisation::read(&aisp, None), Err(Error::Argument(_))));
    }

    #[test]
    fn pay_6_an_authorisation_states_payment_and_order() {
        let body = format!(r#"{{"scope":"pisp","application":"shop","payment":{PAYMENT},"order":"o-1"}}"#);
        let read = Authorisation::read(&body, None).unwrap();
        assert_eq!((read.scope, read.application), (Scope::Pisp, Given::Text(String::from("shop"))));
        assert_eq!((read.payment.unwrap().text(), read.order), (PAYMENT, key("o-1")));
    }
}
