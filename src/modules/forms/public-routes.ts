import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../../kernel/database/index.ts";
import { isHeedError } from "../../kernel/errors.ts";
import { publicRoute, type Route } from "../../kernel/http/index.ts";
import { findWorkspace, TryLimit } from "../access/index.ts";
import {
  bodyStart,
  findTopic,
  type Language,
  languageOfRequest,
  sendPage,
} from "../consent/index.ts";
import { confirmSubmission } from "./confirm-submission.ts";
import { readConfirmToken } from "./confirm-token.ts";
import { confirmPage, type FormPage, formPage, saidPage, wordingOf } from "./pages.ts";
import { findForm, findSubmission, workspaceOfForm } from "./queries.ts";
import { answersOf, fieldsOfForm, pageHeaders } from "./rules.ts";
import { submitForm } from "./submit-form.ts";
import { formWords } from "./words.ts";

const mostBytes = 8_000;
/** Forms sent from one network address in ten minutes. */
const tries = () => new TryLimit(30, 600_000);
const formParams = z.object({ form: z.uuid() });
const tokenParams = z.object({ token: z.string() });

/** The side of forms that anybody sees. A GET changes nothing; every answer is the same for every address. */
export function publicFormRoutes(): Route[] {
  const limit = tries();
  return [
    publicRoute({
      method: "GET",
      path: "//f/:form",
      summary: "A form as a page; ?embed=1 may stand in a frame of the websites it names",
      tag: "Recipients",
      params: formParams,
      query: z.object({ embed: z.string().optional() }),
      produces: "text/html",
      async open({ params, query, request, reply, db }) {
        const language = languageOfRequest(request);
        const found = await openForm(db, params.form, language);
        if (!found) return gone(reply, language);
        frame(reply, found.page, query.embed === "1");
        return sendPage(reply, formPage({ ...found.page, problem: null }));
      },
    }),
    publicRoute({
      method: "POST",
      path: "//f/:form",
      summary: "Send a form",
      description:
        "Urlencoded, multipart or a JSON object: email and the form's fields. Answers the same whether or not the address is known. With Accept: application/json answers { status }.",
      tag: "Recipients",
      params: formParams,
      consumes: ["*/*"],
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const body = await bodyStart(request);
        const fields = fieldsOfForm(body.length > mostBytes ? "" : body);
        const language = fields.language ?? languageOfRequest(request);
        const say = formWords[language];
        const found = await openForm(db, params.form, language);
        if (!found) return gone(reply, language);
        const { page, workspaceId } = found;
        frame(reply, page, true);
        const answer = (status: 200 | 422 | 429, problem: string | null) =>
          wantsJson(request)
            ? json(reply, status, problem)
            : problem === null
              ? done(reply, page)
              : sendPage(reply, formPage({ ...page, problem }), status);
        try {
          limit.count(request.ip, Date.now());
        } catch {
          return answer(429, say.tooMany);
        }
        // A field that no person sees: whoever fills it in is a program, and learns nothing.
        if (fields.trap) return answer(200, null);
        try {
          await db.inWorkspace(workspaceId, (tx) =>
            submitForm(
              tx,
              page.form,
              {
                email: fields.email,
                answers: answersOf(page.form, fields.values),
                language,
                wording: wordingOf(page),
                ipHash: ipHash(db, request),
              },
              new Date(),
            ),
          );
        } catch (error) {
          if (isHeedError(error) && error.code === "address_invalid")
            return answer(422, say.badAddress);
          throw error;
        }
        return answer(200, null);
      },
    }),
    publicRoute({
      method: "GET",
      path: "//f/confirm/:token",
      summary: "The page that a confirmation mail leads to: one button, changes nothing",
      tag: "Recipients",
      params: tokenParams,
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const language = languageOfRequest(request);
        const token = readConfirmToken(db.secrets, params.token);
        const shown =
          token &&
          (await db.inWorkspace(token.workspaceId, async (tx) => {
            const submission = await findSubmission(tx, token.submissionId);
            const form = submission && (await findForm(tx, submission.form_id));
            return form ? { submission, form, from: (await findWorkspace(tx)).name } : undefined;
          }));
        if (!shown) return expired(reply, language);
        const { kind } = shown.form;
        const { wording, language: asked } = shown.submission;
        return sendPage(
          reply,
          confirmPage({ language: asked, from: shown.from, kind, wording, token: params.token }),
        );
      },
    }),
    publicRoute({
      method: "POST",
      path: "//f/confirm/:token",
      summary: "Confirm what was sent with a form; once, however often it is pressed",
      tag: "Recipients",
      params: tokenParams,
      consumes: ["*/*"],
      produces: "text/html",
      async open({ params, request, reply, db }) {
        const language = languageOfRequest(request);
        const token = readConfirmToken(db.secrets, params.token);
        const form =
          token &&
          (await db.inWorkspace(token.workspaceId, (tx) =>
            confirmSubmission(tx, token.submissionId),
          ));
        if (!form) return expired(reply, language);
        const say = formWords[language];
        return sendPage(
          reply,
          saidPage({ language, title: say.confirmedTitle, text: say.confirmed[form.kind] }),
        );
      },
    }),
  ];
}

async function openForm(
  db: Database,
  formId: string,
  language: Language,
): Promise<{ workspaceId: string; page: FormPage } | null> {
  const workspaceId = await db.asSystem((tx) => workspaceOfForm(tx, formId));
  if (workspaceId === null) return null;
  return db.inWorkspace(workspaceId, async (tx) => {
    const form = await findForm(tx, formId);
    if (!form) return null;
    const topic = form.topic_id === null ? undefined : await findTopic(tx, form.topic_id);
    const from = (await findWorkspace(tx)).name;
    return { workspaceId, page: { language, from, form, topicName: topic?.name ?? null } };
  });
}

function frame(reply: FastifyReply, page: FormPage, embedded: boolean): void {
  const headers = pageHeaders(page.form, embedded);
  reply.headers(headers);
  if (embedded && page.form.origins.length > 0) reply.removeHeader("x-frame-options");
}

function done(reply: FastifyReply, page: FormPage): FastifyReply {
  const { form, language } = page;
  if (form.redirect_url !== null) return reply.redirect(form.redirect_url, 303);
  const say = formWords[language];
  const atOnce = form.kind === "subscribe" && !form.double_opt_in;
  return sendPage(
    reply,
    atOnce
      ? saidPage({ language, title: say.confirmedTitle, text: say.subscribed })
      : saidPage({ language, title: say.doneTitle[form.kind], text: say.done[form.kind] }),
  );
}

function json(reply: FastifyReply, status: number, problem: string | null): FastifyReply {
  return reply
    .status(status)
    .type("application/json")
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem === null ? { status: "received" } : { status: "refused", problem });
}

function wantsJson(request: FastifyRequest): boolean {
  return /\bapplication\/json\b/.test(request.headers.accept ?? "");
}

function gone(reply: FastifyReply, language: Language): FastifyReply {
  const say = formWords[language];
  return sendPage(reply, saidPage({ language, title: say.goneTitle, text: say.gone }), 404);
}

function expired(reply: FastifyReply, language: Language): FastifyReply {
  const say = formWords[language];
  return sendPage(reply, saidPage({ language, title: say.expiredTitle, text: say.expired }), 410);
}

/** Enough to tell two submissions apart in a dispute, and no network address. */
function ipHash(db: Database, request: FastifyRequest): string {
  return db.secrets.sign("consent-ip", Buffer.from(request.ip)).toString("hex");
}
