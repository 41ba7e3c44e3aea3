//! A contract's PDF: by type, behind a redirect to another host, and not always ready.

use reqwest::{Client, Method, redirect};
use serde_json::json;
use twins::Vendor as _;

use crate::oneflow_stage::Oneflow;

/// Status, target and body of the contract's own file.
async fn download(oneflow: &Oneflow, id: i64) -> (u16, Option<String>, String) {
    let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
    let request = oneflow.request(Method::GET, &format!("/contracts/{id}/files/1?download=true"));
    let answer = client.execute(request.build().unwrap()).await.unwrap();
    let target = answer.headers().get("location").map(|target| target.to_str().unwrap().to_owned());
    (answer.status().as_u16(), target, answer.text().await.unwrap())
}

async fn types(oneflow: &Oneflow, id: i64) -> Vec<String> {
    let (_, files) = oneflow.get(&format!("/contracts/{id}/files/")).await;
    files["data"].as_array().unwrap().iter().map(|file| file["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_contract_is_behind_a_link_of_another_host_that_lives_a_minute() {
    let oneflow = Oneflow::new();
    let id = oneflow.published().await;
    oneflow.office().sign(id, None).await.unwrap();
    assert_eq!(types(&oneflow, id).await, ["attachment", "contract"]);
    let (status, target, _) = download(&oneflow, id).await;
    let target = target.unwrap();
    assert!(status == 302 && !target.starts_with(&oneflow.0.twins.url()), "{target}");
    let stored = oneflow.0.client.get(&target).header("x-oneflow-api-token", "leaked").send().await.unwrap();
    assert_eq!(stored.headers()["content-type"], "binary/octet-stream");
    let pdf = stored.text().await.unwrap();
    assert!(pdf.starts_with("%PDF-") && pdf.contains(&format!("contract {id} \"signed\"")), "{pdf}");
    let call = oneflow.twin().desk().calls().into_iter().find(|call| call.path.starts_with("/storage/")).unwrap();
    assert!(call.headers.contains("x-oneflow-api-token"), "a leaked token is recorded");
    let login = oneflow.0.client.get(&target).header("authorization", "Bearer x").send().await.unwrap();
    assert_eq!(login.status(), 400);
    let unsigned = oneflow.0.client.get(target.split('?').next().unwrap()).send().await.unwrap();
    assert_eq!(unsigned.status(), 403);
    oneflow.later(60);
    assert_eq!(oneflow.0.client.get(&target).send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn just_after_signing_the_pdf_may_be_missing_in_three_ways() {
    let oneflow = Oneflow::with(json!({"pdf_after_seconds": 20})).await;
    let id = oneflow.published().await;
    assert_eq!(types(&oneflow, id).await, ["attachment", "contract"], "an unsigned contract has one at once");
    oneflow.office().sign(id, None).await.unwrap();
    assert_eq!((types(&oneflow, id).await, download(&oneflow, id).await.0), (vec!["attachment".to_owned()], 404));
    oneflow.switch(json!({"pdf_before": "no_redirect"})).await;
    assert_eq!(download(&oneflow, id).await, (200, None, String::new()));
    oneflow.switch(json!({"pdf_before": "storage_refuses"})).await;
    let (status, target, _) = download(&oneflow, id).await;
    let stored = oneflow.0.client.get(target.unwrap()).send().await.unwrap();
    assert_eq!((status, stored.status().as_u16()), (302, 404));
    oneflow.later(20);
    let (_, target, _) = download(&oneflow, id).await;
    assert_eq!(oneflow.0.client.get(target.unwrap()).send().await.unwrap().status(), 200);
}
