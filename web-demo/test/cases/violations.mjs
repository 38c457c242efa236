/** The request is edited by hand: what is wrong with it stands beside it, and in a summary that leads there. */

import assert from "node:assert/strict";

/** By API: a body with mistakes, and where they are. An API without a body has them in its address. */
const BROKEN = {
  "anaplan-models": { body: '{\n  "modelIdsToDelete": [\n    "a",\n    3\n  ],\n  "x": 1\n}', marked: [4, 6], pointers: ["/body/modelIdsToDelete/1", "/body/x"], told: /Unrecognised property|Error parsing|400/ },
  "seismic-programs": { target: "/programs/v2/spaces/short/programs?deleteTasks=perhaps", pointers: ["/path/spaceId", "/query", "/query/deleteTasks"], told: /Mock.InvalidRequest/ },
  "aisquare-experiences": { body: '{\n  "ids": [\n    1024,\n    "x"\n  ]\n}', marked: [4], pointers: ["/body/ids/1"], told: /A valid integer is required/ },
  "codearts-applications": { body: '{\n  "project_id": 7,\n  "application_ids": []\n}', marked: [2, 3], pointers: ["/body/application_ids", "/body/project_id"], told: /Mock.Deploy.0400/ },
  "workspace-scheduled-tasks": { body: '{\n  "task_ids": 7\n}', marked: [2], pointers: ["/body/task_ids"], told: /WKS.0001/ },
};

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function violations(place, say) {
  for (const [api, { body, target, marked = [], pointers, told }] of Object.entries(BROKEN)) {
    await place.visit(`?api=${api}`, async (visit) => {
      const { page } = visit;
      if (body !== undefined) await page.locator("#body").fill(body);
      if (target !== undefined) await page.locator("#target").fill(target);
      const links = page.locator("#violation-list a");
      const found = (await links.locator("code").allInnerTexts()).toSorted();
      assert.deepEqual(found, pointers.toSorted(), api);
      assert.deepEqual(await page.locator("#gutter .broken").allInnerTexts(), marked.map((line) => `✕ ${line}`), `marked lines of ${api}`);
      const notes = await page.locator(body === undefined ? "#target-notes li" : "#body-notes li").count();
      assert.equal(notes, body === undefined ? pointers.length : marked.length, "each is told beside it");
      await visit.says(visit.status, /^The request breaks the contract in \d places?\. The server will refuse it\.$/);

      await page.locator("#delete").click();
      assert.equal(await visit.focused(), "violations", "an error moves the focus");
      assert.equal(await visit.dialog.isVisible(), false);
      await links.first().click();
      assert.equal(await visit.focused(), body === undefined ? "target" : "body", "the summary leads there");
      if (api === "anaplan-models") {
        const selected = await page.locator("#body").evaluate((field) => {
          const { selectionStart, selectionEnd, value } = /** @type {HTMLTextAreaElement} */ (field);
          return value.slice(selectionStart, selectionEnd);
        });
        assert.equal(selected, "3");
      }

      await page.locator("#send-anyway").click();
      await visit.reported();
      await visit.says(page.locator("#answer .exchange").last(), /answered 400/);
      await visit.says(page.locator("#answer .exchange").last(), told);
    });
  }
  say("five APIs: beside the request, in the summary, and in the server's answer");

  await place.visit("?api=anaplan-models", async (visit) => {
    const { page } = visit;
    await page.locator("#body").fill('{"modelIdsToDelete": ["1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E"');
    await visit.says(page.locator("#violation-list"), /the text ends too early/);
    await page.locator("#body").fill(`{"modelIdsToDelete": ${"[".repeat(20_000)}`);
    await visit.says(page.locator("#violation-list"), /\/body/);
    await visit.says(visit.status, /^The request breaks the contract/);
    await page.locator("#violation-list a").first().click();
    assert.equal(await visit.focused(), "body", "also of what is nested deeper than anybody would look");
    await page.locator("#body").fill('{"modelIdsToDelete": ["1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E"]}');
    await visit.says(visit.status, "1 of 1 will be deleted.");
    assert.equal(await visit.row("Budget 2023").locator("input").isChecked(), true, "what is written is what is selected");
    await page.locator("#curl-details summary").click();
    await page.locator("#body").fill("@/etc/hosts");
    await visit.says(page.locator("#curl"), /--data-raw @\/etc\/hosts$/);
    await page.locator("#body").fill('{"modelIdsToDelete": ["1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E"]}');
    await page.locator("#target").fill("/somewhere/else");
    await visit.says(visit.status, "This is no request of this API.");
    await page.locator("#revert").click();
    await visit.says(visit.status, "Nothing is selected.");
    await visit.row("Budget 2023").click();
    await page.locator("#target").fill("/2/0/workspaces/5F1C0D2E3A4B4C6D8E9FA0B1C2D3E4F5/bulkDeleteModels");
    await visit.says(visit.status, "0 of 1 will be deleted. 1 will not: Model ID does not exist.");
    await visit.delete();
    say("what is written by hand is forecast, selected and sent as it is");
  });
}
