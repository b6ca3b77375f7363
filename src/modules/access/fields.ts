import { z } from "zod";
import { allPermissions } from "./permissions.ts";

/** A name that a person reads: one line, something on it. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, "must be one line of text");

export const permission = z.enum(allPermissions);

export const visibility = z
  .enum(["all", "own"])
  .describe("Whose contacts: everybody's, or the user's own");

// Longer ones are refused by their own message, which says how long is long enough.
export const password = z.string().max(5000).describe("At least 10 characters");

export const email = z.string().trim().min(3).max(320);

export const code = z.string().max(20).describe("The six digits that the authenticator shows");
