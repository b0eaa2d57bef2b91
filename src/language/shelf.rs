/// How many shelves the words of a sorted list stand on.
pub const SHELVES: usize = LETTERS * LETTERS * LETTERS;
/// What stands before "a", each letter, what stands behind "z".
const LETTERS: usize = 28;

/// The shelf of a word, by its first three bytes: the shelves are in the order of the words.
pub fn shelf(word: &[u8]) -> usize {
    let letter = |at: usize| usize::from(word.get(at).map_or(0, |byte| byte.clamp(&b'`', &b'{') - b'`'));
    (letter(0) * LETTERS + letter(1)) * LETTERS + letter(2)
}
