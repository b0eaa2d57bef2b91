use std::borrow::Cow;

use crate::catalog::Resource;
use crate::catalog::inflect::plural;

/// A title in which nouns are replaced by the records they stand for.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    verb: String,
    pieces: Vec<Piece>,
    /// Records that the title does not mention.
    besides: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    Record(String),
}

impl Sentence {
    /// Takes a title apart: its first word is the verb.
    pub fn new(title: &str) -> Self {
        let mut words = title.trim_end_matches('.').split_whitespace().map(str::to_owned);
        let verb = words.next().unwrap_or_default();
        Self { verb, pieces: words.map(Piece::Word).collect(), besides: Vec::new() }
    }

    /// The verb as the title has it.
    pub fn verb(&self) -> &str {
        &self.verb
    }

    /// Puts records in the place of the noun that stands for their kind: "a contact" → "Jane Doe", right behind the verb
    /// "contact Jane Doe". What the title does not mention goes to the end, in brackets.
    pub fn put(&mut self, resource: &Resource, labels: &[String], determiners: &[String]) {
        let text = labels.join(", ");
        let Some((start, length)) = self.find(resource) else {
            self.besides.push(text);
            return;
        };
        let is_determiner = |piece: &Piece| matches!(piece, Piece::Word(w) if determiners.contains(&w.to_lowercase()));
        let from = if start > 0 && is_determiner(&self.pieces[start - 1]) { start - 1 } else { start };
        let noun = self.noun_at(resource, start, length, labels.len());
        let record = if from == 0 { format!("{noun} {text}") } else { text };
        self.pieces.splice(from..start + length, [Piece::Record(record)]);
    }

    /// The noun as the title uses it, in the number that fits.
    fn noun_at(&self, resource: &Resource, start: usize, length: usize, count: usize) -> String {
        let said: Vec<String> = self.pieces[start..start + length].iter().map(word).collect();
        let said = said.join(" ");
        let single = resource.nouns.iter().find(|n| **n == said || plural(n) == said).cloned();
        let single = single.or_else(|| resource.nouns.first().cloned()).unwrap_or(said);
        if count > 1 { plural(&single) } else { single }
    }

    /// Where the title names that kind of record: (first piece, how many). The longest noun wins.
    fn find(&self, resource: &Resource) -> Option<(usize, usize)> {
        let said: Vec<Option<String>> =
            self.pieces.iter().map(|piece| matches!(piece, Piece::Word(_)).then(|| word(piece))).collect();
        let plurals = resource.nouns.iter().map(|n| Cow::Owned(plural(n)));
        let own = resource.nouns.iter().map(|n| Cow::Borrowed(n.as_str()));
        let listed = resource.plurals.iter().map(|n| Cow::Borrowed(n.as_str()));
        let mut nouns: Vec<Cow<'_, str>> = own.chain(plurals).chain(listed).collect();
        nouns.sort_by_key(|noun| std::cmp::Reverse(noun.split(' ').count()));
        nouns.iter().find_map(|noun| {
            let length = noun.split(' ').count();
            let fits = |window: &[Option<String>]| window.iter().map(Option::as_deref).eq(noun.split(' ').map(Some));
            said.windows(length).position(fits).map(|at| (at, length))
        })
    }

    /// The sentence with that verb.
    pub fn text(&self, verb: &str) -> String {
        let mut out = verb.to_owned();
        for piece in &self.pieces {
            out.push(' ');
            match piece {
                Piece::Word(text) | Piece::Record(text) => out.push_str(text),
            }
        }
        if !self.besides.is_empty() {
            out.push_str(" (");
            out.push_str(&self.besides.join(", "));
            out.push(')');
        }
        out
    }
}

fn word(piece: &Piece) -> String {
    match piece {
        Piece::Word(text) => text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase(),
        Piece::Record(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layer, load};

    fn told(title: &str, records: &[(&str, &[&str])]) -> String {
        let service = "
service: s
base_url: https://s.invalid
resources:
  person: {nouns: [person, team member], plurals: [people]}
  badge: {nouns: [badge]}
  box: {nouns: [box]}
";
        let files = vec![("s/service.yaml".into(), service.into())];
        let catalog = load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog;
        let determiners: Vec<String> = ["a", "the"].map(Into::into).into();
        let mut sentence = Sentence::new(title);
        for (name, labels) in records {
            let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
            sentence.put(catalog.resource("s", name).expect("a resource"), &labels, &determiners);
        }
        sentence.text("Did")
    }

    #[test]
    fn records_take_the_place_of_their_nouns() {
        assert_eq!(
            told("Add badges to a person", &[("person", &["Jane"]), ("badge", &["vip"])]),
            "Did badge vip to Jane"
        );
        assert_eq!(told("Add a badge to people", &[("badge", &["vip", "new"])]), "Did badges vip, new to people");
        assert_eq!(told("Delete a person.", &[("person", &["Jane Doe"])]), "Did person Jane Doe");
        assert_eq!(told("Greet the team member", &[("person", &["Bo"])]), "Did team member Bo");
    }

    #[test]
    fn what_the_title_does_not_mention_stands_in_brackets() {
        assert_eq!(
            told("Place an order", &[("person", &["Jane"]), ("box", &["B1", "B2"])]),
            "Did an order (Jane, B1, B2)"
        );
    }

    #[test]
    fn a_label_is_never_taken_for_a_noun() {
        assert_eq!(
            told("Put a person into a box", &[("person", &["box"]), ("box", &["B1"])]),
            "Did person box into B1"
        );
    }
}
