/** What a message written by hand may change. */
export const changedByWriting = [["conversations"], ["contacts"], ["ledger"], ["sink"]];
