use url::{Host, Url};

/// Scheme, host and port of an address.
#[must_use]
pub fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    url.has_host().then(|| url.origin().ascii_serialization())
}

/// Whether an address is on this machine.
pub fn is_loopback(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_local(&url))
}

/// Whether an address is on this machine.
pub fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin("https://a.test/x?y").as_deref(), Some("https://a.test"));
        assert_eq!(origin("https://a.test:444/x").as_deref(), Some("https://a.test:444"));
        assert_eq!(origin("https://a.test@b.test/").as_deref(), Some("https://b.test"));
        assert_eq!(origin("nonsense"), None);
    }

    #[test]
    fn this_machine_has_several_names() {
        assert!(is_loopback("http://127.0.0.1:1/x") && is_loopback("http://[::1]/") && is_loopback("http://localhost"));
        assert!(!is_loopback("http://localhost.evil.test") && !is_loopback("https://a.test"));
    }
}
