//! The head of an imported file tells whether somebody edited it since.

use crate::catalog::FileKind;

/// A file with its head: where an editor finds its schema, where it comes from, and what the rest of it was.
pub(super) fn stamped(path: &str, text: &str, source: &str) -> String {
    let editor = FileKind::of(path).editor_line();
    let source: String = source.chars().filter(|c| !c.is_control()).collect();
    format!("{editor}\n# Made from {source} by `sayso catalog import` ({:016x}); yours to edit.\n{text}", sum(text))
}

/// Whether a file is as an import wrote it.
#[must_use]
pub fn is_untouched(text: &str) -> bool {
    let text = text
        .split_once('\n')
        .filter(|(line, _)| line.starts_with("# yaml-language-server:"))
        .map_or(text, |(_, rest)| rest);
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
        let text = stamped("shop/pets.yaml", "operations:\n", "a (copy).json");
        assert!(is_untouched(&text));
        assert!(!is_untouched(&text.replace("operations", "operation")));
        assert!(!is_untouched("operations:\n"));
        assert!(!is_untouched(""));
    }
}
