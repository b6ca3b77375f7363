import { createHash, createHmac, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../kernel/package-root.ts";
import type { HookRequest, HookSettings } from "../modules/inbound/events/contract.ts";
import { httpHook, httpSignature } from "./http/webhook.ts";
import { mailgunHook, mailgunSignature } from "./mailgun/webhook.ts";
import { postmarkHook } from "./postmark/webhook.ts";
import { sendgridHook } from "./sendgrid/webhook.ts";
import { sesHook } from "./ses/webhook.ts";
import { twilioHook, twilioSignature } from "./twilio/webhook.ts";

const none: HookSettings = { secret: null, verificationKey: null, topicArn: null };

function request(given: Partial<HookRequest> & { text?: string }): HookRequest {
  return {
    url: "https://heed.example/hooks/x/key",
    headers: {},
    body: Buffer.from(given.text ?? ""),
    now: new Date(),
    ...given,
  };
}

interface Vector {
  provider: string;
  signature: string;
  [field: string]: unknown;
}

/** Vectors of the providers' own documentation, which this project did not write. */
function vectors(): Vector[] {
  const file = join(packageRoot, "../shared/corpora/webhooks/webhook_vectors.json");
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `The providers' signed requests are needed for this test and cannot be read: ${file}`,
      { cause: error },
    );
  }
}

/** The request that a vector describes, and whether it is believed with its signature replaced. */
function ofVector(vector: Vector, signature: string) {
  const t = (name: string) => String(vector[name]);
  const now = new Date(Number(vector.timestamp ?? 0) * 1000);
  if (vector.provider === "twilio") {
    const text = new URLSearchParams(vector.params as Record<string, string>).toString();
    return twilioHook.verify(
      request({ url: t("url"), text, headers: { "x-twilio-signature": signature } }),
      { ...none, secret: t("authToken") },
    );
  }
  if (vector.provider === "sendgrid") {
    const headers = {
      "x-twilio-email-event-webhook-signature": signature,
      "x-twilio-email-event-webhook-timestamp": t("timestamp"),
    };
    return sendgridHook.verify(request({ text: t("payload"), headers, now }), {
      ...none,
      verificationKey: t("publicKey"),
    });
  }
  if (vector.provider === "mailgun") {
    const text = JSON.stringify({
      signature: { timestamp: t("timestamp"), token: t("token"), signature },
    });
    return mailgunHook.verify(request({ text, now }), { ...none, secret: t("key") });
  }
  throw new Error(`nothing here checks ${vector.provider}`);
}

describe("signed requests from the providers' documentation", () => {
  it("are there, and of three providers", () => {
    expect(new Set(vectors().map((each) => each.provider))).toEqual(
      new Set(["twilio", "sendgrid", "mailgun"]),
    );
  });

  it("are all believed, and none with another's signature", async () => {
    const all = vectors();
    for (const vector of all) {
      expect(await ofVector(vector, vector.signature), vector.provider).toBeNull();
      for (const other of all.filter((each) => each !== vector)) {
        expect(await ofVector(vector, other.signature)).toBe("signature");
      }
      expect(await ofVector(vector, "")).toBe("signature");
    }
  });
});

const topic = "arn:aws:sns:eu-west-1:123456789012:heed";
const certificate = readFileSync(
  join(packageRoot, "test/fixtures/sns-test-certificate.pem"),
  "utf8",
);
const privateKey = readFileSync(join(packageRoot, "test/fixtures/sns-test-key.pem"), "utf8");

