//! A page served beside the contracts: files that were read at the start, for `GET` and `HEAD` where no contract answers. What
//! is on the page is left to the files; how browsers may treat it is said here.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Scripts and styles of the page's own, WebAssembly, and nothing else; nobody may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// By this header a page knows that the mock is behind it.
const MOCK: HeaderName = HeaderName::from_static("x-bulk-delete-mock");

/// What is said where there is no page.
const NO_PAGE: &str = "\
This mock server has no page to show: `cargo xtask serve` makes one and serves it here, or --page names its folder.
What is served: /__mock/contracts
How the mock is steered: /__mock/
";

/// The files of a page.
#[derive(Debug, Default)]
pub struct Page {
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
struct File {
    media_type: &'static str,
    /// An entity tag, without the encoding.
    tag: String,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

impl Page {
    /// A page of these files: their names relative to `/`, with slashes, and their contents. A name followed by `.gz` or
    /// `.br` is the same file, compressed. None at all is no page.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut given: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let compressed = |name: &str| name.ends_with(".gz") || name.ends_with(".br");
        let names: Vec<String> = given.keys().filter(|name| !compressed(name)).cloned().collect();
        let files = names.into_iter().filter_map(|name| {
            let plain = given.remove(&name)?;
            let mut take = |end| given.remove(&format!("{name}{end}")).map(Bytes::from);
            let file = File {
                media_type: media_type(&name),
                tag: tag(&plain),
                gzip: take(".gz"),
                brotli: take(".br"),
                plain: Bytes::from(plain),
            };
            Some((name, file))
        });
        Self { files: files.collect() }
    }

    /// The answer for this request, if it is one for the page.
    pub(super) fn answer(&self, head: &Parts) -> Option<Response<Full<Bytes>>> {
        if head.method != Method::GET && head.method != Method::HEAD {
            return None;
        }
        let name = match head.uri.path().strip_prefix('/')? {
            "" if self.files.is_empty() => return Some(no_page(&head.method)),
            "" => "index.html",
            name => name,
        };
        self.files.get(name).map(|file| file.answer(head))
    }
}

impl File {
    fn answer(&self, head: &Parts) -> Response<Full<Bytes>> {
        let (encoding, body) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(&head.headers, "br") => (Some("br"), brotli),
            (_, Some(gzip)) if accepts(&head.headers, "gzip") => (Some("gzip"), gzip),
            _ => (None, &self.plain),
        };
        let tag = match encoding {
            Some(encoding) => format!("\"{}-{encoding}\"", self.tag),
            None => format!("\"{}\"", self.tag),
        };
        let known = head.headers.get_all(IF_NONE_MATCH).iter().any(|tags| {
            let tags = tags.to_str().unwrap_or_default().split(',').map(str::trim);
            let mut tags = tags.map(|tag| tag.strip_prefix("W/").unwrap_or(tag));
            tags.any(|known| known == tag || known == "*")
        });
        let mut response = Response::new(Full::default());
        let headers = response.headers_mut();
        // Hexadecimal digits and an encoding can stand in a header.
        headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
        // Kept, and asked for again each time: after a rebuild nobody sees the page of yesterday.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let same_origin = HeaderValue::from_static("same-origin");
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), same_origin.clone());
        // What the rest says is asked of documents only.
        if self.media_type.starts_with("text/html") {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
            headers.insert(HeaderName::from_static("cross-origin-opener-policy"), same_origin);
            headers.insert(MOCK, HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
        }
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.extend(encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding))));
        with_body(response, body.clone(), &head.method)
    }
}

fn no_page(method: &Method) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    with_body(response, Bytes::from_static(NO_PAGE.as_bytes()), method)
}

fn with_body(mut response: Response<Full<Bytes>>, body: Bytes, method: &Method) -> Response<Full<Bytes>> {
    if method == Method::HEAD {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    } else {
        *response.body_mut() = Full::new(body);
    }
    response
}

/// Whether a browser takes this encoding. One that it weighs with nought it does not.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers.get_all(ACCEPT_ENCODING).iter().any(|list| {
        list.to_str().unwrap_or_default().split(',').any(|each| {
            let mut parts = each.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map(str::parse::<f32>);
            named && !matches!(weight, Some(Ok(0.0)))
        })
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// So many bytes tell the versions of one file apart, and are sent with every file.
fn tag(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
