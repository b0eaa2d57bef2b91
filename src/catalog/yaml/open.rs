/// What is still open at a place of a YAML text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// The quote of the text that the place is in: the character and its byte offset.
    pub(super) quote: Option<(char, usize)>,
    /// Brackets and braces that are not closed, the innermost last.
    pub(super) brackets: Vec<(char, usize)>,
}

impl Open {
    /// Reads a text up to a byte offset. It knows as much of YAML as is needed to say which quote or bracket is meant:
    /// what opens a value may open a quoted text or a flow list, comments hold nothing.
    pub(super) fn at(text: &str, offset: usize) -> Self {
        let mut open = Self::default();
        let mut opens = true;
        let mut before = '\n';
        let mut rest = text.char_indices().take_while(|(at, _)| *at < offset).peekable();
        while let Some((at, c)) = rest.next() {
            if let Some((quote, _)) = open.quote {
                match (quote, c) {
                    ('"', '\\') => drop(rest.next()),
                    ('\'', '\'') if rest.peek().is_some_and(|(_, next)| *next == '\'') => drop(rest.next()),
                    _ if c == quote => open.quote = None,
                    _ => {}
                }
            } else if c == '#' && before.is_whitespace() {
                while rest.next_if(|(_, next)| *next != '\n').is_some() {}
            } else {
                open.plain(c, at, opens);
                let inside = !open.brackets.is_empty();
                let keeps = opens && c.is_whitespace();
                let separates = c == '\n' || inside && matches!(c, '[' | '{' | ',');
                let after_colon = matches!(c, ':' | '-' | '?') && rest.peek().is_none_or(|(_, n)| n.is_whitespace());
                opens = keeps || separates || after_colon;
            }
            before = c;
        }
        open
    }

    /// A character outside quotes; `opens` where a value may begin.
    fn plain(&mut self, c: char, at: usize, opens: bool) {
        match c {
            '"' | '\'' if opens => self.quote = Some((c, at)),
            '[' | '{' if opens || !self.brackets.is_empty() => self.brackets.push((c, at)),
            ']' | '}' => drop(self.brackets.pop()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_end(text: &str) -> Open {
        Open::at(text, text.len())
    }

    #[test]
    fn what_is_closed_is_not_open() {
        for text in [
            "a: {b: [c, 'd'], e: \"f]\"}\n",
            "a: it's {{ b }}\n",
            "a: 'it''s'\n# [ {\nb: \"\\\"\"\n",
            "a: b[s] (c|d)\n- [e]\n",
        ] {
            assert_eq!(at_end(text), Open::default(), "{text}");
        }
    }

    #[test]
    fn what_is_open_is_found() {
        assert_eq!(at_end("a: {b: [c,\n  d").brackets, [('{', 3), ('[', 7)]);
        assert_eq!(at_end("a: 'b\nc: d").quote, Some(('\'', 3)));
        assert_eq!(at_end("- [\"a]\n").quote, Some(('"', 3)));
    }
}
