use crate::catalog::Vocabulary;
use crate::language::ItemKind;

/// Shorter codes may be words of a catalog, numbers of invoices, versions.
const SHORTEST: usize = 17;
const LONGEST: usize = 64;
/// Changes between letters and figures of an id that begins with a figure: fewer may be a time or an amount.
const ENOUGH: usize = 3;
/// With so many it surely begins no date, which those with fewer are asked about.
const OFTEN: usize = 5;

/// What the reading asks of an id beside its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class {
    begins: Begins,
    /// It ends as plurals and third persons do.
    ends_in_s: bool,
}

/// How an id begins: a capital may begin a name, a figure a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    Capital,
    Small,
    Figure,
    /// A figure, and letters and figures change seldom.
    Figures,
    /// It is an e-mail address in small letters, of which the reading asks nothing else, how long it is neither.
    Address,
}

impl Class {
    /// The class of an item; nothing when more than that matters of it. `folded` is the same in small letters.
    pub(super) fn of(kind: &ItemKind, text: &str, folded: &str, vocabulary: &Vocabulary) -> Option<Self> {
        match kind {
            ItemKind::Code => Self::of_code(text, folded, vocabulary),
            ItemKind::Email => {
                let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"@.-_+".contains(&byte);
                let plain = text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(sign);
                let whole = plain && text.len() <= LONGEST && !folded.ends_with('s') && !is_inflected(folded);
                let class = Self { begins: Begins::Address, ends_in_s: false };
                (whole && vocabulary.word(folded).is_none()).then_some(class)
            }
            _ => None,
        }
    }

    fn of_code(text: &str, folded: &str, vocabulary: &Vocabulary) -> Option<Self> {
        if !Self::may_have(text) {
            return None;
        }
        let begins = match (text.as_bytes()[0], changes(text)) {
            (b'A'..=b'Z', _) => Begins::Capital,
            (b'a'..=b'z', _) => Begins::Small,
            (_, OFTEN..) => Begins::Figure,
            (_, ENOUGH..) => Begins::Figures,
            _ => return None,
        };
        let known = is_inflected(folded) || may_begin_a_date(folded) || tells_its_kind(folded, vocabulary);
        let ends_in_s = folded.ends_with('s');
        (!known && vocabulary.word(folded).is_none()).then_some(Self { begins, ends_in_s })
    }

    /// Whether a word is one of those that may have a class.
    pub(super) fn may_have(word: &str) -> bool {
        let figures = word.bytes().filter(u8::is_ascii_digit).count();
        let plain = (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain && figures > 0 && figures < word.len()
    }

    /// Blots out an item of this class: an id by as many bytes, which tell the class. No line has such characters.
    pub(super) fn blot(self, length: usize, out: &mut String) {
        let begins = match self.begins {
            Begins::Address => return out.push('\u{8}'),
            Begins::Capital => '\u{2}',
            Begins::Small => '\u{3}',
            Begins::Figure => '\u{4}',
            Begins::Figures => '\u{5}',
        };
        out.extend(std::iter::repeat_n(begins, length - 1));
        out.push(if self.ends_in_s { '\u{6}' } else { '\u{7}' });
    }

    /// An id of this class, as long as another: of capitals and figures, or of small letters and figures. `seed` tells it
    /// from others. An address is a long or a short one.
    pub(super) fn made_up(self, length: usize, capitals: bool, seed: u64, vocabulary: &Vocabulary) -> Option<String> {
        if self.begins == Begins::Address {
            return Some(if capitals {
                format!("q7x{seed}@k.vu")
            } else {
                format!("quoz.jk_w+{seed}wy@zk-{seed}.pqv.museum")
            });
        }
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |below: u8| {
            // Marsaglia's xorshift: nobody has to be surprised by it.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            u8::try_from((state >> 32) % u64::from(below)).unwrap_or(0)
        };
        let letter = |nth: u8, capital: bool| char::from(nth + if capital { b'A' } else { b'a' });
        // Letters and figures change seldom where figures are few.
        let seldom = if self.begins == Begins::Figures { 12 } else { 2 };
        let mut tries = (0..256).map(|_| {
            let mut text = String::from(match self.begins {
                Begins::Capital => letter(next(26), true),
                Begins::Small => letter(next(26), false),
                _ => char::from(b'0' + next(10)),
            });
            while text.len() + 1 < length {
                let figure = next(seldom) == 0;
                text.push(if figure { char::from(b'0' + next(10)) } else { letter(next(26), capitals) });
            }
            text.push(match (self.ends_in_s, capitals) {
                (true, true) => 'S',
                (true, false) => 's',
                (false, capitals) => letter(next(26), capitals),
            });
            text
        });
        tries.find(|text| Self::of_code(text, &text.to_ascii_lowercase(), vocabulary) == Some(self))
    }
}

/// How often letters and figures change.
fn changes(text: &str) -> usize {
    text.as_bytes().windows(2).filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit()).count()
}

/// Whether it ends as past and lasting forms do.
fn is_inflected(folded: &str) -> bool {
    ["ed", "ing"].iter().any(|ending| folded.ends_with(ending))
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
