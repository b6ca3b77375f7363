import { eventually, type TestHeed } from "../../support/heed.ts";

// biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
export type Body = any;

let made = 0;

export async function contact(heed: TestHeed, email: string, more: object = {}): Promise<Body> {
  return heed.ok("POST", "/contacts", {
    first_name: email.split("@")[0],
    addresses: [{ channel: "email", value: email }],
    ...more,
  });
}

/** A list with a new contact for each of these addresses. */
export async function listOf(
  heed: TestHeed,
  emails: readonly string[],
): Promise<{ id: string; contacts: Body[] }> {
  const list = await heed.ok("POST", "/lists", { name: `List ${++made}`, kind: "manual" });
  const contacts: Body[] = [];
  for (const email of emails) contacts.push(await contact(heed, email));
  if (contacts.length > 0) await addTo(heed, list.id, contacts);
  return { id: list.id, contacts };
}

export function addTo(heed: TestHeed, listId: string, contacts: readonly Body[]): Promise<Body> {
  return heed.ok("POST", `/lists/${listId}/members`, {
    selection: { ids: contacts.map((each) => each.id) },
  });
}

export async function template(
  heed: TestHeed,
  body = "Hi {{ contact.first_name }}, no more: {{ unsubscribe_url }}",
): Promise<string> {
  const { id } = await heed.ok("POST", "/templates", {
    name: `Template ${++made}`,
    subject: "Hello {{ contact.first_name }}",
    format: "text",
    body,
  });
  return id;
}

/** A campaign to these lists, not yet started; a step for each delay. */
export async function campaign(
  heed: TestHeed,
  listIds: readonly string[],
  delays: readonly string[] = ["PT0S"],
  more: object = {},
): Promise<string> {
  const templateId = await template(heed);
  const { id } = await heed.ok("POST", "/campaigns", {
    name: `Campaign ${++made}`,
    audience: { list_ids: listIds, excluded_list_ids: [] },
    steps: delays.map((delay) => ({ template_id: templateId, delay })),
    ...more,
  });
  return id;
}

export async function inState(heed: TestHeed, campaignId: string, state: string): Promise<Body> {
  return eventually(async () => {
    const found = await heed.ok("GET", `/campaigns/${campaignId}`);
    return found.state === state ? found : null;
  }, 50);
}

export async function started(
  heed: TestHeed,
  campaignId: string,
  state: "running" | "finished" = "running",
): Promise<void> {
  await heed.ok("POST", `/campaigns/${campaignId}/start`);
  await inState(heed, campaignId, state);
}

export async function mailTo(heed: TestHeed, address: string): Promise<Body[]> {
  return (await heed.ok("GET", `/sink?to=${encodeURIComponent(address)}`)).items;
}

/** The first mail to this address, once it is there. */
export async function firstMail(heed: TestHeed, address: string): Promise<Body> {
  return eventually(async () => (await mailTo(heed, address)).at(-1), 50);
}

export function linkOf(mail: Body): string {
  return /<(https?:[^>]+)>/.exec(mail.headers["list-unsubscribe"])?.[1] as string;
}

/** Uploads a CSV text and runs it to its end. */
export async function importCsv(heed: TestHeed, csv: string, choices: object = {}): Promise<Body> {
  const form = new FormData();
  form.append("file", new Blob([csv], { type: "text/csv" }), "people.csv");
  const uploaded = await heed.ok("POST", "/imports", form);
  const { job_id } = await heed.ok("POST", `/imports/${uploaded.id}/run`, choices);
  await eventually(async () => (await heed.ok("GET", `/jobs/${job_id}`)).state === "finished", 50);
  return heed.ok("GET", `/imports/${uploaded.id}`);
}
