import { z } from "zod";
import { idParams, type Route, route } from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { linkedCounts } from "./linked-counts.ts";

const count = z.number().int();

export const linkedRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/linked-items",
    permission: "contacts.view",
    summary: "How many items of each kind hang on a contact",
    tag: "Contacts",
    params: idParams,
    response: z.object({
      notes: count,
      tasks: count,
      appointments: count,
      conversations: count,
      opportunities: count,
    }),
    async handler({ tx, caller, params }) {
      await requireVisible(tx, caller, params.id);
      return linkedCounts(tx, [params.id]);
    },
  }),
];
