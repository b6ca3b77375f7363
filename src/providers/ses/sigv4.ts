import { createHash, createHmac } from "node:crypto";

export interface AwsKey {
  id: string;
  secret: string;
  region: string;
  service: string;
}

/**
 * The headers that sign a request (AWS Signature Version 4). `url` has no query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signAws(
  request: {
    method: string;
    url: URL;
    body: string;
    headers: Readonly<Record<string, string>>;
    at: Date;
  },
  key: AwsKey,
): Record<string, string> {
  const time = request.at.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const scope = `${day}/${key.region}/${key.service}/aws4_request`;
  const all: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    "x-amz-date": time,
  };
  const names = Object.keys(all).sort();
  const canonical = [
    request.method,
    request.url.pathname,
    "",
    ...names.map((name) => `${name}:${(all[name] as string).trim()}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const signingKey = [day, key.region, key.service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${key.secret}`,
  );
  const signature = createHmac("sha256", signingKey).update(toSign).digest("hex");
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
