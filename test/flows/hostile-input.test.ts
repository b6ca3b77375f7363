import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import {
  type Body,
  campaign,
  contact,
  firstMail,
  listOf,
  started,
  template,
} from "./support/outreach.ts";

interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; schema: { type?: string } }[];
  responses: Record<string, { content?: Record<string, { schema: Body }> }>;
}

let heed: TestHeed;
let operations: Operation[];
let one: Body;
beforeAll(async () => {
  heed = await startHeed();
  const { paths } = (await (await fetch(`${heed.url}/openapi.json`)).json()) as Body;
  operations = Object.entries(paths as Record<string, Record<string, Body>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        parameters: [],
        ...operation,
        method: method.toUpperCase(),
        path,
      })),
  );
  one = await contact(heed, "one@hostile.example");
});
afterAll(() => heed.stop());

/** Refused as the request's own fault, with a message that says more than "no". */
function expectRefusal(
  answer: { status: number; body: Body },
  about: string,
  message = /.{15,}/,
): void {
  expect(answer.status, `${about}: ${JSON.stringify(answer.body)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${about}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  expect(answer.body.error, about).toMatchObject({
    code: expect.any(String),
    message: expect.stringMatching(message),
    details: expect.any(Object),
  });
}

const api = (path: string) => path.replace("/api/v1", "");
const known = (path: string) => api(path).replace("/contacts/{id}", `/contacts/${one.id}`);
const cursorOf = (values: unknown) => Buffer.from(JSON.stringify(values)).toString("base64url");

test("every operation documents its errors in the one schema", () => {
  for (const { method, path, responses } of operations) {
    for (const status of ["4XX", "5XX"]) {
      const found = responses[status] ?? responses[status.toLowerCase()];
      const schema = Object.values(found?.content ?? {})[0]?.schema;
      expect(schema?.properties?.error?.required, `${method} ${path} ${status}`).toEqual([
        "code",
        "message",
        "details",
      ]);
    }
  }
});

test("bad limits and cursors are refused by every list, and never fail", async () => {
  const lists = operations.filter(
    (each) => each.method === "GET" && each.parameters.some(({ name }) => name === "cursor"),
  );
  expect(lists.length).toBeGreaterThan(12);
  const newest = await campaign(heed, [(await listOf(heed, [])).id]);
  const anyList = (await heed.ok("GET", "/lists")).items[0];
  for (const { path } of lists) {
    const at = known(path)
      .replace("/campaigns/{id}", `/campaigns/${newest}`)
      .replace("/lists/{id}", `/lists/${anyList.id}`);
    if (at.includes("{")) continue;
    for (const limit of ["0", "-1", "201", "1e9", "99999999999999999999", "abc", "1.5"]) {
      expectRefusal(
        await heed.call("GET", `${at}?limit=${limit}`),
        `${at} limit ${limit}`,
        /limit/,
      );
    }
    // Lists go by name, and any text may be one.
    const noId = path.endsWith("/lists") ? [] : [cursorOf(["x"])];
    for (const cursor of [
      "x",
      "%00",
      ...noId,
      cursorOf([]),
      cursorOf([1]),
      cursorOf([null]),
      cursorOf({}),
      cursorOf(["\u0000"]),
      cursorOf(["x", "y"]),
      cursorOf([null, null]),
      "a".repeat(1001),
    ]) {
      expectRefusal(await heed.call("GET", `${at}?cursor=${cursor}`), `${at} cursor ${cursor}`);
    }
    expect((await heed.call("GET", `${at}?limit=200`)).status, at).toBe(200);
  }
});

test("ids that are none are refused, and ids of nothing are not found", async () => {
  for (const { method, path, parameters } of operations) {
    const ids = parameters.filter((each) => each.in === "path" && /id$/.test(each.name));
    if (ids.length === 0) continue;
    for (const wrong of ["x", "1", "%00", "019a0000-0000-7000-8000-00000000000g", "null"]) {
      const at = api(path).replace(/\{\w+\}/g, wrong);
      expectRefusal(
        await heed.call(method, at, method === "GET" ? undefined : {}),
        `${method} ${at}`,
      );
    }
    const missing = await heed.call(
      method,
      api(path).replace(/\{\w+\}/g, "019a0000-0000-7000-8000-000000000000"),
      method === "GET" ? undefined : {},
    );
    expect([400, 404], `${method} ${path}: ${JSON.stringify(missing.body)}`).toContain(
      missing.status,
    );
  }
});

test("a NUL character is refused wherever text goes", async () => {
  for (const { method, path, parameters } of operations.filter(
    (each) => each.method === "GET" && each.path.startsWith("/api/v1/"),
  )) {
    for (const { name } of parameters.filter((each) => each.in === "query")) {
      const at = `${known(path).replace(/\{\w+\}/g, one.id)}?${name}=a%00b`;
      const answer = await heed.call(method, at);
      expect(answer.status, `${at}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    }
  }
  const nul = "a\u0000b";
  const tries: [string, string, object][] = [
    ["POST", "/contacts", { first_name: nul }],
    ["POST", "/contacts", { attributes: { x: nul } }],
    ["POST", "/contacts", { attributes: { [nul]: "x" } }],
    ["POST", `/contacts/${one.id}/deactivation`, { because: nul }],
    ["POST", "/stops", { kind: "deactivation", contact_id: one.id, evidence: { x: nul } }],
    ["POST", "/stops", { kind: "suppression", domain: `${nul}.example` }],
    ["POST", "/lists", { name: nul, kind: "manual" }],
    ["POST", "/topics", { name: nul }],
    ["POST", "/templates", { name: "x", subject: nul, format: "text", body: "x" }],
    ["POST", "/campaigns", { name: "x", time_zone: nul }],
    ["POST", "/roles", { name: nul, permissions: [] }],
    ["PATCH", "/workspace", { name: nul }],
    ["PATCH", "/me", { name: nul }],
    ["POST", "/sessions", { email: nul, password: nul }],
  ];
  for (const [method, path, body] of tries)
    expectRefusal(await heed.call(method, path, body), `${method} ${path} ${JSON.stringify(body)}`);
});

