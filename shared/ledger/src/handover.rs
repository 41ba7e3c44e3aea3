//! A claim goes from one subject to another, together with what both links say of it: never do two links hold one
//! target object, and never none of them.

use aws_sdk_dynamodb::types::TransactWriteItem;
use serde::Serialize;

use crate::error::Error;
use crate::link::{Link, LinkWrite, StoredClaim, claim_key, item_of};
use crate::table::{Ledger, number, text};
use crate::transaction::{self, Transaction};

const OPERATION: &str = "hand a claim over";

impl Ledger {
    /// Writes both links over the revisions they were read at, and the claim of `target` as that of `to`'s subject: all
    /// of it or nothing. `by` differs with each write.
    ///
    /// # Errors
    /// Where the table fails; then whether it was written is open.
    pub async fn hand_over<T: Serialize>(
        &self,
        connection: &str,
        target: &str,
        to: &mut Link<T>,
        from: &mut Link<T>,
        by: &str,
    ) -> Result<LinkWrite, Error> {
        let claim = StoredClaim { subject: to.summary.subject.clone() };
        let claim = transaction::put(self, claim_key(connection, target).with(OPERATION, &claim)?)
            .condition_expression("subject = :from")
            .expression_attribute_values(":from", text(from.summary.subject.to_string()));
        let writes = vec![
            self.over_its_revision(connection, to, by)?,
            self.over_its_revision(connection, from, by)?,
            transaction::put_write(OPERATION, claim)?,
        ];
        match transaction::transact(self, OPERATION, writes).await? {
            Transaction::Refused => Ok(LinkWrite::Overtaken),
            Transaction::Written => {
                for link in [to, from] {
                    link.rev += 1;
                    link.by = by.to_owned();
                }
                Ok(LinkWrite::Done)
            }
        }
    }

    fn over_its_revision<T: Serialize>(
        &self,
        connection: &str,
        link: &Link<T>,
        by: &str,
    ) -> Result<TransactWriteItem, Error> {
        let put = transaction::put(self, item_of(OPERATION, connection, link, by)?);
        let put = match link.rev {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            seen => put.condition_expression("rev = :seen").expression_attribute_values(":seen", number(seen)),
        };
        transaction::put_write(OPERATION, put)
    }
}
