export {
  type CompiledContent,
  type ContentFormat,
  type ContentSource,
  compileContent,
} from "./compile-content.ts";
export { type ContentVariables, fieldNames, sampleVariables } from "./fields.ts";
export { type ContentProblem, contentError, problemsOf } from "./problem.ts";
export { type RenderedContent, renderContent } from "./render-content.ts";
export { countSegments, type Segments } from "./segments.ts";
