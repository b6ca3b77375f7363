/** A sending account as the worker uses it: secrets opened. */
export interface SendingAccount {
  workspace_id: string;
  id: string;
  name: string;
  provider: "sink" | "smtp";
  from_name: string;
  from_address: string;
  reply_to: string | null;
  host: string | null;
  port: number | null;
  security: "none" | "starttls" | "tls";
  username: string | null;
  password: string | null;
  dkim: { domain: string; selector: string; privateKey: string } | null;
  connections: number;
}
