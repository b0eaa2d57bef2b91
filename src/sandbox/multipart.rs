/// One part of a `multipart/form-data` body.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// The parts of a body; `None` when it is malformed.
pub(super) fn read(body: &[u8], boundary: &str) -> Option<Vec<Part>> {
    if boundary.is_empty() {
        return None;
    }
    let mark = format!("--{boundary}").into_bytes();
    let mut rest = body.get(find(body, &mark)? + mark.len()..)?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n")?;
        let end = find(rest, &mark)?;
        parts.push(part(rest.get(..end)?.strip_suffix(b"\r\n")?)?);
        rest = rest.get(end + mark.len()..)?;
    }
    Some(parts)
}

fn part(bytes: &[u8]) -> Option<Part> {
    let end = find(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let value = |key: &str| {
        let lead = format!("; {key}=\"");
        let from = disposition.find(&lead)? + lead.len();
        Some(disposition[from..].split('"').next()?.to_owned())
    };
    Some(Part { name: value("name")?, file_name: value("filename"), bytes: bytes[end + 4..].to_vec() })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_panics_and_gives_back_what_was_put_in(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, "X");
            let mut body = b"--bOuNdArY\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n".to_vec();
            body.extend(&bytes);
            body.extend(b"\r\n--bOuNdArY--\r\n");
            prop_assert_eq!(read(&body, "bOuNdArY").map(|parts| parts[0].bytes.clone()), Some(bytes));
        }
    }
}
