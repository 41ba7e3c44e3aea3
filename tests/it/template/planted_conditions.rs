//! Planted offences: flows that are off, and what they leave behind.

use super::planted::caught;

#[test]
fn a_flow_without_a_parameter() {
    let expected = ["AToB: no parameter \"true\" or \"false\" with default \"false\""];
    let parameter = r#"AToB: {Type: String, Default: "false", AllowedValues: ["true", "false"]}"#;
    for wrong in [
        r#"AToB: {Type: String, Default: "true", AllowedValues: ["true", "false"]}"#,
        r#"AToB: {Type: String, Default: "false", AllowedValues: ["true", "false", "maybe"]}"#,
        r#"AToB: {Type: String, Default: "false"}"#,
    ] {
        caught(parameter, wrong, &expected);
    }
}

#[test]
fn a_resource_or_an_output_that_stands_without_its_flow() {
    let expected =
        ["AToBQuery: refers to DoorLog where that is not there", "AToBQuery: stands although AToB is \"false\""];
    caught("    Condition: AToBIsOnAws\n", "", &expected);
    caught("Condition: AToBIsOnAws\n", "Condition: IsOnAws\n", &expected);
    let expected =
        ["AToBQueueUrl: refers to Work where that is not there", "AToBQueueUrl: stands although AToB is \"false\""];
    caught("AToBQueueUrl: {Condition: AToBIsOn, ", "AToBQueueUrl: {", &expected);
}

#[test]
fn a_reference_to_what_is_off() {
    let expected = ["WorkAlarm: refers to Work where that is not there"];
    caught("    Condition: AToBIsOn # work\n", "", &expected);
    let from = "{MetricNamespace: hrsync, ";
    let to = "{MetricNamespace: hrsync, Unit: !Sub \"${AWS::StackName} ${Work.Arn}\", ";
    caught(from, to, &["ThrottledFilter: refers to Work where that is not there"]);
    let both = ["AToBQuery: refers to DoorLog where that is not there", "AToBQuery: stands although AToB is \"false\""];
    caught("!And [!Condition AToBIsOn, !Condition IsOnAws]", "!Or [!Condition AToBIsOn, !Condition IsOnAws]", &both);
}

#[test]
fn a_policy_that_is_left_without_resources() {
    let whole = "                - Effect: Allow\n                  Action: [sqs:ReceiveMessage, sqs:DeleteMessage]\n                  Resource: [!GetAtt WorkDead.Arn]\n                - !Ref AWS::NoValue\n";
    let inside = "                - Effect: Allow\n                  Action: [sqs:ReceiveMessage, sqs:DeleteMessage]\n                  Resource: [!GetAtt WorkDead.Arn]\n                - Effect: Allow\n                  Action: [sqs:ReceiveMessage]\n                  Resource: [!If [AToBIsOn, !GetAtt WorkDead.Arn, !Ref AWS::NoValue]]\n";
    caught(whole, inside, &["PollRole: has an empty list"]);
}
