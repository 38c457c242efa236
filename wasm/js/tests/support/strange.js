/** Answers of somebody else with a status of success: of other operations, of other APIs, and of whatever stands before a server. */

/** @type {readonly unknown[]} */
export const STRANGE = [
  {}, [], null, 5, "ok",
  { status: "ok" }, { success: true }, { message: "Please log in." }, { detail: "Please log in." }, { error: "maintenance" }, { errors: [{ message: "maintenance" }] },
  { status: { code: 200, message: "Success" } },
  { meta: { schema: "https://api.anaplan.com/2/0/objects/model" }, status: { code: 200, message: "Success" }, models: [] },
  { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" },
  { status: "success", result: { id: "a", name: "b" } },
  { scheduled_tasks: [], total_count: 0 },
  { asyncOperations: [] },
];

/** Whether an answer says something: one of a contract that has no body cannot be told from one that says nothing. @param {any} answer */
export function says(answer) {
  return answer !== null && (typeof answer !== "object" || Object.keys(answer).length > 0);
}
