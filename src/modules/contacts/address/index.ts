/** Addresses: one form for identity and the wire, one for stopping. Pure rules. */
export { type Channel, channels, isChannel } from "./channel.ts";
export { parseDomain } from "./domain.ts";
export { type EmailAddress, parseEmail } from "./email.ts";
export { extractEmail } from "./extract-email.ts";
export { type PhoneNumber, parsePhone } from "./phone.ts";
export { type AddressProblem, isProblem } from "./problem.ts";
