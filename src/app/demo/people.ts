import type { NewContact } from "../../modules/contacts/index.ts";

const firstNames = [
  "Ada",
  "Grace",
  "Alan",
  "Edsger",
  "Barbara",
  "Donald",
  "Margaret",
  "Tony",
  "Radia",
  "Niklaus",
  "Frances",
  "Ken",
  "Hedy",
  "Dennis",
  "Katherine",
  "Tim",
  "Sofia",
  "Mateo",
  "Chloé",
  "Louis",
  "Emma",
  "Noah",
  "Amélie",
  "Jürgen",
  "Ingrid",
  "Søren",
  "Zoë",
  "Lucía",
  "Pablo",
  "Fatima",
  "Omar",
  "Yuki",
  "Wei",
  "Priya",
  "Arjun",
  "Ngozi",
  "Kwame",
  "Olga",
  "Piotr",
  "Anaïs",
  "Björn",
  "Elif",
  "Marta",
  "Hugo",
];
const lastNames = [
  "Byron",
  "Hopper",
  "Turing",
  "Dijkstra",
  "Liskov",
  "Knuth",
  "Hamilton",
  "Hoare",
  "Perlman",
  "Wirth",
  "Allen",
  "Thompson",
  "Lamarr",
  "Ritchie",
  "Johnson",
  "García",
  "Müller",
  "Dubois",
  "Rossi",
  "Jansen",
  "Kowalski",
  "Novák",
  "Silva",
  "Andersson",
  "O'Brien",
  "Nakamura",
  "Okafor",
  "Haddad",
  "Sharma",
  "Chen",
  "Lefèvre",
  "Schmidt",
  "van Dijk",
  "Moreau",
  "Lindqvist",
  "Papadopoulos",
  "Fernández",
  "Weiß",
];
const companies: readonly (readonly [name: string, domain: string])[] = [
  ["Analytical Engines", "analytical.example"],
  ["Northwind Bakery", "northwind.example"],
  ["Blue Harbour Logistics", "blueharbour.example"],
  ["Fjord Instruments", "fjord.example"],
  ["Atelier Lumière", "lumiere.example"],
  ["Kestrel Robotics", "kestrel.example"],
  ["Maple & Stone", "maplestone.example"],
  ["Sakura Foods", "sakura.example"],
  ["Verde Energia", "verde.example"],
  ["Brightside Clinics", "brightside.example"],
  ["Old Mill Brewery", "oldmill.example"],
  ["Meridian Law", "meridian.example"],
  ["Tidewater Yachts", "tidewater.example"],
  ["Copperfield Press", "copperfield.example"],
  ["Halcyon Travel", "halcyon.example"],
];
const titles = [
  "Head of Operations",
  "Buyer",
  "Founder",
  "Marketing Manager",
  "Office Manager",
  "CTO",
  "Sales Director",
  "Accountant",
  "Librarian",
  "",
];
const cities = [
  "Lyon",
  "Leeds",
  "Utrecht",
  "Graz",
  "Bilbao",
  "Malmö",
  "Turin",
  "Gdańsk",
  "Porto",
  "Cork",
];

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}

/** The `index`th person of the demo: always the same, each with an address of their own under .example. */
export function demoPerson(index: number, ownerId: string | null): NewContact {
  const first = pick(firstNames, index * 7 + Math.floor(index / 44));
  const last = pick(lastNames, index * 5 + Math.floor(index / 38));
  const [company, domain] = pick(companies, index * 3 + Math.floor(index / 15));
  const local = `${first}.${last}`
    .normalize("NFD")
    .replace(/\p{M}|[^\p{L}.]/gu, "")
    .replace("ß", "ss")
    .toLowerCase();
  const email = `${local}${index}@${domain}`;
  // Ofcom's range for drama: numbers that ring nowhere.
  const phone = index % 3 === 0 ? `+447700900${String(index % 1000).padStart(3, "0")}` : null;
  return {
    first_name: first,
    last_name: last,
    company,
    job_title: pick(titles, index * 11),
    addresses: [
      { channel: "email" as const, value: email },
      ...(phone ? [{ channel: "sms" as const, value: phone }] : []),
    ],
    attributes: {
      city: pick(cities, index * 13),
      employees: 5 + ((index * 37) % 400),
      customer: index % 4 === 0,
    },
    owner_id: ownerId,
  };
}