function sns(more: Record<string, string | undefined> = {}) {
  const message: Record<string, string | undefined> = {
    Type: "Notification",
    MessageId: randomUUID(),
    TopicArn: topic,
    Message: "{}",
    Timestamp: new Date().toISOString(),
    SignatureVersion: "2",
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    ...more,
  };
  const names =
    message.Type === "Notification"
      ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const signed = names
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`);
  const signer = createSign(message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256").update(
    signed.join(""),
  );
  return { ...message, Signature: signer.sign(privateKey, "base64") };
}

function sesWith(fetched: string[] = []) {
  return sesHook(async (url) => {
    fetched.push(url);
    return certificate;
  });
}

const ofSes = { ...none, topicArn: topic };

describe("SES through SNS", () => {
  it("is believed with either version of the signature, its certificate fetched once", async () => {
    const fetched: string[] = [];
    const hook = sesWith(fetched);
    for (const SignatureVersion of ["1", "2"]) {
      expect(
        await hook.verify(
          request({ text: JSON.stringify(sns({ SignatureVersion, Subject: "Amazon SES" })) }),
          ofSes,
        ),
      ).toBeNull();
    }
    expect(fetched).toEqual([
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    ]);
  });

  it("is not believed when a signed field was changed", async () => {
    for (const field of ["Message", "MessageId", "Timestamp", "Signature"] as const) {
      const text = JSON.stringify({
        ...sns(),
        [field]: field === "Timestamp" ? new Date(Date.now() - 1000).toISOString() : "AAAA",
      });
      expect(await sesWith().verify(request({ text }), ofSes)).toBe("signature");
    }
    const text = JSON.stringify(sns({ SignatureVersion: "3" }));
    expect(await sesWith().verify(request({ text }), ofSes)).toBe("signature");
  });

  it.each([
    "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0a1b.pem",
    "https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0a1b.pem",
    "https://user@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a1b.pem",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b.pem",
    "https://sns.eu-west-1.amazonaws.com/?Action=GetTopic",
    "https://bucket.s3.amazonaws.com/SimpleNotificationService-0a1b.pem",
    "file:///etc/passwd",
    "nowhere",
  ])("never fetches a certificate from %s", async (SigningCertURL) => {
    const fetched: string[] = [];
    expect(
      await sesWith(fetched).verify(
        request({ text: JSON.stringify(sns({ SigningCertURL })) }),
        ofSes,
      ),
    ).toBe("signature");
    expect(fetched).toEqual([]);
  });

  it("listens to the pinned topic alone, and asks nobody about another", async () => {
    const fetched: string[] = [];
    const text = JSON.stringify(sns({ TopicArn: `${topic}-of-somebody-else` }));
    expect(await sesWith(fetched).verify(request({ text }), ofSes)).toBe("foreign");
    expect(await sesWith(fetched).verify(request({ text }), none)).toBe("not_set_up");
    expect(fetched).toEqual([]);
  });

  it("confirms the pinned topic at Amazon and nowhere else", async () => {
    const confirmation = (SubscribeURL: string) =>
      request({
        text: JSON.stringify(sns({ Type: "SubscriptionConfirmation", Token: "t", SubscribeURL })),
      });
    const own = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
    expect(await sesWith().verify(confirmation(own), ofSes)).toBeNull();
    expect(sesWith().read(confirmation(own)).confirmUrl).toBe(own);
    expect(await sesWith().verify(confirmation("https://evil.example/"), ofSes)).toBe("foreign");
  });

  it("refuses what is too old or from the future, and what is no SNS message", async () => {
    const at = (ms: number) =>
      request({
        text: JSON.stringify(sns({ Timestamp: new Date(Date.now() + ms).toISOString() })),
      });
    expect(await sesWith().verify(at(-3 * 3_600_000), ofSes)).toBe("stale");
    expect(await sesWith().verify(at(3_600_000), ofSes)).toBe("stale");
    expect(await sesWith().verify(request({ text: "[]" }), ofSes)).toBe("unreadable");
  });

  it("asks again for a certificate that could not be had", async () => {
    let asked = 0;
    const hook = sesHook(async () => {
      asked += 1;
      if (asked === 1) throw new Error("no way");
      return certificate;
    });
    const text = JSON.stringify(sns());
    await expect(hook.verify(request({ text }), ofSes)).rejects.toThrow("no way");
    expect(await hook.verify(request({ text }), ofSes)).toBeNull();
  });

  it("tells bounces, complaints and deliveries of each recipient apart", () => {
    const id = "01890a5d-ac96-774b-bcce-b302099a8057";
    const mail = {
      messageId: "ses-1",
      timestamp: "2026-01-01T00:00:00Z",
      destination: ["a@example.org"],
      tags: { "heed-message": [id] },
    };
    const read = (event: object) =>
      sesWith().read(
        request({ text: JSON.stringify(sns({ Message: JSON.stringify({ mail, ...event }) })) }),
      ).events;
    const bounce = (bounceType: string, bounceSubType: string, status?: string) =>
      read({
        eventType: "Bounce",
        bounce: {
          bounceType,
          bounceSubType,
          feedbackId: "f",
          timestamp: "2026-01-02T00:00:00Z",
          bouncedRecipients: [{ emailAddress: "a@example.org", status }],
        },
      })[0];
    expect(bounce("Permanent", "General", "5.1.1")).toMatchObject({
      kind: "bounced",
      bounce: "hard",
      messageId: id,
      address: "a@example.org",
      providerId: "ses-1",
      code: "5.1.1",
    });
    expect(bounce("Permanent", "General", "5.7.1")?.bounce).toBe("policy");
    expect(bounce("Permanent", "OnAccountSuppressionList")?.bounce).toBe("policy");
    expect(bounce("Transient", "MailboxFull")?.bounce).toBe("soft");
    expect(bounce("Undetermined", "Undetermined")?.bounce).toBe("policy");
    const complaint = (complaintFeedbackType: string) =>
      read({
        notificationType: "Complaint",
        complaint: {
          complaintFeedbackType,
          feedbackId: "f",
          complainedRecipients: [
            { emailAddress: "a@example.org" },
            { emailAddress: "b@example.org" },
          ],
        },
      });
    expect(complaint("abuse").map((each) => [each.kind, each.address])).toEqual([
      ["complained", "a@example.org"],
      ["complained", "b@example.org"],
    ]);
    expect(complaint("not-spam")).toEqual([]);
    expect(complaint("auth-failure")).toEqual([]);
    expect(
      read({ eventType: "Delivery", delivery: { recipients: ["a@example.org"] } }),
    ).toMatchObject([{ kind: "delivered" }]);
    expect(
      read({
        eventType: "DeliveryDelay",
        deliveryDelay: { delayedRecipients: [{ emailAddress: "a@example.org" }] },
      }),
    ).toMatchObject([{ kind: "deferred", bounce: null }]);
  });
});

describe("SendGrid", () => {
  const { publicKey, privateKey: own } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const verificationKey = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const signed = (text: string, at: Date) => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const signature = createSign("SHA256")
      .update(timestamp + text)
      .sign(own, "base64");
    return request({
      text,
      headers: {
        "x-twilio-email-event-webhook-signature": signature,
        "x-twilio-email-event-webhook-timestamp": timestamp,
      },
    });
  };

  it("is believed by its own key, over the very bytes and of this time", async () => {
    const settings = { ...none, verificationKey };
    const good = signed('[ {"event":"open"} ]\r\n', new Date());
    expect(await sendgridHook.verify(good, settings)).toBeNull();
    expect(
      await sendgridHook.verify({ ...good, body: Buffer.from('[{"event":"open"}]') }, settings),
    ).toBe("signature");
    expect(
      await sendgridHook.verify(signed("[]", new Date(Date.now() - 26 * 3_600_000)), settings),
    ).toBe("stale");
    expect(await sendgridHook.verify(good, none)).toBe("not_set_up");
    expect(await sendgridHook.verify(good, { ...none, verificationKey: "bm8ga2V5" })).toBe(
      "not_set_up",
    );
  });

  it("tells what happened, several at a time", () => {
    const id = "01890a5d-ac96-774b-bcce-b302099a8057";
    const events = [
      {
        event: "delivered",
        sg_event_id: "1",
        email: "a@example.org",
        timestamp: 1_700_000_000,
        heed_message_id: id,
      },
      {
        event: "bounce",
        sg_event_id: "2",
        email: "b@example.org",
        status: "5.1.1",
        "smtp-id": `<${id}@example.org>`,
      },
      {
        event: "bounce",
        type: "blocked",
        sg_event_id: "3",
        email: "c@example.org",
        status: "5.7.1",
        bounce_classification: "Reputation",
      },
      { event: "bounce", sg_event_id: "4", email: "d@example.org", status: "5.2.2" },
      {
        event: "dropped",
        sg_event_id: "5",
        email: "e@example.org",
        reason: "Spam Reporting Address",
      },
      { event: "group_resubscribe", sg_event_id: "6", email: "e@example.org" },
      { event: "group_unsubscribe", sg_event_id: "7", email: "f@example.org" },
      {
        event: "dropped",
        sg_event_id: "8",
        email: "g@example.org",
        reason: "Recipient List over Package Quota",
      },
    ];
    const read = sendgridHook.read(request({ text: JSON.stringify(events) })).events;
    expect(read.map((each) => [each.id, each.kind, each.bounce])).toEqual([
      ["1", "delivered", null],
      ["2", "bounced", "hard"],
      ["3", "bounced", "policy"],
      ["4", "bounced", "soft"],
      ["5", "complained", null],
      ["7", "unsubscribed", null],
      ["8", "failed", null],
    ]);
    expect(read[0]).toMatchObject({ messageId: id, at: new Date(1_700_000_000_000) });
    expect(read[1]?.messageId).toBe(id);
  });
});

describe("Mailgun", () => {
  const secret = "signing-key";
  const body = (event: object, at = new Date(), token = "token") => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    return JSON.stringify({
      signature: { timestamp, token, signature: mailgunSignature(secret, timestamp, token) },
      "event-data": event,
    });
  };

  it("is believed with its key and of this time", async () => {
    expect(await mailgunHook.verify(request({ text: body({}) }), { ...none, secret })).toBeNull();
    expect(
      await mailgunHook.verify(request({ text: body({}) }), { ...none, secret: "another" }),
    ).toBe("signature");
    expect(
      await mailgunHook.verify(request({ text: body({}, new Date(0)) }), { ...none, secret }),
    ).toBe("stale");
    expect(await mailgunHook.verify(request({ text: "no json" }), { ...none, secret })).toBe(
      "unreadable",
    );
  });

  it("tells temporary failures from bounces", () => {
    const read = (event: object) => mailgunHook.read(request({ text: body(event) })).events[0];
    const failed = {
      event: "failed",
      id: "1",
      recipient: "a@example.org",
      "user-variables": { "heed-message": "01890a5d-ac96-774b-bcce-b302099a8057" },
    };
    expect(read({ ...failed, severity: "temporary" })?.kind).toBe("deferred");
    expect(
      read({
        ...failed,
        severity: "permanent",
        "delivery-status": { code: 550, message: "550 5.1.1 no such user" },
      }),
    ).toMatchObject({
      kind: "bounced",
      bounce: "hard",
      code: "5.1.1",
      messageId: "01890a5d-ac96-774b-bcce-b302099a8057",
      nonce: "token",
    });
    expect(
      read({
        ...failed,
        severity: "permanent",
        "delivery-status": { code: 550, message: "rejected as spam" },
      })?.bounce,
    ).toBe("policy");
    expect(read({ ...failed, severity: "permanent", reason: "suppress-complaint" })?.kind).toBe(
      "complained",
    );
  });
});

describe("Postmark", () => {
  it("is believed by the password that its address carries", async () => {
    const basic = (pair: string) =>
      request({ headers: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` } });
    const settings = { ...none, secret: "s3cret:with colon" };
    expect(await postmarkHook.verify(basic("heed:s3cret:with colon"), settings)).toBeNull();
    expect(
      await postmarkHook.verify(
        request({ headers: { "x-heed-secret": "s3cret:with colon" } }),
        settings,
      ),
    ).toBeNull();
    expect(await postmarkHook.verify(basic("heed:wrong"), settings)).toBe("signature");
    expect(await postmarkHook.verify(request({}), settings)).toBe("signature");
    expect(await postmarkHook.verify(request({ headers: { "x-heed-secret": "" } }), none)).toBe(
      "not_set_up",
    );
  });

  it("tells hard bounces from soft ones, and never lets a vacation notice stop anybody", () => {
    const read = (event: object) =>
      postmarkHook.read(request({ text: JSON.stringify(event) })).events[0];
    expect(
      read({ RecordType: "Bounce", ID: 1, Type: "HardBounce", Email: "a@example.org" }),
    ).toMatchObject({ kind: "bounced", bounce: "hard" });
    expect(
      read({ RecordType: "Bounce", ID: 2, Type: "SoftBounce", Email: "a@example.org" })?.bounce,
    ).toBe("soft");
    expect(
      read({ RecordType: "Bounce", ID: 3, Type: "SpamNotification", Email: "a@example.org" })
        ?.bounce,
    ).toBe("policy");
    expect(
      read({ RecordType: "Bounce", ID: 4, Type: "AutoResponder", Email: "a@example.org" }),
    ).toBeUndefined();
    expect(
      read({
        RecordType: "SubscriptionChange",
        SuppressSending: false,
        Recipient: "a@example.org",
      }),
    ).toBeUndefined();
    expect(
      read({
        RecordType: "SubscriptionChange",
        SuppressSending: true,
        SuppressionReason: "ManualSuppression",
        Recipient: "a@example.org",
      })?.kind,
    ).toBe("unsubscribed");
  });
});

