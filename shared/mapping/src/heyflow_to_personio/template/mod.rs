//! Texts that combine several values of a response: minijinja, strict about what is undefined, without anything that
//! reaches outside the text (no includes, no macros).

mod check;
mod checked;
mod environment;
mod words;

pub(crate) use checked::CheckedTemplate;
