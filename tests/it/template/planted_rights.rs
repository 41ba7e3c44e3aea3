//! Planted offences: roles, secrets, and code against template.

use super::planted::{caught, caught_in_code, code};
use super::rights::Declared;

#[test]
fn a_role_that_is_shared_or_not_written_out() {
    let undrained = "WorkDead: neither drained by failures-poll nor watched by a depth alarm";
    caught(
        "Role: !GetAtt PollRole.Arn",
        "Role: !GetAtt Elsewhere.Arn",
        &[
            undrained,
            "failures-poll: no role that is written out in the template",
            "failures-poll: action sqs:DeleteMessage is used by the code, not given",
            "failures-poll: action sqs:ReceiveMessage is used by the code, not given",
        ],
    );
    let another = "Role: !GetAtt PushRole.Arn";
    caught(
        another,
        &another.replace("PushRole", "DoorRole"),
        &[
            "DoorRole: shared by a-to-b-webhook and a-to-b-push",
            "a-to-b-push: sqs:ReceiveMessage is not granted on Work",
            "a-to-b-push: sqs:DeleteMessage is not granted on Work",
            "a-to-b-push: sqs:GetQueueAttributes is not granted on Work",
            "a-to-b-push: may write the log ${DoorLog.Arn}",
            "a-to-b-push: action sqs:ChangeMessageVisibility is used by the code, not given",
            "a-to-b-push: action sqs:DeleteMessage is used by the code, not given",
            "a-to-b-push: action sqs:GetQueueAttributes is used by the code, not given",
            "a-to-b-push: action sqs:ReceiveMessage is used by the code, not given",
            "a-to-b-push: action secretsmanager:GetSecretValue is given, not used by the code",
            "a-to-b-push: action sqs:SendMessage is given, not used by the code",
        ],
    );
}

#[test]
fn rights_that_are_written_elsewhere() {
    let from = "  DoorRole:\n    Type: AWS::IAM::Role\n    Condition: AToBIsOn\n    Properties:\n";
    let to = format!("{from}      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSQSFullAccess]\n");
    caught(from, &to, &["DoorRole: managed policies reach further than one function needs"]);
    let more = format!("  More: {{Type: AWS::IAM::Policy, Properties: {{Roles: [!Ref PollRole]}}}}\n{from}");
    caught(from, &more, &["More: rights belong in the function's role"]);
}

#[test]
fn a_statement_that_reaches_everything() {
    let from = "Action: sqs:SendMessage, Resource: !GetAtt Work.Arn";
    let every = ["DoorRole: sqs:SendMessage on every resource"];
    caught(from, "Action: sqs:SendMessage, Resource: \"*\"", &every);
    caught(from, "Action: sqs:SendMessage, Resource: [!GetAtt Work.Arn, \"*\"]", &every);
    caught(from, "Action: sqs:SendMessage, Resource: !If [IsLocal, \"*\", !GetAtt Work.Arn]", &every);
    let inverted = ["DoorRole: NotResource grants what is not named"];
    caught(from, "Action: sqs:SendMessage, NotResource: !GetAtt Last.Arn", &inverted);
    let star = [
        "DoorRole: action sqs:Send* is more than one",
        "a-to-b-webhook: action sqs:SendMessage is used by the code, not given",
        "a-to-b-webhook: action sqs:Send* is given, not used by the code",
    ];
    caught(from, "Action: [\"sqs:Send*\"], Resource: !GetAtt Work.Arn", &star);
}

#[test]
fn a_statement_of_a_resources_own_policy_counts() {
    let open = "  Open:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      PolicyDocument: {Statement: {Effect: Allow, Principal: \"*\", Action: \"sqs:*\", Resource: \"*\"}}\n  Work:\n";
    caught("  Work:\n", open, &["Open: action sqs:* is more than one", "Open: sqs:* on every resource"]);
}

