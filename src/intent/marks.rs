//! Marks that only set a part of a line off: "attach the page Peak Roofing (id 102938) to account X".

use crate::catalog::Catalog;
use crate::language::{ItemKind, Utterance};

use super::{Context, Intent, Reader, Status};

impl Reader {
    /// What a line means with commas for its brackets and inner question marks, where it is not understood as it stands, or only
    /// without some of its words.
    pub(super) fn set_off(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let poor = intent.status == Status::Unknown || intent.leaves_out();
        let whole = poor.then(|| self.again(as_commas(line), line, catalog, context)).flatten();
        whole.filter(|whole| !whole.leaves_out())
    }
}

/// A line with its brackets, and the question marks inside it, as commas; nothing when it has none.
pub fn as_commas(line: &Utterance) -> Option<String> {
    let items = &line.items;
    let bracket = |at: usize, sign: &str| items[at].kind == ItemKind::Bracket && items[at].folded == sign;
    let pauses = |at: usize| {
        items.get(at).is_none_or(|item| matches!(item.kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop))
    };
    let mut text = String::with_capacity(line.text.len() + 4);
    let mut from = 0;
    for (at, item) in items.iter().enumerate().skip(1) {
        let asks = item.kind == ItemKind::Question && at + 1 < items.len();
        if !asks && !bracket(at, "(") && !bracket(at, ")") {
            continue;
        }
        text.push_str(line.text[from..item.start].trim_end());
        if !pauses(at + 1) {
            text.push_str(", ");
        }
        from = item.end;
    }
    text.push_str(line.text[from..].trim_start());
    (from > 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn brackets_and_inner_question_marks_become_commas() {
        for (line, written) in [
            ("attach page Peak (id 12) to account X", Some("attach page Peak, id 12, to account X")),
            ("attach page Peak (id 12), to account X", Some("attach page Peak, id 12, to account X")),
            ("is it real? verify joe@x.io", Some("is it real, verify joe@x.io")),
            ("is it real?", None),
            ("delete the tag vip", None),
        ] {
            assert_eq!(as_commas(&read(line).expect("a line")).as_deref(), written, "{line}");
        }
    }
}
