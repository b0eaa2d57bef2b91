use crate::catalog::Vocabulary;

/// Shorter codes may be words of a catalog, numbers of invoices, versions.
const SHORTEST: usize = 17;
const LONGEST: usize = 64;
/// Changes between letters and figures of an id that begins with a figure: fewer may be a time or an amount.
const OFTEN: usize = 5;

/// How an id begins, which is all that the reading asks of it beside its length: a capital may begin a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Capital,
    Small,
    Figure,
}

impl Class {
    /// The class of a code; nothing when more than that matters of it. `folded` is the same in small letters.
    pub(super) fn of(text: &str, folded: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let bytes = text.as_bytes();
        if !Self::may_have(text) {
            return None;
        }
        let class = match bytes[0] {
            b'A'..=b'Z' => Self::Capital,
            b'a'..=b'z' => Self::Small,
            _ if is_broken_often(bytes) => Self::Figure,
            _ => return None,
        };
        let known = is_inflected(folded) || may_begin_a_date(folded) || tells_its_kind(folded, vocabulary);
        (!known && vocabulary.word(folded).is_none()).then_some(class)
    }

    /// Whether a word is one of those that may have a class.
    pub(super) fn may_have(word: &str) -> bool {
        let figures = word.bytes().filter(u8::is_ascii_digit).count();
        let plain = (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain && figures > 0 && figures < word.len()
    }

    /// What stands for an id of this class in a shape. No line has such a character.
    pub(super) fn mark(self) -> char {
        match self {
            Self::Capital => '\u{2}',
            Self::Small => '\u{3}',
            Self::Figure => '\u{4}',
        }
    }

    /// An id of this class, as long as another: of capitals and figures, or of small letters and figures. `seed` tells it
    /// from others.
    pub(super) fn made_up(self, length: usize, capitals: bool, seed: u64, vocabulary: &Vocabulary) -> Option<String> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |below: u8| {
            // Marsaglia's xorshift: nobody has to be surprised by it.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            u8::try_from((state >> 32) % u64::from(below)).unwrap_or(0)
        };
        let tries = (0..64).map(|_| {
            let letter = |nth: u8, capital: bool| char::from(nth + if capital { b'A' } else { b'a' });
            let first = match self {
                Self::Capital => letter(next(26), true),
                Self::Small => letter(next(26), false),
                Self::Figure => char::from(b'0' + next(10)),
            };
            let mut text = String::from(first);
            while text.len() < length {
                let figure = next(2) == 0;
                text.push(if figure { char::from(b'0' + next(10)) } else { letter(next(26), capitals) });
            }
            text
        });
        tries.into_iter().find(|text| Self::of(text, &text.to_ascii_lowercase(), vocabulary) == Some(self))
    }
}

fn is_broken_often(bytes: &[u8]) -> bool {
    bytes.windows(2).filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit()).count() >= OFTEN
}

/// Whether it ends as plurals, past and lasting forms do.
fn is_inflected(folded: &str) -> bool {
    ["s", "ed", "ing"].iter().any(|ending| folded.ends_with(ending))
}

/// Whether it begins as a quarter or a half of a year does.
fn may_begin_a_date(folded: &str) -> bool {
    matches!(folded.as_bytes(), [b'q' | b'h', b'0'..=b'9', ..])
}

/// Whether it begins as the codes of some kind of record do.
fn tells_its_kind(folded: &str, vocabulary: &Vocabulary) -> bool {
    let letters = folded.bytes().take_while(u8::is_ascii_alphabetic).count();
    vocabulary.codes.iter().any(|(known, _)| *known == folded[..letters])
}
