/** Why an input is no address: a stable code, and what the person can do about it. */
export interface AddressProblem {
  readonly problem: string;
  readonly message: string;
}

export function problem(code: string, message: string): AddressProblem {
  return { problem: code, message };
}

/** Tells a refusal from a parsed address; every parser of this folder answers one or the other. */
export function isProblem(answer: unknown): answer is AddressProblem {
  return typeof answer === "object" && answer !== null && "problem" in answer;
}
