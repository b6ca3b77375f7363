import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { publicRoute, type Route } from "../../../kernel/http/index.ts";
import { findWorkspace } from "../../access/index.ts";
import { findTopic } from "../topics/queries.ts";
import { languageOfRequest, sendPage } from "./pages/send-page.ts";
import { askPage, badLinkPage, donePage, undoPage } from "./pages/unsubscribe-pages.ts";
import { bodyStart, readPress } from "./press.ts";
import { makeUndoToken, readUndoToken, readUnsubscribeToken } from "./token.ts";
import { undoUnsubscribe } from "./undo-unsubscribe.ts";
import { unsubscribe } from "./unsubscribe.ts";

const params = z.object({ token: z.string() });

/** What the pages need from modules further right; app gives it. */
export interface PublicStopOptions {
  /** The topic that a message was sent for, or null; also null when the message is gone. */
  topicOfMessage?(tx: Tx, messageId: string): Promise<string | null>;
}

/** The recipients' side: unsubscribe without sign-in, one press, for ever (S11, S12). */
export function publicStopRoutes(options: PublicStopOptions = {}): Route[] {
  return [
    publicRoute({
      method: "GET",
      path: "//u/:token",
      summary: "The unsubscribe page: one button, changes nothing",
      tag: "Recipients",
      params,
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const language = languageOfRequest(request);
        const token = readUnsubscribeToken(db.secrets, params.token);
        if (!token) return sendPage(reply, badLinkPage({ language }), 404);
        const asked = await db.inWorkspace(token.workspaceId, async (tx) => {
          const topicId = (await options.topicOfMessage?.(tx, token.messageId)) ?? null;
          return {
            from: (await findWorkspace(tx)).name,
            topic: topicId ? ((await findTopic(tx, topicId)) ?? null) : null,
          };
        });
        return sendPage(
          reply,
          askPage({ language, channel: token.channel, token: params.token, ...asked }),
        );
      },
    }),
    publicRoute({
      method: "POST",
      path: "//u/:token",
      summary: "Unsubscribe at once",
      description:
        "RFC 8058 one-click (List-Unsubscribe=One-Click, urlencoded or multipart) and the page's own button. Any body, or none, stops the whole channel; only the page can choose one topic instead. Repeating changes nothing.",
      tag: "Recipients",
      params,
      consumes: ["*/*"],
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const language = languageOfRequest(request);
        const token = readUnsubscribeToken(db.secrets, params.token);
        if (!token) return sendPage(reply, badLinkPage({ language }), 404);
        const press = readPress(await bodyStart(request));
        const { from, receipt, topic } = await db.inWorkspace(token.workspaceId, async (tx) => ({
          from: (await findWorkspace(tx)).name,
          ...(await unsubscribe(tx, { token, press })),
        }));
        // Only a press of this moment, by a person who sees the answer, can be taken back.
        const undo =
          receipt.added && press.by === "page"
            ? makeUndoToken(
                db.secrets,
                { workspaceId: token.workspaceId, stopId: receipt.stop.id },
                new Date(),
              )
            : null;
        return sendPage(
          reply,
          donePage({
            language,
            from,
            channel: token.channel,
            token: params.token,
            topic,
            underWay: receipt.underWay.length > 0,
            undo,
          }),
        );
      },
    }),
    publicRoute({
      method: "POST",
      path: "//u/:token/undo",
      summary: "Take a press back, with the undo token of its answer, for 30 minutes",
      tag: "Recipients",
      params,
      consumes: ["*/*"],
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const language = languageOfRequest(request);
        const token = readUnsubscribeToken(db.secrets, params.token);
        if (!token) return sendPage(reply, badLinkPage({ language }), 404);
        const press = readPress(await bodyStart(request));
        const undo = press.undo ? readUndoToken(db.secrets, press.undo, new Date()) : null;
        const undone =
          undo !== null &&
          (await db.inWorkspace(token.workspaceId, (tx) => undoUnsubscribe(tx, { token, undo })));
        return sendPage(reply, undoPage({ language, undone }), undone ? 200 : 410);
      },
    }),
  ];
}
