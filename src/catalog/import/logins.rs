//! Paths that end in going in or out: `/auth/logout`.

use super::english::is;
use super::op::Op;

/// Whether a path ends in going in or out.
pub(super) fn is_login(text: &str) -> bool {
    ["login", "logout", "log in", "log out", "signin", "signup", "sign in", "sign up", "signout", "register"]
        .contains(&text)
}

/// The verb in two words.
pub(super) fn spaced(text: &str) -> String {
    match text {
        "login" => "log in".to_owned(),
        "logout" => "log out".to_owned(),
        "signin" => "sign in".to_owned(),
        "signup" => "sign up".to_owned(),
        "signout" => "sign out".to_owned(),
        other => other.to_owned(),
    }
}

/// Leaves away the verbs that others have with a particle: "punch" alone is said of punching out as well as in.
pub(super) fn keep_particles(own: &mut Vec<String>) {
    let whole = own.clone();
    let with_particle = |verb: &str| {
        let parted = whole.iter().filter_map(|own| own.split_once(' '));
        parted
            .into_iter()
            .any(|(first, particle)| first == verb && is("particle", particle.split(' ').next().unwrap_or_default()))
    };
    own.retain(|verb| !with_particle(verb));
}

/// "sign me out", "log in": what people say for the verb of such a path.
pub(super) fn logins(op: &Op<'_>) -> Vec<String> {
    if !op.act.acted || op.spec.method == crate::catalog::Method::Get {
        return Vec::new();
    }
    let own = |verb: &str| op.act.own.iter().any(|own| own == verb);
    if own("log out") || own("sign out") {
        return vec!["(log|sign) [me|us] (out|off) [now|again|here]".to_owned()];
    }
    if own("log in") || own("sign in") {
        return vec!["(log|sign) [me|us] (in|on) [as|with|using]".to_owned()];
    }
    Vec::new()
}
