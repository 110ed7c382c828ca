//! The eight views (`ACC-3`, `ACC-5`): which members each has, and under which names banks send them.
//!
//! The first name of a text is the one that tell.money's flat lists have, and the view's in camel case. `A/B` is OBIE's
//! member `B` within `A`.

use super::{
    fields::{Field, Fields, Kind, Member, read},
    money::Money,
};
use crate::Error;
use serde::Serialize;

macro_rules! views {
    ($(
        $(#[$about:meta])* $name:ident, $read:ident, $kind:ident from $lists:tt or $row:tt {
            $($(#[$what:meta])* $member:ident: $form:ident $names:tt,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
        pub struct $name {
            $(
                $(#[$what])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $member: Option<views!(@type $form)>,
            )*
            /// JSON text: each member of the row that is not held above to the letter, as the bank wrote it.
            pub rest: String,
        }

        $(#[$about])*
        pub static $kind: Kind = Kind {
            lists: $lists,
            row: &$row,
            members: &[$(views!(@member $form $names)),*],
        };

        impl From<Fields> for $name {
            fn from(fields: Fields) -> Self {
                let mut values = fields.values.into_iter();
                Self {
                    $($member: values.next().flatten().and_then(Field::$form),)*
                    rest: fields.rest,
                }
            }
        }

        #[doc = concat!("Reads the rows of an answer, each as [`", stringify!($name), "`].")]
        ///
        /// # Errors
        /// [`Error::TooLarge`], [`Error::Json`]; [`Error::List`] for an answer of something else.
        pub fn $read(text: &str) -> Result<Vec<$name>, Error> {
            Ok(read(text, &$kind)?.map($name::from).collect())
        }
    )*};
    (@type text) => { String };
    (@type money) => { Money };
    (@member text $names:tt) => { Member::Text(&$names) };
    (@member money $names:tt) => { Member::Money(&$names) };
}

views! {
    /// An account.
    Account, accounts, ACCOUNTS from ["Accounts", "Account"] or ["AccountId"] {
        /// The bank's id of it, as it stands in the path of its resources.
        account_id: text ["AccountId"],
        /// Its currency.
        currency: text ["Currency"],
        /// Personal or business.
        account_type: text ["AccountType"],
        /// Such as `CurrentAccount` or `Savings`.
        account_sub_type: text ["AccountSubType"],
        /// What the customer calls it.
        nickname: text ["Nickname"],
        /// Whether it is in use.
        status: text ["Status"],
        /// Whose it is.
        name: text ["Name", "Account/Name"],
        /// Sort code and account number, an IBAN or a card number, as the scheme says.
        identification: text ["Identification", "Account/Identification"],
        /// What kind of number the identification is.
        scheme_name: text ["SchemeName", "Account/SchemeName"],
    }

    /// A balance.
    Balance, balances, BALANCES from ["Balances", "Balance"] or ["Amount"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The amount; overdrawn, it is negative.
        amount: money ["Amount"],
        /// Which of the account's balances it is, such as `InterimAvailable`.
        r#type: text ["Type"],
        /// When it was so.
        date_time: text ["DateTime"],
    }

    /// A transaction.
    Transaction, transactions, TRANSACTIONS from ["Transactions", "Transaction"] or ["TransactionId", "BookingDateTime"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id. Many banks give another when a pending transaction is booked.
        transaction_id: text ["TransactionId"],
        /// A reference of the payment's own.
        transaction_reference: text ["TransactionReference"],
        /// `Pending` or `Booked`.
        status: text ["Status"],
        /// When it was booked or, pending, made.
        booking_date_time: text ["BookingDateTime"],
        /// When it counts for interest.
        value_date_time: text ["ValueDateTime"],
        /// The amount: credited positive, debited negative.
        amount: money ["Amount"],
        /// ISO 20022's family of it.
        code: text ["Code", "BankTransactionCode/Code"],
        /// ISO 20022's sub-family.
        sub_code: text ["SubCode", "BankTransactionCode/SubCode"],
        /// What a statement says of it.
        transaction_information: text ["TransactionInformation"],
        /// The shop.
        merchant_name: text ["MerchantName", "MerchantDetails/MerchantName"],
        /// The shop's trade, ISO 18245.
        merchant_category_code: text ["MerchantCategoryCode", "MerchantDetails/MerchantCategoryCode"],
        /// Who is paid.
        creditor_name: text ["CreditorName", "CreditorAccount/Name"],
        /// The number of who is paid.
        creditor_identification: text ["CreditorIdentification", "CreditorAccount/Identification"],
        /// What kind of number that is.
        creditor_scheme_name: text ["CreditorSchemeName", "CreditorAccount/SchemeName"],
        /// Who pays.
        debtor_name: text ["DebtorName", "DebtorAccount/Name"],
        /// The number of who pays.
        debtor_identification: text ["DebtorIdentification", "DebtorAccount/Identification"],
        /// What kind of number that is.
        debtor_scheme_name: text ["DebtorSchemeName", "DebtorAccount/SchemeName"],
        /// The card's scheme.
        card_scheme_name: text ["CardSchemeName", "CardInstrument/CardSchemeName"],
        /// The card's number, masked by the bank.
        card_identification: text ["CardIdentification", "CardInstrument/Identification"],
    }

    /// Somebody whom the customer pays.
    Beneficiary, beneficiaries, BENEFICIARIES from ["Beneficiaries", "Beneficiary"] or ["BeneficiaryId"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id.
        beneficiary_id: text ["BeneficiaryId"],
        /// The name.
        name: text ["Name", "CreditorAccount/Name"],
        /// The number of the account.
        identification: text ["Identification", "CreditorAccount/Identification"],
        /// What kind of number that is.
        scheme_name: text ["SchemeName", "CreditorAccount/SchemeName"],
        /// What is written with a payment.
        reference: text ["Reference"],
    }

    /// A direct debit.
    DirectDebit, direct_debits, DIRECT_DEBITS from ["DirectDebits", "DirectDebit"] or ["DirectDebitId", "MandateIdentification"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id.
        direct_debit_id: text ["DirectDebitId"],
        /// The mandate.
        mandate_identification: text ["MandateIdentification"],
        /// Who collects.
        name: text ["Name"],
        /// Whether it is in force.
        status: text ["Status", "DirectDebitStatusCode"],
        /// How often.
        frequency: text ["Frequency"],
        /// What was collected last, as the bank wrote it.
        previous_payment_amount: money ["PreviousPaymentAmount"],
        /// When that was.
        previous_payment_date_time: text ["PreviousPaymentDateTime"],
        /// When it is collected next.
        next_payment_date_time: text ["NextPaymentDateTime"],
    }

    /// A standing order. Its amounts are as the bank wrote them: they are paid.
    StandingOrder, standing_orders, STANDING_ORDERS from ["StandingOrders", "StandingOrder"] or ["StandingOrderId"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id.
        standing_order_id: text ["StandingOrderId"],
        /// Whether it is in force.
        status: text ["Status", "StandingOrderStatusCode"],
        /// How often.
        frequency: text ["Frequency"],
        /// What is written with a payment.
        reference: text ["Reference"],
        /// Who is paid.
        name: text ["Name", "CreditorAccount/Name"],
        /// The number of the account.
        identification: text ["Identification", "CreditorAccount/Identification"],
        /// What kind of number that is.
        scheme_name: text ["SchemeName", "CreditorAccount/SchemeName"],
        /// What is paid next.
        amount: money ["Amount", "NextPaymentAmount", "FirstPaymentAmount"],
        /// What is paid at last, where that differs.
        final_payment_amount: money ["FinalPaymentAmount"],
        /// When it was paid first.
        first_payment_date_time: text ["FirstPaymentDateTime"],
        /// When it is paid next.
        next_payment_date_time: text ["NextPaymentDateTime"],
        /// When it is paid at last.
        final_payment_date_time: text ["FinalPaymentDateTime"],
    }

    /// A payment of a later day. Its amount is as the bank wrote it: it is paid.
    ScheduledPayment, scheduled_payments, SCHEDULED_PAYMENTS from ["ScheduledPayments", "ScheduledPayment"] or ["ScheduledPaymentId"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id.
        scheduled_payment_id: text ["ScheduledPaymentId"],
        /// When it is paid.
        scheduled_payment_date_time: text ["ScheduledPaymentDateTime"],
        /// Whether that is the day of leaving or of arrival.
        scheduled_type: text ["ScheduledType"],
        /// What is paid.
        amount: money ["Amount", "InstructedAmount"],
        /// What is written with it.
        reference: text ["Reference"],
        /// Who is paid.
        name: text ["Name", "CreditorAccount/Name"],
        /// The number of the account.
        identification: text ["Identification", "CreditorAccount/Identification"],
        /// What kind of number that is.
        scheme_name: text ["SchemeName", "CreditorAccount/SchemeName"],
    }

    /// What kind of account the bank sold.
    Product, product, PRODUCT from ["Products", "Product"] or ["ProductId", "ProductName", "ProductType"] {
        /// The account.
        account_id: text ["AccountId"],
        /// The bank's id.
        product_id: text ["ProductId"],
        /// Such as `PersonalCurrentAccount`.
        product_type: text ["ProductType"],
        /// What it is called.
        product_name: text ["ProductName"],
    }
}
