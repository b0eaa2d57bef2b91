use crate::catalog::inflect::spoken;
use crate::catalog::singular::singular;
use crate::catalog::{Catalog, Sense, WordSet};

use super::super::meaning::senses;

/// The letters that kin share: "registrant", "registered" and "registration" begin alike.
const SHARED: usize = 5;

/// What the kin of a word have in common.
pub fn stem(word: &str) -> String {
    singular(word).chars().take(SHARED).collect()
}

/// The words of a name or a title, lower case: "createSiteInTeam", "pre-built".
pub fn words(text: &str) -> Vec<String> {
    let told = |word: &&str| word.chars().any(char::is_alphabetic);
    spoken(text).split(' ').filter(told).map(str::to_owned).collect()
}

/// Whether a word only holds others together.
pub fn is_empty(catalog: &Catalog, word: &str) -> bool {
    use WordSet::{
        All, Article, Aside, Auxiliary, Binder, Conjunction, Determiner, Filler, Licence, Link, Negation, Person,
        Preposition, Question, Self_, Sequence, Subject, Tail, Thing,
    };
    const SETS: [WordSet; 19] = [
        All,
        Article,
        Aside,
        Auxiliary,
        Binder,
        Conjunction,
        Determiner,
        Filler,
        Licence,
        Link,
        Negation,
        Person,
        Preposition,
        Question,
        Self_,
        Sequence,
        Subject,
        Tail,
        Thing,
    ];
    let senses = senses(catalog, word);
    let holds = |sense: &Sense| matches!(sense, Sense::Set(set) if SETS.contains(set));
    let says = |sense: &Sense| matches!(sense, Sense::Noun { .. });
    word.len() < 2 || senses.iter().any(holds) && !senses.iter().any(says)
}
