//! Requests in the forms of Entra ID and Okta, filters, pages, and bad input.

use std::fmt::Write as _;

use rstest::rstest;
use serde_json::{Value, json};

use super::{Directory, EXTENSION, activate, zofia};
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn changes_are_understood_as_entra_and_okta_send_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], false).await;
    let id = directory.add(&zofia()).await;
    let user = format!("/Users/{id}");
    let cases = [
        (json!([{ "op": "Replace", "path": "active", "value": "False" }]), "/active", json!(false)),
        (json!([{ "op": "Replace", "path": "active", "value": "True" }]), "/active", json!(true)),
        (json!([{ "op": "replace", "value": { "active": false } }]), "/active", json!(false)),
        (json!([{ "op": "replace", "value": { "active": true } }]), "/active", json!(true)),
        (
            json!([{ "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "z@kuusi.example" }]),
            "/emails/0/value",
            json!("z@kuusi.example"),
        ),
        (
            json!([{ "op": "Add", "value": { "displayName": "Ž N", "emails[type eq \"work\"].value": "y@kuusi.example" } }]),
            "/emails/0/value",
            json!("y@kuusi.example"),
        ),
        (
            json!([{ "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "tel:+358401234567" }]),
            "/phoneNumbers/0/value",
            json!("+358401234567"),
        ),
        (
            json!([{ "op": "Remove", "path": "phoneNumbers[type eq \"mobile\"].value" }]),
            "/phoneNumbers",
            Value::Null,
        ),
        (json!([{ "op": "Replace", "path": "userName", "value": "žofia" }]), "/userName", json!("žofia")),
        (
            json!([{ "op": "Replace", "path": "name.formatted", "value": "Z. N." }]),
            "/displayName",
            json!("Z. N."),
        ),
        (json!([{ "op": "Replace", "path": "title", "value": "CFO" }]), "/displayName", json!("Z. N.")),
        (json!([{ "op": "Remove", "path": "externalId" }]), "/externalId", Value::Null),
        (
            json!([{ "op": "Add", "path": format!("{EXTENSION}:company"), "value": app.company.to_string() }]),
            "/active",
            json!(true),
        ),
    ];
    for (operations, pointer, expected) in cases {
        let (status, changed) = directory.patch(&user, &operations).await;
        assert_eq!(status, 200, "{operations}: {changed}");
        assert_eq!(changed.pointer(pointer).unwrap_or(&Value::Null), &expected, "{operations}");
        assert_eq!(directory.get(&user).await.1, changed, "what was answered is what is kept");
    }
    let mut whole = zofia();
    whole["displayName"] = json!("Okta");
    whole["phoneNumbers"] = json!([]);
    let (status, replaced) = directory.send("PUT", &user, whole.to_string()).await;
    assert_eq!((status, &replaced["displayName"]), (200, &json!("Okta")), "{replaced}");
    assert_eq!(replaced.get("phoneNumbers"), None);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_person_s_own_matters_stay_theirs(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], false).await;
    let id = directory.add(&zofia()).await;
    let user = format!("/Users/{id}");
    activate(&app).await;
    for (path, value) in [
        ("emails", json!([{ "value": "thief@evil.example" }])),
        ("emails[type eq \"work\"].value", json!("thief@evil.example")),
        ("id", json!("1")),
        ("groups", json!([])),
        (EXTENSION, json!({ "company": "01890000-0000-7000-8000-000000000000" })),
    ] {
        let operations = json!([{ "op": "replace", "path": path, "value": value }]);
        let (status, refused) = directory.patch(&user, &operations).await;
        assert_eq!((status, &refused["scimType"]), (400, &json!("mutability")), "{path}: {refused}");
    }
    let mut whole = zofia();
    whole["emails"] = json!([{ "value": "thief@evil.example" }]);
    let (status, refused) = directory.send("PUT", &user, whole.to_string()).await;
    assert_eq!((status, &refused["scimType"]), (400, &json!("mutability")), "{refused}");
    whole["active"] = json!(false);
    let (status, gone) = directory.send("PUT", &user, whole.to_string()).await;
    assert_eq!((status, &gone["active"]), (200, &json!(false)), "whoever leaves must leave: {gone}");
    assert_eq!(gone["emails"][0]["value"], "zofia@seitseman.example");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn lists_are_filtered_and_turned_over(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], false).await;
    let id = directory.add(&zofia()).await;
    let invited = app.invite().await.person.to_string();
    for (filter, expected) in [
        ("userName eq \"zofia@SEITSEMAN.example\"".to_owned(), Some(&id)),
        ("externalId eq \"4711\"".to_owned(), Some(&id)),
        (
            "emails.value eq \"zofia@seitseman.example\" and displayName eq \"Žofia Nowak\"".to_owned(),
            Some(&id),
        ),
        (format!("id eq \"{id}\""), Some(&id)),
        ("userName eq \"mart.tamm@kuusi.example\"".to_owned(), Some(&invited)),
        ("userName eq \"%\"".to_owned(), None),
        ("id eq \"%00\"".to_owned(), None),
        ("userName eq \"zofia@seitseman.example\" and externalId eq \"1\"".to_owned(), None),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let (status, found) = directory.get(&format!("/Users?filter={query}")).await;
        assert_eq!(status, 200, "{filter}: {found}");
        assert_eq!(found["totalResults"], usize::from(expected.is_some()), "{filter}: {found}");
        assert_eq!(found["Resources"][0]["id"].as_str(), expected.map(String::as_str), "{filter}");
    }
    for filter in ["userName co \"a\"", "active eq true", "userName", "(", "userName eq \"a\" or id eq \"b\""]
    {
        let query: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let (status, refused) = directory.get(&format!("/Users?filter={query}")).await;
        assert_eq!((status, &refused["scimType"]), (400, &json!("invalidFilter")), "{filter}: {refused}");
    }
    let (_, page) = directory.get("/Users?startIndex=2&count=1&attributes=userName").await;
    assert_eq!(
        (&page["totalResults"], &page["startIndex"], &page["itemsPerPage"]),
        (&json!(2), &json!(2), &json!(1))
    );
    assert_eq!(page["Resources"][0]["userName"], "mart.tamm@kuusi.example");
    assert_eq!(page["Resources"][0].get("emails"), None);
    let (_, none) = directory.get("/Users?count=0").await;
    assert_eq!((&none["totalResults"], none["Resources"].as_array().unwrap().len()), (&json!(2), 0));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn bad_input_is_a_refusal_with_a_reason(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], true).await;
    let id = directory.add(&zofia()).await;
    let before = app.database.row_counts().await;
    let mut deep = String::new();
    for _ in 0..5000 {
        write!(deep, "{{\"name\":").unwrap();
    }
    let operations = |path: &str, value: Value| {
        json!({ "Operations": [{ "op": "replace", "path": path, "value": value }] }).to_string()
    };
    let bodies = [
        String::new(),
        "[]".to_owned(),
        "{".to_owned(),
        "null".to_owned(),
        "\u{feff}{}".to_owned(),
        deep,
        "{}".to_owned(),
        json!({ "userName": 7 }).to_string(),
        json!({ "userName": "a\u{0}b@kuusi.example" }).to_string(),
        json!({ "userName": "a".repeat(300) }).to_string(),
        json!({ "userName": "no address" }).to_string(),
        json!({ "userName": "a@kuusi.example", "active": "maybe" }).to_string(),
        json!({ "userName": "a@kuusi.example", "emails": "" }).to_string(),
        json!({ "userName": "a@kuusi.example", "emails": [[]] }).to_string(),
        json!({ "userName": "a@kuusi.example", "phoneNumbers": [{ "value": "040" }] }).to_string(),
        json!({ "userName": "a@kuusi.example", "preferredLanguage": "tlh" }).to_string(),
        json!({ "userName": "a@kuusi.example", "displayName": "\u{202e}\u{200b}" }).to_string(),
        json!({ "userName": "a@kuusi.example", "externalId": "\u{0}" }).to_string(),
        json!({ "userName": "a@kuusi.example", EXTENSION: { "company": "x" } }).to_string(),
        json!({ "Operations": [] }).to_string(),
        json!({ "Operations": [{ "op": "copy", "path": "active" }] }).to_string(),
        json!({ "Operations": [{ "op": "remove" }] }).to_string(),
        operations("nothing", json!(1)),
        operations("emails[", json!("a@b.fi")),
        operations("userName", Value::Null),
        operations("active", json!([])),
        operations("members", json!([{ "value": "\u{0}" }])),
        operations("members", json!([{ "value": "01890000-0000-7000-8000-000000000000" }])),
        operations("displayName", json!("")),
    ];
    let targets = [
        ("POST", "/Users".to_owned()),
        ("PATCH", format!("/Users/{id}")),
        ("POST", "/Groups".to_owned()),
        ("PATCH", format!("/Groups/{}", app.company)),
    ];
    for body in &bodies {
        for (method, path) in &targets {
            let (status, refused) = directory.send(method, path, body.clone()).await;
            assert_eq!(status, 400, "{method} {path} {body:.200}: {refused}");
            assert!(refused["scimType"].is_string(), "{method} {path} {body:.200}: {refused}");
            assert!(refused["detail"].as_str().unwrap().contains("error reference"), "{refused}");
        }
    }
    for path in ["/Users/%00", "/Users/1", "/Groups/x.administrators", "/Nothing", "/Schemas/x"] {
        assert_eq!(directory.get(path).await.0, 404, "{path}");
    }
    let (status, _) = directory.send("POST", "/Users", "x".repeat(300_000)).await;
    assert_eq!(status, 413);
    for path in ["/.search", "/Users/.search", "/Bulk"] {
        assert_eq!(directory.post(path, &json!({})).await.0, 501, "{path}");
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_slip_in_a_path_empties_no_company(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], true).await;
    let everybody = format!("/Groups/{}", app.company);
    let (one, other) = (directory.add(&zofia()).await, {
        directory.add(&json!({ "userName": "toinen@kuusi.example", "displayName": "Toinen" })).await
    });
    let chosen = format!("members[value eq \"{one}\"]");
    for operation in [
        json!({ "op": "replace", "path": chosen, "value": [{ "value": other }] }),
        json!({ "op": "add", "path": chosen, "value": [{ "value": other }] }),
        json!({ "op": "remove", "path": "members.display" }),
        json!({ "op": "remove", "path": format!("{chosen}.display") }),
        json!({ "op": "remove", "path": "members[type eq \"User\"]" }),
        json!({ "op": "replace", "path": "members", "value": null }),
        json!({ "op": "replace", "path": "members" }),
    ] {
        let (status, told) = directory.patch(&everybody, &json!([operation])).await;
        assert_eq!(status, 400, "{operation}: {told}");
    }
    let whole = json!({ "displayName": "Kuusi Books Oy", "members": null }).to_string();
    assert_eq!(directory.send("PUT", &everybody, whole).await.0, 200);
    assert_eq!(app.count("SELECT COUNT(*) FROM memberships").await, 2, "everybody is still there");
    app.stop().await;
}
