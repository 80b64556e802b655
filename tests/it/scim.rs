//! Provisioning at `/scim/v2`, as identity providers speak it.

mod forms;
mod guards;
mod tester;

use avain::domain::ids::CompanyId;
use avain::domain::message::Channel;
use avain::flows::scim::{self, NewToken};
use avain_proto::v1::UserVerification;
use mobile_sim::{Activation, Phone};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{CLIENT_ID, TestApp, facts};

pub(crate) const EXTENSION: &str = "urn:ietf:params:scim:schemas:extension:avain:2.0:User";

/// An identity provider with its token.
pub(crate) struct Directory {
    http: reqwest::Client,
    base_url: String,
    pub(crate) token: String,
}

impl Directory {
    pub(crate) async fn new(app: &TestApp, companies: &[CompanyId], is_for_all: bool) -> Self {
        let new = NewToken { client: CLIENT_ID.to_owned(), companies: companies.to_vec(), is_for_all };
        let (_, token) = scim::add_token(&app.services, new).await.unwrap();
        Self { http: reqwest::Client::new(), base_url: app.base_url.clone(), token: token.expose().clone() }
    }

    /// Status and body; a body that is no JSON is a failure.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        body: impl Into<reqwest::Body>,
    ) -> (u16, Value) {
        let url = format!("{}/scim/v2{path}", self.base_url);
        let request = self.http.request(method.parse().unwrap(), url).bearer_auth(&self.token);
        let response =
            request.header("content-type", "application/scim+json").body(body).send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        (status, body)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send("POST", path, body.to_string()).await
    }

    pub(crate) async fn patch(&self, path: &str, operations: &Value) -> (u16, Value) {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": operations,
        });
        self.send("PATCH", path, body.to_string()).await
    }

    pub(crate) async fn add(&self, user: &Value) -> String {
        let (status, added) = self.post("/Users", user).await;
        assert_eq!(status, 201, "{added}");
        added["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn zofia() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "Zofia@seitseman.example",
        "externalId": "4711",
        "name": { "givenName": "Žofia", "familyName": "Nowak" },
        "emails": [{ "value": "zofia@seitseman.example", "type": "work", "primary": true }],
        "phoneNumbers": [{ "value": "+372 5555 0199", "type": "mobile" }],
        "preferredLanguage": "en-US",
        "active": true,
        "title": "Bookkeeper",
    })
}

pub(crate) async fn activate(app: &TestApp) -> Phone {
    let mail = app.last_message(Channel::Mail).await;
    let is_code = |word: &&str| word.len() == 14 && word.matches('-').count() == 2;
    let code = mail.body.split_whitespace().find(is_code).unwrap().to_owned();
    let (mut activation, _) = Activation::start(&app.phone_server(), &code, facts()).await.unwrap();
    activation.confirm(&app.confirmation_code().await).await.unwrap();
    activation.enrol(UserVerification::Pin, "").await.unwrap()
}

/// What the browser is told after the phone approved.
async fn sign_in(app: &TestApp, phone: &Phone) -> (u16, String) {
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(phone, &attempt).await;
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    (page.status, page.body)
}

