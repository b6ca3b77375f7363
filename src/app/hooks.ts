import type { HookReader } from "../modules/inbound/index.ts";
import { fetchText } from "../providers/fetch-text.ts";
import { httpHook } from "../providers/http/webhook.ts";
import { mailgunHook } from "../providers/mailgun/webhook.ts";
import { postmarkHook } from "../providers/postmark/webhook.ts";
import { sendgridHook } from "../providers/sendgrid/webhook.ts";
import { sesHook } from "../providers/ses/webhook.ts";
import { twilioHook } from "../providers/twilio/webhook.ts";

/** Whose webhooks are understood, by the name in their address. */
export const hookReaders: Readonly<Record<string, HookReader>> = {
  ses: sesHook(fetchText),
  sendgrid: sendgridHook,
  mailgun: mailgunHook,
  postmark: postmarkHook,
  twilio: twilioHook,
  http: httpHook,
};
