import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import type { Visibility } from "./roles.ts";

/**
 * Nobody gives what they do not have: refuses when `granted` holds a permission
 * or a visibility beyond the caller's own.
 * @throws HeedError permission_denied
 */
export function mayGrant(
  caller: Caller,
  granted: { permissions: readonly string[]; visibility?: Visibility },
): void {
  const missing = granted.permissions.filter((permission) => !caller.permissions.has(permission));
  if (missing.length > 0) {
    throw new HeedError(
      "permission_denied",
      `You cannot give or take what you do not have yourself: ${missing.join(", ")}. Ask an administrator to do this.`,
      { permissions: missing },
    );
  }
  if (caller.ownOnly && granted.visibility === "all") {
    throw new HeedError(
      "permission_denied",
      "You see only your own contacts, so you cannot let somebody see all of them. Ask an administrator to do this.",
      { visibility: "all" },
    );
  }
}

/**
 * What only a person signed in may do for their own account. A key with few
 * scopes could otherwise set a password and sign in with all of its user's.
 * @throws HeedError permission_denied
 */
export function mustBeInPerson(caller: Caller): void {
  if (caller.apiKeyId !== null) {
    throw new HeedError(
      "permission_denied",
      "An API key cannot change how its user signs in. Sign in and do it there.",
    );
  }
}
