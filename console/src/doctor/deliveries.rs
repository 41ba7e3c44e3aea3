//! When a flow's receiver was last called, as Lambda counts it. AWS does not tell connections of one flow apart.

use admin::{Finding, Flow};
use jiff::{SignedDuration, Timestamp};

use super::desk::Desk;
use super::metrics::Series;
use super::resources::FUNCTION;
use crate::parameter::parameter;

const ABOUT: &str = "webhook: last call";
const DAYS: i64 = 14;
const HOUR: i32 = 60 * 60;

/// Of a flow that is called.
pub(super) async fn look(desk: &Desk<'_>, flow: &Flow, now: Timestamp) -> Finding {
    let logical = format!("{}Webhook", parameter(flow.name));
    let Some(function) = desk.resources.iter().find(|it| it.kind == FUNCTION && it.logical == logical) else {
        return Finding::warning(ABOUT, "not known: the stack shows no receiver", "deploy it again");
    };
    let dimension = ("FunctionName", function.physical.as_str());
    let series = Series { namespace: "AWS/Lambda", metric: "Invocations", dimension, period: HOUR };
    judged(desk.metrics.newest(series, SignedDuration::from_hours(24 * DAYS), now).await)
}

fn judged(newest: Result<Option<(Timestamp, f64)>, String>) -> Finding {
    match newest {
        Ok(Some((at, _))) => {
            let at = at.strftime("%Y-%m-%d %H:%M UTC");
            Finding::ok(
                ABOUT,
                format!("the flow's receiver was called within the hour from {at}, for this or another connection"),
            )
        }
        Ok(None) => {
            let seen = format!("CloudWatch counts no call of the flow's receiver within {DAYS} days");
            Finding::warning(
                ABOUT,
                seen,
                "press the vendor's test button, or use `hrsync webhooks ping`; CloudWatch counts minutes later",
            )
        }
        Err(why) => Finding::warning(ABOUT, "not known", why),
    }
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    #[test]
    fn a_receiver_that_nobody_has_called_is_a_warning() {
        let called = judged(Ok(Some(("2026-03-01T10:00:00Z".parse().unwrap(), 1.0))));
        assert!(called.level == Level::Ok && called.seen.contains("from 2026-03-01 10:00 UTC"), "{called:?}");
        assert_eq!(judged(Ok(None)).level, Level::Warning);
        assert_eq!(judged(Err("AccessDenied".to_owned())).mend.unwrap(), "AccessDenied");
    }
}
