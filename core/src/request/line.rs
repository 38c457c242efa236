//! A request's first line and media type, as an answer may repeat them.

/// What an answer may repeat of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine<'a> {
    /// The method as sent.
    pub method: &'a str,
    /// The path as sent, percent-encoded, without the query.
    pub path: &'a str,
    /// The query as sent, without its question mark.
    pub query: Option<&'a str>,
    /// The `Content-Type` as sent.
    pub content_type: Option<&'a str>,
}

impl RequestLine<'_> {
    /// Path and query, with something between them.
    pub fn url(&self, between: &str) -> String {
        let (path, mark, query) =
            (self.path, if self.query.is_some() { "?" } else { "" }, self.query.unwrap_or_default());
        format!("{path}{between}{mark}{query}")
    }

    /// Path and query, with this query parameter in place of the one of its name. The value is written as it is.
    pub fn url_with(&self, name: &str, value: &str) -> String {
        let named = |pair: &str| pair.split_once('=').map_or(pair, |(name, _)| name) == name;
        let others =
            self.query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !named(pair));
        let mut url = format!("{}?", self.path);
        for pair in others {
            url.push_str(pair);
            url.push('&');
        }
        format!("{url}{name}={value}")
    }
}
