//! The twins, told as stories over real HTTP.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod heyflow;
#[cfg(test)]
mod personio_applications;
#[cfg(test)]
mod personio_documents;
#[cfg(test)]
mod personio_limits;
#[cfg(test)]
mod stage;
