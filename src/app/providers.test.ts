import { afterEach, describe, expect, it } from "vitest";
import { startRecordingSmtp } from "../../test/servers/recording-smtp.ts";
import { startRealSmtp } from "../../test/servers/smtp-server.ts";
import { adviseOn, type SendingAccount } from "../modules/sending/index.ts";
import { checkSmtp } from "./providers.ts";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const account = (more: Partial<SendingAccount>): SendingAccount => ({
  workspace_id: "",
  id: "",
  name: "Relay",
  channel: "email",
  provider: "smtp",
  from_name: "",
  from_address: "ada@example.org",
  reply_to: null,
  host: "127.0.0.1",
  port: 1,
  security: "none",
  username: null,
  password: null,
  base_url: null,
  settings: {},
  hook_key: null,
  dkim: null,
  connections: 1,
  ...more,
});

async function adviceFor(tried: SendingAccount): Promise<string> {
  const result = await checkSmtp(tried);
  return result.ok ? "ok" : adviseOn(result, tried);
}

describe("checking a sending account against a real server", () => {
  it("connects and signs in, and sends nothing", async () => {
    const server = await startRealSmtp({ tls: "none", auth: { user: "ada", pass: "right" } });
    servers.push(server);
    const settings = account({ port: server.port, username: "ada", password: "right" });
    expect(await checkSmtp(settings)).toEqual({ ok: true });
    expect(server.accepted).toEqual([]);
    const advice = await adviceFor({ ...settings, password: "wrong-password" });
    expect(advice).toContain("refused user name and password");
    expect(advice).not.toContain("wrong-password");
  });

  it("says what to do about a port that nobody answers and an unknown name", async () => {
    expect(await adviceFor(account({}))).toContain("Nothing listens at 127.0.0.1:1");
    expect(await adviceFor(account({ host: "no-such-host.invalid" }))).toContain(
      "No server is known by the name",
    );
  });

  it("says what to do when security does not fit the server", async () => {
    const plain = await startRecordingSmtp();
    servers.push(plain);
    expect(await adviceFor(account({ port: plain.port, security: "starttls" }))).toContain(
      "no STARTTLS",
    );
    expect(await adviceFor(account({ port: plain.port, security: "tls" }))).toContain(
      "does not begin with TLS",
    );
  });

  it("does not trust a certificate of the server's own making", async () => {
    const server = await startRealSmtp({ tls: "implicit" });
    servers.push(server);
    expect(await adviceFor(account({ port: server.port, security: "tls" }))).toContain(
      "certificate cannot be trusted",
    );
  });
});
