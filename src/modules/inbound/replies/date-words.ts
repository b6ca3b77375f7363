/** Names of months in the seven languages, folded, each with its number. */
export const months: ReadonlyMap<string, number> = numbered([
  "january jan janvier janv enero ene januar januari gennaio gen janeiro janner",
  "february feb fevrier fevr fev febrero februar februari febbraio fevereiro",
  "march mar mars marzo marz maerz maart mrt marco mrz",
  "april apr avril avr abril abr aprile",
  "may mai mayo mei maggio mag maio",
  "june jun juin junio juni giugno giu junho",
  "july jul juillet juil julio juli luglio lug julho",
  "august aug aout agosto ago augustus",
  "september sep sept septembre septiembre settembre set setembro",
  "october oct octobre octubre oktober okt ottobre ott outubro",
  "november nov novembre noviembre novembro",
  "december dec decembre diciembre dic dezember dez dicembre dezembro",
]);

/** Names of weekdays, folded; Monday is 1, Sunday 7. */
export const weekdays: ReadonlyMap<string, number> = numbered([
  "monday mon lundi lunes montag mo maandag lunedi segunda-feira segunda",
  "tuesday tue tues mardi martes dienstag dinsdag martedi terca-feira terca",
  "wednesday wed mercredi miercoles mittwoch woensdag mercoledi quarta-feira quarta",
  "thursday thu thur thurs jeudi jueves donnerstag donderdag giovedi quinta-feira quinta",
  "friday fri vendredi viernes freitag vrijdag venerdi sexta-feira sexta",
  "saturday samedi sabado samstag sonnabend zaterdag sabato",
  "sunday dimanche domingo sonntag zondag domenica",
]);

export const numbers: ReadonlyMap<string, number> = numbered([
  "one a an un une uno una ein einem einer einen een eine um uma",
  "two deux dos zwei twee due dois duas couple paar",
  "three trois tres drei drie tre few",
  "four quatre cuatro vier quattro quatro",
  "five cinq cinco funf fuenf vijf cinque",
  "six seis sechs zes sei",
  "seven sept siete sieben zeven sette sete",
  "eight huit ocho acht otto oito",
  "nine neuf nueve neun negen nove",
  "ten dix diez zehn tien dieci dez",
  "eleven onze once elf undici",
  "twelve douze doce zwolf zwoelf twaalf dodici doze",
]);

export type Unit = "day" | "week" | "month" | "quarter" | "year";

export const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    day: "day days jour jours dia dias tag tage tagen dag dagen giorno giorni",
    week: "week weeks wk wks semaine semaines semana semanas woche wochen weken settimana settimane",
    month: "month months mois mes meses monat monate monaten maand maanden mese mesi",
    quarter:
      "quarter quarters trimestre trimestres quartal quartale quartalen kwartaal kwartalen trimestri",
    year: "year years an ans annee annees ano anos jahr jahre jahren jaar jaren anno anni",
  }).flatMap(([unit, words]) => words.split(" ").map((word) => [word, unit as Unit] as const)),
);

function numbered(rows: readonly string[]): Map<string, number> {
  return new Map(rows.flatMap((row, at) => row.split(" ").map((word) => [word, at + 1] as const)));
}

/** Alternatives for a pattern, longest first. */
export function anyOf(words: Iterable<string>): string {
  return [...words].sort((a, b) => b.length - a.length).join("|");
}
