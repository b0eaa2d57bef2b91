/// The text with everything that may be a token put out of sight, character for character, so that it can be shown.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mark = ["token", "secret"].iter().filter_map(|word| line.find(word)).min();
        let value = mark.and_then(|at| Some(at + line[at..].find(':')? + 1));
        match value {
            Some(at) if !line[at..].trim_start().starts_with('{') => {
                out.push_str(&line[..at]);
                out.extend(line[at..].chars().map(|c| if c.is_whitespace() { c } else { '*' }));
            }
            _ => words_masked(line, &mut out),
        }
    }
    out
}

/// Long words with digits and letters in them are as good as tokens.
fn words_masked(line: &str, out: &mut String) {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut rest = line;
    while let Some(start) = rest.find(inside) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !inside(c)).unwrap_or(word.len()));
        let secret = word.len() >= 12
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_alphabetic());
        out.push_str(before);
        if secret {
            out.extend(word.chars().map(|_| '*'));
        } else {
            out.push_str(word);
        }
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_token_is_put_out_of_sight_and_columns_stay() {
        let text = "a:\n  token: pit-12345678-abcd # x\n  file: tokens/acme\n  env: abcd-1234-efgh\n";
        let shown = masked(text);
        assert_eq!(shown, "a:\n  token: ***************** * *\n  file: tokens/acme\n  env: **************\n");
        assert_eq!(shown.chars().count(), text.chars().count());
        assert_eq!(masked("token: {file: tokens/acme}"), "token: {file: tokens/acme}");
    }
}
