import type { Answer, TestHeed } from "../../support/heed.ts";

/** Somebody signed in at a browser: the cookie and its token go with every call. */
export interface Person {
  id: string;
  email: string;
  password: string;
  // biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
  call<T = any>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
}

/** Adds a user with this role and signs them in. */
export async function person(heed: TestHeed, roleName: string, name = roleName): Promise<Person> {
  const role = (await heed.ok("GET", "/roles")).items.find(
    (each: { name: string }) => each.name === roleName,
  );
  const email = `${name.toLowerCase().replaceAll(/\W+/g, ".")}@heed.example`;
  const password = `the long password of ${name}`;
  const { id } = await heed.ok("POST", "/users", { email, name, role_id: role.id, password });
  return { id, email, password, call: await signIn(heed, { email, password }) };
}

/** Signs in and gives the way to call as that session. */
export async function signIn(
  heed: TestHeed,
  credentials: { email: string; password: string; totp?: string },
): Promise<Person["call"]> {
  const { response, me } = await trySignIn(heed, credentials);
  if (response.status !== 201)
    throw new Error(`sign-in answered ${response.status}: ${JSON.stringify(me)}`);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return async (method, path, body) => {
    const answer = await fetch(`${heed.url}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        "x-heed-csrf": me.csrf_token,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get("content-type")?.includes("json");
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
  };
}

export async function trySignIn(heed: TestHeed, credentials: object) {
  const response = await fetch(`${heed.url}/api/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the session, or an error
  return { response, me: (await response.json()) as any };
}
