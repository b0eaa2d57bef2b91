use crate::catalog::Method;

use super::op::Op;

const SENDS: &[&str] =
    &["send", "resend", "email", "notify", "invite", "message", "text", "broadcast", "remind", "call", "dial"];
const SENT: &[&str] = &["message", "invitation", "invite", "sms", "notification", "reminder", "broadcast"];
const PAYS: &[&str] = &[
    "pay",
    "charge",
    "refund",
    "capture",
    "transfer",
    "withdraw",
    "purchase",
    "buy",
    "checkout",
    "check out",
    "bill",
    "payout",
    "deposit",
];
const PAID: &[&str] =
    &["refund", "payment", "charge", "payout", "transfer", "purchase", "withdrawal", "deposit", "top up"];
const DESTROYS: &[&str] = &["purge", "wipe", "destroy", "erase", "truncate", "delete", "terminate", "empty"];

/// The risk of an operation, where it is another than its method suggests.
pub(super) fn risk(op: &Op<'_>) -> Option<&'static str> {
    let verb = |known: &[&str]| {
        op.act
            .own
            .iter()
            .any(|own| known.contains(&own.split(' ').next().unwrap_or(own)) || known.contains(&own.as_str()))
    };
    let noun = op.act.noun.last().map(String::as_str).unwrap_or_default();
    let creates = op.act.classes.iter().any(|class| class == "create");
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
        _ if verb(DESTROYS) => Some("destroy"),
        _ if verb(PAYS) || creates && PAID.contains(&noun) => Some("money"),
        _ if verb(SENDS) || creates && SENT.contains(&noun) => Some("send"),
        Method::Post
            if op.act.classes.iter().all(|class| ["validate", "download", "print"].contains(&class.as_str())) =>
        {
            Some("write").filter(|_| !op.act.classes.is_empty())
        }
        _ => None,
    }
}
