import type { Tx } from "../../kernel/database/index.ts";
import {
  type ContentProblem,
  type ContentSource,
  compileContent,
  problemsOf,
  type RenderedContent,
  renderContent,
} from "./content/index.ts";
import { previewVariables } from "./content-variables.ts";

export type Preview = RenderedContent & { problems: ContentProblem[] };

/** What a recipient would see; of content that cannot be rendered, what is wrong with it. */
export async function previewContent(
  tx: Tx,
  source: ContentSource,
  contactId: string | null,
): Promise<Preview> {
  try {
    const compiled = await compileContent(source);
    return { ...renderContent(compiled, await previewVariables(tx, contactId)), problems: [] };
  } catch (error) {
    const problems = problemsOf(error);
    if (problems.length === 0) throw error;
    return { subject: "", html: null, text: "", problems: [...problems] };
  }
}
