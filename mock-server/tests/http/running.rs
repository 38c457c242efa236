//! A server on a free port, in this process, and ended with the test.

use crate::client::{Client, Reply};
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::builtin;
use bulk_delete_mock::folder::{self, Loaded};
use bulk_delete_mock::mock::{Chance, Clock, Mock, Options};
use bulk_delete_mock::server::{self, Limits, Page};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Where the frozen clock of these tests stands: 2026-11-21T22:03:00Z.
pub(crate) const NOW: Timestamp = Timestamp(1_795_298_580_000);

/// A server with the built-in contracts.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts one with a frozen clock.
    pub(crate) fn start() -> Self {
        Self::with(Limits::default(), "127.0.0.1:0")
    }

    /// Starts one with a page of these files.
    pub(crate) fn with_page(files: &[(&str, &[u8])]) -> Self {
        let files = files.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec()));
        Self::built(Limits::default(), "127.0.0.1:0", Options::default(), Page::new(files))
    }

    /// Starts one that behaves as these options say.
    pub(crate) fn behaving(options: Options) -> Self {
        Self::built(Limits::default(), "127.0.0.1:0", options, Page::default())
    }

    pub(crate) fn with(limits: Limits, listen: &str) -> Self {
        Self::built(limits, listen, Options::default(), Page::default())
    }

    fn built(limits: Limits, listen: &str, options: Options, page: Page) -> Self {
        let Loaded { contracts, seed, scenarios } = folder::load(&builtin::folders(), None).unwrap();
        let mock = Mock::with(contracts, seed, Clock::frozen(NOW), Chance::new([7; 32]), options)
            .unwrap()
            .with_documents(&builtin::folders())
            .with_scenarios(scenarios, None)
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let listener = std::net::TcpListener::bind(listen).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let shutdown = async {
                let _ = ended.await;
            };
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                server::run(listener, shutdown, Arc::new(mock), limits, page).await.unwrap();
            });
        });
        Self { address, end: Some(end), thread: Some(thread) }
    }

    /// A connection of its own.
    pub(crate) fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// One request over a connection of its own.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut client = self.connect();
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        client.write(request.as_bytes());
        client.reply_to(method)
    }

    /// A call of the control API with a JSON body, or none.
    pub(crate) fn control(&self, method: &str, call: &str, body: &str) -> Reply {
        self.send(method, &format!("/__mock/{call}"), &[], body)
    }

    /// Asks for two models of the main workspace to be deleted: one goes, one is open and stays.
    pub(crate) fn delete_models(&self, token: &str) -> Reply {
        let headers = [("Authorization", token), ("Content-Type", "application/json")];
        self.send("POST", MODELS, &headers, MODELS_BODY)
    }
}

pub(crate) const MODELS: &str = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
pub(crate) const MODEL: &str = "2D0E3F8051B25C6D9E7F403B2C1D0E9F";
pub(crate) const OPEN_MODEL: &str = "BC24B51B39CF4701ACF7CBFD2ED93C36";
pub(crate) const MODELS_BODY: &str =
    r#"{"modelIdsToDelete":["2D0E3F8051B25C6D9E7F403B2C1D0E9F","BC24B51B39CF4701ACF7CBFD2ED93C36"]}"#;
pub(crate) const ADA: &str = "AnaplanAuthToken ada-token";

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
