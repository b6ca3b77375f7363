import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { packageRoot } from "../src/kernel/package-root.ts";

/**
 * Enforces the rules of docs/ARCHITECTURE.md that a compiler does not: who may
 * import whom, where SQL may stand, and who writes which table. Prints each
 * breach with its line and exits 1 when there is one.
 */
const ladder = [
  "ledger",
  "access",
  "contacts",
  "consent",
  "verification",
  "lists",
  "crm",
  "sending",
  "forms",
  "campaigns",
  "inbound",
  "imports",
  "removal",
];

/** Who may write a table: the module whose migration makes it. */
const writers: Readonly<Record<string, readonly string[]>> = {
  kernel: ["job", "job_batch", "job_item"],
  ledger: ["ledger_entry", "ledger_block"],
  access: ["workspace", "role", "app_user", "session", "api_key", "sign_in_link", "installation"],
  contacts: [
    "contact",
    "contact_address",
    "contact_search",
    "contact_search_waiting",
    "contact_merge",
    "contact_merge_moved",
  ],
  consent: [
    "topic",
    "stop",
    "stop_detail",
    "lift",
    "standing_stop",
    "fence",
    "delivery_failure",
    "consent_event",
    "consent",
  ],
  verification: ["address_verification", "verification_progress"],
  lists: ["list", "list_member", "list_exclusion"],
  crm: [
    "note",
    "task",
    "appointment",
    "appointment_attendee",
    "pipeline",
    "pipeline_stage",
    "opportunity",
    "opportunity_contact",
    "conversation",
    "conversation_message",
  ],
  sending: ["sending_account", "message", "sink_message"],
  forms: ["form", "form_submission"],
  campaigns: [
    "template",
    "campaign",
    "campaign_list",
    "campaign_step",
    "follow_up",
    "campaign_result",
  ],
  inbound: ["provider_event"],
  imports: ["import", "import_row", "import_rejection", "import_change"],
  removal: [
    "deletion",
    "deletion_contact",
    "cleared_member",
    "contact_external_ref",
    "erasure_request",
  ],
};

/** Writes into another module's table that are wanted, each with its reason. */
const reasoned: Readonly<Record<string, string>> = {
  "sending>fence": "a claim makes the fences it is about to lock; only consent bumps them",
  "consent>installation":
    "what the operator suppresses everywhere is a fact of the installation, for workspaces to come",
  "imports>contact":
    "an import writes a million contacts set-based; the rules are those of contacts",
  "removal>contact": "the bin is a mark on the row, set and taken back set-based",
  "removal>list": "a list goes to the bin with its contacts",
  "removal>list_member": "clearing a list and its undo keep since when each was on it",
  "removal>list_exclusion": "clearing a list and its undo keep who excluded each",
  "removal>opportunity": "an opportunity goes with its last contact and comes back with it",
  "removal>message": "a test mail forgets whose fields it was filled with",
  "removal>sink_message": "the sink's copies go with the contact",
};

interface Breach {
  file: string;
  line: number;
  problem: string;
}

const breaches: Breach[] = [];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** The room a file is in: kernel, a module's name, providers, web, app. */
function roomOf(path: string): string {
  const parts = relative(join(packageRoot, "src"), path).split("/");
  if (parts[0] === "modules") return parts[1] ?? "";
  return parts.length === 1 ? "app" : (parts[0] ?? "");
}

function rank(room: string): number {
  if (room === "kernel") return -1;
  if (room === "providers") return ladder.length;
  if (room === "app") return ladder.length + 1;
  return ladder.indexOf(room);
}

function checkImport(file: string, line: number, from: string, source: string): void {
  const say = (problem: string) => breaches.push({ file, line, problem });
  const room = roomOf(file);
  if (
    /(^|\/)rules\.ts$/.test(file) &&
    /^(kysely|pg|fastify|node:(fs|http|dns|child_process))/.test(source)
  ) {
    say(`rules.ts is pure and may not import ${source}`);
  }
  if (!source.startsWith(".")) return;
  const target = resolve(dirname(from), source);
  const targetRoom = roomOf(target);
  if (target.startsWith(join(packageRoot, "src")) && targetRoom !== room) {
    if (room === "web" || targetRoom === "web")
      say("the UI knows the API alone: no import crosses src/web");
    else if (room === "providers") {
      const allowed =
        targetRoom === "kernel" ||
        /modules\/(sending\/(transport|mime\/address)|inbound\/events\/contract)\.ts$/.test(target);
      if (!allowed) say(`a provider imports contracts only, not ${source}`);
    } else if (rank(targetRoom) > rank(room))
      say(`${room} stands left of ${targetRoom} and may not import it`);
    else if (
      targetRoom !== "kernel" &&
      ladder.includes(targetRoom) &&
      !target.endsWith("/index.ts")
    ) {
      say(`import ${targetRoom} through its index.ts, not ${source}`);
    }
  }
  if (/(^|\/)rules\.ts$/.test(file) && /kernel\/(database|http\/(?!cursor)|jobs)/.test(target)) {
    say("rules.ts is pure and may not import the database, HTTP or jobs");
  }
}

function checkSql(file: string, text: string): void {
  const room = roomOf(file);
  const lineOf = (at: number) => text.slice(0, at).split("\n").length;
  const first = text.search(/\bsql(<[^`]*>)?`/);
  const isQueries = /(^|-|\/)queries\.ts$/.test(file) || /\/queries\//.test(file);
  if (first !== -1 && ladder.includes(room) && !isQueries) {
    breaches.push({ file, line: lineOf(first), problem: "SQL belongs into a queries file" });
  }
  if (!ladder.includes(room)) return;
  for (const match of text.matchAll(/\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)/g)) {
    const table = match[1] ?? "";
    const owner = Object.keys(writers).find((name) => writers[name]?.includes(table));
    if (owner && owner !== room && !reasoned[`${room}>${table}`]) {
      breaches.push({ file, line: lineOf(match.index), problem: `only ${owner} writes ${table}` });
    }
  }
}

for (const path of filesBelow(join(packageRoot, "src"))) {
  const text = readFileSync(path, "utf8");
  const file = relative(packageRoot, path);
  if (!/\.test\.tsx?$|\/testing\.ts$/.test(file)) {
    for (const match of text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/g,
    )) {
      checkImport(
        file,
        text.slice(0, match.index).split("\n").length + 1,
        path,
        match[1] ?? match[2] ?? "",
      );
    }
  }
  if (/\.test\.tsx?$|\/testing\.ts$/.test(file)) continue;
  checkSql(file, text);
  if (/(^|\/)rules\.ts$/.test(file) && /Date\.now\(|new Date\(\)|Math\.random\(/.test(text)) {
    breaches.push({
      file,
      line: 1,
      problem: "rules.ts is pure: time and chance come in as arguments",
    });
  }
  const lines = text.split("\n").length;
  // Generated types and dictionaries are as long as what they list.
  if (lines > 301 && !/(api-types|words|words\.\w\w)\.ts$/.test(file)) {
    breaches.push({
      file,
      line: 301,
      problem: `has ${lines} lines: look for the second thing in it`,
    });
  }
}

for (const { file, line, problem } of breaches)
  process.stderr.write(`${file}:${line} ${problem}\n`);
process.stdout.write(`${breaches.length} breaches of the layout\n`);
process.exitCode = breaches.length > 0 ? 1 : 0;
