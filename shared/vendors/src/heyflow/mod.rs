//! Heyflow, a form builder that sends each form response by webhook. Source of its rules: the vendor's help pages
//! "Webhook API" and "Webhook customizations", summed up in this folder's README.

pub mod model;
pub mod upload;
pub mod webhook;
