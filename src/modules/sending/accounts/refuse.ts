import { HeedError } from "../../../kernel/errors.ts";
import { compileMail } from "../mime/compile.ts";
import { type AccountSettings, accountProblems, type FieldProblem } from "./rules.ts";

export function invalidFields(problems: readonly FieldProblem[]): HeedError {
  return new HeedError(
    "validation_failed",
    `Correct these fields: ${problems.map((each) => `${each.field}: ${each.problem}`).join("; ")}`,
    { fields: problems },
  );
}

/**
 * Refuses settings that could not send. The headers are compiled as the sender
 * will compile them, so that nothing passes here and fails there.
 * @throws HeedError validation_failed, header_injection, address_invalid
 */
export function refuseUnlessSendable(account: AccountSettings & { hasPassword: boolean }): void {
  const problems = accountProblems(account);
  if (problems.length > 0) throw invalidFields(problems);
  if (account.channel !== "email") return;
  compileMail({
    from: { name: account.from_name, address: account.from_address },
    ...(account.reply_to ? { replyTo: account.reply_to } : {}),
  });
}