describe("Twilio", () => {
  const secret = "auth-token";
  const settings = { ...none, secret };

  it("is believed for a JSON body by its digest", async () => {
    const text = '{"a":1}';
    const url = `https://heed.example/hooks/twilio/k?bodySHA256=${createHash("sha256").update(text).digest("hex")}`;
    const headers = {
      "x-twilio-signature": createHmac("sha1", secret).update(url).digest("base64"),
    };
    expect(await twilioHook.verify(request({ url, text, headers }), settings)).toBeNull();
    expect(await twilioHook.verify(request({ url, text: '{"a":2}', headers }), settings)).toBe(
      "signature",
    );
  });

  it("is believed whether or not it wrote the usual port, and only for the fields that it signed", async () => {
    const params = new URLSearchParams([
      ["To", "+1"],
      ["Body", "Hi & bye"],
      ["MediaUrl", "b"],
      ["MediaUrl", "a"],
    ]);
    for (const signedUrl of [
      "https://heed.example/hooks/twilio/k",
      "https://heed.example:443/hooks/twilio/k",
    ]) {
      const headers = { "x-twilio-signature": twilioSignature(secret, signedUrl, params) };
      const sent = { url: "https://heed.example/hooks/twilio/k", headers };
      expect(
        await twilioHook.verify(request({ ...sent, text: params.toString() }), settings),
      ).toBeNull();
      expect(
        await twilioHook.verify(
          request({ ...sent, text: `${params.toString()}&Extra=1` }),
          settings,
        ),
      ).toBe("signature");
      expect(
        await twilioHook.verify(
          request({
            ...sent,
            url: "https://heed.example/hooks/twilio/other",
            text: params.toString(),
          }),
          settings,
        ),
      ).toBe("signature");
    }
  });

  it.each([
    ["21211", "bounced", "hard"],
    ["30003", "bounced", "soft"],
    ["30004", "bounced", "soft"],
    ["30005", "bounced", "hard"],
    ["30006", "bounced", "hard"],
    ["30007", "failed", null],
    ["21610", "unsubscribed", null],
  ])("says by the code %s that a number %s (%s)", (code, kind, bounce) => {
    const url = "https://heed.example/hooks/twilio/k?message=01890a5d-ac96-774b-bcce-b302099a8057";
    const text = new URLSearchParams({
      MessageSid: "SM1",
      MessageStatus: "undelivered",
      ErrorCode: code,
      To: "whatsapp:+14155550100",
    }).toString();
    expect(twilioHook.read(request({ url, text })).events).toMatchObject([
      {
        id: "SM1:undelivered",
        kind,
        bounce,
        channel: "whatsapp",
        address: "+14155550100",
        messageId: "01890a5d-ac96-774b-bcce-b302099a8057",
      },
    ]);
  });

  it("brings texts, and answers in its own language without letting text become markup", () => {
    const text = new URLSearchParams({
      MessageSid: "SM2",
      SmsStatus: "received",
      From: "+14155550100",
      To: "+14155550199",
      Body: "STOP",
    }).toString();
    expect(twilioHook.read(request({ text })).texts).toMatchObject([
      {
        id: "SM2",
        channel: "sms",
        from: "+14155550100",
        to: "+14155550199",
        text: "STOP",
        answeredByProvider: false,
      },
    ]);
    expect(twilioHook.answer?.("a <b> & c").body).toContain(
      "<Message>a &lt;b&gt; &amp; c</Message>",
    );
    expect(twilioHook.answer?.(null).body).toContain("<Response></Response>");
  });
});

describe("any other provider", () => {
  it("signs time and body, and is not believed five minutes later", async () => {
    const text = JSON.stringify({
      events: [{ id: "1", kind: "bounced", bounce: "hard", address: "a@example.org" }],
      texts: [{ id: "2", from: "+1", to: "+2", text: "hello" }],
    });
    const signed = (at: number) => {
      const timestamp = String(Math.floor(at / 1000));
      return request({
        text,
        headers: {
          "x-heed-timestamp": timestamp,
          "x-heed-signature": httpSignature("k", timestamp, Buffer.from(text)),
        },
      });
    };
    const settings = { ...none, secret: "k" };
    expect(await httpHook.verify(signed(Date.now()), settings)).toBeNull();
    expect(await httpHook.verify(signed(Date.now() - 6 * 60_000), settings)).toBe("stale");
    expect(await httpHook.verify(signed(Date.now()), { ...none, secret: "other" })).toBe(
      "signature",
    );
    const read = httpHook.read(signed(Date.now()));
    expect(read.events).toMatchObject([{ id: "1", kind: "bounced", bounce: "hard" }]);
    expect(read.texts).toMatchObject([{ id: "2", text: "hello", channel: "sms" }]);
  });
});
