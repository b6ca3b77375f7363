function keywords(words: string): ReadonlySet<string> {
  return new Set(words.split(",").map((word) => word.trim()));
}

/** Ends every sender's texts, not only this one's: Twilio, Telnyx. */
export const stopAllWords = keywords(
  "stopall, stop all, stop alle, arret tout, stop tout, stop todo, stop tutto, alle stop",
);

/**
 * Words that end the texts of this sender. Required by US carriers and 47 CFR
 * 64.1200(a)(10), by AWS and Twilio ("td" and "arret" are Canada's), and the
 * usual ones of the other languages. Spelled as `keyOf` writes them.
 */
export const stopWords = keywords(
  "stop, stopp, stops, stopit, stopped, stop stop, stop stop stop, sotp, stpo, end, quit, cancel, revoke, optout, opt out, unsubscribe, unsub, unsuscribe, unsubscribed, remove, td, cease, " +
    "arret, arrett, arrete, arreter, arretez, desabonner, desabonnement, desinscription, desinscrire, resilier, stop pub, " +
    "alto, parar, pare, paren, basta, cancelar, baja, darse de baja, detener, salir, " +
    "abmelden, abbestellen, beenden, stoppen, ende, afmelden, uitschrijven, stopzetten, " +
    "annulla, disiscrivi, cancellami, cancella, fermati, fine, sair, cancela, descadastrar, remover, stop sms",
);

/** Plain refusals that no carrier lists as a keyword. */
export const freeStopWords = keywords(
  "no more, no mas, plus jamais, remove me, leave me alone, enough",
);

/** Ends a stop again; only the person's own message may. */
export const startWords = keywords(
  "start, unstop, yes, subscribe, resubscribe, optin, opt in, continue, commencer, debut, reprendre, demarrer, iniciar, empezar, comenzar, anmelden, starten, begin, aanmelden, inizia, inizio, iscrivimi, inscrever, comecar, alta",
);

export const helpWords = keywords(
  "help, info, aide, ayuda, hilfe, hulp, aiuto, ajuda, informacion, informazioni, informacao",
);
