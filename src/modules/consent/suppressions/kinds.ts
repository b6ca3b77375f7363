/** Kinds of stop that are bound to an address or a domain. */
export const listedKinds = ["suppression", "unsubscribe", "quarantine"] as const;
