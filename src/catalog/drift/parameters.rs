use super::compare::Comparison;
use crate::catalog::openapi::{SpecParameter, SpecPlace};
use crate::catalog::{Parameter, Place};

impl Comparison<'_> {
    /// Compares the parameters of the path, the query and the headers; `version_header` is compared elsewhere.
    pub(super) fn parameters(&mut self, version_header: Option<&str>) {
        let (ours, theirs) = (self.ours, self.theirs);
        let is_version = |name: &str| version_header.is_some_and(|header| header.eq_ignore_ascii_case(name));
        let theirs: Vec<&SpecParameter> = theirs.params.iter().filter(|param| !is_version(&param.name)).collect();
        for param in &theirs {
            let at = format!("{} {}", place(param.place), param.name);
            match ours.params.iter().find(|own| is_same(own, param)) {
                None => self.absent(&at, &param.schema, param.required),
                Some(own) if own.place != place_of(param.place) => self.echo(&at, own, &param.schema),
                Some(own) if param.declared => self.value(&at, own, &param.schema, param.required),
                // All that the file says of it is its name.
                Some(_) => {}
            }
        }
        for own in ours.params.iter().filter(|own| own.place != Place::Body && own.is_sent()) {
            if !theirs.iter().any(|param| is_same(own, param)) {
                self.extra(&format!("{} {}", own_place(own.place), own.name), own);
            }
        }
    }
}

fn is_same(own: &Parameter, param: &SpecParameter) -> bool {
    let place = place_of(param.place);
    let called = match place {
        Place::Header => own.name.eq_ignore_ascii_case(&param.name),
        _ => own.name == param.name,
    };
    called && (own.place == place || own.also == Some(place))
}

/// Cookies are headers to the catalog.
fn place_of(place: SpecPlace) -> Place {
    match place {
        SpecPlace::Path => Place::Path,
        SpecPlace::Query => Place::Query,
        SpecPlace::Header | SpecPlace::Cookie => Place::Header,
    }
}

fn place(place: SpecPlace) -> &'static str {
    match place {
        SpecPlace::Path => "path",
        SpecPlace::Query => "query",
        SpecPlace::Header => "header",
        SpecPlace::Cookie => "cookie",
    }
}

fn own_place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Body => "body",
    }
}
