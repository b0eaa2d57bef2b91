/// Whether a text can be a header's value: no control character, so that it can end neither the line nor the head.
pub(super) fn is_header_text(text: &str) -> bool {
    !text.chars().any(char::is_control) && text.trim() == text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_ends_are_refused() {
        assert!(is_header_text("2021-07-28"));
        assert!(!is_header_text("a\r\nX: b") && !is_header_text("a\nb") && !is_header_text("a\0"));
    }

    proptest! {
        #[test]
        fn what_passes_holds_no_control_byte(text in any::<String>()) {
            prop_assume!(is_header_text(&text));
            prop_assert!(text.bytes().all(|b| b >= 32 && b != 127));
        }
    }
}
