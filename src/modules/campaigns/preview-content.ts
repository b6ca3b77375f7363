import type { Tx } from "../../kernel/database/index.ts";
import {
  type ContentProblem,
  type ContentSource,
  compileContent,
  countSegments,
  problemsOf,
  type RenderedContent,
  renderContent,
  type Segments,
} from "./content/index.ts";
import { previewVariables } from "./content-variables.ts";

export type Preview = RenderedContent & {
  problems: ContentProblem[];
  /** Of a text message: how many carriers charge for. */
  segments: Segments | null;
};

/** What a recipient would see; of content that cannot be rendered, what is wrong with it. */
export async function previewContent(
  tx: Tx,
  source: ContentSource,
  contactId: string | null,
): Promise<Preview> {
  try {
    const compiled = await compileContent(source);
    const rendered = renderContent(compiled, await previewVariables(tx, contactId));
    const segments = compiled.bare ? countSegments(rendered.text) : null;
    return { ...rendered, problems: [], segments };
  } catch (error) {
    const problems = problemsOf(error);
    if (problems.length === 0) throw error;
    return { subject: "", html: null, text: "", problems: [...problems], segments: null };
  }
}
