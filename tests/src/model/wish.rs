//! What is asked, and how each API is asked for it.

use super::Api;
use crate::case::CaseRequest;
use bulk_delete_core::json::Value;

/// What somebody wants deleted.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Who asks; `None` is nobody.
    pub caller: Option<String>,
    /// The scopes of their credential; `None` stands for their own.
    pub scopes: Option<Vec<String>>,
    /// The container, as the request names it.
    pub container: String,
    /// The ids as they are spelt in the request, repeated ones too.
    pub ids: Vec<Spelt>,
    /// Whether children go as well, where the API lets that be said.
    pub with_children: Option<bool>,
    /// What is wrong with the request's form.
    pub flaw: Flaw,
}

/// An id, and how a request spells it.
#[derive(Clone, Debug)]
pub struct Spelt {
    /// The id.
    pub id: String,
    /// JSON for it; in a query, the id itself is written.
    pub json: String,
}

/// What is wrong with the form of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// The body breaks off; in a query, an escape does.
    BrokenOff,
    /// One id is of another type; in a query, the flag is.
    WrongType,
    /// The ids are named twice; in a query, the flag is.
    Twice,
    /// The ids are missing.
    Missing,
    /// The body is of another media type. Nothing in a query.
    MediaType,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::None, Self::BrokenOff, Self::WrongType, Self::Twice, Self::Missing, Self::MediaType];
}

impl Wish {
    /// Each id once, the first mention of it, in order.
    pub fn distinct(&self, api: Api) -> Vec<String> {
        let mut distinct: Vec<String> = Vec::new();
        for spelt in &self.ids {
            if !distinct.iter().any(|known| api.same(known, &spelt.id)) {
                distinct.push(spelt.id.clone());
            }
        }
        distinct
    }

    /// The request.
    pub fn request(&self, api: Api) -> CaseRequest {
        let (method, path) = match api {
            Api::Anaplan => ("POST", format!("/2/0/workspaces/{}/bulkDeleteModels", self.container)),
            Api::Aisquare => ("POST", "/api/v1/experiences/bulk-delete/".to_owned()),
            Api::Codearts => ("POST", "/v2/applications/batch-delete".to_owned()),
            Api::Seismic => ("DELETE", format!("/programs/v2/spaces/{}/programs", self.container)),
            Api::Workspace => ("POST", format!("/v2/{}/scheduled-tasks/batch-delete", self.container)),
        };
        let in_query = api == Api::Seismic;
        let media_type = if self.flaw == Flaw::MediaType { "text/plain" } else { "application/json" };
        let headers =
            if in_query { Vec::new() } else { vec![("Content-Type".to_owned(), media_type.to_owned())] };
        CaseRequest {
            method: method.to_owned(),
            path,
            query: in_query.then(|| self.query()),
            headers,
            body: (!in_query).then(|| self.body(api).into_bytes()),
        }
    }

    fn body(&self, api: Api) -> String {
        let key = match api {
            Api::Anaplan => "modelIdsToDelete",
            Api::Aisquare => "ids",
            Api::Codearts => "application_ids",
            Api::Workspace | Api::Seismic => "task_ids",
        };
        let mut ids: Vec<&str> = self.ids.iter().map(|spelt| spelt.json.as_str()).collect();
        if self.flaw == Flaw::WrongType {
            ids.push("{}");
        }
        let list = format!("\"{key}\": [{}]", ids.join(", "));
        let mut members = Vec::new();
        if api == Api::Codearts {
            members.push(format!("\"project_id\": {}", Value::from(self.container.as_str()).to_text()));
        }
        match self.flaw {
            Flaw::Missing => {}
            Flaw::Twice => members.extend([list.clone(), list]),
            _ => members.push(list),
        }
        let body = format!("{{{}}}", members.join(", "));
        match self.flaw {
            Flaw::BrokenOff => body[..body.len() - 1].to_owned(),
            _ => body,
        }
    }

    fn query(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        if self.flaw != Flaw::Missing {
            // Every second id shares its pair with the one before it.
            for two in self.ids.chunks(2) {
                pairs.push(format!(
                    "ids={}",
                    two.iter().map(|spelt| spelt.id.as_str()).collect::<Vec<_>>().join(",")
                ));
            }
        }
        pairs.extend(self.with_children.map(|with| format!("deleteTasks={with}")));
        match self.flaw {
            Flaw::BrokenOff => pairs.push("ids=%E2%82".to_owned()),
            Flaw::WrongType => pairs = [pairs, vec!["deleteTasks=perhaps".to_owned()]].concat(),
            Flaw::Twice => pairs.extend(["deleteTasks=true".to_owned(), "deleteTasks=true".to_owned()]),
            Flaw::None | Flaw::Missing | Flaw::MediaType => {}
        }
        pairs.join("&")
    }
}
