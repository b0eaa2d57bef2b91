use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Kind, Literal, NounInfo, Operation, Sense};

/// A word that no catalog has.
const NOBODYS: &str = "zorbleck";
/// Letters that a command word has at least where a slip in it is to be seen through.
const LONG_ENOUGH: usize = 6;

/// A phrase of a case with what is known about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken<'a> {
    /// The catalog that the phrase is read with.
    pub(super) catalog: &'a Catalog,
    /// What it means.
    pub(super) operation: &'a Operation,
    /// The phrase.
    pub(super) text: &'a str,
    /// The texts of its values.
    pub(super) values: &'a [String],
}

/// A way to say a phrase otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mutation {
    /// Its name in the report.
    pub(super) name: &'static str,
    /// Whether the phrase still means the same; where not, it must not be ready as what it was.
    pub(super) keeps: bool,
    /// The phrase said that way, where it can be.
    pub(super) change: fn(&Spoken<'_>) -> Option<String>,
}

/// The ways in which people say the same otherwise, and those in which they say something else.
pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation { name: "small letters", keeps: true, change: small_letters },
    Mutation { name: "a capital first", keeps: true, change: capital },
    Mutation { name: "a full stop", keeps: true, change: full_stop },
    Mutation { name: "a filler", keeps: true, change: |said| Some(format!("um, {}", said.text)) },
    Mutation { name: "please", keeps: true, change: |said| said.ordered("please") },
    Mutation { name: "could you", keeps: true, change: |said| said.ordered("could you") },
    Mutation { name: "an article more", keeps: true, change: article },
    Mutation { name: "an article less", keeps: true, change: no_article },
    Mutation { name: "one for many", keeps: true, change: singular },
    Mutation { name: "a slip of letters", keeps: true, change: slip },
    Mutation { name: "another order", keeps: true, change: another_order },
    Mutation { name: "an unknown noun", keeps: false, change: unknown_noun },
    Mutation { name: "don't", keeps: false, change: |said| said.ordered("don't") },
    Mutation { name: "two values at once", keeps: false, change: contradiction },
];

/// A word of a phrase: where it begins and ends.
type Word = (usize, usize);

impl Spoken<'_> {
    fn words(&self) -> Vec<Word> {
        let bytes = self.text.as_bytes();
        let part =
            |at: usize| bytes[at].is_ascii_alphanumeric() || b"'-_@.".contains(&bytes[at]) || !bytes[at].is_ascii();
        let mut words: Vec<Word> = Vec::new();
        for at in (0..bytes.len()).filter(|at| part(*at)) {
            match words.last_mut() {
                Some((_, past)) if *past == at => *past = at + 1,
                _ => words.push((at, at + 1)),
            }
        }
        words
    }

    fn senses(&self, word: Word) -> &[Sense] {
        let vocabulary = self.catalog.vocabulary();
        vocabulary.lookup(&self.text[word.0..word.1]).map_or(&[], |term| vocabulary.senses(term))
    }

    /// Whether a word may be one of what is said rather than of how it is said.
    fn is_value(&self, word: Word) -> bool {
        let word = self.text[word.0..word.1].to_lowercase();
        self.values.iter().any(|value| value.split(|c: char| !c.is_alphanumeric()).any(|part| part == word))
    }

    fn noun(&self, noun: u16) -> Option<&NounInfo> {
        self.catalog.vocabulary().nouns.get(usize::from(noun))
    }

    /// Whether a word is a noun of what the operation is about; said in the plural, or not.
    fn is_object(&self, word: Word) -> Option<bool> {
        self.senses(word).iter().find_map(|sense| match sense {
            Sense::Noun { noun, plural } => {
                let known = self
                    .noun(*noun)
                    .is_some_and(|info| self.operation.objects.iter().any(|object| *object == info.resource));
                known.then_some(*plural)
            }
            _ => None,
        })
    }

    /// Whether the phrase is an order: a verb comes first.
    fn orders(&self) -> bool {
        let order = |sense: &Sense| matches!(sense, Sense::Verb { form: Form::Base, weak: false, .. });
        !self.text.ends_with('?') && self.words().first().is_some_and(|word| self.senses(*word).iter().any(order))
    }

    /// The phrase behind the words that may stand before an order.
    fn ordered(&self, before: &str) -> Option<String> {
        self.orders().then(|| format!("{before} {}", self.text))
    }

    /// The phrase with something else in the place of a word.
    fn with(&self, word: Word, other: &str) -> String {
        format!("{}{other}{}", &self.text[..word.0], &self.text[word.1..])
    }
}

