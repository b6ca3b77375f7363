import mjml2html from "mjml";
import { messageOf } from "../../../kernel/errors.ts";
import { htmlToText } from "./html-to-text.ts";
import type { ContentProblem } from "./problem.ts";
import { ProtectedLiquid } from "./protect-liquid.ts";

/** Elements that hold only elements: loose text in them is dropped by MJML. */
const structural = new Set([
  "mj-body",
  "mj-wrapper",
  "mj-section",
  "mj-group",
  "mj-column",
  "mj-hero",
]);

/** What MJML gives: HTML and its text form, both still with their Liquid. */
export interface CompiledMjml {
  html: string;
  text: string;
  problems: ContentProblem[];
}

/** Compiles MJML once, at save; Liquid in it is left for each recipient's rendering. */
export async function compileMjml(source: string): Promise<CompiledMjml> {
  const include = /<[^<>]*\bmj-include\b/i.exec(source);
  if (include) {
    return failed({
      code: "template_file_access",
      line: source.slice(0, include.index).split("\n").length,
      message:
        "mj-include would read another file, and a template stands alone. Paste the MJML here instead.",
    });
  }
  const liquid = new ProtectedLiquid(source);
  const wrapped = liquid.wrapLoose(
    liquid.text,
    (placeholder) => `<mj-raw>${placeholder}</mj-raw>`,
    (element) => structural.has(element),
  );
  let result: Awaited<ReturnType<typeof mjml2html>>;
  try {
    result = await mjml2html(wrapped, {
      validationLevel: "soft",
      ignoreIncludes: true,
      keepComments: false,
      // No web fonts: loading one tells its host who reads the mail.
      fonts: {},
    });
  } catch (error) {
    return failed({
      code: "mjml_invalid",
      line: null,
      message: `MJML cannot read this: ${messageOf(error)}`,
    });
  }
  if (!/<mj-body[\s>]/i.test(wrapped)) {
    return failed({
      code: "mjml_invalid",
      line: 1,
      message:
        "MJML begins with <mjml><mj-body> and ends with </mj-body></mjml>. Choose the format text for plain text.",
    });
  }
  const problems: ContentProblem[] = result.errors
    .filter((error) => !isAboutLiquid(error.message, liquid))
    .map((error) => ({
      field: "body",
      code: "mjml_invalid",
      line: liquid.originalLine(error.line),
      message: `${error.tagName}: ${error.message}.`,
    }));
  for (const lost of liquid.missingFrom(result.html)) {
    problems.push({
      field: "body",
      code: "template_tag_dropped",
      line: lost.line,
      message: `MJML drops ${lost.source.slice(0, 60)} where it stands. Put it inside mj-text or mj-raw.`,
    });
  }
  return {
    html: liquid.restore(result.html),
    text: liquid.restore(htmlToText(result.html)),
    problems,
  };
}

/** A colour or width given by Liquid is not MJML's to judge. */
function isAboutLiquid(message: string, liquid: ProtectedLiquid): boolean {
  return liquid.held.some((each) => message.includes(each.placeholder));
}

function failed(problem: Omit<ContentProblem, "field">): CompiledMjml {
  return { html: "", text: "", problems: [{ field: "body", ...problem }] };
}
