import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { packageRoot } from "../../../src/kernel/package-root.ts";
import type { TestHeed } from "../../support/heed.ts";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** Where pictures go, for somebody to look at. */
export const pictures = join(packageRoot, "test/browser/screenshots");

/** The system's Chromium, headless, reaching for nothing outside. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export type Scheme = "light" | "dark";

export interface Visitor {
  page: Page;
  /** Everything the browser complained of: script errors and refused resources. */
  complaints: string[];
  close(): Promise<void>;
}

/** A window, signed in as the first administrator unless `signedIn` is false. */
export async function visit(
  browser: Browser,
  heed: TestHeed,
  options: { scheme?: Scheme; width?: number; signedIn?: boolean; locale?: string } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 860 },
    colorScheme: options.scheme ?? "light",
    locale: options.locale ?? "en-GB",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The answer to "who am I" before signing in is a 401, and the browser reports it.
    if (message.type() === "error" && !/401/.test(message.text())) complaints.push(message.text());
  });
  if (options.signedIn !== false) {
    const users = (await heed.ok("GET", "/users")).items as { id: string; email: string }[];
    const admin = users.find((user) => user.email === "admin@localhost");
    const { token } = await heed.ok("POST", `/users/${admin?.id}/sign-in-links`, {});
    const response = await context.request.post(`${heed.url}/api/v1/sessions/link`, {
      data: { token },
    });
    if (!response.ok())
      throw new Error(`signing in answered ${response.status()}: ${await response.text()}`);
  }
  return { page, complaints, close: () => context.close() };
}

/** Waits until nothing moves: requests answered, spinners gone. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 15_000 }).catch(() => {});
  await page
    .locator(".mantine-Loader-root, .mantine-Skeleton-root")
    .first()
    .waitFor({ state: "detached", timeout: 10_000 })
    .catch(() => {});
}

/** What axe finds on the page as it stands; empty is what we want. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate<{ id: string; help: string; nodes: { target: string[] }[] }[]>(
    "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)",
  );
  return found.map(
    (each) =>
      `${each.id}: ${each.help} (${each.nodes
        .map((node) => node.target.join(" "))
        .slice(0, 5)
        .join(", ")})`,
  );
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
