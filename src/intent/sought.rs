//! What a list is searched for, where it is said as people describe what they look for: "links that mention webinar", "products
//! with serum in the name".

use crate::catalog::{Catalog, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{begins_with, is_any};

/// Items of the text that is searched for, at most.
const LONGEST: usize = 4;

/// The line with the plain word for a search before the text (`sought` and `sought_as` of the lexicon), and the word that stood
/// there; nothing when it has no such part.
pub fn written_out<'a>(line: &'a Utterance, catalog: &Catalog) -> Option<(String, &'a str)> {
    let word = catalog.lexicon().set("sought_as").first()?;
    let ways = catalog.lexicon().set("sought");
    let said = |at: usize| {
        let item = line.items.get(at).filter(|item| item.kind == ItemKind::Word)?;
        let begun = ways.iter().filter(|way| begins_with(way, &item.folded));
        begun.into_iter().find_map(|way| Some((at, text(line, at, way, catalog)?)))
    };
    let (at, (first, last, past)) = (1..line.items.len()).find_map(said)?;
    let after = line.items.get(past).map_or("", |next| &line.text[next.start..]);
    let plain = format!("{} {word} {} {after}", line.slice(0, at - 1), line.slice(first, last));
    Some((plain.trim_end().to_owned(), line.raw(first - 1)))
}

/// The text that a way to say it holds which begins at an item: its first and last item, and one past the last of the way.
fn text(line: &Utterance, at: usize, way: &str, catalog: &Catalog) -> Option<(usize, usize, usize)> {
    let (before, behind) = way.split_once(" {}")?;
    let first = follows(line, at, before)?;
    let behind = behind.trim_start();
    let ends = |past: usize| {
        if behind.is_empty() { (!goes_on(line, past, catalog)).then_some(past) } else { follows(line, past, behind) }
    };
    let plain = |item: &Item| !matches!(item.kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop);
    let room = line.items[first..].iter().take(LONGEST).take_while(|item| plain(item)).count();
    (first + 1..=first + room).find_map(|past| Some((first, past - 1, ends(past)?)))
}

/// One past the words that stand at an item, where they do.
fn follows(line: &Utterance, at: usize, words: &str) -> Option<usize> {
    let mut past = at;
    for word in words.split(' ') {
        line.items.get(past).filter(|item| item.kind == ItemKind::Word && item.folded == word)?;
        past += 1;
    }
    Some(past)
}

/// Whether a text goes on at an item: no mark stands there, and nothing that joins.
fn goes_on(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    use ItemKind::{Comma, Dash, Question, Semicolon, Stop};
    line.items.get(at).is_some_and(|item| {
        let mark = matches!(item.kind, Comma | Dash | Question | Semicolon | Stop);
        !mark && !is_any(catalog, item, &[WordSet::Conjunction, WordSet::Sequence])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn what_is_looked_for_is_searched() {
        let told = |text: &str| Some(written_out(&read(text).expect("a line"), &Catalog::builtin())?.0);
        for (line, plain) in [
            ("links that mention webinar", "links matching webinar"),
            ("products with \"serum\" in the name and the forms", "products matching \"serum\" and the forms"),
            ("redirects that contain /spring-sale, first 20", "redirects matching /spring-sale , first 20"),
        ] {
            assert_eq!(told(line).as_deref(), Some(plain), "{line}");
        }
        for line in ["tags that match", "show the one with Ann", "forms that contain what she said to me last week"] {
            assert_eq!(told(line), None, "{line}");
        }
    }
}
