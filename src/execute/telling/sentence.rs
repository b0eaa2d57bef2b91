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
        let plurals = resource.nouns.iter().map(|n| plural(n));
        let mut nouns: Vec<Vec<String>> = resource
            .nouns
            .iter()
            .cloned()
            .chain(plurals)
            .chain(resource.plurals.clone())
            .map(|noun| noun.split(' ').map(str::to_owned).collect())
            .collect();
        nouns.sort_by_key(|words| std::cmp::Reverse(words.len()));
        nouns.iter().find_map(|noun| {
            let fits =
                |window: &[Piece]| window.iter().zip(noun).all(|(p, w)| matches!(p, Piece::Word(_)) && word(p) == *w);
            self.pieces.windows(noun.len()).position(fits).map(|at| (at, noun.len()))
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
