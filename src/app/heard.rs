use std::cell::RefCell;
use std::sync::Arc;

use crate::language::{self, ReadError, Utterance};

thread_local! {
    static LAST: RefCell<Option<Arc<Utterance>>> = const { RefCell::new(None) };
}

/// A line taken apart. It is looked at for several accounts, then for many records, then for itself, and comes apart the
/// same each time: the last line is kept.
///
/// # Errors
/// As for [`language::read`].
pub(super) fn heard(text: &str) -> Result<Arc<Utterance>, ReadError> {
    let last = LAST.with_borrow(|last| last.as_ref().filter(|last| last.text == text).map(Arc::clone));
    if let Some(last) = last {
        return Ok(last);
    }
    let utterance = Arc::new(language::read(text)?);
    LAST.set(Some(Arc::clone(&utterance)));
    Ok(utterance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_and_no_other_is_kept() {
        let first = heard("add tag vip to Jane").expect("a line");
        assert!(Arc::ptr_eq(&first, &heard("add tag vip to Jane").expect("the same")));
        let second = heard("show Jane").expect("another");
        assert_eq!(second.text, "show Jane");
        assert!(!Arc::ptr_eq(&first, &heard("add tag vip to Jane").expect("anew")));
    }
}
