use crate::catalog::keys::{CONSTRUCTION, LEXICON, VERB};
use crate::catalog::yaml::{Fields, Key, Node, Report, Span, Value, suggest, words, wrong};
use crate::catalog::{Construction, Lexicon, VerbClass};

use super::choices::Choices;
use super::say;

/// Reads `lexicon.yaml`; an absent one has no words.
pub(super) fn lexicon(node: Option<&Node>, report: &mut Report) -> Lexicon {
    let Some(node) = node else { return Lexicon::default() };
    let fields = Fields::new(node, &LEXICON, "the lexicon", report);
    let verbs = section(&fields, "verbs", report);
    let lexicon = Lexicon {
        verbs: verbs.iter().map(|(key, node)| (key.text.clone(), verb(key, node, report))).collect(),
        words: section(&fields, "words", report)
            .iter()
            .map(|(key, node)| {
                node.items().iter().for_each(|word| say::bounded(word, report));
                (key.text.clone(), words(node, &key.text, report))
            })
            .collect(),
        alike: section(&fields, "alike", report)
            .iter()
            .map(|(key, node)| (key.text.clone(), words(node, &key.text, report)))
            .collect(),
        constructions: section(&fields, "constructions", report)
            .iter()
            .map(|(key, node)| construction(key, node, verbs, report))
            .collect(),
    };
    for (key, node) in verbs {
        let fields = Fields::new(node, &VERB, key.text.as_str(), report);
        for relation in ["may_mean", "opposite"] {
            for (name, span) in fields.placed_texts(relation, report) {
                known_verb(&name, span, verbs, report);
            }
        }
    }
    fields.finish(report);
    lexicon
}

/// The entries of a map under a key.
pub(super) fn section<'a>(fields: &Fields<'a>, key: &'static str, report: &mut Report) -> &'a [(Key, Node)] {
    let Some(node) = fields.get(key) else { return &[] };
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, &format!("`{key}`"), "a map", report);
    }
    node.entries()
}

fn verb(key: &Key, node: &Node, report: &mut Report) -> VerbClass {
    let fields = Fields::new(node, &VERB, format!("verb class `{}`", key.text), report);
    let class = VerbClass {
        name: key.text.clone(),
        words: fields.words("words", report),
        also: fields.words("also", report),
        reads: fields.flag("reads", report).unwrap_or(false),
        destroys: fields.flag("destroys", report).unwrap_or(false),
        changes: fields.flag("changes", report).unwrap_or(false),
        may_mean: fields.texts("may_mean", report),
        opposite: fields.texts("opposite", report),
    };
    if class.words.is_empty() {
        report.error(key.span, format!("verb class `{}` has no `words`", key.text), "");
    }
    fields.finish(report);
    class
}

fn construction(key: &Key, node: &Node, verbs: &[(Key, Node)], report: &mut Report) -> Construction {
    let fields = Fields::new(node, &CONSTRUCTION, format!("construction `{}`", key.text), report);
    let construction = Construction {
        name: key.text.clone(),
        pattern: fields.text("pattern", report).unwrap_or_default(),
        verb: fields.text("verb", report).unwrap_or_default(),
    };
    if let Some(node) = fields.get("pattern") {
        say::check(node, None, &Choices::default(), report);
        say::bounded(node, report);
    }
    if let Some(node) = fields.get("verb") {
        known_verb(&construction.verb, node.span, verbs, report);
    }
    for key in ["pattern", "verb"] {
        if fields.get(key).is_none() {
            fields.missing(key, report);
        }
    }
    fields.finish(report);
    construction
}

fn known_verb(name: &str, span: Span, verbs: &[(Key, Node)], report: &mut Report) {
    if !verbs.iter().any(|(key, _)| key.text == name) {
        let names: Vec<&str> = verbs.iter().map(|(key, _)| key.text.as_str()).collect();
        report.error(span, format!("no verb class is called `{name}`"), "");
        suggest(name, &names, "the classes of the lexicon are", report);
    }
}
