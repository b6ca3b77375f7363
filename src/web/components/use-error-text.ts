import { useTranslation } from "react-i18next";
import { ApiError } from "../api/error.ts";

/** An error in words: the API's own message, with the roles that may when it names them. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    if (error.code === "unreachable") return t("unreachable");
    const { roles } = error.details;
    const named = Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
    const known = named.every((role) => error.message.includes(role));
    return known
      ? error.message
      : `${error.message} ${t("rolesWithIt", { roles: named.join(", ") })}`;
  };
}
