//! Messages between phone and server, in JSON or in protobuf; and forms.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use avain_proto::limits::Bounded;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::Problem;
use super::body::Body;
use super::bounds;
use crate::domain::error_code::ErrorCode;

/// How a message is written; the answer is written like the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum WireForm {
    /// The canonical JSON mapping of proto3.
    Json,
    /// Binary protobuf.
    Protobuf,
}

/// A phone's message, within its [bounds].
pub(in super::super) struct Message<M> {
    /// What it says.
    pub(in super::super) content: M,
    /// How it was written.
    pub(in super::super) form: WireForm,
}

/// A form, as web pages and web applications send it. A field that stands twice is refused.
pub(in super::super) struct Form<F>(pub(in super::super) F);

impl<M: prost::Message + Bounded + Default + DeserializeOwned + 'static> FromRequest for Message<M> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = wire_form(request);
        let body = Body::from_request(request, payload);
        Box::pin(async move {
            let form = form?;
            let Body(body) = body.await?;
            let content = match form {
                WireForm::Json => serde_json::from_slice(&body).ok(),
                WireForm::Protobuf => M::decode(body).ok(),
            };
            let content: M = content.ok_or(Problem::new(ErrorCode::MessageMalformed))?;
            bounds::check(&content)?;
            Ok(Self { content, form })
        })
    }
}

impl<F: DeserializeOwned + 'static> FromRequest for Form<F> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = media_type(request) == "application/x-www-form-urlencoded";
        let body = Body::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(Problem::new(ErrorCode::ContentTypeUnsupported));
            }
            let Body(body) = body.await?;
            serde_urlencoded::from_bytes(&body)
                .map(Form)
                .map_err(|_| Problem::new(ErrorCode::MessageMalformed))
        })
    }
}

/// Writes an answer in the form of its request.
pub(in super::super) fn reply<M: prost::Message + Serialize>(
    status: StatusCode,
    form: WireForm,
    content: &M,
) -> Result<HttpResponse, Problem> {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(match form {
        WireForm::Json => {
            let json = serde_json::to_vec(content).map_err(Problem::internal)?;
            response.content_type("application/json").body(json)
        }
        WireForm::Protobuf => response.content_type("application/x-protobuf").body(content.encode_to_vec()),
    })
}

fn wire_form(request: &HttpRequest) -> Result<WireForm, Problem> {
    match media_type(request).as_str() {
        "application/json" => Ok(WireForm::Json),
        "application/x-protobuf" => Ok(WireForm::Protobuf),
        _ => Err(Problem::new(ErrorCode::ContentTypeUnsupported)),
    }
}

fn media_type(request: &HttpRequest) -> String {
    let value =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
