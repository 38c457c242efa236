import { listed, load } from "bulk-delete";
import anaplanModels from "bulk-delete/contracts/anaplan-models";

const baseUrl = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:4010";
const headers = { Authorization: "AnaplanAuthToken ada-token" };
const workspaceId = "75A40874E6B64FA3AE0743278996850F";

// What the page knows of its user and of its rows. `fail: null` says that nothing else stands against a deletion.
const caller = { authenticated: true, containerExists: true, roles: ["workspace-administrator"] };
const rows = [
  { id: "1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", name: "Budget 2023", state: "closed", fail: null },
  { id: "2D0E3F8051B25C6D9E7F403B2C1D0E9F", name: "Budget 2024", state: "closed", fail: null },
  { id: "BC24B51B39CF4701ACF7CBFD2ED93C36", name: "Budget 2027", state: "open", fail: null },
  { id: "EA8467B737A144C5B73CD56BA86085A0", name: "Board scenario", state: "closed", accessible: false, fail: null },
  { id: "Incorrect_Model_Id", name: "Budget 2019", exists: false },
];

const form = document.querySelector("form");
const button = form.querySelector("button");
const status = form.querySelector("[role=status]");
const cells = new Map(rows.map((row) => [row.id, draw(row)]));

const models = await load(anaplanModels);
const facts = listed(rows);

form.addEventListener("change", forecast);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = "Deleting…";
  const call = ticked();
  const report = await models.submit(call, { baseUrl, headers });
  for (const { id, outcome, reason } of report.items) cells.get(id).outcome.textContent = reason ?? outcome;
  // What may be tried again stays ticked.
  const again = models.retry(call, report, { when: "after-change" })?.ids ?? [];
  for (const [id, { box }] of cells) box.checked = again.includes(id);
  forecast();
  status.textContent = report.summary.text;
});

function ticked() {
  return models.call({ workspaceId, ids: new FormData(form).getAll("id") });
}

function forecast() {
  const call = ticked();
  const expected = models.forecast(call, { caller, facts });
  for (const [id, cell] of cells) cell.forecast.textContent = words(expected.get(id));
  button.disabled = call.violations.length > 0;
  status.textContent = call.ids.length === 0 ? "Nothing is ticked." : expected.summary.text;
}

function words(item) {
  if (item === undefined) return "";
  return { allow: "will be deleted", deny: item.reason, unknown: "not known" }[item.verdict];
}

function draw({ id, name }) {
  const row = form.querySelector("tbody").insertRow();
  row.innerHTML = `<th scope="row"><label><input type="checkbox" name="id"> <span></span></label></th><td></td><td></td>`;
  const box = row.querySelector("input");
  box.value = id;
  row.querySelector("span").textContent = name;
  return { box, forecast: row.cells[1], outcome: row.cells[2] };
}
