import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/error.ts";
import type { Problem } from "./types.ts";

/** A problem with the line it is on. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation("templates");
  return ({ line, message }) => (line === null ? message : `${t("line", { line })} ${message}`);
}

/** The problems that a refused save names; empty for any other error. */
export function problemsIn(error: unknown): Problem[] {
  if (!(error instanceof ApiError) || !Array.isArray(error.details.problems)) return [];
  return error.details.problems as Problem[];
}
