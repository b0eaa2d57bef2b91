//! The first line of an imported file tells whether somebody edited it since.

/// A file with its first line: where it comes from, and what the rest of it was.
pub(super) fn stamped(text: &str, source: &str) -> String {
    let source: String = source.chars().filter(|c| !c.is_control()).collect();
    format!("# Made from {source} by `sayso catalog import` ({:016x}); yours to edit.\n{text}", sum(text))
}

/// Whether a file is as an import wrote it.
pub fn is_untouched(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let stamp = first.rsplit_once('(').and_then(|(_, tail)| tail.split_once(')')).map(|(stamp, _)| stamp);
    first.starts_with("# Made from ") && stamp == Some(format!("{:016x}", sum(rest)).as_str())
}

/// FNV-1a, 64 bits: it has to notice edits, not attackers.
fn sum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_noticed() {
        let text = stamped("operations:\n", "a (copy).json");
        assert!(is_untouched(&text));
        assert!(!is_untouched(&text.replace("operations", "operation")));
        assert!(!is_untouched("operations:\n"));
        assert!(!is_untouched(""));
    }
}
