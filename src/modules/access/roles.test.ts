import { describe, expect, it } from "vitest";
import { allPermissions, type Permission } from "./permissions.ts";
import { builtInRoles } from "./roles.ts";

const everybody = ["Adm", "CoMgr", "Mktg", "SalesMgr", "Sales", "Jr"];

/** product.md's table, and the rest of the permissions as docs and roles.ts assign them. */
const table: { action: string; permissions: Permission[]; who: string[] }[] = [
  { action: "see and stop contacts", permissions: ["contacts.view"], who: everybody },
  { action: "create and edit contacts", permissions: ["contacts.edit"], who: everybody },
  {
    action: "export",
    permissions: ["contacts.export"],
    who: ["Adm", "CoMgr", "Mktg", "SalesMgr", "Sales"],
  },
  {
    action: "reactivate, lift bounces and manual suppressions, topics, exclusions, forms",
    permissions: [
      "contacts.reactivate",
      "stops.lift",
      "topics.edit",
      "lists.exclude",
      "forms.edit",
    ],
    who: ["Adm", "CoMgr", "Mktg"],
  },
  { action: "import", permissions: ["contacts.import"], who: ["Adm", "CoMgr", "Mktg", "SalesMgr"] },
  {
    action: "delete, bulk delete, clear or delete lists, restore",
    permissions: ["contacts.delete", "contacts.restore"],
    who: ["Adm", "CoMgr"],
  },
  {
    action: "erase, purge early, deletion policy, users, roles, keys, organisation kill list",
    permissions: [
      "contacts.erase",
      "users.manage",
      "roles.manage",
      "keys.manage",
      "workspace.edit",
    ],
    who: ["Adm"],
  },
  {
    action: "make manual lists, see every suppression, make pipelines",
    permissions: ["lists.edit", "suppressions.view", "pipelines.edit"],
    who: ["Adm", "CoMgr", "Mktg", "SalesMgr"],
  },
  { action: "watch campaigns", permissions: ["campaigns.view", "sink.view"], who: everybody },
  {
    action: "make campaigns, read the ledger",
    permissions: ["templates.edit", "campaigns.edit", "campaigns.run", "ledger.view"],
    who: ["Adm", "CoMgr", "Mktg", "SalesMgr"],
  },
  // Whoever sees their own contacts alone sees the jobs that they asked for.
  { action: "watch jobs", permissions: ["jobs.view", "jobs.cancel"], who: everybody },
  { action: "set up sending accounts", permissions: ["accounts.edit"], who: ["Adm", "CoMgr"] },
];

describe("the built-in roles", () => {
  const byShortName = new Map(everybody.map((short, index) => [short, builtInRoles[index]]));

  for (const { action, permissions, who } of table) {
    for (const short of everybody) {
      it(`${short} ${who.includes(short) ? "may" : "may not"} ${action}`, () => {
        for (const permission of permissions) {
          expect(byShortName.get(short)?.permissions.includes(permission), permission).toBe(
            who.includes(short),
          );
        }
      });
    }
  }

  it("are six, and the table leaves out no permission", () => {
    expect(builtInRoles.map((role) => role.name)).toEqual([
      "Administrator",
      "Company Manager",
      "Marketing Manager",
      "Sales Manager",
      "Salesperson",
      "Junior Salesperson",
    ]);
    expect(table.flatMap((row) => row.permissions).sort()).toEqual([...allPermissions].sort());
  });

  it("show salespeople their own contacts and everybody else all", () => {
    expect(builtInRoles.map((role) => role.visibility)).toEqual([
      "all",
      "all",
      "all",
      "all",
      "own",
      "own",
    ]);
  });
});
