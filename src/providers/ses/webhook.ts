import type {
  BounceClass,
  DeliveryEvent,
  HookContent,
  HookReader,
  HookRequest,
} from "../../modules/inbound/events/contract.ts";
import {
  bounceOf,
  idOf,
  type Json,
  list,
  object,
  ownIdIn,
  statusIn,
  text,
  timeOf,
} from "../webhooks.ts";
import { type FetchText, readSns, snsVerifier } from "./verify-sns.ts";

const nothing: HookContent = { events: [], texts: [] };

/** SES event publishing through SNS; the topic confirms itself when it is the pinned one. */
export function sesHook(fetchText: FetchText): HookReader {
  return {
    verify: snsVerifier(fetchText),
    read(request) {
      const message = readSns(request.body);
      if (!message) throw new Error("no SNS message");
      if (message.Type === "SubscriptionConfirmation") {
        return message.SubscribeURL ? { ...nothing, confirmUrl: message.SubscribeURL } : nothing;
      }
      if (message.Type !== "Notification") return nothing;
      // SNS says so in words when a topic is set up, and in no JSON.
      if (message.Message.startsWith("Successfully validated SNS topic")) return nothing;
      return { ...nothing, events: eventsOf(object(JSON.parse(message.Message)), request) };
    },
    async confirm(url) {
      await fetchText(url);
    },
  };
}

/** Event publishing names it eventType, feedback notifications notificationType. */
function eventsOf(event: Json, { now }: HookRequest): DeliveryEvent[] {
  const mail = object(event.mail);
  const sent = text(mail.messageId);
  const messageId =
    ownIdIn(list(object(mail.tags)["heed-message"])[0]) ??
    ownIdIn(
      text(
        object(
          list(mail.headers).find((each) => text(object(each).name).toLowerCase() === "message-id"),
        ).value,
      ),
    );
  const type = text(event.eventType || event.notificationType).toLowerCase();
  const common = { channel: "email" as const, messageId, providerId: sent || null, bounce: null };
  const toAll = (
    kind: DeliveryEvent["kind"],
    part: Json,
    addresses: readonly unknown[],
  ): DeliveryEvent[] =>
    addresses.map((address) => ({
      ...common,
      id: idOf(sent, type, text(address), text(part.timestamp)),
      kind,
      at: timeOf(part.timestamp, now),
      address: text(address) || null,
      code: "",
      reason: "",
    }));
  const destination = list(mail.destination);
  switch (type) {
    case "send":
      return toAll("accepted", mail, destination);
    case "delivery":
      return toAll("delivered", object(event.delivery), list(object(event.delivery).recipients));
    case "open":
      return toAll("opened", object(event.open), destination);
    case "click":
      return toAll("clicked", object(event.click), destination);
    case "subscription": {
      const part = object(event.subscription);
      const out = object(object(part.newTopicPreferences)).unsubscribeAll === true;
      return out ? toAll("unsubscribed", part, destination) : [];
    }
    case "reject":
    case "rendering failure": {
      const part = object(event.reject ?? event.failure);
      const reason = text(part.reason || part.errorMessage);
      return toAll("failed", mail, destination).map((each) => ({
        ...each,
        code: "rejected",
        reason,
      }));
    }
    case "deliverydelay": {
      const part = object(event.deliveryDelay);
      return toAll(
        "deferred",
        part,
        list(part.delayedRecipients).map((each) => object(each).emailAddress),
      );
    }
    case "complaint":
      return complaints(object(event.complaint), common, { sent, now });
    case "bounce":
      return bounces(object(event.bounce), common, { sent, now });
    default:
      return [];
  }
}

type Common = Pick<DeliveryEvent, "channel" | "messageId" | "providerId" | "bounce">;

function complaints(
  part: Json,
  common: Common,
  { sent, now }: { sent: string; now: Date },
): DeliveryEvent[] {
  const kindOfFeedback = text(part.complaintFeedbackType);
  // RFC 5965 and RFC 6591: "not-spam" and "auth-failure" accuse nobody.
  if (/^(not-spam|auth-failure)$/.test(kindOfFeedback)) return [];
  return list(part.complainedRecipients).map((each) => {
    const address = text(object(each).emailAddress);
    return {
      ...common,
      id: idOf(sent, "complaint", address, text(part.feedbackId)),
      kind: "complained" as const,
      at: timeOf(part.timestamp, now),
      address: address || null,
      code: kindOfFeedback || text(part.complaintSubType),
      reason: "",
    };
  });
}

function bounces(
  part: Json,
  common: Common,
  { sent, now }: { sent: string; now: Date },
): DeliveryEvent[] {
  const subType = text(part.bounceSubType);
  const type = text(part.bounceType);
  return list(part.bouncedRecipients).map((each) => {
    const recipient = object(each);
    const address = text(recipient.emailAddress);
    const reason = text(recipient.diagnosticCode);
    const code = text(recipient.status) || statusIn(reason);
    return {
      ...common,
      id: idOf(sent, "bounce", address, text(part.feedbackId)),
      kind: "bounced" as const,
      bounce: bounceOf(code, calledBounce(type, subType)),
      at: timeOf(part.timestamp, now),
      address: address || null,
      code: code || `${type}/${subType}`,
      reason,
    };
  });
}

function calledBounce(type: string, subType: string): BounceClass {
  // An entry of the account's own suppression list may come from a complaint or from a person.
  if (
    /^(OnAccountSuppressionList|ContentRejected|AttachmentRejected|UnsubscribedRecipient)$/.test(
      subType,
    )
  )
    return "policy";
  if (type === "Permanent") return "hard";
  return type === "Transient" ? "soft" : "policy";
}