test("bodies that are no JSON, of another type, too large or too deep are refused", async () => {
  const send = (body: string, type = "application/json") =>
    heed.call("POST", "/contacts", body, { headers: { "content-type": type } });
  expectRefusal(await send("{"), "half JSON");
  expectRefusal(await send(""), "empty");
  expectRefusal(await send("[]"), "array");
  expectRefusal(await send("<contact/>", "application/xml"), "XML");
  expectRefusal(
    await send(JSON.stringify({ first_name: "x".repeat(3_000_000) })),
    "3 MB",
    /larger/,
  );
  expectRefusal(await send('{"__proto__":{"x":1}}'), "prototype");
  expectRefusal(await send(`{"attributes":${'{"x":'.repeat(2000)}1${"}".repeat(2000)}}`), "deep");
  expectRefusal(
    await heed.call("GET", `/contacts?filter=${encodeURIComponent("{")}`),
    "filter",
    /JSON/,
  );
  expectRefusal(await heed.call("GET", "/contacts?sort=password"), "sort");
  expectRefusal(
    await heed.call("DELETE", "/contacts"),
    "no such route",
    /There is nothing at DELETE/,
  );
});

test("stops that name nothing, or several things, are refused", async () => {
  const nobody = "019a0000-0000-7000-8000-000000000000";
  const tries: [object, RegExp][] = [
    [{ kind: "suppression" }, /exactly one of contact_id, address and domain/],
    [{ kind: "suppression", contact_id: one.id, domain: "a.example" }, /exactly one/],
    [{ kind: "deactivation", contact_id: nobody }, /no such contact/],
    [{ kind: "deactivation", domain: "a.example" }, /Only a suppression can cover a whole domain/],
    [{ kind: "quarantine", contact_id: one.id }, /kind/],
    [
      { kind: "suppression", address: { channel: "email", value: "no address" } },
      /address|@|space/i,
    ],
    [{ kind: "suppression", address: { channel: "sms", value: "12" } }, /number/i],
    [{ kind: "suppression", domain: "not a domain" }, /domain/i],
    [{ kind: "suppression", domain: "com" }, /domain|suffix/i],
    [
      {
        kind: "unsubscribe",
        address: { channel: "email", value: "a@b.example" },
        topic_id: nobody,
      },
      /topic/,
    ],
    [{ kind: "do_not_contact", contact_id: one.id, campaign_id: nobody }, /campaign/],
  ];
  for (const [body, message] of tries)
    expectRefusal(await heed.call("POST", "/stops", body), JSON.stringify(body), message);
});

