//! How each word was read and each candidate scored, for `--explain`.

use crate::catalog::{Sense, Vocabulary, WordSet};

use super::parsed::Parsed;
use super::reading::Reading;

/// One line an item: its text, what it looks like, what it may mean.
pub fn words(reading: &Reading<'_>, out: &mut Vec<String>) {
    let vocabulary = reading.catalog.vocabulary();
    out.push("words".to_owned());
    for (at, item) in reading.line.utterance.items.iter().enumerate() {
        let text = &reading.line.utterance.text[item.start..item.end];
        let mut senses: Vec<String> = Vec::new();
        for m in reading.line.matches(at) {
            let mended = if m.repaired { " (spelling mended)" } else { "" };
            let words = if m.len > 1 { format!(" ({} words)", m.len) } else { String::new() };
            senses.extend(vocabulary.senses(m.term).iter().map(|s| format!("{}{words}{mended}", name(vocabulary, *s))));
        }
        senses.dedup();
        let meaning = if senses.is_empty() { "nobody's word".to_owned() } else { senses.join(", ") };
        out.push(format!("  {text}: {meaning}"));
    }
}

fn name(vocabulary: &Vocabulary, sense: Sense) -> String {
    match sense {
        Sense::Verb { class, weak, .. } => {
            format!("{}verb {}", if weak { "weak " } else { "" }, vocabulary.classes[usize::from(class)])
        }
        Sense::Noun { noun, plural } => {
            let number = if plural { "nouns" } else { "noun" };
            format!("{number} {}", vocabulary.nouns[usize::from(noun)].resource)
        }
        Sense::Set(set) => {
            WordSet::NAMES.iter().find(|(_, s)| *s == set).map_or_else(String::new, |(n, _)| (*n).to_owned())
        }
        Sense::Own => "word of some operations".to_owned(),
        Sense::Apart { class, .. } => format!("first part of a verb {}", vocabulary.classes[usize::from(class)]),
        Sense::Turn { class, .. } => format!("turn of speech for {}", vocabulary.classes[usize::from(class)]),
    }
}

/// The best candidates with the points of each stretch.
pub fn readings(reading: &Reading<'_>, parsed: &[Parsed], out: &mut Vec<String>) {
    out.push("candidates".to_owned());
    for candidate in parsed.iter().take(5) {
        let op = reading.catalog.operation(candidate.id);
        out.push(format!("  {:>4}  {}", candidate.alignment.score, op.name));
        for (first, past, rule, points) in &candidate.alignment.path {
            let text = reading.line.utterance.slice(*first, past - 1);
            out.push(format!("        {points:>4}  {}: {text}", rule.title()));
        }
        let missing = &reading.said(candidate).missing;
        if !missing.is_empty() {
            out.push(format!("              missing: {}", missing.join(", ")));
        }
    }
    if parsed.is_empty() {
        out.push("  none".to_owned());
    }
}
