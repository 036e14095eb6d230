import { expect, it } from "vitest";
import { adviceFor, rules } from "../../generators/_core/smoke/advice/advice.ts";
import { isPicture, makeTestImage } from "../../generators/_core/smoke/test-image.ts";

it("each piece of advice has an id of its own and says cause and mend in whole sentences", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, likely, mend } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(likely).toMatch(/^[A-Z].*\.$/);
    expect(mend).toMatch(/^[A-Z].*\.$/);
  }
});

it("advice names both addresses where they differ, and owns up to what it does not know", () => {
  const site = { origin: "https://a.example", siteUrl: "https://b.example" };
  const base = { kind: "websocket", sent: "", received: "", code: undefined } as const;
  const differs = adviceFor({ ...base, status: 403, isFromServer: true }, site);
  expect(differs.likely).toContain("SiteURL of the server is https://b.example");
  expect(differs.likely).toContain("the tested address is https://a.example");
  const strange = adviceFor({ ...base, kind: "request", status: 418, isFromServer: true }, site);
  expect(strange.id).toBe("unknown");
});

it("the picture of the test is a PNG that does not fit into nginx's default limit", () => {
  const image = makeTestImage();
  expect(isPicture(image)).toBe(true);
  expect(image.length).toBeGreaterThan(1024 * 1024);
  expect(image.length).toBeLessThan(1.2 * 1024 * 1024);
  expect(makeTestImage().equals(image)).toBe(true);
});
