//! One thing in the place of another: "swap the tag lead for customer on Ann Lee" takes the one off and puts the other on.

use crate::catalog::{Catalog, Risk};
use crate::language::{ItemKind, Utterance};

use super::meaning::{longest, noun_at};
use super::{Context, Intent, Reader, Status};

impl Reader {
    /// The two orders of a line that puts one thing in the place of another, where both are understood.
    pub(super) fn swapped(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let both = self.again(Some(written_out(line, catalog)?), line, catalog, context)?;
        // "Replace the calendar Demo with Roof on …" neither deletes the one nor makes the other.
        let changes = both.steps.iter().all(|step| catalog.operation(step.operation).risk == Risk::Write);
        (both.status == Status::Ready && both.steps.len() == 2 && changes).then_some(both)
    }
}

/// The line as two orders: "remove the tag lead from Ann Lee and add the tag customer to Ann Lee".
fn written_out(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let is = |at: usize, set: &str| longest(line, at, set, catalog) == Some(at + 1);
    let past_filler = |at: usize| longest(line, at, "swaps_polite", catalog).unwrap_or(at);
    let verb = past_filler(0);
    let from = longest(line, verb, "swaps", catalog)?;
    let thing = |at: usize| {
        let at = at + usize::from(is(at, "article"));
        Some((at, noun_at(line, at, catalog)?.0))
    };
    let (noun, old) = thing(from)?;
    let joint = (old + 1..items.len()).find(|at| is(*at, "swaps_for"))?;
    // "… for the tag customer": said again.
    let again = thing(joint + 1).filter(|(at, past)| line.slice(*at, past - 1) == line.slice(noun, old - 1));
    let new = again.map_or(joint + 1, |(_, past)| past);
    let place = (new + 1..items.len()).find(|at| is(*at, "swaps_on"))?;
    let end = items.iter().rposition(|item| item.kind != ItemKind::Stop)?;
    if place + 1 > end {
        return None;
    }
    let parts = [
        ("{noun}", line.slice(noun, old - 1)),
        ("{old}", line.slice(old, joint - 1)),
        ("{new}", line.slice(new, place - 1)),
        ("{record}", line.slice(place + 1, end)),
    ];
    let pattern = catalog.lexicon().set("swaps_written").first()?;
    Some(parts.into_iter().fold(pattern.clone(), |text, (name, said)| text.replace(name, said)))
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn the_old_one_goes_and_the_new_one_comes() {
        let both = r#"contacts.remove-tags contactId="Ann Lee" tags=["lead"]; contacts.add-tags contactId="Ann Lee" tags=["customer"]"#;
        for line in [
            "swap the tag lead for customer on Ann Lee",
            "replace the tag lead with the tag customer on Ann Lee",
            "please replace tag lead by customer for Ann Lee",
        ] {
            assert_eq!(meant(line), both, "{line}");
        }
        let line = "replace the calendar Demo with Roof on Ann Lee";
        assert!(!meant(line).contains("delete"), "{line}: {}", meant(line));
    }
}
