import { z } from "zod";
import { id } from "../../kernel/http/index.ts";
import { line } from "../contacts/index.ts";

/** Several lines of text, trimmed, with line breaks and tabs and no other control characters. */
export function block(most: number) {
  return z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(most)
    .refine(
      (text) => !/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(text),
      "holds a control character; remove it",
    );
}

export const title = line(300).min(1, "must not be empty");

/** Words to look for. */
export const searched = line(200).optional();

/** A calendar day. */
export const day = z.iso.date();

/** Who an item hangs on, as far as the caller may see them. */
export const contactRefSchema = z.object({ id, name: z.string() });