#[rstest]
#[actix_web::test]
async fn whoever_is_provisioned_activates_signs_in_and_is_locked_out_again(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], false).await;
    let (status, added) = directory.post("/Users", &zofia()).await;
    assert_eq!(status, 201, "{added}");
    assert_eq!(added["displayName"], "Žofia Nowak");
    assert_eq!(added["preferredLanguage"], "en");
    assert_eq!(added["phoneNumbers"][0]["value"], "+37255550199");
    assert_eq!(added[EXTENSION]["company"], app.company.to_string());
    assert_eq!(added["groups"][0]["value"], app.company.to_string());
    assert!(added["meta"]["location"].as_str().unwrap().ends_with(added["id"].as_str().unwrap()));
    assert_eq!(app.last_message(Channel::Mail).await.to, "zofia@seitseman.example");
    let user = format!("/Users/{}", added["id"].as_str().unwrap());

    let phone = activate(&app).await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    assert!(browser.finish_sign_in(&attempt).await.contains("?code="));

    let (status, changed) =
        directory.patch(&user, &json!([{ "op": "replace", "path": "active", "value": false }])).await;
    assert_eq!((status, &changed["active"]), (200, &json!(false)), "{changed}");
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 0);
    let (status, page) = sign_in(&app, &phone).await;
    assert_eq!(status, 403);
    assert!(
        page.contains("There is a problem with access rights, please contact your accounting office."),
        "{page}"
    );
    let mails = app.messages().await.len();
    directory.patch(&user, &json!([{ "op": "replace", "path": "active", "value": true }])).await;
    assert_eq!(app.messages().await.len(), mails, "a phone is there: no invitation");
    assert_eq!(sign_in(&app, &phone).await.0, 303);

    assert_eq!(directory.send("DELETE", &user, "").await.0, 204);
    for method in ["GET", "DELETE"] {
        assert_eq!(directory.send(method, &user, "").await.0, 404, "{method}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 0);
    let frame = browser.frame(&browser.start_sign_in().await.attempt).await;
    assert_eq!(phone.scan(&frame).await.err().unwrap().code(), Some("access_rights_missing"));
    let mails = app.messages().await.len();
    let again = directory.add(&zofia()).await;
    assert_eq!(format!("/Users/{again}"), user, "the same person comes back");
    assert_eq!(app.messages().await.len(), mails);
    assert_eq!(sign_in(&app, &phone).await.0, 303);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_history_names_the_application(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], false).await;
    let id = directory.add(&zofia()).await;
    let (_, phone) = app.administrator_of(app.company).await;
    let changes = json!([
        { "op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+358 40 765 4321" },
        { "op": "replace", "path": "displayName", "value": "Žofia Kowalska" },
    ]);
    let (status, changed) = directory.patch(&format!("/Users/{id}"), &changes).await;
    assert_eq!(status, 200, "{changed}");
    let mail = app.last_message(Channel::Mail).await;
    assert!(mail.subject.contains("phone number") && mail.body.contains("Ledger"), "{}", mail.body);
    let page = app.browser().visit_with(&phone, &format!("/admin/{}/people/{id}", app.company)).await.body;
    for text in ["Invitation sent", "Phone number changed", "Name changed", "(Ledger)", "Žofia Kowalska"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE actor_id = 'client:ledger'").await,
        4,
        "added, invited, phone, name"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn groups_are_companies_and_roles(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], true).await;
    let (everybody, administrators) =
        (format!("/Groups/{}", app.company), format!("/Groups/{}.administrators", app.company));
    let id = directory.add(&zofia()).await;
    let member = json!([{ "op": "Add", "path": "members", "value": [{ "value": id }] }]);
    let (status, group) = directory.patch(&administrators, &member).await;
    assert_eq!((status, &group["members"][0]["value"]), (200, &json!(id)), "{group}");
    assert_eq!(app.text("SELECT role FROM memberships").await, "user_administrator");

    let gone = json!([{ "op": "Remove", "path": format!("members[value eq \"{id}\"]") }]);
    for group in [&administrators, &everybody] {
        let (status, refused) = directory.patch(group, &gone).await;
        assert_eq!(status, 409, "the last KH user stays: {refused}");
        assert!(refused["detail"].as_str().unwrap().contains("scim_last_administrator"));
    }
    assert_eq!(directory.send("DELETE", &format!("/Users/{id}"), "").await.0, 409);
    let off = json!([{ "op": "Replace", "path": "active", "value": "False" }]);
    assert_eq!(directory.patch(&format!("/Users/{id}"), &off).await.0, 409);

    let other = json!({ "userName": "toinen@kuusi.example", "displayName": "Toinen" });
    let other = directory.add(&other).await;
    let swapped = json!([{ "op": "replace", "path": "members", "value": [{ "value": other }] }]);
    let (status, group) = directory.patch(&administrators, &swapped).await;
    assert_eq!((status, group["members"].as_array().unwrap().len()), (200, 1), "{group}");
    assert_eq!(directory.patch(&everybody, &gone).await.0, 200);
    assert_eq!(directory.get(&format!("/Users/{other}")).await.1["groups"].as_array().unwrap().len(), 2);

    let (status, made) = directory.post("/Groups", &json!({ "displayName": "Seitsemän Oy" })).await;
    assert_eq!(status, 201, "{made}");
    let path = format!("/Groups/{}", made["id"].as_str().unwrap());
    let renamed = json!([{ "op": "replace", "value": { "displayName": "Kahdeksan Oy" } }]);
    assert_eq!(directory.patch(&path, &renamed).await.1["displayName"], "Kahdeksan Oy");
    let (_, found) = directory.get("/Groups?filter=displayName%20eq%20%22kahdeksan%20oy%22").await;
    assert_eq!((&found["totalResults"], &found["Resources"][0]["id"]), (&json!(1), &made["id"]));
    let joined = json!([{ "op": "add", "path": "members", "value": [{ "value": other }] }]);
    assert_eq!(directory.patch(&path, &joined).await.0, 200);
    assert_eq!(directory.send("DELETE", &path, "").await.0, 409, "it has people");
    let left = json!([{ "op": "remove", "path": "members", "value": [{ "value": other }] }]);
    assert_eq!(directory.patch(&path, &left).await.0, 200);
    assert_eq!(directory.send("DELETE", &path, "").await.0, 204);
    assert_eq!(directory.get(&path).await.0, 404);
    let audited =
        "SELECT COUNT(*) FROM audit WHERE event IN ('company.added', 'company.renamed', 'company.deleted')";
    assert_eq!(app.count(audited).await, 3);
    app.stop().await;
}
