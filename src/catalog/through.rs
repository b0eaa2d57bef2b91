use super::{Catalog, Extension, Service};

/// A service whose operations are sent through another.
#[derive(Debug)]
pub(super) struct Through {
    /// Position of the other.
    own: u16,
    /// Position of the service.
    extended: u16,
    /// Its name.
    name: String,
    /// It, as the other offers it.
    service: Service,
}

impl Through {
    /// Whether the operations of a service are reached by keeping to another.
    pub(super) fn leads(&self, kept: u16, service: u16) -> bool {
        self.own == kept && self.extended == service
    }

    /// The service of that name as the other offers it.
    pub(super) fn offers(&self, name: &str) -> Option<&Service> {
        (self.name == name).then_some(&self.service)
    }
}

impl Catalog {
    /// From here on, the operations of the service that `name` extends are sent through it: to its address, with its
    /// credential and its headers, under its name. Whoever keeps to `name` finds them there. Nothing happens when `name`
    /// extends none.
    pub fn go_through(&mut self, name: &str) {
        let place = |name: &str| {
            let at = self.services().iter().position(|service| service.name == name)?;
            Some((u16::try_from(at).ok()?, &self.services()[at]))
        };
        let Some((at, own)) = place(name) else { return };
        let Some(extension) = &own.extends else { return };
        let Some((from, extended)) = place(&extension.service) else { return };
        let service = joined(extended, own, extension);
        self.set_through(Through { own: at, extended: from, name: extension.service.clone(), service });
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
        oauth: own.oauth.clone(),
        headers: both(&both(&extended.headers, &own.headers), &extension.headers),
        context: extended.context.iter().chain(&extension.context).cloned().collect(),
        errors: own.errors.iter().chain(&extended.errors).cloned().collect(),
        extends: None,
        ..extended.clone()
    }
}
