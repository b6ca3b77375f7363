import { makeTemplate, startTestServer } from "./server.ts";

/** One server for the whole run; each test file copies its databases from the template. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  await makeTemplate(server.url);
  process.env.HEED_TEST_URL = server.url;
  return server.stop;
}
