/// Whether a text fits a pattern, in which `*` stands for any run of characters.
#[must_use]
pub fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    let mut rest = rest;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_run() {
        for (pattern, text) in [
            ("a.b", "a.b"),
            ("*", ""),
            ("*", "a.b"),
            ("contacts.*", "contacts.get"),
            ("*.delete*", "contacts.delete-note"),
            ("a*b*c", "aXbYc"),
            ("a*", "a"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("a.b", "a.bc"), ("contacts.*", "contact.get"), ("a*b*c", "aXcYb"), ("ab*ba", "aba"), ("", "a")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
