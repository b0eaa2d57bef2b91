//! Phrase patterns for questions and for doings that begin with the other noun.

use super::field::Field;
use super::kinds::Kinds;
use super::noun::plural_of;
use super::op::Op;

/// The records that the path names and somebody has to say, the outermost first.
pub(super) fn records<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Vec<&'o Field> {
    let said = |field: &&Field| {
        op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
            && field.default.is_none()
            && kinds.all.contains_key(&field.kind)
    };
    let mut found: Vec<&Field> = op.sent.fields.iter().filter(said).collect();
    found.sort_by_key(|field| op.sent.template.find(&format!("{{{{ {} }}}}", field.name)));
    found
}

/// The patterns for an operation that asks, counts or invites.
pub(super) fn questions(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let mut says = Vec::new();
    let first = op.act.classes.first().map(String::as_str).unwrap_or_default();
    let Some(object) = op.objects.first().and_then(|name| kinds.all.get(name)) else { return says };
    let nouns: Vec<String> = object.nouns.iter().take(4).map(|noun| plural_of(noun)).collect();
    let many = format!("({})", nouns.join("|"));
    let owner = records(op, kinds).last().copied();
    let own = owner.is_some_and(|field| field.kind == object.name);
    match (first, owner) {
        ("count", None) => says.push(format!("how many {many} [are there|do we have|do i have|exist|in total]")),
        ("count", Some(owner)) => {
            let counted = counted(op, kinds).unwrap_or(many);
            says.push(format!("how many {counted} [are] (in|on|of|for|at|from|under) {{{}}}", owner.name));
            says.push(format!("how many {counted} (does|do|has|have) {{{}}} [have|got]", owner.name));
        }
        ("list", Some(owner)) if !own && op.act.adjective.is_empty() => {
            let owned = format!("{{{}}}", owner.name);
            says.push(format!("[show|list|get|see|view|what are] {owned} 's {many}"));
            if object.person {
                says.push(format!("who (is|are|works|belongs|was) (in|on|at|to|part of) {owned}"));
                says.push(format!("who are the {many} (of|in|on|at|for) {owned}"));
            }
        }
        _ => {}
    }
    says.extend(invitation(op, owner));
    says
}

/// What is counted, where the path ends in `count` of something that is no record of the path.
fn counted(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let told = op.act.told.iter().map(|told| told.noun.join(" ")).find(|noun| !noun.is_empty())?;
    let kind = kinds.called(&told)?;
    Some(format!("({})", kind.nouns.iter().take(4).map(|noun| plural_of(noun)).collect::<Vec<_>>().join("|")))
}

/// "invite ann@x.com to workspace Acme"
fn invitation(op: &Op<'_>, owner: Option<&Field>) -> Vec<String> {
    if !op.act.own.iter().any(|own| own == "invite") {
        return Vec::new();
    }
    let mail = op.sent.fields.iter().find(|field| field.kind == "email" && !field.many);
    match (mail, owner) {
        (Some(mail), Some(owner)) => {
            vec![format!("invite {{{}}} [to|into|in|onto|to join|as] {{{}}}", mail.name, owner.name)]
        }
        (Some(mail), None) => vec![format!("invite {{{}}}", mail.name)],
        _ => Vec::new(),
    }
}
