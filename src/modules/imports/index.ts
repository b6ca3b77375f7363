export { type ImportFileRequest, type ImportFileResult, importFile, inspectFile } from "./import-file.ts";
export { type Counts, type Mode, modes } from "./rules.ts";
