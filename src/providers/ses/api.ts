import { type Api, type ApiCall, jsonOf } from "../api-transport.ts";
import { text } from "../webhooks.ts";
import { signAws } from "./sigv4.ts";

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, with raw content. */
export function sesApi(settings: {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  baseUrl: string | null;
}): Api {
  const suffix = settings.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const base = settings.baseUrl ?? `https://email.${settings.region}.${suffix}`;
  const call = (method: "GET" | "POST", path: string, body: string): ApiCall => {
    const url = new URL(base + path);
    const key = {
      id: settings.accessKeyId,
      secret: settings.secretAccessKey,
      region: settings.region,
      service: "ses",
    };
    const headers = { "content-type": "application/json" };
    return {
      method,
      url: url.href,
      body,
      headers: signAws({ method, url, body, headers, at: new Date() }, key),
    };
  };
  return {
    async send({ envelope, message, messageId }) {
      const body = {
        FromEmailAddress: envelope.from,
        Destination: { ToAddresses: [envelope.to] },
        Content: { Raw: { Data: message.toString("base64") } },
        // Comes back with every event of this message.
        EmailTags: [{ Name: "heed-message", Value: messageId }],
      };
      return call("POST", "/v2/email/outbound-emails", JSON.stringify(body));
    },
    idOf: (answer) => (jsonOf(answer).MessageId as string | undefined) ?? null,
    refusalOf(answer) {
      const type = text(
        answer.headers["x-amzn-errortype"] ?? jsonOf(answer).__type ?? answer.status,
      );
      const code = type.replace(/^.*#/, "").replace(/:.*$/, "");
      // Wrong keys and a paused account concern every message, none in particular.
      const temporary =
        answer.status === 403 ||
        /^(AccountSuspendedException|SendingPausedException|LimitExceededException|TooManyRequestsException|ThrottlingException)$/.test(
          code,
        );
      const at =
        temporary || /^(MailFromDomainNotVerifiedException|NotFoundException)$/.test(code)
          ? "sender"
          : "message";
      return { code, at, temporary };
    },
    check: () => call("GET", "/v2/email/account", ""),
  };
}
