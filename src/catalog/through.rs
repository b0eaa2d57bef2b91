use super::{Catalog, Extension, Service};

impl Catalog {
    /// From here on, the operations of the service that `name` extends are sent through it: to its address, with its
    /// credential and its headers, for a name of its own. Whoever keeps to `name` finds them there. Nothing happens when
    /// `name` extends none.
    pub fn go_through(&mut self, name: &str) {
        let place = |name: &str| self.services().iter().position(|service| service.name == name);
        let Some(at) = place(name) else { return };
        let Some(extension) = self.services()[at].extends.clone() else { return };
        let Some(from) = place(&extension.service) else { return };
        let through = joined(&self.services()[from], &self.services()[at], &extension);
        self.set_through(extension.service, through);
        let number = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let heads = self.header_mut().into_iter().flat_map(|header| &mut header.vocabulary.heads);
        for head in heads {
            if head.service == number(from) {
                head.service = number(at);
            }
        }
    }
}

/// The extended service as the one that extends it offers it. What the API is like comes from the one, how it is reached
/// from the other.
fn joined(extended: &Service, own: &Service, extension: &Extension) -> Service {
    let both = |first: &[(String, String)], then: &[(String, String)]| {
        let mut all = first.to_vec();
        for (name, value) in then {
            all.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            all.push((name.clone(), value.clone()));
        }
        all
    };
    Service {
        name: own.name.clone(),
        title: format!("{} through {}", extended.title, own.title),
        base_url: own.base_url.clone(),
        path: extension.path.clone(),
        auth: own.auth.clone(),
        headers: both(&both(&extended.headers, &own.headers), &extension.headers),
        context: extended.context.iter().chain(&extension.context).cloned().collect(),
        errors: own.errors.iter().chain(&extended.errors).cloned().collect(),
        extends: None,
        ..extended.clone()
    }
}
