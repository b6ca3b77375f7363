import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../kernel/ids.ts";
import { compileMail } from "../modules/sending/mime/compile.ts";
import type { HandOver } from "../modules/sending/transport.ts";
import { type Api, checkApi, createApiTransport } from "./api-transport.ts";
import { httpApi } from "./http/api.ts";
import { mailgunApi } from "./mailgun/api.ts";
import { postmarkApi } from "./postmark/api.ts";
import { sendgridApi } from "./sendgrid/api.ts";
import { sesApi } from "./ses/api.ts";
import { signAws } from "./ses/sigv4.ts";
import { twilioApi } from "./twilio/api.ts";

interface Taken {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Answer = { status: number; body?: string; headers?: Record<string, string> } | "hang" | "cut";

let server: Server;
let base: string;
let taken: Taken[];
let answer: Answer;
beforeEach(async () => {
  taken = [];
  answer = { status: 200, body: "{}" };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      taken.push({ method, url, headers, body: Buffer.concat(chunks).toString("latin1") });
      if (answer === "hang") return;
      if (answer === "cut") return request.socket.destroy();
      response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? "");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((done) => server.close(() => done()));
});

const messageId = newId();
const raw = compileMail({
  from: { name: "Ada Byron", address: "ada@sender.example" },
  replyTo: "reply@sender.example",
})({
  messageId: `${messageId}@sender.example`,
  date: new Date(),
  to: "grace@example.org",
  toName: "Grace Hopper",
  subject: "Grüße ✓",
  text: "Hello wörld\n",
  html: "<p>Hello wörld</p>",
  listUnsubscribe: {
    url: "https://heed.example/u/token",
    mailto: "mailto:reply@sender.example?subject=stop",
  },
});
const mail = (more: Partial<HandOver> = {}): HandOver => ({
  envelope: { from: "ada@sender.example", to: "grace@example.org" },
  messageId,
  message: raw,
  stillAllowed: async () => true,
  ...more,
});
const text = (body: string): HandOver =>
  mail({ envelope: { from: "+14155550199", to: "+32470123456" }, message: Buffer.from(body) });

async function send(api: Api, input = mail(), limits = {}) {
  const transport = createApiTransport(api, { connections: 2, limits });
  try {
    return await transport.handOver(input);
  } finally {
    await transport.close();
  }
}
const sent = () => taken[0] as Taken;
const json = () => JSON.parse(Buffer.from(sent().body, "latin1").toString("utf8"));

const generic = () => httpApi({ token: "t0ken", baseUrl: `${base}/send`, channel: "email" });

