//! Planted offences: queues and shape. Also the sound template that all plants start from.

use super::metrics::Measured;
use super::model::Template;
use super::planted_metrics::measures;
use super::rights::Declared;
use super::shape::Binary;
use super::{RULES, offences};

const SOUND: &str = include_str!("sound.yaml");

/// What the code of the sound template's functions would declare.
pub(super) fn code() -> Vec<Declared> {
    let declared = |name: &str, environment: &[&str], actions: &[&str]| Declared {
        name: name.to_owned(),
        environment: environment.iter().map(|&e| e.to_owned()).collect(),
        actions: actions.iter().map(|&a| a.to_owned()).collect(),
    };
    vec![
        declared(
            "a-to-b-webhook",
            &["HRSYNC_STACK", "HRSYNC_QUEUE"],
            &["dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage", "secretsmanager:GetSecretValue"],
        ),
        declared(
            "a-to-b-push",
            &["HRSYNC_STACK"],
            &["dynamodb:GetItem", "dynamodb:PutItem", "sqs:ChangeMessageVisibility"],
        ),
        declared(
            "failures-poll",
            &["HRSYNC_STACK", "HRSYNC_DEAD_QUEUES"],
            &["sqs:DeleteMessage", "sqs:ReceiveMessage"],
        ),
    ]
}

fn check(text: &str, code: &[Declared], measures: &[Measured]) -> Vec<String> {
    let binary = |folder: &str, name: &str| Binary { folder: folder.to_owned(), name: name.to_owned() };
    let binaries = [
        binary("functions/a-to-b", "a-to-b-webhook"),
        binary("functions/a-to-b", "a-to-b-push"),
        binary("functions/failures", "failures-poll"),
    ];
    offences(&Template::parse(text).unwrap(), &binaries, code, measures)
}

/// All rules together find exactly `expected` once `from`, which stands in the sound template once, reads `to`.
#[track_caller]
pub(super) fn caught(from: &str, to: &str, expected: &[&str]) {
    assert_eq!(SOUND.matches(from).count(), 1, "{from} must stand in the sound template once");
    assert_eq!(check(&SOUND.replace(from, to), &code(), &measures()), expected);
}

/// All rules together find exactly `expected` where the code declares something else.
#[track_caller]
pub(super) fn caught_in_code(plant: impl FnOnce(&mut Vec<Declared>), expected: &[&str]) {
    let mut code = code();
    plant(&mut code);
    assert_eq!(check(SOUND, &code, &measures()), expected);
}

/// The same where the code measures something else.
#[track_caller]
pub(super) fn caught_in_measures(plant: impl FnOnce(&mut Vec<Measured>), expected: &[&str]) {
    let mut measures = measures();
    plant(&mut measures);
    assert_eq!(check(SOUND, &code(), &measures), expected);
}

#[test]
fn a_sound_template_keeps_every_rule() {
    assert_eq!(check(SOUND, &code(), &measures()), [""; 0]);
    assert_eq!(RULES.len(), 20, "a new rule needs a planted offence here");
}

#[test]
fn a_work_queue_without_dead_letters() {
    let redrive = "      RedrivePolicy: {deadLetterTargetArn: !GetAtt LastDead.Arn, maxReceiveCount: 256}\n";
    // Without its work queue the dead-letter queue is a work queue itself.
    caught(redrive, "", &["Last: no dead-letter queue", "LastDead: no dead-letter queue"]);
    let offences = ["Last: no dead-letter queue", "LastDead: no dead-letter queue"];
    caught("deadLetterTargetArn: !GetAtt LastDead.Arn", "deadLetterTargetArn: !GetAtt Ledger.Arn", &offences);
    let offences = ["Work: its dead-letter queue is not of the same type (FIFO)"];
    caught("FifoQueue: \"true\"", "FifoQueue: false", &offences);
}

#[test]
fn a_queue_that_forgets_early() {
    let from = "MessageRetentionPeriod: 1209600, VisibilityTimeout: 60";
    let expected = ["WorkDead: MessageRetentionPeriod is not 1209600 (14 days)"];
    caught(from, "MessageRetentionPeriod: 345600, VisibilityTimeout: 60", &expected);
    caught(from, "VisibilityTimeout: 60", &expected);
}

