//! The twins, told as stories over real HTTP.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod heyflow;
#[cfg(test)]
mod heyflow_payload;
#[cfg(test)]
mod heyflow_uploads;
#[cfg(test)]
mod personio_applications;
#[cfg(test)]
mod personio_bodies;
#[cfg(test)]
mod personio_documents;
#[cfg(test)]
mod personio_files;
#[cfg(test)]
mod personio_limits;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod stage;
