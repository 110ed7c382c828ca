//! What a consent must permit for a resource to be read (`ACC-3`), where the permission's name is known.

/// The names of permissions that the guide shows, and the resource that each opens.
const KNOWN: [(&str, &str); 4] = [
    ("", "accounts:read"),
    ("balance", "balance:read"),
    ("product", "product:read"),
    ("beneficiaries", "beneficiaries:read"),
];

/// The permission that a path needs and that was not granted. `None` where it was, or where nobody knows: of a path that
/// the guide names no permission for, or a grant in words that are none of the guide's, the bank is asked.
pub fn missing(path: &str, granted: &[String]) -> Option<&'static str> {
    let mut parts = path.trim_end_matches('/').split('/').skip(1);
    if parts.next() != Some("accounts") {
        return None;
    }
    let (_, resource) = (parts.next(), parts.next().unwrap_or_default());
    let is_granted = |name: &str| granted.iter().any(|granted| granted == name);
    if parts.next().is_some() || !KNOWN.iter().any(|(_, name)| is_granted(name)) {
        return None;
    }
    let (_, name) = KNOWN.iter().find(|(known, _)| *known == resource)?;
    (!is_granted(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_3_a_permission_that_is_known_to_be_missing_is_named() {
        let granted = |names: &str| names.split_terminator(',').map(str::to_owned).collect::<Vec<_>>();
        for (path, names, expected) in [
            ("/accounts", "balance:read", Some("accounts:read")),
            ("/accounts/", "balance:read", Some("accounts:read")),
            ("/accounts/1", "balance:read", Some("accounts:read")),
            ("/accounts/1/balance", "accounts:read", Some("balance:read")),
            ("/accounts/1/balance", "accounts:read,balance:read", None),
            ("/accounts/1/product", "accounts:read,balance:read", Some("product:read")),
            ("/accounts/1/beneficiaries", "accounts:read", Some("beneficiaries:read")),
            // Nobody knows what these are called.
            ("/accounts/1/transactions", "accounts:read", None),
            ("/accounts/1/statements/7", "accounts:read", None),
            ("/parties", "accounts:read", None),
            // Nothing was told of it, or in other words than the guide's.
            ("/accounts/1/balance", "", None),
            ("/accounts/1/balance", "aisp,openid", None),
        ] {
            assert_eq!(missing(path, &granted(names)), expected, "{path} {names}");
        }
    }
}
