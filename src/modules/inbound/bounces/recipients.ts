import { headerAddresses } from "../mail/headers.ts";
import { allAddresses, isDaemon, tidyAddress } from "./addresses.ts";
import { classifyFailure } from "./classify.ts";
import type { DeliveryStatus } from "./formats/delivery-status.ts";
import { readNotice } from "./read-notice.ts";
import type { Report } from "./report.ts";
import { answeredPhase } from "./smtp-phase.ts";
import type { Failure, ReportedRecipient } from "./understanding.ts";

/** Fills what the fields leave out from the words for people, which often say more. */
export function completeFailures(
  failures: readonly Failure[],
  status: DeliveryStatus,
  report: Report,
): Failure[] {
  const told = readNotice(report.notice, ownAddresses(report));
  const [header] = headerAddresses(report.headers, "x-failed-recipients");
  return failures.map((failure) => {
    const same = told.find(
      (each) => each.address?.toLowerCase() === failure.address?.toLowerCase(),
    );
    const only = status.failures.length === 1 && told.length === 1 ? told[0] : undefined;
    const match = same ?? (failure.address ? undefined : only);
    const diagnostic = failure.diagnostic || match?.diagnostic || "";
    const answered = answeredPhase(diagnostic, "") ?? answeredPhase(match?.diagnostic ?? "", "");
    const address = failure.address ?? header ?? match?.address ?? onlyRecipient(report);
    return {
      ...failure,
      address,
      diagnostic,
      answered: answered ?? answeredPhase(diagnostic, report.notice),
    };
  });
}

/** X-Failed-Recipients, else the only address in the notice, else whom our message was to. */
export function recipientsElsewhere(report: Report, ours: ReadonlySet<string>): Failure[] {
  const header = headerAddresses(report.headers, "x-failed-recipients");
  const named = allAddresses(report.notice.slice(0, 8_000)).filter(
    (address) => !ours.has(address.toLowerCase()) && !isDaemon(address),
  );
  const distinct = [...new Set(named.map((address) => address.toLowerCase()))];
  const addresses =
    header.length > 0
      ? header
      : distinct.length === 1
        ? named.slice(0, 1)
        : [onlyRecipient(report)];
  return addresses.map((address) => ({ address, action: "failed", status: null, diagnostic: "" }));
}

function onlyRecipient(report: Report): string | null {
  const failed = headerAddresses(report.headers, "x-failed-recipients");
  const to = failed.length > 0 ? failed : report.returnedTo;
  return to.length > 0 ? tidyAddress(to[0] ?? "") : null;
}

/** Addresses that a notice may name and that did not fail: its own and its reader's. */
export function ownAddresses(report: Report): ReadonlySet<string> {
  const own = [
    ...headerAddresses(report.headers, "from"),
    ...headerAddresses(report.headers, "to"),
    ...headerAddresses(report.returned, "from"),
  ];
  const to = new Set(report.returnedTo.map((each) => each.toLowerCase()));
  return new Set(own.map((each) => each.toLowerCase()).filter((each) => !to.has(each)));
}

/** A failure with its cause decided. `notices` are the report's other words, nearest first. */
export function reportedRecipient(failure: Failure, notices: readonly string[]): ReportedRecipient {
  const { status, diagnostic } = failure;
  const answered = failure.answered ?? answeredPhase(diagnostic, notices.at(-1) ?? "");
  const verdict = classifyFailure({ status, diagnostic, notices, answered });
  const said = (diagnostic || (notices[0] ?? "")).replace(/\s+/g, " ").trim().slice(0, 500);
  const harmless = failure.action !== "failed";

  return {
    address: failure.address,
    final: failure.final ?? null,
    class: harmless ? "unknown" : verdict.class,
    status: verdict.status,
    reason: harmless && failure.action !== "delayed" ? "delivered" : verdict.cause,
    said,
  };
}

/** One failure an address, the one with a reason. */
export function uniqueFailures(failures: readonly Failure[]): Failure[] {
  const byAddress = new Map<string, Failure>();
  for (const failure of failures) {
    const key = failure.address?.toLowerCase() ?? "";
    const before = byAddress.get(key);
    if (!before || (before.diagnostic === "" && failure.diagnostic !== ""))
      byAddress.set(key, failure);
  }
  return [...byAddress.values()];
}