fn small_letters(said: &Spoken<'_>) -> Option<String> {
    let small = said.text.to_lowercase();
    (small != said.text).then_some(small)
}

fn capital(said: &Spoken<'_>) -> Option<String> {
    let first = said.text.chars().next().filter(char::is_ascii_lowercase)?;
    let word = *said.words().first()?;
    (!said.is_value(word)).then(|| format!("{}{}", first.to_ascii_uppercase(), &said.text[1..]))
}

fn full_stop(said: &Spoken<'_>) -> Option<String> {
    said.text.ends_with(|c: char| c.is_ascii_alphanumeric()).then(|| format!("{}.", said.text))
}

fn article(said: &Spoken<'_>) -> Option<String> {
    let words = said.words();
    let [_, noun, ..] = words.as_slice() else { return None };
    (said.orders() && !said.is_value(*noun) && said.is_object(*noun).is_some())
        .then(|| said.with(*noun, &format!("the {}", &said.text[noun.0..noun.1])))
}

fn no_article(said: &Spoken<'_>) -> Option<String> {
    let article = |word: &&Word| &said.text[word.0..word.1] == "the" && !said.is_value(**word);
    let word = *said.words().iter().find(article)?;
    Some(said.with((word.0, word.1 + 1), "")).filter(|_| word.1 < said.text.len())
}

/// One record asked for where several are, in a list of which nothing is said.
fn singular(said: &Spoken<'_>) -> Option<String> {
    let lists = said.operation.reads() && said.orders() && said.values.is_empty();
    let words = said.words();
    let word = *words.iter().find(|word| said.is_object(**word) == Some(true))?;
    let plural = &said.text[word.0..word.1];
    let one = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s')?.to_owned(),
    };
    let changed = said.with(word, &one);
    let other = Spoken { text: &changed, ..*said };
    let known = other.is_object((word.0, word.0 + one.len())) == Some(false);
    (lists && known).then_some(changed)
}

/// Two letters of a command word the wrong way round.
fn slip(said: &Spoken<'_>) -> Option<String> {
    let command = |word: &&Word| {
        let text = &said.text[word.0..word.1];
        let verb = |sense: &Sense| matches!(sense, Sense::Verb { weak: false, .. });
        let knows = said.is_object(**word).is_some() || said.senses(**word).iter().any(verb);
        text.len() >= LONG_ENOUGH && text.bytes().all(|b| b.is_ascii_lowercase()) && knows && !said.is_value(**word)
    };
    let word = *said.words().iter().find(command)?;
    let text = &said.text[word.0..word.1];
    let slipped = format!("{}{}{}{}", &text[..2], &text[3..4], &text[2..3], &text[4..]);
    let means = said.catalog.vocabulary().lookup(&slipped).is_some();
    (slipped != text && !means).then(|| said.with(word, &slipped))
}

/// The last two parts of a list of fields the other way round.
fn another_order(said: &Spoken<'_>) -> Option<String> {
    let parts: Vec<&str> = said.text.split(", ").collect();
    let [head @ .., a, b] = parts.as_slice() else { return None };
    let field = |part: &str| {
        part.split(' ').count() > 1 && !part.split(' ').any(|word| ["and", "it", "her", "him", "them"].contains(&word))
    };
    let named = |part: &str| said.values.iter().any(|value| value.contains(&part.to_lowercase()));
    (!head.is_empty() && field(a) && field(b) && !named(a) && !named(b)).then(|| [head, &[b, a]].concat().join(", "))
}

