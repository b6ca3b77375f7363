import { z } from "zod";
import { HeedError } from "../../../kernel/errors.ts";
import {
  decodeIdCursor,
  encodeCursor,
  page,
  pageQuery,
  type Route,
  route,
  streamingRoute,
} from "../../../kernel/http/index.ts";
import { keyOfDomain } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { liftPolicy } from "../lift-policy.ts";
import { lifterOf } from "../policy.ts";
import { stopsOfSubjects } from "../queries.ts";
import { exportSuppressions } from "./export-suppressions.ts";
import { importSuppressions } from "./import-suppressions.ts";
import { listedKinds } from "./kinds.ts";
import { requireSeesAll, requireSeesAllIn } from "./policy.ts";
import { liftableStopSchema, presentLiftable, suppressionSchema } from "./present.ts";
import { countAddressStops, listAddressStops } from "./queries.ts";
import { domainOf, keysOfAddress, searchedFor } from "./search-pattern.ts";

const kind = z.enum(listedKinds).optional();

export const suppressionRoutes: Route[] = [
  route({
    method: "GET",
    path: "/suppressions",
    permission: "suppressions.view",
    summary: "Standing stops on addresses and domains, newest first",
    description:
      "q is an address (answers its domain's stops too), a domain (answers the addresses in it too), a wildcard such as *@example.org or ann*, or part of an address.",
    tag: "Suppressions",
    query: pageQuery.extend({ q: z.string().max(400).default(""), kind }),
    response: page(suppressionSchema),
    async handler({ tx, caller, query }) {
      await requireSeesAll(tx, caller);
      const filter = {
        ...searchedFor(tx.secrets, query.q),
        kinds: query.kind ? [query.kind] : listedKinds,
      };
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const stops = await listAddressStops(tx, { ...filter, before, limit: query.limit + 1 });
      const shown = stops.slice(0, query.limit);
      const last = shown.at(-1);
      const policy = await liftPolicy(tx);
      return {
        items: shown.map((stop) => ({
          ...presentLiftable(stop, lifterOf(caller), policy),
          contact_id: stop.contact_id,
        })),
        next_cursor: stops.length > query.limit && last ? encodeCursor([last.id]) : null,
        ...(query.count ? { count: await countAddressStops(tx, filter) } : {}),
      };
    },
  }),
  route({
    method: "GET",
    path: "/suppressions/history",
    permission: "suppressions.view",
    summary: "Every stop ever made on an address or domain, with lifts",
    tag: "Suppressions",
    query: z.object({ address: z.string().min(1).max(400) }),
    response: z.object({ items: z.array(liftableStopSchema), next_cursor: z.null() }),
    async handler({ tx, caller, query }) {
      await requireSeesAll(tx, caller);
      const domain = domainOf(query.address.trim().toLowerCase());
      const keys = domain
        ? [keyOfDomain(tx.secrets, domain).key]
        : keysOfAddress(tx.secrets, query.address);
      if (!keys) throw notAnAddress();
      const policy = await liftPolicy(tx);
      const stops = await stopsOfSubjects(tx, keys);
      return {
        items: stops.map((stop) => presentLiftable(stop, lifterOf(caller), policy)),
        next_cursor: null,
      };
    },
  }),
  streamingRoute({
    method: "POST",
    path: "/suppressions/imports",
    permission: "contacts.import",
    summary: "Suppress a list of addresses and domains",
    description:
      "JSON with `text`, or text/csv. One address or domain a line, or CSV with a header that has an email, address, domain or phone column; at most 100,000 lines. Lines that are neither are answered with their number. Repeating it adds nothing.",
    tag: "Suppressions",
    consumes: ["application/json", "text/csv"],
    body: z.preprocess(
      (raw) => (Buffer.isBuffer(raw) ? { text: raw.toString("utf8") } : raw),
      z.object({ text: z.string(), because: z.string().max(2000).default("on an imported list") }),
    ),
    response: z.object({
      added: z.number().int(),
      already: z.number().int().describe("stood already, or on several lines"),
      rejected: z.array(z.object({ line: z.number().int(), reason: z.string() })),
    }),
    async stream({ db, caller, body }) {
      await requireSeesAllIn(db, caller);
      return importSuppressions(db, {
        ...body,
        workspaceId: caller.workspaceId,
        actor: actorOf(caller),
      });
    },
  }),
  streamingRoute({
    method: "GET",
    path: "/suppressions/export",
    permission: "contacts.export",
    summary: "Standing stops on addresses and domains as CSV",
    tag: "Suppressions",
    query: z.object({ kind }),
    produces: "text/csv",
    async stream({ db, caller, query, reply }) {
      await requireSeesAllIn(db, caller);
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="suppressions.csv"')
        .header("cache-control", "no-store");
      return exportSuppressions(db, {
        workspaceId: caller.workspaceId,
        kinds: query.kind ? [query.kind] : listedKinds,
        actor: actorOf(caller),
      });
    },
  }),
];

function notAnAddress(): HeedError {
  return new HeedError(
    "not_an_address",
    "Write an email address, a telephone number with its country (+32…) or a domain.",
  );
}
