export { withFormLetters } from "./confirmation-letters.ts";
export { deleteExpiredSubmissions } from "./queries.ts";
export { type FormParts, formRoutes } from "./routes.ts";