describe("each provider's API", () => {
  it("SES takes the very bytes, signed, with our own id as a tag", async () => {
    answer = { status: 200, body: '{"MessageId":"ses-1"}' };
    const api = sesApi({
      accessKeyId: "AKID",
      secretAccessKey: "secret",
      region: "eu-west-1",
      baseUrl: base,
    });
    expect(await send(api)).toMatchObject({ outcome: "accepted", providerId: "ses-1" });
    expect(sent()).toMatchObject({ method: "POST", url: "/v2/email/outbound-emails" });
    expect(sent().headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/ses\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
    expect(Buffer.from(json().Content.Raw.Data, "base64").equals(raw)).toBe(true);
    expect(json()).toMatchObject({
      Destination: { ToAddresses: ["grace@example.org"] },
      EmailTags: [{ Name: "heed-message", Value: messageId }],
    });
    answer = {
      status: 400,
      body: '{"message":"Email address is not verified."}',
      headers: { "x-amzn-errortype": "MailFromDomainNotVerifiedException:http://x" },
    };
    expect(await send(api)).toMatchObject({
      outcome: "permanent",
      code: "MailFromDomainNotVerifiedException",
      at: "sender",
    });
    answer = { status: 403, body: '{"message":"bad key"}' };
    expect(await send(api)).toMatchObject({ outcome: "temporary", at: "sender" });
  });

  it("signs as Amazon's own test suite (get-vanilla)", () => {
    const headers = signAws(
      {
        method: "GET",
        url: new URL("https://example.amazonaws.com/"),
        body: "",
        headers: {},
        at: new Date("2015-08-30T12:36:00Z"),
      },
      {
        id: "AKIDEXAMPLE",
        secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
        service: "service",
      },
    );
    expect(headers.authorization).toContain(
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    );
  });

  it("SendGrid gets the parts of the mail, the unsubscribe headers and no tracking", async () => {
    answer = { status: 202, headers: { "x-message-id": "sg-1" } };
    const api = sendgridApi({ apiKey: "SG.key", baseUrl: base });
    expect(await send(api)).toMatchObject({ outcome: "accepted", providerId: "sg-1" });
    expect(sent().headers.authorization).toBe("Bearer SG.key");
    expect(json()).toMatchObject({
      personalizations: [
        {
          to: [{ email: "grace@example.org", name: "Grace Hopper" }],
          custom_args: { heed_message_id: messageId },
        },
      ],
      from: { email: "ada@sender.example", name: "Ada Byron" },
      reply_to: { email: "reply@sender.example" },
      subject: "Grüße ✓",
      content: [
        { type: "text/plain", value: expect.stringContaining("Hello wörld") },
        { type: "text/html", value: expect.stringContaining("<p>Hello wörld</p>") },
      ],
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    });
    const { headers } = json();
    expect(headers["List-Unsubscribe"]).toContain("<https://heed.example/u/token>");
    expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(headers["Message-ID"]).toContain(messageId);
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain("to");
  });

  it("Mailgun takes the very bytes in a form", async () => {
    answer = { status: 200, body: '{"id":"<mg-1@mg.example.org>","message":"Queued."}' };
    const api = mailgunApi({ apiKey: "key-1", domain: "mg.example.org", baseUrl: base });
    expect(await send(api)).toMatchObject({
      outcome: "accepted",
      providerId: "mg-1@mg.example.org",
    });
    expect(sent().url).toBe("/v3/mg.example.org/messages.mime");
    expect(sent().headers.authorization).toBe(
      `Basic ${Buffer.from("api:key-1").toString("base64")}`,
    );
    const form = await new Response(Buffer.from(sent().body, "latin1"), {
      headers: { "content-type": String(sent().headers["content-type"]) },
    }).formData();
    expect(form.get("to")).toBe("grace@example.org");
    expect(form.get("v:heed-message")).toBe(messageId);
    expect(form.get("o:tracking")).toBe("no");
    expect(Buffer.from(await (form.get("message") as File).arrayBuffer()).equals(raw)).toBe(true);
    answer = {
      status: 400,
      body: '{"message":"\'to\' parameter is not a valid address. please check documentation"}',
    };
    expect(await send(api)).toMatchObject({ outcome: "permanent", at: "recipient" });
  });

  it("Postmark gets the parts of the mail in its stream", async () => {
    answer = { status: 200, body: '{"ErrorCode":0,"MessageID":"pm-1"}' };
    const api = postmarkApi({ token: "server-token", stream: "broadcast", baseUrl: base });
    expect(await send(api)).toMatchObject({ outcome: "accepted", providerId: "pm-1" });
    expect(sent().headers["x-postmark-server-token"]).toBe("server-token");
    expect(json()).toMatchObject({
      From: '"Ada Byron" <ada@sender.example>',
      To: '"Grace Hopper" <grace@example.org>',
      ReplyTo: "reply@sender.example",
      Subject: "Grüße ✓",
      Metadata: { "heed-message": messageId },
      MessageStream: "broadcast",
      TrackOpens: false,
    });
    expect(json().Headers.map((each: { Name: string }) => each.Name)).toEqual(
      expect.arrayContaining(["List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID"]),
    );
    answer = { status: 422, body: '{"ErrorCode":406,"Message":"inactive"}' };
    expect(await send(api)).toMatchObject({ outcome: "permanent", code: "406", at: "recipient" });
    answer = { status: 422, body: '{"ErrorCode":405,"Message":"no credits"}' };
    expect(await send(api)).toMatchObject({ outcome: "temporary", at: "sender" });
  });

  it("Twilio gets the words, and says of a number that it is none, busy, or opted out", async () => {
    answer = { status: 201, body: '{"sid":"SM1","status":"queued"}' };
    const settings = {
      accountSid: "AC1",
      authToken: "token",
      statusUrl: "https://heed.example/hooks/twilio/key",
      baseUrl: base,
    };
    const sms = twilioApi({ ...settings, channel: "sms" });
    expect(await send(sms, text("Hello & wörld +1"))).toMatchObject({
      outcome: "accepted",
      providerId: "SM1",
    });
    expect(sent().url).toBe("/2010-04-01/Accounts/AC1/Messages.json");
    expect(Object.fromEntries(new URLSearchParams(sent().body))).toEqual({
      To: "+32470123456",
      From: "+14155550199",
      Body: "Hello & wörld +1",
      StatusCallback: `https://heed.example/hooks/twilio/key?message=${messageId}`,
    });
    taken = [];
    await send(twilioApi({ ...settings, channel: "whatsapp" }), text("Hi"));
    expect(new URLSearchParams(sent().body).get("To")).toBe("whatsapp:+32470123456");
    const refused = async (code: number) => {
      answer = { status: 400, body: JSON.stringify({ code, message: "no", status: 400 }) };
      return send(sms, text("Hi"));
    };
    expect(await refused(21211)).toMatchObject({
      outcome: "permanent",
      code: "21211",
      at: "recipient",
      hard: true,
    });
    expect(await refused(21610)).toMatchObject({
      outcome: "permanent",
      code: "21610",
      at: "recipient",
    });
    expect(await refused(30003)).toMatchObject({ outcome: "temporary", at: "recipient" });
    expect(await refused(21212)).toMatchObject({ outcome: "permanent", at: "sender" });
    expect(await refused(21617)).toMatchObject({ outcome: "permanent", at: "message" });
  });

  it("any other provider gets raw MIME or words, and may say that an address does not exist", async () => {
    answer = { status: 202, body: '{"id":"x-1"}' };
    expect(await send(generic())).toMatchObject({ outcome: "accepted", providerId: "x-1" });
    expect(sent()).toMatchObject({ method: "POST", url: "/send" });
    expect(sent().headers).toMatchObject({
      authorization: "Bearer t0ken",
      "idempotency-key": messageId,
    });
    expect((await PostalMime.parse(Buffer.from(json().raw, "base64"))).subject).toBe("Grüße ✓");
    taken = [];
    await send(httpApi({ token: "t", baseUrl: base, channel: "sms" }), text("Hi ✓"));
    expect(json()).toMatchObject({ channel: "sms", to: "+32470123456", text: "Hi ✓" });
    answer = { status: 422, body: '{"code":"no_such_user","about":"recipient","hard":true}' };
    expect(await send(generic())).toMatchObject({
      outcome: "permanent",
      code: "no_such_user",
      at: "recipient",
      hard: true,
    });
    answer = { status: 422, body: '{"code":"bad","hard":true}' };
    expect(await send(generic())).toEqual(expect.not.objectContaining({ hard: true }));
  });
});

describe("what a provider's API answers", () => {
  it.each([
    [429, "sender"],
    [500, "message"],
    [502, "connection"],
    [503, "connection"],
    [401, "connection"],
  ])("%i is tried again", async (status, at) => {
    answer = { status, headers: { "retry-after": "7" } };
    expect(await send(generic())).toMatchObject({ outcome: "temporary", at });
  });

  it("says how long to wait, and is believed for an hour at most", async () => {
    answer = { status: 429, headers: { "retry-after": "7" } };
    expect(await send(generic())).toMatchObject({ retryAfterMs: 7_000 });
    answer = { status: 503, headers: { "retry-after": "999999" } };
    expect(await send(generic())).toMatchObject({ retryAfterMs: 3_600_000 });
  });

  it.each([400, 404, 422])(
    "%i fails the message and says nothing of the address",
    async (status) => {
      answer = { status, body: "no" };
      expect(await send(generic())).toMatchObject({ outcome: "permanent", at: "message" });
    },
  );

  it("sends a key to no other address", async () => {
    answer = { status: 302, headers: { location: `${base}/elsewhere` } };
    expect(await send(generic())).toMatchObject({ outcome: "temporary", at: "connection" });
    expect(taken).toHaveLength(1);
  });

  it("is unknown when it stays silent, or hangs up, after the whole request (S13)", async () => {
    answer = "hang";
    expect((await send(generic(), mail(), { answerMs: 80 })).outcome).toBe("unknown");
    answer = "cut";
    expect((await send(generic())).outcome).toBe("unknown");
    expect(taken).toHaveLength(2);
  });

  it("nobody there: nothing was sent, so it is tried again", async () => {
    const api = httpApi({ token: "t", baseUrl: "http://127.0.0.1:1/", channel: "email" });
    expect(await send(api)).toMatchObject({
      outcome: "temporary",
      at: "connection",
      code: "ECONNREFUSED",
    });
  });

  it("is not asked at all after a stop, or when the last check cannot be asked", async () => {
    expect((await send(generic(), mail({ stillAllowed: async () => false }))).outcome).toBe(
      "withdrawn",
    );
    const broken = async () => {
      throw new Error("no database");
    };
    expect((await send(generic(), mail({ stillAllowed: broken }))).outcome).toBe("temporary");
    expect(taken).toEqual([]);
  });

  it("is checked without sending anything", async () => {
    expect(await checkApi(postmarkApi({ token: "t", stream: "outbound", baseUrl: base }))).toEqual({
      ok: true,
    });
    expect(taken).toMatchObject([{ method: "GET", url: "/server" }]);
    answer = { status: 401, body: "no" };
    expect(await checkApi(generic())).toMatchObject({ ok: false, code: "401" });
  });
});
