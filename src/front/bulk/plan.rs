use crate::app::{BulkPlan, UnreadRow};
use crate::present::{BAD, DIM, clean, clean_lines, counted, painted};

/// Rows that are named one by one.
const MOST: usize = 20;

/// A plan for people.
pub(super) fn plan_in_words(plan: &BulkPlan) -> String {
    let unread = rows_in_words(&plan.unread, "cannot be read and will be left out", plan.nouns());
    format!("{}\n{unread}", clean_lines(&plan.in_words()))
}

/// Rows with why, the first ones.
pub(super) fn rows_in_words(rows: &[UnreadRow], what: &str, (one, many): (&str, &str)) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = painted(BAD, &format!("{} {what}:", counted(rows.len() as u64, one, many))) + "\n";
    for row in rows.iter().take(MOST) {
        text.push_str(&format!("  {one} {}: {}\n", row.row, clean(&row.why)));
    }
    if rows.len() > MOST {
        text.push_str(&painted(DIM, &format!("  … and {} more\n", rows.len() - MOST)));
    }
    text
}
