//! Personio's wire shapes and ids: those of the recruiting API v1 ([`Application`], [`AttachedFile`]) and those of the
//! HR API v2 ([`absence`], [`person`], [`custom`], [`employment`], [`termination`]; [`presence`]; [`id`], [`opaque`]).

pub mod absence;
mod application;
pub mod custom;
pub mod employment;
mod file;
pub mod id;
pub mod opaque;
pub mod person;
pub mod presence;
pub mod termination;

pub use application::{
    Application, Attribute, AttributeId, ChannelId, CustomPhaseId, GENDERS, JobId, NotANumberId, NotAnAttribute, Phase,
    SystemPhase,
};
pub use file::{AttachedFile, FILE_EXTENSIONS, FileCategory, LARGEST_FILE, file_extension};
