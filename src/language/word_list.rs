use std::cmp::Ordering;

/// Whether a sorted list, one word a line, has a word.
pub(super) fn holds(list: &str, word: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1).max(low);
        let end = list.as_bytes()[start..].iter().position(|b| *b == b'\n').map_or(list.len(), |at| start + at);
        match list[start..end].cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}