#[test]
fn a_receive_count_that_spans_too_little_or_too_much() {
    let count = "maxReceiveCount: 320";
    caught(count, "maxReceiveCount: 255", &["Work: 255 receives of 15 minutes end before 64 hours"]);
    caught(count, "maxReceiveCount: 336", &["Work: 336 receives of 1 hour outlive the retention of 14 days"]);
    caught(count, "maxReceiveCount: 335", &[]);
    caught(count, "maxReceiveCount: !Ref Count", &["Work: maxReceiveCount is no plain number"]);
}

#[test]
fn a_queue_that_shows_a_message_twice() {
    let expected = ["Work: VisibilityTimeout 359 is less than 6 x the 60 s of a-to-b-push"];
    caught("VisibilityTimeout: 360", "VisibilityTimeout: 359", &expected);
    let expected = ["Work: VisibilityTimeout, or the Timeout of a-to-b-push, is no plain number"];
    caught("      VisibilityTimeout: 360\n", "", &expected);
}

#[test]
fn a_reader_that_fails_whole_batches_or_takes_many() {
    let from = "BatchSize: 5, FunctionResponseTypes: [ReportBatchItemFailures]";
    caught(from, "BatchSize: 5", &["a-to-b-push: reads Work without ReportBatchItemFailures"]);
    let expected = ["a-to-b-push: reads Work with a BatchSize that is not 1 to 10"];
    caught("BatchSize: 5, ", "", &expected);
    caught("BatchSize: 5, ", "BatchSize: 11, ", &expected);
}

#[test]
fn a_dead_letter_queue_that_nobody_sees() {
    let expected = ["LastDead: neither drained by failures-poll nor watched by a depth alarm"];
    caught("!GetAtt LastDead.QueueName", "!GetAtt Last.QueueName", &expected);
    caught("ApproximateNumberOfMessagesVisible", "NumberOfMessagesSent", &expected);
    caught("Namespace: AWS/SQS\n", "Namespace: AWS/SNS\n", &expected);
    let expected = ["WorkDead: neither drained by failures-poll nor watched by a depth alarm"];
    caught("!If [AToBIsOn, !Ref WorkDead, \"\"]", "!If [AToBIsOn, !Ref Work, \"\"]", &expected);
    caught("Resource: [!GetAtt WorkDead.Arn]", "Resource: [!GetAtt LastDead.Arn]", &expected);
}

#[test]
fn a_queue_that_grows_old_unseen() {
    let unwatched = ["Work: no age alarm"];
    caught("!GetAtt Work.QueueName", "!GetAtt WorkDead.QueueName", &unwatched);
    caught("Namespace: AWS/SQS # age", "Namespace: AWS/SNS # age", &unwatched);
}

#[test]
fn dead_letters_that_are_not_stored_unseen() {
    let unwatched = "failures-poll: no alarm on Polls that goes off without them";
    let unseen = "Polls: measured, on no alarm and no dashboard";
    caught(
        "Namespace: hrsync # polls\n      MetricName: Polls",
        "Namespace: x\n      MetricName: y",
        &[unwatched, unseen],
    );
    caught("TreatMissingData: breaching", "TreatMissingData: notBreaching", &[unwatched]);
}

#[test]
fn a_binary_without_its_function() {
    caught(
        "Binary: failures-poll",
        "Binary: failures-late",
        &[
            "WorkDead: neither drained by failures-poll nor watched by a depth alarm",
            "failures-poll: 0 functions run this binary",
            "Poll: cargo-lambda builds none of the binaries for it",
            "Poll: its FunctionName is not <stack>-failures-late",
            "failures-poll: declared in code, not in the template",
            "failures-late: in the template, not declared in code",
        ],
    );
    let expected = ["Push: its FunctionName is not <stack>-a-to-b-push"];
    caught("${AWS::StackName}-a-to-b-push", "${AWS::StackName}-a-to-b-pusher", &expected);
}

#[test]
fn a_function_that_sam_cannot_build() {
    let expected = ["failures-poll: its CodeUri is target/lambda/poll, not functions/failures"];
    caught("CodeUri: functions/failures # poll", "CodeUri: target/lambda/poll", &expected);
}

