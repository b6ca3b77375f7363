/** The one text that confirms a stop; one message of GSM-7 for a name of up to 60 letters. */
export function stopConfirmation(sender: string): string {
  return `${sender}: You are unsubscribed and will get no more messages from us. Reply START to resubscribe.`;
}

export function helpAnswer(sender: string, contact: string | null): string {
  const where = contact === null ? "" : ` For help write to ${contact}.`;
  return `${sender}:${where} Reply STOP to get no more messages.`;
}
