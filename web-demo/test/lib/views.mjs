/** Every view of the page there is, one after the other. */

/**
 * @param {import("./visit.mjs").Visit} visit
 * @param {(name: string) => Promise<void>} look
 */
export async function views(visit, look) {
  const { page } = visit;
  await look("start");
  await visit.all();
  await look("selected");
  await page.locator("#facts input[name=state]").uncheck();
  await look("unknown");
  await page.locator("#facts input[name=state]").check();
  await page.locator("#body").fill('{\n  "modelIdsToDelete": [\n    "a",\n    3\n  ],\n  "x": 1\n}');
  await look("violations");
  await page.locator("#revert").click();
  await visit.all();
  await page.locator("#paste").click();
  await look("paste");
  await page.locator("#paste-dialog").getByRole("button", { name: "Cancel" }).click();
  await page.locator("#delete").click();
  await look("confirm");
  await page.locator("#confirm-yes").click();
  await visit.reported();
  for (const id of ["answer", "curl", "fetch", "audit"]) await page.locator(`#${id}-details summary`).click();
  await page.locator("#curl").getByText("curl").waitFor();
  await look("report");
  await visit.choose("seismic-programs");
  await visit.row("Brand refresh").click();
  await visit.delete();
  await page.locator("#operations-details summary").click();
  await look("operations");
}
