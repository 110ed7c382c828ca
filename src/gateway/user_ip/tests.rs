#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;

const BOTH: [Environment; 2] = [Environment::Sandbox, Environment::Production];

#[test]
fn acc_1_a_public_address_is_taken_as_it_is() {
    let public = "1.1.1.1 8.8.8.8 172.15.255.255 172.32.0.0 100.63.255.255 100.128.0.0 198.17.255.255 198.20.0.0 \
                  192.0.1.1 223.255.255.255 192.88.98.255 192.88.100.0 2001:1::1 2606:4700:4700::1111 2a00:1450:4009:80b::200E 3fff:: ::ffff:8.8.8.8";
    for address in public.split(' ') {
        assert_eq!(UserIp::parse(address).unwrap().as_str(), address);
    }
}

#[test]
fn acc_1_a_private_loopback_or_reserved_address_is_refused() {
    let refused = "0.0.0.0 0.1.2.3 10.0.0.1 127.0.0.1 127.255.255.255 100.64.0.1 100.127.255.255 169.254.169.254 \
                   172.16.0.1 172.31.255.255 192.168.0.1 192.0.0.8 198.18.0.1 198.19.255.255 224.0.0.1 240.0.0.1 \
                   255.255.255.255 :: ::1 fe80::1 fc00::1 fd12::1 fec0::1 ff02::1 64:ff9b::a00:1 ::ffff:10.0.0.1 \
                   ::ffff:127.0.0.1 ::ffff:192.168.1.1 192.88.99.0 192.88.99.255 2001::1 2001:0:4136:e378::1 \
                   ::ffff:192.88.99.1";
    for address in refused.split(' ') {
        assert_eq!(UserIp::parse(address), Err(Error::UserIp), "{address}");
    }
}

#[test]
fn acc_1_what_is_no_address_is_refused() {
    let malformed = "1.1.1 1.1.1.1.1 01.1.1.1 256.1.1.1 1.1.1.1/32 1.1.1.1:80 [2606:4700::1] 2606:4700:::1 \
                     fe80::1%eth0 8.8.8.8,10.0.0.1 unknown 16843009 0x1.1.1.1";
    for address in malformed.split(' ').chain(["", " 1.1.1.1", "1.1.1.1\r\nx-evil: 1", "1.1.1.1, 8.8.8.8"]) {
        assert_eq!(UserIp::parse(address), Err(Error::UserIp), "{address:?}");
    }
}

#[test]
fn acc_1_the_edge_names_the_visitors_own_address() {
    for environment in BOTH {
        let of = |seen| UserIp::of_visitor(environment, "tpp.example", seen);
        assert_eq!(of(Some("1.1.1.1")).unwrap().as_str(), "1.1.1.1");
        for nobody in [None, Some(""), Some("127.0.0.1"), Some("192.168.0.1")] {
            assert_eq!(of(nobody), Err(Error::UserIp), "{nobody:?}");
        }
    }
}

#[test]
fn acc_1_on_a_developers_machine_the_sandbox_gets_the_documentation_address() {
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "::1"] {
        for seen in [None, Some("127.0.0.1"), Some("1.1.1.1")] {
            assert_eq!(UserIp::of_visitor(Environment::Sandbox, host, seen).unwrap().as_str(), "203.0.113.1");
            let in_production = UserIp::of_visitor(Environment::Production, host, seen);
            assert_eq!(in_production, Err(Error::UserIp), "{host}");
        }
    }
    for host in ["localhost.example", "127.0.0.1.example", "notlocalhost", "", "10.0.0.1"] {
        assert_eq!(UserIp::of_visitor(Environment::Sandbox, host, None), Err(Error::UserIp), "{host}");
    }
}
