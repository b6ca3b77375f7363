import { type Channel, isProblem, parseEmail, parsePhone } from "../../contacts/index.ts";
import { invalidFields } from "./refuse.ts";

/** A name that carriers show in place of a number (3GPP TS 23.040): up to 11 characters, not digits alone. */
const senderName = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

/** Whom messages come from, in the one form that goes on the wire. @throws HeedError validation_failed */
export function readSender(channel: Channel, given: string): string {
  if (channel === "email") {
    const email = parseEmail(given);
    if (isProblem(email)) throw invalidFields([{ field: "from_address", problem: email.message }]);
    return email.normalised;
  }
  if (channel === "sms" && senderName.test(given)) return given;
  const phone = parsePhone(given);
  if (isProblem(phone)) throw invalidFields([{ field: "from_address", problem: phone.message }]);
  return phone.normalised;
}
