//! The attributes of a user: RFC 7643, sections 3.1 (common), 4.1 (core) and 4.3 (enterprise).
//!
//! One table for what is taken, compared and told at `/Schemas`. Attributes that this server does not have (addresses, roles, groups,
//! passwords...) are unknown to it.

/// The core schema.
pub(super) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The extension.
pub(super) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// What may stand in an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Flag,
    Moment,
    Reference,
    Complex(&'static [Attribute]),
}

/// One attribute and its characteristics (RFC 7643, section 2.2).
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) many: bool,
    pub(super) required: bool,
    pub(super) read_only: bool,
    /// Texts that differ in case are different.
    pub(super) exact: bool,
    /// No two users share it.
    pub(super) unique: bool,
}

impl Attribute {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, many: false, required: false, read_only: false, exact: false, unique: false }
    }

    const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    const fn many(name: &'static str, parts: &'static [Attribute]) -> Self {
        Self { many: true, ..Self::new(name, Kind::Complex(parts)) }
    }

    const fn exact(self) -> Self {
        Self { exact: true, ..self }
    }

    const fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// The attribute's own; none where it is simple.
    pub(super) fn parts(&self) -> &'static [Attribute] {
        match self.kind {
            Kind::Complex(parts) => parts,
            _ => &[],
        }
    }
}

/// Names have no case: RFC 7643, section 2.1.
pub(super) fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|known| known.name.eq_ignore_ascii_case(name))
}

/// One of the user's own attributes: common or core.
pub(super) fn find_core(name: &str) -> Option<&'static Attribute> {
    find(COMMON, name).or_else(|| find(CORE, name))
}

/// Of every resource.
pub(super) const COMMON: &[Attribute] = &[
    Attribute { unique: true, ..Attribute::text("id").exact().read_only() },
    Attribute::text("externalId").exact(),
    Attribute::new("meta", Kind::Complex(META)).read_only(),
];

const META: &[Attribute] = &[
    Attribute::text("resourceType").exact().read_only(),
    Attribute::new("created", Kind::Moment).read_only(),
    Attribute::new("lastModified", Kind::Moment).read_only(),
    Attribute::new("location", Kind::Reference).exact().read_only(),
];

/// Of the core schema.
pub(super) const CORE: &[Attribute] = &[
    Attribute { required: true, unique: true, ..Attribute::text("userName") },
    Attribute::new("name", Kind::Complex(NAME)),
    Attribute::text("displayName"),
    Attribute::text("nickName"),
    Attribute::new("profileUrl", Kind::Reference).exact(),
    Attribute::text("title"),
    Attribute::text("userType"),
    Attribute::text("preferredLanguage"),
    Attribute::text("locale"),
    Attribute::text("timezone"),
    Attribute::new("active", Kind::Flag),
    Attribute::many("emails", VALUES),
    Attribute::many("phoneNumbers", VALUES),
];

const NAME: &[Attribute] = &[
    Attribute::text("formatted"),
    Attribute::text("familyName"),
    Attribute::text("givenName"),
    Attribute::text("middleName"),
    Attribute::text("honorificPrefix"),
    Attribute::text("honorificSuffix"),
];

const VALUES: &[Attribute] = &[
    Attribute::text("value"),
    Attribute::text("display"),
    Attribute::text("type"),
    Attribute::new("primary", Kind::Flag),
];

/// Of the extension.
pub(super) const EXTENSION: &[Attribute] = &[
    Attribute::text("employeeNumber"),
    Attribute::text("costCenter"),
    Attribute::text("organization"),
    Attribute::text("division"),
    Attribute::text("department"),
    Attribute::new("manager", Kind::Complex(MANAGER)),
];

const MANAGER: &[Attribute] = &[
    Attribute::text("value").exact(),
    Attribute::new("$ref", Kind::Reference).exact(),
    Attribute::text("displayName").read_only(),
];
