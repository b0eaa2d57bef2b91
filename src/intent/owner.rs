//! Whose a thing is that has a code of its own: "cancel Ann Lee's appointment `ap_77`", "void her invoice INV-7". The
//! thing is known without it.

use crate::catalog::{Catalog, Kind};
use crate::language::{ItemKind, Utterance, is_given_name, read};

use super::framing;
use super::meaning::{capital, noun_at};
use super::{Argument, Context, Intent, Reader, Step};

impl Reader {
    /// What a line means without whose the thing is. A thing that gets a text is hardly somebody's: "set Ann Lee's custom field
    /// `cf_1` to Metal" renames none.
    pub(super) fn owned(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let ways: [fn(&Utterance, &Catalog) -> Option<String>; 2] = [unsaid, unsaid_in_request];
        let worded = |step: &Step| {
            let op = catalog.operation(step.operation);
            let text = |argument: &Argument| {
                op.param(&argument.name).is_some_and(|p| p.kind == Kind::Text && p.values.is_empty())
            };
            !op.reads() && step.arguments.iter().any(text)
        };
        let told = ways.into_iter().find_map(|write| self.again(write(line, catalog), line, catalog, context));
        told.filter(|told| !told.steps.iter().any(worded))
    }
}

/// Words of the name of somebody, at most.
const LONGEST: usize = 4;

/// The line without whose the thing is that it names; nothing where it names none, or nobody's.
fn unsaid(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let named =
        |at: usize| items.get(at).is_some_and(|item| matches!(item.kind, ItemKind::Code | ItemKind::Number { .. }));
    let thing = |at: usize| noun_at(line, at, catalog).is_some_and(|(past, _, plural)| !plural && named(past));
    let name = |at: usize| items[at].kind == ItemKind::Word && (capital(line, at) || is_given_name(&items[at].folded));
    let whose = catalog.lexicon().set("pointing_whose");
    (1..items.len()).find_map(|at| {
        let first = if items[at].kind == ItemKind::Possessive {
            // A capital at the head of the line may be the verb's.
            (1..at).rev().take(LONGEST).take_while(|at| name(*at)).last()?
        } else {
            Some(at).filter(|at| whose.contains(&items[*at].folded))?
        };
        thing(at + 1).then(|| format!("{}{}", &line.text[..items[first].start], &line.text[items[at + 1].start..]))
    })
}

/// The same for what somebody wants: "Ann Lee wants to cancel her appointment `ap_77`".
fn unsaid_in_request(line: &Utterance, catalog: &Catalog) -> Option<String> {
    unsaid(&read(&framing::reported(line, catalog)?).ok()?, catalog)
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn whose_a_named_thing_is_changes_nothing() {
        assert_eq!(meant("void Ann Lee's invoice INV-7"), r#"invoices.void invoiceId="INV-7""#);
        assert_eq!(meant("show ann's invoice INV-7"), r#"invoices.get invoiceId="INV-7""#);
        let cancelled = r#"calendars.update-appointment eventId="ap_77" appointmentStatus="cancelled""#;
        assert_eq!(meant("cancel Ann Lee's appointment ap_77"), cancelled);
        assert_eq!(meant("Ann Lee wants to cancel her appointment ap_77"), cancelled);
        assert_eq!(meant("set Ann Lee's custom field Roof Type to Metal"), "unknown");
        // Where whose it is has a place, it goes there.
        assert_eq!(meant("delete Ann Lee's task T1"), r#"contacts.delete-task contactId="Ann Lee" taskId="T1""#);
    }
}
