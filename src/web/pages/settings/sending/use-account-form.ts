import { useForm } from "@mantine/form";
import { type Channel, fieldsOf, type Provider, providers, type Relay } from "./providers.ts";
import type { Account, AccountChanges, NewAccount } from "./types.ts";

export interface AccountValues {
  provider: Provider;
  channel: Channel;
  name: string;
  from_name: string;
  from_address: string;
  reply_to: string;
  host: string;
  port: number | string;
  security: "starttls" | "tls" | "none";
  username: string;
  password: string;
  base_url: string;
  region: string;
  domain: string;
  message_stream: string;
  topic_arn: string;
  verification_key: string;
  hook_secret: string;
  events_by: Relay | null;
  connections: number | string;
  per_second: number | string;
  per_day: number | string;
  is_default: boolean;
}

/** An account as its dialog holds it; secrets begin empty, because they are never answered. */
export function useAccountForm(account: Account | null) {
  return useForm<AccountValues>({
    initialValues: {
      provider: account?.provider ?? "smtp",
      channel: account?.channel === "call" ? "email" : (account?.channel ?? "email"),
      name: account?.name ?? "",
      from_name: account?.from_name ?? "",
      from_address: account?.from_address ?? "",
      reply_to: account?.reply_to ?? "",
      host: account?.host ?? "",
      port: account?.port ?? "",
      security: account?.security ?? "starttls",
      username: account?.username ?? "",
      password: "",
      base_url: account?.base_url ?? "",
      region: account?.settings.region ?? "",
      domain: account?.settings.domain ?? "",
      message_stream: account?.settings.message_stream ?? "",
      topic_arn: account?.settings.topic_arn ?? "",
      verification_key: account?.settings.verification_key ?? "",
      hook_secret: "",
      events_by: account?.settings.events_by ?? null,
      connections: account?.connections ?? 5,
      per_second: account?.per_second ?? "",
      per_day: account?.per_day ?? "",
      is_default: true,
    },
  });
}
export type AccountForm = ReturnType<typeof useAccountForm>;

/** True when nothing is missing that the provider cannot do without; a stored secret is not missing. */
export function isComplete(values: AccountValues, account: Account | null): boolean {
  const { required } = providers[values.provider];
  const needed = [
    values.name,
    values.from_address,
    ...(values.provider === "smtp" ? [values.host] : []),
    ...required
      .filter((field) => !(field === "password" && account?.has_password))
      .map((field) => (field === "server" ? values.host : (values[field] ?? ""))),
  ];
  return needed.every((value) => value.trim() !== "");
}

/** What the form says, for PATCH: an empty secret keeps the stored one. */
export function changesOf(values: AccountValues): AccountChanges {
  const asked = new Set(fieldsOf(values.provider, values.events_by));
  const sender = {
    name: values.name.trim(),
    from_name: values.from_name.trim(),
    from_address: values.from_address.trim(),
    reply_to: values.reply_to.trim() || null,
    connections: Number(values.connections) || 5,
    per_second: Number(values.per_second) || null,
    per_day: Number(values.per_day) || null,
  };
  if (values.provider === "sink") return sender;
  const username = values.username.trim() || null;
  const named = (["region", "domain", "message_stream", "topic_arn", "verification_key"] as const)
    .filter((field) => asked.has(field) && values[field].trim() !== "")
    .map((field) => [field, values[field].trim()]);
  return {
    ...sender,
    ...(asked.has("server")
      ? { host: values.host.trim() || null, port: Number(values.port) || null }
      : {}),
    ...(asked.has("server") ? { security: values.security } : {}),
    ...(asked.has("username") ? { username } : {}),
    ...(asked.has("base_url") ? { base_url: values.base_url.trim() || null } : {}),
    settings: {
      ...Object.fromEntries(named),
      ...(asked.has("events_by") && values.events_by ? { events_by: values.events_by } : {}),
    },
    ...password(values, username),
    ...(asked.has("hook_secret") && values.hook_secret ? { hook_secret: values.hook_secret } : {}),
  };
}

/** By SMTP there is no password without a user name. */
function password(values: AccountValues, username: string | null): { password?: string | null } {
  if (values.provider === "smtp" && username === null) return { password: null };
  return values.password ? { password: values.password } : {};
}

/** The same, for POST. */
export function newAccountOf(values: AccountValues): NewAccount {
  const { name = "", from_address = "", ...rest } = changesOf(values);
  return {
    ...rest,
    name,
    from_address,
    provider: values.provider,
    channel: values.channel,
    is_default: values.is_default,
  };
}
