//! Whom a token does not reach, and who comes second.

use avain::flows::{invite, scim};
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::json;

use super::{Directory, EXTENSION, zofia};
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn other_companies_people_are_neither_seen_nor_touched(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let own = app.invite().await.person;
    let other = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let directory = Directory::new(&app, &[other], false).await;
    let before = app.database.row_counts().await;
    let operations =
        json!({ "Operations": [{ "op": "replace", "path": "displayName", "value": "x" }] }).to_string();
    for resource in [
        format!("/Users/{own}"),
        format!("/Groups/{}", app.company),
        format!("/Groups/{}.administrators", app.company),
    ] {
        for (method, body) in [
            ("GET", String::new()),
            ("PUT", zofia().to_string()),
            ("PATCH", operations.clone()),
            ("DELETE", String::new()),
        ] {
            let (status, refused) = directory.send(method, &resource, body).await;
            assert_eq!(status, 404, "{method} {resource}: {refused}");
        }
    }
    let (_, listed) = directory.get("/Users?filter=userName%20eq%20%22mart.tamm@kuusi.example%22").await;
    assert_eq!(listed["totalResults"], 0);
    assert_eq!(directory.get("/Users").await.1["totalResults"], 0);
    assert_eq!(directory.get("/Groups").await.1["totalResults"], 2);
    let mut elsewhere = zofia();
    elsewhere[EXTENSION] = json!({ "company": app.company.to_string() });
    assert_eq!(directory.post("/Users", &elsewhere).await.0, 400);
    let taken = json!([{ "op": "add", "path": "members", "value": [{ "value": own.to_string() }] }]);
    assert_eq!(directory.patch(&format!("/Groups/{other}"), &taken).await.0, 400);
    assert_eq!(directory.post("/Groups", &json!({ "displayName": "New" })).await.0, 403);
    assert_eq!(directory.send("DELETE", &format!("/Groups/{other}"), "").await.0, 403);
    let renamed = json!([{ "op": "replace", "path": "displayName", "value": "New" }]);
    assert_eq!(directory.patch(&format!("/Groups/{other}"), &renamed).await.0, 403);
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn another_company_s_person_keeps_number_and_address(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let other = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let person = app.invite().await.person;
    let all = Directory::new(&app, &[other], true).await;
    let joined = json!([{ "op": "add", "path": "members", "value": [{ "value": person.to_string() }] }]);
    assert_eq!(all.patch(&format!("/Groups/{other}"), &joined).await.0, 200);
    let directory = Directory::new(&app, &[other], false).await;
    let user = format!("/Users/{person}");
    let (_, seen) = directory.get(&user).await;
    assert_eq!(seen.get("phoneNumbers"), None, "the number is the basic company's matter");
    for (path, value) in
        [("phoneNumbers", json!([{ "value": "+358401112223" }])), ("emails", json!([{ "value": "x@y.fi" }]))]
    {
        let operations = json!([{ "op": "replace", "path": path, "value": value }]);
        let (status, refused) = directory.patch(&user, &operations).await;
        assert_eq!((status, &refused["scimType"]), (400, &json!("mutability")), "{refused}");
    }
    let off = json!([{ "op": "replace", "path": "active", "value": false }]);
    assert_eq!(directory.patch(&user, &off).await.0, 200);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM memberships WHERE access = 'browser' AND is_basic = 1").await,
        1,
        "the basic company still lets them in"
    );
    assert_eq!(directory.send("DELETE", &user, "").await.0, 204);
    assert_eq!(all.get(&user).await.0, 200);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_token_that_is_wrong_missing_or_revoked_opens_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let mut directory = Directory::new(&app, &[app.company], false).await;
    assert_eq!(directory.get("/Users").await.0, 200);
    let stolen = app.database.stolen().await;
    assert!(!stolen.windows(directory.token.len()).any(|window| window == directory.token.as_bytes()));
    let (token, companies) = scim::list_tokens(&app.services).await.unwrap().remove(0);
    assert!(token.last_used_at.is_some() && companies == [app.company]);
    scim::revoke_token(&app.services, token.id).await.unwrap();
    assert!(scim::revoke_token(&app.services, token.id).await.is_err(), "once");
    for bearer in [directory.token.clone(), "avain_scim_x".to_owned(), "x".repeat(5000), String::new()] {
        directory.token = bearer;
        let (status, refused) = directory.get("/Users").await;
        assert_eq!((status, &refused["status"]), (401, &json!("401")), "{refused}");
    }
    let bare = reqwest::get(format!("{}/scim/v2/Users", app.base_url)).await.unwrap();
    assert_eq!(bare.status().as_u16(), 401);
    assert!(bare.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
    let audited = "SELECT COUNT(*) FROM audit WHERE event IN ('scim_token.made', 'scim_token.revoked')";
    assert_eq!(app.count(audited).await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn of_two_requests_for_one_name_one_wins(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let other = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let directory = Directory::new(&app, &[app.company], true).await;
    for round in 0..10 {
        let name = format!("racer{round}@kuusi.example");
        let racers = [(app.company, &name), (other, &name.to_uppercase())].map(
            |(company, name)| json!({ "userName": name, EXTENSION: { "company": company.to_string() } }),
        );
        let answers = join_all(racers.iter().map(|user| directory.post("/Users", user))).await;
        let mut statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{answers:?}");
        let loser = answers.iter().find(|(status, _)| *status == 409).unwrap();
        assert_eq!(loser.1["scimType"], "uniqueness");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM persons").await, 10);
    directory.add(&json!({ "userName": "first@kuusi.example" })).await;
    let again = json!({ "userName": "other", "emails": [{ "value": "First@kuusi.example" }] });
    let (status, refused) = directory.post("/Users", &again).await;
    assert_eq!(
        (status, &refused["scimType"]),
        (409, &json!("uniqueness")),
        "a member has the address: {refused}"
    );
    app.stop().await;
}
