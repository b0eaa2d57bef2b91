use serde_json::json;

/// A profile as it is written into `profiles.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileText {
    /// Its name.
    pub name: String,
    /// The service.
    pub service: String,
    /// Where its tokens go.
    pub host: String,
    /// The token of the service: the key of its place, the place, and its kind when it has one.
    pub token: Option<(String, String, Option<String>)>,
    /// An account: name, id, and its token likewise.
    pub account: Option<(String, String, Option<(String, String)>)>,
    /// Scopes of the token that is given.
    pub scopes: Vec<String>,
    /// Id, secret (key of its place and the place) and scopes of a login.
    pub login: Option<(String, Option<(String, String)>, Vec<String>)>,
}

impl ProfileText {
    fn block(&self) -> String {
        let mut out = format!("  {}:\n    services:\n      {}:\n", quoted(&self.name), quoted(&self.service));
        out.push_str(&format!("        host: {}\n", quoted(&self.host)));
        if let Some((place, at, kind)) = &self.token {
            let kind = kind.as_ref().map_or_else(String::new, |kind| format!(", kind: {kind}"));
            let scopes = if self.account_has_token() { String::new() } else { self.listed() };
            out.push_str(&format!("        token: {{{place}: {}{kind}{scopes}}}\n", quoted(at)));
        }
        if let Some((name, id, token)) = &self.account {
            out.push_str(&format!("        locations:\n          {}:\n            id: {}\n", quoted(name), quoted(id)));
            if let Some((place, at)) = token {
                out.push_str(&format!("            token: {{{place}: {}{}}}\n", quoted(at), self.listed()));
            }
        }
        if let Some((id, secret, scopes)) = &self.login {
            out.push_str(&format!("        login:\n          client_id: {}\n", quoted(id)));
            if let Some((place, at)) = secret {
                out.push_str(&format!("          client_secret: {{{place}: {}}}\n", quoted(at)));
            }
            if !scopes.is_empty() {
                out.push_str(&format!("          scopes: [{}]\n", list(scopes)));
            }
        }
        out
    }

    fn account_has_token(&self) -> bool {
        self.account.as_ref().is_some_and(|(_, _, token)| token.is_some())
    }

    fn listed(&self) -> String {
        if self.scopes.is_empty() { String::new() } else { format!(", scopes: [{}]", list(&self.scopes)) }
    }
}

/// The text of the file with a profile added; one of the same name is replaced, the rest is left byte for byte.
pub fn added(before: Option<&str>, profile: &ProfileText) -> String {
    let Some(before) = before.filter(|text| !text.trim().is_empty()) else {
        return format!("# Accounts and what may be done with them; docs/PROFILES.md has every key.\ndefault: {0}\nprofiles:\n{1}", quoted(&profile.name), profile.block());
    };
    let lines: Vec<&str> = before.lines().collect();
    let Some(top) = lines.iter().position(|line| line.trim_end() == "profiles:") else {
        return format!("{}\nprofiles:\n{}", before.trim_end(), profile.block());
    };
    let inside = |line: &&str| line.starts_with(' ') || line.trim().is_empty() || line.starts_with('#');
    let end = top + 1 + lines[top + 1..].iter().take_while(|line| inside(line)).count();
    let is_head = |line: &str| {
        let name = line.strip_prefix("  ").filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or_default();
        let name = name.split(" #").next().unwrap_or_default().trim_end().trim_end_matches(':');
        name.trim_matches(['"', '\'']) == profile.name
    };
    let mut out: Vec<String> = lines[..=top].iter().map(ToString::to_string).collect();
    let mut skipping = false;
    for line in &lines[top + 1..end] {
        if line.starts_with("  ") && !line.starts_with("   ") {
            skipping = is_head(line);
        }
        if !skipping {
            out.push((*line).to_owned());
        }
    }
    while out.last().is_some_and(|line| line.trim().is_empty()) {
        out.pop();
    }
    out.extend(profile.block().lines().map(str::to_owned));
    out.extend(lines[end..].iter().map(ToString::to_string));
    out.join("\n") + "\n"
}

/// The text with everything that may be a token put out of sight, character for character, so that it can be shown.
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
        if secret { out.extend(word.chars().map(|_| '*')) } else { out.push_str(word) }
        rest = after;
    }
    out.push_str(rest);
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")
}

/// Plain where YAML takes it for a text as it stands, else in quotes.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ');
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(plain)
        && text.trim() == text
        && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if word { text.to_owned() } else { json!(text).to_string() }
}
