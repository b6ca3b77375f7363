import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { publicRoute, type Route } from "../../../kernel/http/index.ts";
import { findWorkspace, workspacePolicy } from "../../access/index.ts";
import { standingUnsubscribes, topicChoices } from "../consents/queries.ts";
import { findTopic } from "../topics/queries.ts";
import type { Language } from "../unsubscribe/pages/language.ts";
import { languageOfRequest, sendPage } from "../unsubscribe/pages/send-page.ts";
import { badLinkPage } from "../unsubscribe/pages/unsubscribe-pages.ts";
import { bodyStart, fieldsOf, isUuid } from "../unsubscribe/press.ts";
import { type PreferencesToken, readPreferencesToken } from "../unsubscribe/token.ts";
import { changePreferences, type PreferencePress } from "./change-preferences.ts";
import { preferencesPage } from "./preferences-page.ts";
import { preferenceWords } from "./words.ts";

const params = z.object({ token: z.string() });

/** The recipients' consent centre: which topics, everything off, and back again. No sign-in, no script. */
export const preferenceRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "//p/:token",
    summary: "The preference page: topics with their state, changes nothing",
    tag: "Recipients",
    params,
    produces: "text/html",
    async open({ params, request, reply, db }) {
      const language = languageOfRequest(request);
      const token = readPreferencesToken(db.secrets, params.token);
      if (!token) return sendPage(reply, badLinkPage({ language }), 404);
      const shown = await db.inWorkspace(token.workspaceId, (tx) => stateOf(tx, token));
      return sendPage(
        reply,
        preferencesPage({ ...shown, language, token: params.token, saved: null }),
      );
    },
  }),
  publicRoute({
    method: "POST",
    path: "//p/:token",
    summary: "Leave a topic, come back to one, stop everything, or allow messages again",
    description:
      "Urlencoded or multipart: do=leave|join (with topic), stop_all or resume. Answered when it holds. Lifts the person's own unsubscribes and nothing else.",
    tag: "Recipients",
    params,
    consumes: ["*/*"],
    produces: "text/html",
    async open({ params, request, reply, db }) {
      const language = languageOfRequest(request);
      const token = readPreferencesToken(db.secrets, params.token);
      if (!token) return sendPage(reply, badLinkPage({ language }), 404);
      const fields = fieldsOf(await bodyStart(request));
      const ipHash = db.secrets.sign("consent-ip", Buffer.from(request.ip)).toString("hex");
      const receipt = await db.inWorkspace(token.workspaceId, async (tx) => {
        const press = await pressOf(tx, fields, { language, ipHash });
        return press === null ? undefined : changePreferences(tx, token, press);
      });
      const saved =
        receipt === undefined ? null : { underWay: (receipt?.underWay.length ?? 0) > 0 };
      const shown = await db.inWorkspace(token.workspaceId, (tx) => stateOf(tx, token));
      const page = preferencesPage({ ...shown, language, token: params.token, saved });
      return sendPage(reply, page, saved === null ? 400 : 200);
    },
  }),
];

async function stateOf(tx: Tx, token: PreferencesToken) {
  return {
    from: (await findWorkspace(tx)).name,
    channel: token.channel,
    choices: await topicChoices(tx, token),
    allStopped: (await standingUnsubscribes(tx, { ...token, topicId: null })).length > 0,
    consentRequired: (await workspacePolicy(tx)).consent_required,
  };
}

/** What the form asks for; null when it is not whole. Coming back needs the words that were read. */
async function pressOf(
  tx: Tx,
  fields: URLSearchParams,
  reader: { language: Language; ipHash: string },
): Promise<PreferencePress | null> {
  const act = fields.get("do");
  if (act === "stop_all" || act === "resume") return { act };
  const topicId = fields.get("topic") ?? "";
  if (!isUuid(topicId)) return null;
  if (act === "leave") return { act, topicId };
  if (act !== "join") return null;
  const topic = (await findTopic(tx, topicId))?.name ?? "";
  return {
    act,
    topicId,
    evidence: {
      wording: preferenceWords[reader.language].agree(topic, (await findWorkspace(tx)).name),
      ip_hash: reader.ipHash,
    },
  };
}
