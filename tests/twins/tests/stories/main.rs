//! The twins, told as stories over real HTTP.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod hellohq_absences;
#[cfg(test)]
mod hellohq_accounts;
#[cfg(test)]
mod hellohq_lists;
#[cfg(test)]
mod hellohq_people;
#[cfg(test)]
mod hellohq_stage;
#[cfg(test)]
mod hellohq_users;
#[cfg(test)]
mod heyflow;
#[cfg(test)]
mod heyflow_payload;
#[cfg(test)]
mod heyflow_uploads;
#[cfg(test)]
mod hibob_access;
#[cfg(test)]
mod hibob_search;
#[cfg(test)]
mod hibob_stage;
#[cfg(test)]
mod hibob_webhooks;
#[cfg(test)]
mod oneflow_contracts;
#[cfg(test)]
mod oneflow_files;
#[cfg(test)]
mod oneflow_people;
#[cfg(test)]
mod oneflow_stage;
#[cfg(test)]
mod oneflow_webhooks;
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
mod personio_v2_absences;
#[cfg(test)]
mod personio_v2_acts;
#[cfg(test)]
mod personio_v2_breakdowns;
#[cfg(test)]
mod personio_v2_deliveries;
#[cfg(test)]
mod personio_v2_employments;
#[cfg(test)]
mod personio_v2_filters;
#[cfg(test)]
mod personio_v2_lists;
#[cfg(test)]
mod personio_v2_persons;
#[cfg(test)]
mod personio_v2_staff;
#[cfg(test)]
mod personio_v2_stage;
#[cfg(test)]
mod personio_v2_tenants;
#[cfg(test)]
mod personio_v2_token;
#[cfg(test)]
mod personio_v2_webhooks;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod recruit_access;
#[cfg(test)]
mod recruit_openings;
#[cfg(test)]
mod recruit_positions;
#[cfg(test)]
mod recruit_stage;
#[cfg(test)]
mod scim_lists;
#[cfg(test)]
mod scim_patch;
#[cfg(test)]
mod scim_people;
#[cfg(test)]
mod scim_stage;
#[cfg(test)]
mod scim_switches;
#[cfg(test)]
mod scim_users;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod teamtailor_reads;
#[cfg(test)]
mod teamtailor_stage;
#[cfg(test)]
mod teamtailor_webhooks;
#[cfg(test)]
mod teamtailor_writes;
