//! A name that stands behind an order of its own: "clone the form Intake and call it Spring Intake", "update calendar Demo:
//! name it Intro". It says what "called" says.

use crate::catalog::{Catalog, WordSet};
use crate::language::{ItemKind, Utterance};

use super::meaning::{is, phrases};

/// The line with its "and call it" as the word that leads to a name; nothing where it has none, or nothing stands before or
/// behind it.
pub fn written_out(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Colon, Comma, Dash, Semicolon};
    let items = &line.items;
    let lead = catalog.lexicon().set("leads_to_name").first()?;
    let (at, past) = phrases(line, 1..items.len(), "calls_it", catalog).next()?;
    let joins = |at: usize| is(catalog, &items[at], WordSet::Conjunction) || is(catalog, &items[at], WordSet::Sequence);
    let mark = |at: usize| matches!(items[at].kind, Colon | Comma | Dash | Semicolon);
    let from = (1..at).rev().take_while(|at| joins(*at) || mark(*at)).last()?;
    if past >= items.len() || from < 2 {
        return None;
    }
    let before = line.text[..items[from - 1].end].trim_end();
    Some(format!("{before}, {lead} {}", &line.text[items[past].start..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn order(text: &str) -> Option<String> {
        written_out(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn what_it_is_to_be_called_is_its_name() {
        for (line, order_of) in [
            ("clone the form Intake and call it Spring", "clone the form Intake, called Spring"),
            ("update calendar Demo: name it Intro", "update calendar Demo, called Intro"),
            ("take the tag golf and rename it to golfer", "take the tag golf, called golfer"),
        ] {
            assert_eq!(order(line).as_deref(), Some(order_of), "{line}");
        }
    }

    #[test]
    fn a_name_of_nothing_is_left() {
        for line in ["call it Intro", "add a note: they call it Intro", "update calendar Demo and call it", "call Ann"]
        {
            assert_eq!(order(line), None, "{line}");
        }
    }
}