fn unknown_noun(said: &Spoken<'_>) -> Option<String> {
    let objects: Vec<Word> = said.words().into_iter().filter(|word| said.is_object(*word).is_some()).collect();
    let [word] = objects.as_slice() else { return None };
    // A noun that is a part of a longer one leaves the rest of it.
    (!said.is_value(*word)).then(|| said.with(*word, NOBODYS))
}

/// Another allowed value beside the one that is said.
fn contradiction(said: &Spoken<'_>) -> Option<String> {
    let words = said.words();
    let params = said.operation.params.iter().filter(|p| !p.many && !p.open && p.kind != Kind::Boolean);
    params.into_iter().find_map(|param| {
        let texts = || param.values.iter().filter_map(|allowed| word(&allowed.value));
        let spoken = |text: &str| words.iter().find(|word| &said.text[word.0..word.1] == text);
        let (value, at) = texts().find_map(|text| Some((text, *spoken(text)?)))?;
        let other = texts().find(|other| *other != value)?;
        said.is_value(at).then(|| said.with(at, &format!("{value} and {other}")))
    })
}

fn word(value: &Literal) -> Option<&str> {
    let Literal::Text(text) = value else { return None };
    text.bytes().all(|b| b.is_ascii_lowercase()).then_some(text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layer, load};

    const SERVICE: &str = "service: shop
base_url: https://shop.test
resources:
  member: {nouns: [member]}
";
    const GROUP: &str = "operations:
  members.list: {request: GET /members, object: member}
  members.update:
    request: PUT /members/{{ id }}
    params: {id: member, state: {enum: [active, asleep]}, phone: text, email: text}
";

    fn said(operation: &str, text: &str, values: &[&str]) -> Vec<(&'static str, String)> {
        let lexicon = "verbs:\n  list: {words: [list]}\n  update: {words: [update], changes: true}\n";
        let files = vec![
            ("lexicon.yaml".into(), lexicon.into()),
            ("shop/service.yaml".into(), SERVICE.into()),
            ("shop/members.yaml".into(), GROUP.into()),
        ];
        let catalog = load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog;
        let operation = catalog.operation(catalog.by_name(operation).unwrap());
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let spoken = Spoken { catalog: &catalog, operation, text, values: &values };
        MUTATIONS.iter().filter_map(|m| Some((m.name, (m.change)(&spoken)?))).collect()
    }

    #[test]
    fn a_list_is_asked_for_in_other_ways() {
        let ways = said("members.list", "list members", &[]);
        let expected = [
            ("a capital first", "List members"),
            ("a full stop", "list members."),
            ("a filler", "um, list members"),
            ("please", "please list members"),
            ("could you", "could you list members"),
            ("an article more", "list the members"),
            ("one for many", "list member"),
            ("a slip of letters", "list mebmers"),
            ("an unknown noun", "list zorbleck"),
            ("don't", "don't list members"),
        ];
        assert_eq!(ways, expected.map(|(name, text)| (name, text.to_owned())));
    }

    #[test]
    fn values_stay_as_they_are_and_get_a_rival() {
        let text = "update the member Zed: state active, phone 1 2, email z@a.b";
        let ways = said("members.update", text, &["zed", "active", "1 2", "z@a.b"]);
        let of = |name: &str| ways.iter().find(|(n, _)| *n == name).map(|(_, text)| text.as_str());
        assert_eq!(of("an article less"), Some("update member Zed: state active, phone 1 2, email z@a.b"));
        assert_eq!(of("another order"), Some("update the member Zed: state active, email z@a.b, phone 1 2"));
        assert_eq!(of("a slip of letters"), Some("upadte the member Zed: state active, phone 1 2, email z@a.b"));
        let two = "update the member Zed: state active and asleep, phone 1 2, email z@a.b";
        assert_eq!(of("two values at once"), Some(two));
        assert_eq!(of("one for many"), None);
    }
}