describe("import files", () => {
  const upload = (bytes: string | Uint8Array, name = "people.csv") => {
    const form = new FormData();
    form.append("file", new Blob([bytes as string]), name);
    return heed.call("POST", "/imports", form);
  };

  test.each([
    ["empty", "", /The file is empty/],
    ["a header alone", "Email\n", /no rows/],
    ["a spreadsheet", Buffer.from("504b0304140006000800000021", "hex"), /CSV/],
    ["UTF-16 cut in the middle", Buffer.from([0xff, 0xfe, 0x45, 0x00, 0x6d]), /encod|UTF|rows/i],
    [
      "1,000 columns",
      `${Array.from({ length: 1000 }, (_, i) => `c${i}`).join(",")}\n${",".repeat(999)}\n`,
      /1,?000.*columns|columns.*500/i,
    ],
    ["a NUL in the header", "Em\u0000ail\na@b.example\n", /NUL|text/i],
    ["nothing but NUL", Buffer.alloc(5000), /text|NUL/i],
  ])("%s is refused at upload, and says what to do", async (about, bytes, message) => {
    expectRefusal(await upload(bytes), about, message);
  });

  test("an unclosed quote, and no column of addresses, change nothing", async () => {
    const before = (await heed.ok("GET", "/contacts?count=true")).count;
    const unclosed = await upload(
      `Email,Name\na@import.example,"Ann\n${"b@import.example,Bob\n".repeat(50)}`,
    );
    if (unclosed.status === 201) {
      const { job_id } = await heed.ok("POST", `/imports/${unclosed.body.id}/run`);
      const job = await eventually(async () => {
        const found = await heed.ok("GET", `/jobs/${job_id}`);
        return found.finished_at ? found : null;
      }, 50);
      expect(job).toMatchObject({
        state: "failed",
        error: { code: "csv_unclosed_quote", message: expect.stringMatching(/line 2/) },
      });
    } else expectRefusal(unclosed, "unclosed quote", /quote/);
    const nameless = await upload("Colour,Size\nred,1\n");
    const refused =
      nameless.status === 201
        ? await heed.call("POST", `/imports/${nameless.body.id}/run`, {})
        : nameless;
    expectRefusal(refused, "no address", /email|phone|address/i);
    expect((await heed.ok("GET", "/contacts?count=true")).count).toBe(before);
  });

  test("a file in an old encoding is read as it was written; bad rows are given back with reasons", async () => {
    const latin = Buffer.from(
      "Email,First name\nrene@latin.example,Ren\u00e9\nno address,X\nrene@latin.example,Twice\nc\u0000@latin.example,Nul\n",
      "latin1",
    );
    const uploaded = await upload(latin);
    expect(uploaded.status).toBe(201);
    const { job_id } = await heed.ok("POST", `/imports/${uploaded.body.id}/run`);
    await eventually(async () => (await heed.ok("GET", `/jobs/${job_id}`)).finished_at, 50);
    const { counts } = await heed.ok("GET", `/imports/${uploaded.body.id}`);
    expect(counts.read).toBe(
      counts.created + counts.updated + counts.unchanged + counts.stopped + counts.rejected,
    );
    expect(counts).toMatchObject({ read: 4, created: 1, rejected: 3 });
    expect((await heed.ok("GET", "/contacts?q=latin.example")).items).toMatchObject([
      { first_name: "René" },
    ]);
    const rejected = await heed.ok<string>("GET", `/imports/${uploaded.body.id}/rejected.csv`);
    expect(rejected.trim().split(/\r?\n/)).toHaveLength(4);
  });

  test("a request without a file, or with two, is refused", async () => {
    expectRefusal(await heed.call("POST", "/imports", new FormData()), "no file");
    expectRefusal(await heed.call("POST", "/imports", {}), "JSON");
  });
});

