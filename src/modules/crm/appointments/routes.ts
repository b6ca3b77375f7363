import { z } from "zod";
import {
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { line, requireVisible } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { cutPage, readPosition } from "../cursor.ts";
import { searched, title } from "../fields.ts";
import { addAppointment } from "./add-appointment.ts";
import { deleteAppointment } from "./delete-appointment.ts";
import { editAppointment } from "./edit-appointment.ts";
import {
  appointmentSchema,
  calendarOf,
  presentAppointment,
  presentAppointments,
} from "./present.ts";
import { type Appointment, pageOfAppointments } from "./queries.ts";
import { requireAppointment } from "./require-appointment.ts";

const tag = "Appointments";
const moment = time.transform((value) => new Date(value));
const attendee = z.union([
  z.strictObject({ contact_id: id }),
  z.strictObject({ email: z.email().max(254), name: line(200).default("") }),
]);
const fields = {
  title,
  starts_at: moment,
  ends_at: moment,
  time_zone: z.string().max(60).describe("IANA, as in Europe/Brussels"),
  location: line(500),
};
const attendees = z.array(attendee).max(100);
const positionOf = (each: Appointment) => [each.starts_at.toISOString(), each.id];

export const appointmentRoutes: Route[] = [
  route({
    method: "GET",
    path: "/appointments",
    permission: "contacts.view",
    summary: "Appointments that overlap a span, in the order in which they begin",
    tag,
    query: pageQuery.extend({ q: searched, from: moment.optional(), until: moment.optional() }),
    response: page(appointmentSchema),
    async handler({ tx, caller, query }) {
      const search = { q: query.q, from: query.from ?? null, until: query.until ?? null };
      const after = readPosition(query.cursor);
      const rows = await pageOfAppointments(tx, caller, search, {
        latestFirst: false,
        after,
        limit: query.limit + 1,
      });
      const { shown, next_cursor } = cutPage(rows, query.limit, positionOf);
      return { items: await presentAppointments(tx, caller, shown), next_cursor };
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/appointments",
    permission: "contacts.view",
    summary: "A contact's appointments, the latest first",
    tag,
    params: idParams,
    query: pageQuery.extend({ q: searched }),
    response: page(appointmentSchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const search = { contactId: params.id, q: query.q, from: null, until: null };
      const after = readPosition(query.cursor);
      const rows = await pageOfAppointments(tx, caller, search, {
        latestFirst: true,
        after,
        limit: query.limit + 1,
      });
      const { shown, next_cursor } = cutPage(rows, query.limit, positionOf);
      return { items: await presentAppointments(tx, caller, shown), next_cursor };
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/appointments",
    permission: "contacts.edit",
    summary: "Make an appointment with a contact, and others",
    tag,
    params: idParams,
    body: z.object({
      ...fields,
      location: line(500).default(""),
      attendees: attendees.default([]),
    }),
    response: appointmentSchema,
    status: 201,
    async handler({ tx, caller, params, body }) {
      const { attendees, ...appointment } = body;
      const appointmentId = await addAppointment(tx, {
        appointment,
        attendees: [{ contact_id: params.id }, ...attendees],
        viewer: caller,
        authorId: caller.userId,
        actor: actorOf(caller),
      });
      return presentAppointment(tx, caller, await requireAppointment(tx, caller, appointmentId));
    },
  }),
  route({
    method: "GET",
    path: "/appointments/:id",
    permission: "contacts.view",
    summary: "One appointment",
    tag,
    params: idParams,
    response: appointmentSchema,
    handler: async ({ tx, caller, params }) =>
      presentAppointment(tx, caller, await requireAppointment(tx, caller, params.id)),
  }),
  route({
    method: "GET",
    path: "/appointments/:id.ics",
    permission: "contacts.view",
    summary: "The appointment as a calendar file (RFC 5545)",
    tag,
    params: idParams,
    produces: "text/calendar; charset=utf-8",
    async handler({ tx, caller, params, reply }) {
      const appointment = await requireAppointment(tx, caller, params.id);
      reply.type("text/calendar; charset=utf-8");
      reply.header("content-disposition", `attachment; filename="${appointment.id}.ics"`);
      return calendarOf(tx, caller, appointment);
    },
  }),
  route({
    method: "PATCH",
    path: "/appointments/:id",
    permission: "contacts.edit",
    summary: "Change what is named; attendees replaces those whom you see",
    tag,
    params: idParams,
    body: z.object({ ...fields, attendees }).partial(),
    response: appointmentSchema,
    async handler({ tx, caller, params, body }) {
      const { attendees, ...changes } = body;
      await editAppointment(tx, {
        appointmentId: params.id,
        changes,
        ...(attendees ? { attendees } : {}),
        viewer: caller,
        actor: actorOf(caller),
      });
      return presentAppointment(tx, caller, await requireAppointment(tx, caller, params.id));
    },
  }),
  route({
    method: "DELETE",
    path: "/appointments/:id",
    permission: "contacts.edit",
    summary: "Delete an appointment for good",
    tag,
    params: idParams,
    handler: ({ tx, caller, params }) =>
      deleteAppointment(tx, { appointmentId: params.id, viewer: caller, actor: actorOf(caller) }),
  }),
];
