//! The bare Lambda Runtime API that one function's process talks to.
//!
//! Follows <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How long an invocation may take, as the function is told.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The API of one process; ends when dropped.
pub(crate) struct Runtime {
    /// Where it listens, as `AWS_LAMBDA_RUNTIME_API` names it.
    pub(crate) address: SocketAddr,
    signals: mpsc::UnboundedReceiver<Signal>,
    task: JoinHandle<()>,
}

/// What the function tells, and when.
pub(crate) enum Signal {
    /// It asks for an event, which goes through `hand`.
    Asks { at: Instant, hand: oneshot::Sender<Vec<u8>> },
    /// It has answered the event that it was handed last.
    Answers { at: Instant, answer: Bytes },
    /// It could not start, or not handle the event.
    Fails { error: String },
}

type Signals = State<mpsc::UnboundedSender<Signal>>;

impl Runtime {
    /// Listens on a free port.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("failed to listen for the function")?;
        let address = listener.local_addr()?;
        let (sender, signals) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(error))
            .with_state(sender);
        let task = tokio::spawn(serve(listener, router));
        Ok(Self { address, signals, task })
    }

    /// What the function tells next; `None` once that cannot come any more.
    pub(crate) async fn signal(&mut self) -> Option<Signal> {
        self.signals.recv().await
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves until the task is aborted. Answers leave at once, whatever their size.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let listener = listener.tap_io(|stream| {
        // a socket that cannot be set so is only slower
        let _ = stream.set_nodelay(true);
    });
    let _ = axum::serve(listener, router).await;
}

async fn next(State(signals): Signals) -> Response {
    let (hand, event) = oneshot::channel();
    let asked = signals.send(Signal::Asks { at: Instant::now(), hand });
    let (Ok(()), Ok(event)) = (asked, event.await) else { return StatusCode::GONE.into_response() };
    let deadline = (Timestamp::now() + TIMEOUT).as_millisecond().to_string();
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned()),
        ("lambda-runtime-deadline-ms", deadline),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:123456789012:function:bench".to_owned()),
        (
            "lambda-runtime-trace-id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event).into_response()
}

async fn response(State(signals): Signals, answer: Bytes) -> StatusCode {
    // nobody listens any more once a measurement has ended
    let _ = signals.send(Signal::Answers { at: Instant::now(), answer });
    StatusCode::ACCEPTED
}

async fn error(State(signals): Signals, error: Bytes) -> StatusCode {
    let _ = signals.send(Signal::Fails { error: String::from_utf8_lossy(&error).into_owned() });
    StatusCode::ACCEPTED
}