describe("templates", () => {
  const write = (body: string, format = "text", subject = "Hi") =>
    heed.call("POST", "/templates", { name: `T ${Math.random()}`, subject, format, body });

  test.each([
    ["an unknown field", "Hi {{ contact.password }}", "text", /password/],
    ["an unknown root", "Hi {{ process.env }}", "text", /process/],
    ["an unknown filter", "{{ contact.email | evil }}", "text", /no filter "evil"/],
    ["an unclosed tag", "{% if contact.email %}x", "text", /not closed|if/],
    ["an include", "{% include '/etc/passwd' %}", "text", /stands alone.*Paste/],
    ["a render", "{% render 'x' %}", "text", /stands alone/],
    ["a layout", "{% layout 'x' %}", "text", /stands alone/],
    [
      "mj-include",
      '<mjml><mj-body><mj-include path="/etc/passwd" /></mj-body></mjml>',
      "mjml",
      /mj-include would read another file/,
    ],
    [
      "mj-include of CSS",
      '<mjml><mj-head><mj-include path="file:///etc/passwd" type="css" /></mj-head><mj-body></mj-body></mjml>',
      "mjml",
      /mj-include/,
    ],
    ["no MJML", "just text", "mjml", /MJML/],
  ])(
    "%s is refused at saving, with its line and what to do",
    async (about, body, format, message) => {
      expectRefusal(await write(body, format), about, message);
    },
  );

  test("an endless loop ends within its limit, and a campaign with it writes to nobody and to the others all the same", async () => {
    const endless =
      "{% for a in (1..100000) %}{% for b in (1..100000) %}{% for c in (1..100000) %}x{% endfor %}{% endfor %}{% endfor %} {{ unsubscribe_url }}";
    const saved = await write(endless);
    if (saved.status >= 400) expectRefusal(saved, "endless", /does too much/);
    else {
      const preview = await heed.ok("POST", `/templates/${saved.body.id}/preview`, {});
      expect(preview.problems.map((each: Body) => each.message).join()).toMatch(
        /does too much.*long loops/,
      );
    }
    const huge = await heed.call("POST", "/templates/preview", {
      subject: "x",
      format: "text",
      body: "{% assign s = 'x' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
    });
    expect(JSON.stringify(huge.body)).toMatch(/does too much/);
    expect((await fetch(`${heed.url}/readyz`)).status).toBe(200);
  });
});

test("line breaks in names and subjects add no header to a mail", async () => {
  const evil = "Eve\r\nBcc: victim@example.org";
  expectRefusal(await heed.call("POST", "/contacts", { first_name: evil }), "name", /line/i);
  expectRefusal(
    await heed.call("POST", "/sending-accounts", {
      provider: "sink",
      name: "x",
      from_address: "a@b.example",
      from_name: evil,
    }),
    "from name",
    /line|control/i,
  );
  expectRefusal(
    await heed.call("POST", "/sending-accounts", {
      provider: "sink",
      name: "x",
      from_address: `a@b.example${"\r\nBcc: v@example.org"}`,
    }),
    "from address",
  );
  // An attribute may hold several lines, and a subject may use it.
  const who = await contact(heed, "eve@inject.example", { attributes: { greeting: evil } });
  const list = await listOf(heed, []);
  await heed.ok("POST", `/lists/${list.id}/members`, { selection: { ids: [who.id] } });
  const subject = await heed.call("POST", "/templates", {
    name: "evil subject",
    subject: "Hi {{ contact.attributes.greeting }}\r\nBcc: v@example.org",
    format: "text",
    body: "x {{ unsubscribe_url }}",
  });
  if (subject.status < 300) {
    const id = await campaign(heed, [list.id], ["PT0S"], {
      steps: [{ template_id: subject.body.id, delay: "PT0S" }],
    });
    await started(heed, id, "finished");
    const mail = await firstMail(heed, "eve@inject.example");
    expect(mail.headers.bcc).toBeUndefined();
    expect(mail.subject).toMatch(/Eve\s+Bcc: victim@example\.org/);
  } else expectRefusal(subject, "subject", /line/i);
});

test("unknown time zones, languages and policies are refused and change nothing", async () => {
  const before = await heed.ok("GET", "/workspace");
  for (const body of [
    { time_zone: "Atlantis" },
    { time_zone: "+01:00" },
    { time_zone: "" },
    { policy: { deletion: "maybe" } },
    { policy: { typo: 1 } },
    { policy: { bin_days: 0 } },
    { policy: { bin_days: 91 } },
  ]) {
    expectRefusal(await heed.call("PATCH", "/workspace", body), JSON.stringify(body));
  }
  expectRefusal(
    await heed.call("PATCH", "/workspace", { time_zone: "Atlantis" }),
    "zone",
    /no time zone "Atlantis".*Europe\/Berlin/,
  );
  expect(await heed.ok("GET", "/workspace")).toEqual(before);
  await template(heed);
});
