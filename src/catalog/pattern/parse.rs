use std::cell::RefCell;
use std::ops::Range;

use pest::{Parser, error::InputLocation, iterators::Pair};
use rustc_hash::FxHashMap;

use super::{
    PatternError, PatternItem,
    grammar::{PatternGrammar, Rule},
};

/// What a pattern was read as.
type Parsed = Result<Vec<PatternItem>, PatternError>;

/// The most patterns that are remembered.
const MOST: usize = 50_000;

thread_local! {
    /// What was read before: a catalog is checked, then compiled, and an import lays the same files many times.
    static KNOWN: RefCell<FxHashMap<String, Parsed>> = RefCell::default();
}

/// Reads a pattern.
///
/// # Errors
/// When a bracket is not closed, a name is missing, or two pieces run together.
pub fn parse(text: &str) -> Result<Vec<PatternItem>, PatternError> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(parsed) = known.get(text) {
            return parsed.clone();
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.entry(text.to_owned()).or_insert_with(|| read(text)).clone()
    })
}

fn read(text: &str) -> Parsed {
    let mut pairs = PatternGrammar::parse(Rule::pattern, text).map_err(|error| blame(text, &error.location))?;
    let way = pairs.next().into_iter().flat_map(Pair::into_inner).next();
    Ok(way.map(items).unwrap_or_default())
}

fn items(way: Pair<Rule>) -> Vec<PatternItem> {
    way.into_inner().map(item).collect()
}

fn item(pair: Pair<Rule>) -> PatternItem {
    match pair.as_rule() {
        Rule::choice => PatternItem::Choice(pair.into_inner().map(items).collect()),
        Rule::optional => {
            PatternItem::Choice(pair.into_inner().map(items).chain(std::iter::once(Vec::new())).collect())
        }
        Rule::slot => {
            let [name] = texts(pair);
            PatternItem::Slot(name)
        }
        Rule::set => {
            let [name, value] = texts(pair);
            PatternItem::Set(name, value.trim().to_owned())
        }
        _ => {
            let [word, ending] = texts(pair);
            if ending.is_empty() {
                return PatternItem::Word(word);
            }
            let longer = format!("{word}{ending}");
            PatternItem::Choice(vec![vec![PatternItem::Word(word)], vec![PatternItem::Word(longer)]])
        }
    }
}

fn texts<const N: usize>(pair: Pair<Rule>) -> [String; N] {
    let mut parts = pair.into_inner();
    std::array::from_fn(|_| parts.next().map(|part| part.as_str().to_owned()).unwrap_or_default())
}

/// Says in words what stopped the grammar.
fn blame(text: &str, location: &InputLocation) -> PatternError {
    let at = stop(text, location);
    if text.trim().is_empty() {
        return error(0..text.len(), "it is empty");
    }
    if let Some((open, sign)) = unclosed(text) {
        return error(open..open + 1, format!("`{sign}` is never closed"));
    }
    let Some(sign) = text[at..].chars().next() else {
        return error(at.saturating_sub(1)..at, "it ends too early");
    };
    let range = at..at + sign.len_utf8();
    let touched =
        text[..at].chars().next_back().filter(|before| !before.is_whitespace() && !"()[]{}|".contains(*before));
    if touched.is_some() && matches!(sign, '(' | '[' | '{') {
        return error(range, format!("put a space before `{sign}`, or write an ending as `word[s]`"));
    }
    match (sign, text[..at].chars().next_back()) {
        (')' | ']' | '|', Some('(' | '[' | '|')) => error(range, "a choice has nothing in it"),
        ('|', _) => error(range, "`|` stands outside of a choice"),
        (')' | ']' | '}', _) => error(range, format!("nothing opens this `{sign}`")),
        ('{', _) | (_, Some('{' | '=')) => error(range, "a slot is `{name}` or `{name=value}`"),
        (_, Some(before @ (')' | ']' | '}'))) => error(range, format!("put a space after `{before}`")),
        _ => error(range, format!("`{sign}` does not fit here")),
    }
}

/// Where the grammar stopped: past the word, when a bracket touches it.
fn stop(text: &str, location: &InputLocation) -> usize {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = *location;
    let word = text[at..].find(|c: char| c.is_whitespace() || "()[]{}|=".contains(c)).unwrap_or(0);
    let outside = text[..at].rfind('{') <= text[..at].rfind('}');
    if outside && word > 0 && text[at + word..].starts_with(['(', '[', '{']) { at + word } else { at }
}

fn error(range: Range<usize>, message: impl Into<String>) -> PatternError {
    PatternError { range, message: message.into() }
}

/// The first bracket that nothing closes.
fn unclosed(text: &str) -> Option<(usize, char)> {
    let mut open = Vec::new();
    for (at, sign) in text.char_indices() {
        match sign {
            '(' | '[' | '{' => open.push((at, sign)),
            ')' | ']' | '}' => {
                let opener = matching(sign);
                if open.last().is_some_and(|(_, last)| *last == opener) {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    open.first().copied()
}

fn matching(closer: char) -> char {
    match closer {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PatternItem, parse};

    /// A pattern written back in one way.
    fn show(items: &[PatternItem]) -> String {
        let parts: Vec<String> = items
            .iter()
            .map(|item| match item {
                PatternItem::Word(word) => word.clone(),
                PatternItem::Slot(name) => format!("{{{name}}}"),
                PatternItem::Set(name, value) => format!("{{{name}={value}}}"),
                PatternItem::Choice(ways) => {
                    let ways: Vec<String> = ways.iter().map(|way| show(way)).collect();
                    format!("({})", ways.join("|"))
                }
            })
            .collect();
        parts.join(" ")
    }

    #[test]
    fn reads_every_form() {
        for (text, read) in [
            ("list tags", "list tags"),
            ("(add|put) tag[s] {tags}", "(add|put) (tag|tags) {tags}"),
            ("[the] deal", "(the|) deal"),
            ("block [off|out] {x}", "block (off|out|) {x}"),
            ("{eventId}'s (calendar|time slot)", "{eventId} 's (calendar|time slot)"),
            ("(what is|what's) on [[the] big] day", "(what is|what's) on ((the|) big|) day"),
            ("win {id} {status=won}", "win {id} {status=won}"),
            ("set {a.b=two words}", "set {a.b=two words}"),
            ("( a | b ) c", "(a|b) c"),
            ("no-show w/ 1st", "no-show w/ 1st"),
        ] {
            assert_eq!(parse(text).map(|items| show(&items)).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, range, message) in [
            ("", 0..0, "it is empty"),
            ("add (a|b", 4..5, "`(` is never closed"),
            ("add [a", 4..5, "`[` is never closed"),
            ("add {a to b", 4..5, "`{` is never closed"),
            ("add a) b", 5..6, "nothing opens this `)`"),
            ("add a|b", 5..6, "`|` stands outside of a choice"),
            ("add (a|)", 7..8, "a choice has nothing in it"),
            ("add tag(s)", 7..8, "put a space before `(`, or write an ending as `word[s]`"),
            ("(a|b)c", 5..6, "put a space after `)`"),
            ("add {}", 5..6, "nothing opens this `}`"),
            ("add {a b}", 4..5, "a slot is `{name}` or `{name=value}`"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.range, error.message.as_str()), (range, message), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_too_deep() {
        let nested = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(8)).is_ok());
        assert!(parse(&nested(9)).is_err());
        assert!(parse(&nested(50_000)).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in "[a-c' ()\\[\\]{}|=é]{0,40}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.range).is_some());
            }
        }
    }
}