#[test]
fn secrets_of_other_stacks_or_flows() {
    for other in ["hrsync/*", "hrsync/${AWS::StackName}/*", "hrsync/${AWS::StackName}/a-to-c/*"] {
        let wrong = format!(
            "a-to-b-webhook: secrets arn:aws:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:{other} instead of hrsync/${{AWS::StackName}}/a-to-b/*"
        );
        caught(":secret:hrsync/${AWS::StackName}/a-to-b/*", &format!(":secret:{other}"), &[&wrong]);
    }
    let secret = "  Key: {Type: AWS::SecretsManager::Secret, Properties: {Name: !Sub \"other/${AWS::StackName}/a\"}}\n  Ledger:\n";
    let expected = ["Key: called other/${AWS::StackName}/a, outside of hrsync/${AWS::StackName}/"];
    caught("  Ledger:\n", secret, &expected);
}

#[test]
fn a_reader_that_may_not_read_its_queue() {
    let expected = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        .map(|action| format!("a-to-b-push: {action} is not granted on Work"));
    let expected = expected.each_ref().map(String::as_str);
    caught("                Resource: !GetAtt Work.Arn\n", "                Resource: !GetAtt Last.Arn\n", &expected);
}

#[test]
fn a_receiver_that_reaches_more_of_the_table() {
    let reads = r#"a-to-b-webhook: dynamodb:GetItem is not narrowed to {"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["connection"]}}"#;
    caught("[connection]", "[connection, \"link#*\"]", &[reads]);
    caught(
        "                Condition: {ForAllValues:StringEquals: {\"dynamodb:LeadingKeys\": [connection]}}\n",
        "",
        &[reads],
    );
    let writes = r#"a-to-b-webhook: dynamodb:PutItem is not narrowed to {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["failure#*","unmailed"]}}"#;
    caught("ForAllValues:StringLike", "StringLike", &[writes]);
}

#[test]
fn a_role_that_writes_another_log() {
    let expected = ["a-to-b-push: may write the log ${DoorLog.Arn}"];
    caught("Resource: !GetAtt PushLog.Arn", "Resource: !GetAtt DoorLog.Arn", &expected);
}

#[test]
fn what_the_template_gives_and_the_code_does_not_use() {
    let expected = ["a-to-b-push: action dynamodb:Query is given, not used by the code"];
    caught("dynamodb:PutItem]", "dynamodb:PutItem, dynamodb:Query]", &expected);
    let expected = ["a-to-b-webhook: variable HRSYNC_MORE is given, not used by the code"];
    caught("{HRSYNC_QUEUE: !Ref Work}", "{HRSYNC_QUEUE: !Ref Work, HRSYNC_MORE: x}", &expected);
    let expected = ["a-to-b-push: in the template, not declared in code"];
    caught_in_code(|code| code.retain(|c| c.name != "a-to-b-push"), &expected);
}

#[test]
fn what_the_code_uses_and_the_template_does_not_give() {
    let expected = ["a-to-b-push: action dynamodb:PutItem is used by the code, not given"];
    caught("[dynamodb:GetItem, dynamodb:PutItem]", "[dynamodb:GetItem]", &expected);
    let expected = ["a-to-b-webhook: variable HRSYNC_QUEUE is used by the code, not given"];
    caught("{HRSYNC_QUEUE: !Ref Work}", "{}", &expected);
    let expected = [
        "a-to-b-webhook: variable HRSYNC_STACK is used by the code, not given",
        "a-to-b-push: variable HRSYNC_STACK is used by the code, not given",
        "failures-poll: variable HRSYNC_STACK is used by the code, not given",
    ];
    caught("{HRSYNC_STACK: !Ref AWS::StackName}", "{}", &expected);
    let expected = ["a-to-b-push: variable HRSYNC_TABLE is used by the code, not given"];
    caught_in_code(|code| code[1].environment.extend(["HRSYNC_TABLE".to_owned()]), &expected);
    let expected = ["failures-poll: action sqs:SendMessage is used by the code, not given"];
    caught_in_code(|code| code[2].actions.extend(["sqs:SendMessage".to_owned()]), &expected);
    let expected = ["a-to-b-gone: declared in code, not in the template"];
    let gone = Declared { name: "a-to-b-gone".to_owned(), ..code().remove(0) };
    caught_in_code(|code| code.push(gone), &expected);
}