#[test]
fn a_binary_with_two_functions() {
    let twin = "  Twin:\n    Type: AWS::Serverless::Function\n    Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: a-to-b-push}}\n    Properties: {CodeUri: functions/a-to-b}\n  Poll:\n";
    let expected = [
        "a-to-b-push: no role that is written out in the template",
        "a-to-b-push: no log group in the template",
        "a-to-b-push: 2 functions run this binary",
        "Twin: its FunctionName is not <stack>-a-to-b-push",
    ];
    caught("  Poll:\n", twin, &expected);
}

#[test]
fn an_event_that_only_aws_understands() {
    let from = "      Environment: {Variables: {HRSYNC_QUEUE: !Ref Work}}\n";
    let to = format!("{from}      Events: {{Web: {{Type: HttpApi}}}}\n");
    caught(from, &to, &["Door: event Web is of the kind HttpApi; write its resources out"]);
}

#[test]
fn a_log_that_never_ends_or_is_not_there() {
    let expected = ["DoorLog: no RetentionInDays"];
    caught("{RetentionInDays: 30}} # door", "{}}", &expected);
    let expected = ["a-to-b-push: may write the log ${PushLog.Arn}", "a-to-b-push: no log group in the template"];
    caught("{LogGroup: !Ref PushLog}", "{}", &expected);
    let expected = ["a-to-b-push: may write the log ${PushLog.Arn}", "a-to-b-push: shares the log group DoorLog"];
    caught("{LogGroup: !Ref PushLog}", "{LogGroup: !Ref DoorLog}", &expected);
}

#[test]
fn a_route_that_leads_nowhere_or_may_not() {
    let nowhere = ["DoorRoute: no integration (payload 2.0) with a function", "a-to-b-webhook: no route leads to it"];
    caught("integrations/${DoorIntegration}", "integrations/${Other}", &nowhere);
    caught("IntegrationUri: !GetAtt Door.Arn", "IntegrationUri: !GetAtt Work.Arn", &nowhere);
    caught("PayloadFormatVersion: \"2.0\"", "PayloadFormatVersion: \"1.0\"", &nowhere);
    caught("Type: AWS::ApiGatewayV2::Route\n", "Type: AWS::ApiGatewayV2::Other\n", &[nowhere[1]]);
    let refused = ["DoorRoute: no permission for API Gateway to call Door on /webhooks/a/{connection}"];
    caught("FunctionName: !Ref Door\n", "FunctionName: !Ref Push\n", &refused);
    caught("Principal: apigateway.amazonaws.com", "Principal: events.amazonaws.com", &refused);
    caught("${Api}/*/*/webhooks/a/{connection}", "${Api}/*/*/webhooks/b/{connection}", &refused);
}

#[test]
fn a_route_that_a_flood_can_fill() {
    let expected = ["DoorRoute: the stage has no throttle for ANY /webhooks/a/{connection}"];
    caught("{ThrottlingRateLimit: 50}", "{}", &expected);
    caught("        ANY /webhooks/a/{connection}: ", "        ANY /webhooks/b/{connection}: ", &expected);
    caught("DependsOn: [DoorRoute]", "DependsOn: [DoorRole]", &["DoorRoute: the stage does not depend on it"]);
}

#[test]
fn something_kept_or_lost_by_chance() {
    caught("    DeletionPolicy: Retain\n", "", &["Ledger: no DeletionPolicy"]);
    caught("    UpdateReplacePolicy: Retain\n", "", &["Ledger: no UpdateReplacePolicy"]);
}

#[test]
fn a_table_that_is_not_safe() {
    let expected = ["Ledger: TimeToLiveSpecification.Enabled is not true"];
    caught("AttributeName: expires_at, Enabled: true", "AttributeName: expires_at, Enabled: false", &expected);
    let expected = ["Ledger: PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled is not true"];
    caught("      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}\n", "", &expected);
    caught("{SSEEnabled: true}", "{}", &["Ledger: SSESpecification.SSEEnabled is not true"]);
    caught("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", &["0 tables instead of one"]);
}
