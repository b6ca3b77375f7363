/** What hangs on the demo's contacts, in words. */
export const noteTexts = [
  "Met at the autumn fair. Knows our product from her former company; wants to hear about volumes, not features.",
  "Prefers short mails, and never on Mondays.\nTheir budget year begins in April.",
  "Asked who else in the region works with us. Promised two references.",
  "The purchase goes through a committee of three; the head of operations decides.",
  "Very happy with the support in August. A candidate for a customer story.",
  "Moved from the old supplier because of late deliveries. Do not promise what we cannot keep.",
  "Speaks French and Dutch. The contract should be in French.",
  "Holiday until the end of the month; the assistant takes messages.",
];

export const taskTitles = [
  "Send the two references",
  "Call about the open offer",
  "Ask for the purchase order number",
  "Prepare the demonstration",
  "Answer the question about data protection",
  "Check whether the trial was used",
  "Propose them for a customer story",
  "Write the summary of the meeting",
];

interface Deal {
  title: string;
  stage: string;
  amount: number | null;
  currency?: string;
}

export const deals: readonly Deal[] = [
  { title: "Deliveries for next year", stage: "New", amount: 12_500 },
  { title: "Pilot in one branch", stage: "New", amount: 3_200 },
  { title: "Second site", stage: "New", amount: null },
  { title: "Replace the old supplier", stage: "Qualified", amount: 48_000 },
  { title: "Training for the team", stage: "Qualified", amount: 2_950.5 },
  { title: "Framework contract", stage: "Proposal", amount: 120_000 },
  { title: "Extension to the UK", stage: "Proposal", amount: 31_000, currency: "GBP" },
  { title: "Renewal", stage: "Won", amount: 18_400 },
  { title: "Trial of the small edition", stage: "Lost", amount: 900 },
];

interface Thread {
  subject: string;
  messages: readonly { direction: "in" | "out"; text: string }[];
}

export const threads: readonly Thread[] = [
  {
    subject: "Your offer of last week",
    messages: [
      {
        direction: "out",
        text: "Hello,\n\nhere is the offer we spoke about. The price holds until the end of the month.\n\nKind regards",
      },
      {
        direction: "in",
        text: "Thank you. Does the price include delivery to both branches?",
      },
      { direction: "out", text: "It does, up to once a week for each branch." },
      { direction: "in", text: "Good. I shall take it to the committee on Thursday." },
    ],
  },
  {
    subject: "Question about invoices",
    messages: [
      { direction: "in", text: "Can you send invoices to our accountant as well?\n\nBest wishes" },
      { direction: "out", text: "Of course. To which address?" },
    ],
  },
  {
    subject: "Data protection",
    messages: [
      {
        direction: "in",
        text: "Our officer asks where your servers stand and who may read our data. Could you point me to something I can forward?",
      },
    ],
  },
];
