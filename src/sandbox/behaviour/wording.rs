use serde::Deserialize;
use serde_json::Value;

/// The service's error answers. Bodies are templates over what went wrong.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::sandbox) struct Wording {
    /// No credential, or another one.
    pub(in crate::sandbox) unauthorized: Answer,
    /// The version header is missing.
    pub(in crate::sandbox) no_version: Answer,
    /// The version header has another value.
    pub(in crate::sandbox) bad_version: Answer,
    /// The account is not one the credential may touch.
    pub(in crate::sandbox) forbidden: Answer,
    /// The path differs in case.
    pub(in crate::sandbox) wrong_case: Answer,
    /// No such method and path: `method`, `path`.
    pub(in crate::sandbox) no_route: Answer,
    /// Parameters are wrong: `problems`.
    pub(in crate::sandbox) invalid: Answer,
    /// A body that is not what its media type says: `reason`.
    pub(in crate::sandbox) unreadable: Answer,
    /// Too many requests.
    pub(in crate::sandbox) limited: Answer,
    /// No record of that id: `one`, `id`.
    pub(in crate::sandbox) missing: Answer,
    /// An id in the body that leads nowhere: `one`, `id`, `field`.
    pub(in crate::sandbox) dangling: Answer,
    /// A record with that value is there already: `one`, `field`, `other`.
    pub(in crate::sandbox) duplicate: Answer,
    /// A request is refused for what it asks: `message`, `status`.
    pub(in crate::sandbox) refused: Answer,
    /// Something broke: `status`.
    pub(in crate::sandbox) broken: Answer,
}

/// One error answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Answer {
    /// HTTP status; 0: whatever the case brings.
    pub(in crate::sandbox) status: u16,
    /// Template of the body.
    pub(in crate::sandbox) body: Value,
}

impl Wording {
    /// Takes from `other` what this one does not say.
    pub(in crate::sandbox) fn complete_from(&mut self, other: &Wording) {
        let pairs = [
            (&mut self.unauthorized, &other.unauthorized),
            (&mut self.no_version, &other.no_version),
            (&mut self.bad_version, &other.bad_version),
            (&mut self.forbidden, &other.forbidden),
            (&mut self.wrong_case, &other.wrong_case),
            (&mut self.no_route, &other.no_route),
            (&mut self.invalid, &other.invalid),
            (&mut self.unreadable, &other.unreadable),
            (&mut self.limited, &other.limited),
            (&mut self.missing, &other.missing),
            (&mut self.dangling, &other.dangling),
            (&mut self.duplicate, &other.duplicate),
            (&mut self.refused, &other.refused),
            (&mut self.broken, &other.broken),
        ];
        for (mine, theirs) in pairs {
            if mine.body.is_null() {
                *mine = theirs.clone();
            }
        }
    }
}
