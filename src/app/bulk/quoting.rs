use jiff::Zoned;

use super::phrase::Piece;
use crate::language::{self, ItemKind, find_dates};

const QUOTES: [char; 6] = ['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '`'];
/// What stands in a line for characters that no line may hold.
const STAND_INS: [(char, char); 2] = [('\n', '\u{e00a}'), ('\r', '\u{e00d}')];

/// A filled phrase as a line to read. A value is one literal (an id, a number, an address, a date) or stands in quotes, so
/// that nothing in it can be taken for words of the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The line.
    pub line: String,
    /// Values that were put into quotes: with them, and without.
    pub values: Vec<(String, String)>,
}

/// How values of one word are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// In quotes, as all others.
    Quoted,
    /// Bare: choices such as "won" are known as words only.
    Bare,
}

/// The line of a filled phrase.
///
/// # Errors
/// When a value cannot be told apart from the words of the command.
pub(super) fn quoted(pieces: &[Piece], put: Put, now: &Zoned) -> Result<Quoted, String> {
    let mut line = String::new();
    let mut values = Vec::new();
    let mut guarded = Vec::new();
    let mut marks = 0;
    for piece in pieces {
        match piece {
            Piece::Words(words) => {
                marks += words.matches('"').count();
                line.push_str(words);
            }
            Piece::Value(value) if is_literal(value, now) || (put == Put::Bare && is_word(value)) => {
                line.push_str(value);
            }
            Piece::Value(value) => {
                let safe = stand_in(value)?;
                let mark = match (marks % 2 == 1, value.contains(QUOTES), value.contains('`')) {
                    // The phrase has quotes around it already.
                    (true, false, _) => "",
                    (false, false, _) => "\"",
                    (false, true, false) => "`",
                    _ => return Err("a value holds quote marks that cannot stand there".to_owned()),
                };
                let start = line.len();
                line.push_str(&format!("{mark}{safe}{mark}"));
                guarded.push((start + mark.len(), line.len() - mark.len()));
                values.push((line[start..].to_owned(), safe));
            }
        }
    }
    let utterance = language::read(&line).map_err(|error| error.to_string())?;
    let is_inside = |(from, to): &(usize, usize)| {
        utterance.items.iter().any(|item| match item.kind {
            ItemKind::Quoted { start, end } | ItemKind::KeyValue { start, end, .. } => start <= *from && *to <= end,
            _ => false,
        })
    };
    if guarded.iter().all(is_inside) {
        return Ok(Quoted { line, values });
    }
    Err("a value cannot be told apart from the words of the phrase: leave a space around the column".to_owned())
}

/// A text of the reading as the row has it: without the quotes that were put around values, stand-ins turned back.
pub(super) fn unquoted(text: &str, quoted: &Quoted) -> String {
    let mut text = text.to_owned();
    if !quoted.values.iter().any(|(_, bare)| *bare == text) {
        for (with, bare) in quoted.values.iter().filter(|(with, bare)| with != bare) {
            text = text.replace(with, bare);
        }
    }
    let back = |c: char| STAND_INS.iter().find(|(_, other)| *other == c).map_or(c, |(own, _)| *own);
    text.chars().map(back).collect()
}

/// Whether a value is one literal from its first to its last letter.
fn is_literal(value: &str, now: &Zoned) -> bool {
    let Ok(utterance) = language::read(value) else { return false };
    let literal = |kind: &ItemKind| {
        matches!(
            kind,
            ItemKind::Email
                | ItemKind::Url
                | ItemKind::IsoDate
                | ItemKind::Phone
                | ItemKind::Money { .. }
                | ItemKind::Percent { .. }
                | ItemKind::Number { .. }
                | ItemKind::Time
                | ItemKind::Code
        )
    };
    match utterance.items.as_slice() {
        [one] if one.start == 0 && one.end == value.len() && literal(&one.kind) => true,
        items if items.len() > 1 => {
            let has_digit = value.chars().any(|c| c.is_ascii_digit());
            has_digit && find_dates(&utterance, now).iter().any(|date| date.first == 0 && date.last + 1 == items.len())
        }
        _ => false,
    }
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && value.chars().all(char::is_alphabetic)
}

fn stand_in(value: &str) -> Result<String, String> {
    if let Some(c) = value.chars().find(|c| ('\u{e000}'..='\u{e0ff}').contains(c)) {
        return Err(format!("a value holds a character of private use (U+{:04X})", u32::from(c)));
    }
    let swap = |c: char| STAND_INS.iter().find(|(own, _)| *own == c).map_or(c, |(_, other)| *other);
    Ok(value.chars().map(swap).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Zoned {
        "2026-11-20T09:00:00-05:00[America/New_York]".parse().expect("a moment")
    }

    fn line(value: &str) -> Result<String, String> {
        let pieces = [Piece::Words("tag ".into()), Piece::Value(value.into()), Piece::Words(" as vip".into())];
        quoted(&pieces, Put::Quoted, &now()).map(|quoted| quoted.line)
    }

    #[test]
    fn literals_stand_bare_and_all_else_in_quotes() {
        for bare in ["jane@acme.com", "+15550102001", "42", "2026-11-24", "ocQHyuzHvysMo5N5VsXc", "Nov 24 at 3pm"] {
            assert_eq!(line(bare).expect("a line"), format!("tag {bare} as vip"));
        }
        assert_eq!(line("Jane Doe").expect("a line"), "tag \"Jane Doe\" as vip");
        assert_eq!(line("Jane \"JD\" Doe").expect("a line"), "tag `Jane \"JD\" Doe` as vip");
        assert!(line("a \" b ` c").is_err());
    }

    #[test]
    fn a_quote_mark_of_the_phrase_does_not_open_a_way() {
        let pieces = [Piece::Words("tag 12\" ".into()), Piece::Value("x and delete y".into())];
        assert!(quoted(&pieces, Put::Quoted, &now()).is_err());
        let pieces = [Piece::Words("tag \"a ".into()), Piece::Value("b".into()), Piece::Words(" c\" as vip".into())];
        assert_eq!(quoted(&pieces, Put::Quoted, &now()).expect("a line").line, "tag \"a b c\" as vip");
    }

    proptest! {
        #[test]
        fn no_value_gets_out_of_its_place(value in any::<String>()) {
            let pieces = [Piece::Words("tag ".into()), Piece::Value(value.clone()), Piece::Words(" as vip".into())];
            if let Ok(quoted) = quoted(&pieces, Put::Quoted, &now()) {
                let items = language::read(&quoted.line).expect("a line").items;
                let quotes = items.iter().filter(|item| matches!(item.kind, ItemKind::Quoted { .. })).count();
                prop_assert!(quotes == quoted.values.len());
                prop_assert!(quotes == 0 || items.len() == 4, "{:?}", items);
                for (with, _) in &quoted.values {
                    prop_assert_eq!(unquoted(with, &quoted), value.clone());
                }
            }
        }
    }
}
