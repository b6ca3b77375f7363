/** What a change of an appointment may change: its lists, and the profiles with their timelines. */
export const changedByAppointments = [["appointments"], ["contacts"], ["ledger"]];
