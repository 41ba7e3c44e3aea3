//! SCIM's users: what they are known by ([`id`]), what may be set of them ([`attribute`], [`value`]) what is read of them
//! ([`user`]), and what a server says of itself ([`provider`]).

pub mod attribute;
pub mod id;
pub mod provider;
pub mod user;
pub mod value;

pub use attribute::Attribute;
pub use id::{ExternalId, UserId, UserName};
pub use provider::ProviderConfig;
pub use user::User;
pub use value::{Address, AddressType, AttributeChange, AttributeValue};
