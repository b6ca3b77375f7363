/** What a change of a task may change: its lists, and the profile with its timeline. */
export const changedByTasks = [["tasks"], ["contacts"], ["ledger"]];
