use crate::catalog::Method;

use super::english::{Family, is};
use super::op::Op;

/// The risk of an operation, where it is another than its method suggests.
pub(super) fn risk(op: &Op<'_>) -> Option<&'static str> {
    let verb = |set: &str| op.act.own.iter().any(|own| is(set, own.split(' ').next().unwrap_or(own)) || is(set, own));
    let noun = op.act.noun.last().map(String::as_str).unwrap_or_default();
    let creates = op.act.classes.iter().any(|class| class == "create");
    // `POST /images/prune` is said to delete unused images.
    let deletes = op.act.titled && op.act.told.first().is_some_and(|told| told.family() == Family::Delete);
    match op.spec.method {
        Method::Get | Method::Head | Method::Options => None,
        _ if op.act.reads => Some("read"),
        Method::Delete => {
            let undone =
                op.act.own.iter().any(|own| {
                    own.strip_prefix("un").is_some_and(|rest| rest.len() > 2) || own.starts_with("disconnect")
                });
            undone.then_some("write")
        }
        _ if op.act.bulk => Some("bulk"),
        _ if verb("destroys") || deletes => Some("destroy"),
        _ if verb("pays") || creates && is("paid", noun) => Some("money"),
        _ if verb("sends") || creates && is("sent", noun) => Some("send"),
        Method::Post
            if op.act.classes.iter().all(|class| ["validate", "download", "print"].contains(&class.as_str())) =>
        {
            Some("write").filter(|_| !op.act.classes.is_empty())
        }
        _ => None,
    }
}
