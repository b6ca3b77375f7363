import QRCode from "qrcode";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { wrongCode } from "./check-code.ts";
import { findUser } from "./find-user.ts";
import { mustBeInPerson } from "./grants.ts";
import { newTotpSecret, otpauthUri, stepOfCode } from "./one-time-code.ts";
import {
  confirmPendingSecret,
  lockUser,
  selectSecondFactor,
  updatePendingSecret,
} from "./user-queries.ts";

export interface OfferedSecret {
  /** Base32, for typing it in. */
  secret: string;
  uri: string;
  /** The address as a QR code, an SVG image. */
  qrSvg: string;
}

/** Offers a secret for the user's authenticator. It counts once a code confirms it. @throws HeedError state_conflict */
export async function offerSecondFactor(tx: Tx, offer: { caller: Caller }): Promise<OfferedSecret> {
  mustBeInPerson(offer.caller);
  const user = await findUser(tx, offer.caller.userId);
  if (user.has_totp) {
    throw new HeedError(
      "state_conflict",
      "A second factor is set already. Remove it with a code first.",
    );
  }
  const secret = newTotpSecret();
  await updatePendingSecret(tx, user.id, tx.secrets.seal(secret));
  const uri = otpauthUri(secret, user.email);
  return { secret, uri, qrSvg: await QRCode.toString(uri, { type: "svg", margin: 2 }) };
}

/** From now on sign-in needs a code. @throws HeedError wrong_code, state_conflict */
export async function confirmSecondFactor(
  tx: Tx,
  confirmation: { caller: Caller; code: string; now: Date },
): Promise<void> {
  const { caller } = confirmation;
  mustBeInPerson(caller);
  await lockUser(tx, caller.userId);
  const { pending } = await selectSecondFactor(tx, caller.userId);
  if (pending === null) {
    throw new HeedError(
      "state_conflict",
      "No second factor waits for its first code. Begin again to get a new QR code.",
    );
  }
  const step = stepOfCode(tx.secrets.open(pending), confirmation.code, confirmation.now);
  if (step === null) throw wrongCode();
  await confirmPendingSecret(tx, caller.userId, step);
  await record(tx, {
    act: "user.second_factor_set",
    actor: actorOf(caller),
    subjectId: caller.userId,
  });
}
