import type { Reply } from "./meaning.ts";
import { fold } from "./words.ts";

const subjects =
  /^(?:(?:re|aw|sv|tr|fw|fwd): ?)*(?:\W{0,3})(?:auto(?:matic|matische|matisch|mated|matisches)?[ -:]{0,2}(?:reply|response|respon\w+|antwort|antwoord)|automatic reply|out of (?:the )?office|ooo\b|away from|abwesenheit\w*|automatische (?:antwort|abwesenheit)\w*|reponse automatique|absence\b|absent\b|message d'absence|respuesta automatica|fuera de (?:la )?oficina|ausencia|automatisch antwoord|afwezig\w*|risposta automatica|fuori (?:ufficio|sede)|assenza|resposta automatica|fora do escritorio|ausente|on (?:vacation|leave|holiday)|vacation|urlaub|i am out)/;

/** Whether a program answered and not a person; RFC 3834 and what came before it. */
export function isAutomatic(reply: Reply): boolean {
  if (subjects.test(fold(reply.subject.slice(0, 300)).trim())) return true;
  const headers = new Map(
    Object.entries(reply.headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      (value ?? "").toLowerCase(),
    ]),
  );
  const submitted = headers.get("auto-submitted")?.trim() ?? "";
  if (submitted !== "" && !submitted.startsWith("no")) return true;
  if (/auto[_-]reply/.test(headers.get("precedence") ?? "")) return true;
  return ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"].some((name) => {
    const value = headers.get(name)?.trim();
    return value !== undefined && value !== "" && value !== "no";
  });
}
