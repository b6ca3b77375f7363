/**
 * The one table from an error's code to an HTTP status. A code that is not
 * here is a mistake in what was asked: 422.
 */
const statuses: Readonly<Record<string, number>> = {
  bad_request: 400,
  validation_failed: 400,
  not_signed_in: 401,
  sign_in_failed: 401,
  second_factor_needed: 401,
  hook_refused: 401,
  hook_foreign: 403,
  permission_denied: 403,
  csrf_failed: 403,
  lift_not_allowed: 403,
  not_found: 404,
  address_taken: 409,
  name_taken: 409,
  idempotency_mismatch: 409,
  state_conflict: 409,
  account_tripped: 409,
  contact_stopped: 409,
  stage_in_use: 409,
  preview_changed: 409,
  preview_expired: 409,
  preview_unknown: 409,
  preview_used: 409,
  confirmation_wrong: 409,
  approval_by_another: 409,
  approval_expired: 409,
  window_ended: 409,
  list_in_use: 409,
  ref_taken: 409,
  import_running: 409,
  deletion_off: 403,
  permission_revoked: 403,
  file_too_large: 413,
  too_many_requests: 429,
  internal: 500,
  database_unreachable: 503,
  sending_off: 503,
  hook_unchecked: 503,
};

export function statusOf(code: string): number {
  return statuses[code] ?? 422;
}
