//! A request's body: bounded in size and in time.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;

use super::super::Problem;
use crate::domain::error_code::ErrorCode;

/// The most bytes that routes take.
const LARGEST: usize = 16 * 1024;
/// The most bytes of a list of people.
const LARGEST_LIST: usize = 256 * 1024;
/// How long a body may take to arrive; the HTTP server itself never gives up on one.
const SLOWEST: Duration = Duration::from_secs(10);

/// The bytes of a body.
pub(in super::super) struct Body(pub(in super::super) Bytes);

/// The bytes of a body that may name hundreds of people.
pub(in super::super) struct LargeBody(pub(in super::super) Bytes);

impl FromRequest for LargeBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move { in_time(payload, LARGEST_LIST).await.map(Self) })
    }
}

impl FromRequest for Body {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move { in_time(payload, LARGEST).await.map(Self) })
    }
}

async fn in_time(payload: Payload, largest: usize) -> Result<Bytes, Problem> {
    let read = tokio::time::timeout(SLOWEST, read(payload, largest)).await;
    read.unwrap_or_else(|_| Err(Problem::new(ErrorCode::BodyTooSlow)))
}

async fn read(mut payload: Payload, largest: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::new(ErrorCode::MessageMalformed))?;
        if body.len() + chunk.len() > largest {
            return Err(Problem::new(ErrorCode::BodyTooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
