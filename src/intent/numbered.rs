//! Orders with a number before each: "1) list the tags 2) list the forms", "1. void INV-7 2. email Ann".

use crate::language::{Item, ItemKind, Utterance};

/// The line with a semicolon in place of each number; nothing when it is no such list.
pub fn written_out(line: &Utterance) -> Option<String> {
    let items = &line.items;
    let number = |at: usize, n: usize| {
        let counted = |item: &Item| matches!(&item.kind, ItemKind::Number { amount } if *amount == n.to_string());
        let closes = |item: &Item| item.kind == ItemKind::Stop || item.kind == ItemKind::Bracket && item.folded == ")";
        items.get(at).is_some_and(counted) && items.get(at + 1).is_some_and(closes) && line.glued(at + 1)
    };
    let mut starts = vec![0].into_iter().filter(|at| number(*at, 1)).collect::<Vec<usize>>();
    let mut at = 2;
    while at < items.len() && !starts.is_empty() {
        if number(at, starts.len() + 1) {
            starts.push(at);
        }
        at += 1;
    }
    let pauses = |at: &usize| matches!(items[*at].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop);
    let order = |nth: usize| {
        let from = starts[nth] + 2;
        let past = starts.get(nth + 1).copied().unwrap_or(items.len());
        let last = (from..past).rev().find(|at| !pauses(at))?;
        Some(line.slice(from, last))
    };
    let orders: Option<Vec<&str>> = (0..starts.len()).map(order).collect();
    orders.filter(|orders| orders.len() > 1).map(|orders| orders.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn numbered_orders_stand_one_after_the_other() {
        let orders = |text: &str| written_out(&read(text).expect("a line"));
        assert_eq!(orders("1) list the tags, 2) list the forms").as_deref(), Some("list the tags; list the forms"));
        assert_eq!(orders("1. void INV-7 2. email Ann").as_deref(), Some("void INV-7; email Ann"));
        for line in ["1) list the tags", "2 tags", "delete 1) and 2)", "list the tags 2) list the forms"] {
            assert_eq!(orders(line), None, "{line}");
        }
    }
}
