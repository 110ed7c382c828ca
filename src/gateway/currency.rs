//! The currencies of ISO 4217 that amounts are in (`PAY-1`). A test holds the table to that of `iso_currency`, which has
//! four times the code.

/// Digits behind the point, and the currencies that have so many.
const CURRENCIES: [(usize, &str); 4] = [
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF \
         CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL \
         HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU \
         MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG \
         SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES \
         WST XAD XCD XCG YER ZAR ZMW ZWG ZWL",
    ),
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// Digits behind the point of a currency's amounts; `None` for what is no currency of payments.
pub(super) fn decimals_of(currency: &str) -> Option<usize> {
    let has = |codes: &str| codes.split(' ').any(|code| code == currency);
    CURRENCIES.into_iter().find(|(_, codes)| has(codes)).map(|(decimals, _)| decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use iso_currency::Currency;

    #[test]
    fn pay_1_the_currencies_are_those_of_another_table() {
        let letters = || 'A'..='Z';
        let mut found = 0;
        for code in
            letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c]))))
        {
            let decimals = Currency::from_code(&code).and_then(Currency::exponent).map(usize::from);
            assert_eq!(decimals_of(&code), decimals, "{code}");
            found += usize::from(decimals.is_some());
        }
        assert!(found > 160, "{found}");
        for none in ["", "gbp", "GB", "GBP ", "GBP GEL", " "] {
            assert_eq!(decimals_of(none), None, "{none:?}");
        }
    }
}
