use serde::{Deserialize, Serialize};

use super::Named;

/// The English that all services share (`endpoints/lexicon.yaml`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// What people ask to have done, by class.
    pub verbs: Named<VerbClass>,
    /// Closed word sets by name: fillers, determiners, pronouns, prepositions, links, tail markers, negations, question
    /// words. The reader knows the names of the sets, the YAML knows the words.
    pub words: Named<Vec<String>>,
    /// Groups of phrases that mean the same in `say:` lines.
    pub alike: Named<Vec<String>>,
    /// Phrase patterns in the language of `say:` lines that serve every operation.
    pub constructions: Vec<Construction>,
}

impl Lexicon {
    /// The words of a set; empty when there is no such set.
    #[must_use]
    pub fn set(&self, name: &str) -> &[String] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Verbs that ask for the same kind of act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerbClass {
    /// Name that operations use: `create`.
    pub name: String,
    /// Base forms, lower case, primary first; a form may have several words ("set up"). A form with ` .. ` may be split
    /// around its object ("turn .. off"). Inflections are derived.
    pub words: Vec<String>,
    /// Weaker words: they fit the class, but others too.
    pub also: Vec<String>,
    /// Whether it only asks to see something.
    pub reads: bool,
    /// Whether it destroys: never reached through a repaired typo without asking.
    pub destroys: bool,
    /// Whether it asks for the record that is named to be changed, so that what of it must be said.
    pub changes: bool,
    /// Classes whose operations it may also ask for, at a lower weight.
    pub may_mean: Vec<String>,
    /// Classes that mean the opposite: a typo is never repaired across the pair.
    pub opposite: Vec<String>,
}

/// A sentence shape shared by all operations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Construction {
    /// Name shown by `--explain`.
    pub name: String,
    /// The pattern.
    pub pattern: String,
    /// Verb class it stands for.
    pub verb: String,
}
