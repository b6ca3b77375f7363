import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:e-?)?mails?|posta|messaggi|messaggio|newsletters?|pubblicita|spam|sms|comunicazioni|comunicazione|offerte|promozioni|telefonate|chiamate|notifiche|materiale|schifezze|mailing|invii|spazzatura|proposte commerciali|informazioni commerciali|solleciti)";
const contacting =
  "(?:scriver|inviar|mandar|contattar|chiamar|disturbar|importunar|spammar|mandandomi|assillar|molestar|romper|tempestar|sollecitar|infastidir|telefonar|ricontattar|bombardar|stressar|perseguitar)(?:e|mi|ci|melo|mele|le|mene|cene)?";
const contacted =
  "(?:contattate|scrivete|mandate|inviate|chiamate|disturbate|contatti|scriva|mandi|invii|disturbi|chiami|contattare|scrivere|mandare|inviare|chiamare|disturbare|contattino|scrivano|importunate|rompete|ricontattate|contattata|contattato)(?:mi|ci|temi)?";
const remove =
  "(?:cancella|rimuov|elimina|togli|depenna|esclud|leva|disiscriv|cancell|elimin|depenn)(?:re|rmi|rci|te|temi|teci|mi|ci|lo|la|ete|etemi|eteci|ere|ermi|erci|ete|e|i|ersi|to|ta|a|ino|eremi|erlo|imi|ete il|iere|iermi|ierci|ietemi|iete|iersi)?|tolga(?:mi)?|togliere|toglietemi|togliermi|toglimi|toglierci|rimuova(?:mi)?|rimosso|rimossa|cancelli(?:mi)?|elimini(?:mi)?|cancellarmi|eliminarmi|levatemi|levarmi|tolto|tolta";
const list =
  "(?:liste?|elenc(?:o|hi)|mailing|database|banca dati|newsletter|rubrica|archivi\\S*|indirizzari\\S*|contatti|sistem[ai]|crm|invii|distribuzione|campagn[ae]|registro|base dati)";
const want =
  "(?:voglio|vorrei|desidero|vogliamo|desideriamo|vorremmo|prego|preghiamo|chiedo|chiediamo|come|potete|puo|potrebbe|potreste|favore|cortesia|gradirei|richiedo|posso|si prega|esigo|devo|invito|cortesemente|gentilmente|intendo|vi chiedo)";

export const italian: Grammar = {
  language: "it",
  common: wordSet(
    "che non di la il lo gli le un una e per in con mi si ci vi sono sia del della dei dalla alla al da ho ha abbiamo questo questa vostra vostre vostro mio mia mie grazie buongiorno salve gentile come piu anche ma se molto possiamo puo potete cordiali saluti essere favore prego",
  ),
  courtesy: wordSet(
    "per favore cortesia grazie buongiorno salve gentile gentili signori subito ora immediatamente prego mi vi il la dalla vostra di da questa lista newsletter mail email cordiali saluti ciao urgente cortesemente adesso tutto mille voglio vorrei richiesta richiedo desidero l' dall'",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "cancellami|cancellatemi|cancellarmi|cancellare|cancellazione|disiscrizione|disiscrivermi|disiscrivetemi|disiscrivimi|disiscriviti|annulla iscrizione|annullare iscrizione|rimuovimi|rimuovetemi|rimuovermi|rimozione|toglietemi|toglimi|eliminatemi|eliminami|disdetta|disiscrivi|disiscrivere|revoca",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        `stop|basta|fermatevi|smettetela|smettila|smetti|smettete|basta cosi|finitela|non piu|mai piu|stop spam|basta spam|basta ${mail}|stop ${mail}|fermi|stop stop|la smetta|la smettete`,
      ),
    },
  ],
  alone: phrase("annulla|annullare|fine|esci|cancella|disdire"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:${remove}|distrugg\\S*) (?:tutti |immediatamente |subito |completamente )*(?:i |dei )?(?:miei|nostri) dati|(?:cancellazione|eliminazione|rimozione) (?:di tutti i|dei|di tutti|dei miei|di) ${upTo(2)}(?:miei|nostri)? ?dati|diritto all' oblio|diritto (?:di|alla) cancellazione|art(?:icolo)? 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `${want} ${upTo(5)}(?:disiscriver\\S*|cancellarmi|cancellarci|annullare l' iscrizione|annullare (?:la mia )?(?:iscrizione|sottoscrizione)|rimuovermi|disdire|essere (?:cancellat[oaie]|rimoss[oaie]|tolt[oaie]|eliminat[oaie]|disiscritt[oaie])|la (?:mia )?(?:cancellazione|disiscrizione|rimozione))|(?:mi|ci) ${upTo(2)}(?:disiscrivo|disiscriva|disiscrivete)(?= )|disiscriv(?:etemi|imi|ermi|eteci)|(?:annullate|cancellate|annulli|annullare) (?:la mia |l' |la nostra |questa )(?:iscrizione|sottoscrizione|abbonamento)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        "(?:mi sono|ci siamo|ho) gia (?:\\S+ )?(?:cancellat\\S*|disiscritt\\S*|chiesto (?:la cancellazione|di essere (?:cancellat\\S*|rimoss\\S*)))",
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `(?:mi |ci )?(?:${remove}) ${upTo(4)}(?:dal|dalla|dall'|dalle|dai|da|del|della) ${upTo(4)}${list}|(?:${remove}) (?:il |l' |questo |questa )?(?:mio |nostro |mia )?(?:indirizzo|e-?mail|mail|numero|contatto|nominativo|nome)|(?:cancella|rimuove|elimina|toglie|rimuovi|togli|leva|cancellate|eliminate)(?:temi|mi|teci|rmi|ermi|ci) ${upTo(1)}?(?:[.,]|da|subito|per|grazie|immediatamente)|non (?:voglio|desidero|vogliamo|desideriamo) (?:piu )?(?:essere|stare|far parte|figurare|comparire)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:revoco|revochiamo|ritiro|revocare|ritirare|nego|mi oppongo|oppormi) ${upTo(3)}(?:consenso|trattamento|autorizzazione|utilizzo)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:smett(?:ete|etela|ila|i|a|ere|erla|iamola|etela di)|smetta(?:la|no)?|la smetta|finite(?:la)?|piantate(?:la)?|piantala|cess(?:ate|i|are)|evitate|evitare|eviti|astenete?vi|astenersi|dovete smettere|fermate) (?:immediatamente |subito |una buona volta |per favore |di |con |dal |dall' |da )*(?:continuare a )?(?:${contacting}|questi|queste|questo|quest'|con|le|i|il|${mail})|basta (?:con |di |a |coi |queste |questi |le |i |mandarmi |tutte |tutti |con le |con i |con questi |con queste |inviarmi |altre )*(?:${mail}|${contacting})|(?:interrompete|sospendete|interrompere|sospendere|bloccate|interrompa) ${upTo(3)}(?:${mail}|invio)`,
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `non (?:mi |ci |vi permettete di |dovete |deve |osate )*${contacted}(?: \\S+){0,2} (?:piu|mai piu|ulteriori|altre|altri|ulteriormente|oltre|nulla|niente)|non ${contacted} (?:piu|mai|altr\\S*|ulterior\\S*|nulla|niente|[.,])|(?:di|a) non ${contacting}(?: \\S+)? (?:piu|ulteriormente|altr\\S*|mai|oltre|[.,]|ulterior\\S*)|non (?:voglio|desidero|vogliamo|desideriamo|intendo|intendiamo|gradisco|gradiamo|vorrei|ho chiesto di)(?: piu| mai| in futuro| assolutamente)* (?:piu )?(?:ricevere|essere (?:contattat|disturbat|chiamat)\\S*|sentirvi|avere|sentire|che mi|le vostre|i vostri|altre|altri|vostre|${mail})|(?:mai piu|non) contattar\\S+(?: piu)?`,
      ),
    },
    {
      as: "stop",
      rule: "no more mail",
      words: phrase(
        `(?:niente|nessun\\S*|stop) (?:piu |altre |altri |a |alle |ai |con )*${mail}|non continuate a|perdete il mio`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "lascia(?:te|tem|m|tec)?i? (?:in pace|stare)|(?:lasciatemi|lasciami|lasciateci|mi lasci|mi lasciate) (?:in pace|stare|perdere)|(?:va |andate |vai |vada )?(?:a )?(?:affanculo|fanculo|vaffanculo|a quel paese|al diavolo)|mi avete (?:rotto|stufato|stancato)|non rompete\\S*|non rompere|rompipalle|rompicoglioni|sparite|sparisci|togliti dai|levatevi",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        "(?:questo|questa|questi|queste|e'|e|sono|siete) (?:e' |e |solo |puro |pura |sono |mail |dello |degli |chiaramente |una |un )*(?:spam|spammer|molestia|molestie|truffa|phishing|stalking|spazzatura)|(?:vi|la|lo) (?:sto |ho )?(?:segnal\\S*|denunci\\S*|blocc\\S*|querel\\S*)|(?:segnal\\S*|denunc\\S*|reclamo) (?:al|come|all') (?:garante|spam|autorita)",
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase("garante|mio (?:avvocato|legale)|vie legali|gdpr"),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `disiscri\\S*|mi cancello|(?:cancellare|cancellarmi|annullare) l' iscrizione|(?:${remove}) (?:anche )?(?:mia|mio|il mio collega|la mia collega)(?: \\S+){0,2} (?:dalla|dal|dall')|mai (?:chiesto|richiesto|autorizzato|iscritto|dato) |come avete (?:avuto|ottenuto)|perche (?:mi )?(?:continuate|scrivete|mandate)`,
      ),
    },
  ],
  polite:
    /se (?:e )?possibile|se (?:potete|puo|poteste|potesse|gentilmente)|se non (?:la )?smettete/g,
  negated:
    / (?:non|mai|senza|perche|ne) (?:mi |ci |vi |ho |ha |hai |avete |hanno |mai |chiesto |di |essere |abbiamo |che |dovete |deve |volevo |voglio |vogliamo |detto |la |lo |dalla |stato |stata |per favore |bisogno )*$/,
  denied: new RegExp(
    [
      " non (?:smett\\S+|cancellate\\S*|cancellarmi|cancellarci|rimuove\\S*|toglie\\S*|cancellar\\S*|rimuover\\S*|togli\\S*|esiti|esitate|esitare|fermatevi)(?= )",
      " (?:perche|avete|hanno|ha|sono stato|sono stata|siamo stati)(?: \\S+){0,3} (?:cancellat[oaie]|rimoss[oaie]|disiscritt[oaie]|tolt[oaie])(?= )(?<! gia \\S+)",
      " (?:preventivo|riunione|ordine|fattura|voce|prodotto|contratto|allegato|appuntamento|offerta allegata|articolo|copia|conversazione|cc|documento|file)(?= )",
      " (?:software|sistema|prodotto|piattaforma|soluzione|strumento|programma|servizio)(?: \\S+){0,2} (?:gestisce|permette|consente|offre|supporta|include|tratta)",
      " (?:nello|nella|in|cartella|finita|finito|filtro|casella)(?: \\S+){0,1} (?:spam|indesiderata)| (?:non e|e forse) spam",
      " non (?:ricevo|riceviamo|ho (?:piu )?ricevuto|abbiamo ricevuto|mi arrivano)| non riesco",
      " (?:abbiamo|ho) smesso| smettiamo| fermata(?= )| basta (?:che|un|una|solo|poco|cliccare|dire|cosi poco)",
      " non (?:mi |ci )?(?:chiami|chiamate|scriva|contatti|contattate|scrivete|mandi|telefoni)(?:mi)? (?:domani|oggi|stasera|prima|dopo|durante|al lavoro|in ufficio|fino|questa settimana|il weekend|tra|nel|ancora)",
      " (?:tasso|pagina|processo|gestione|pulsante) di (?:disiscrizione|cancellazione)",
    ].join("|"),
  ),
  doubted:
    / (?:se|altrimenti|forse|magari|sto pensando|penso di|sto valutando|valuto|mi vedro costrett\S|invece|piuttosto|tranne|eccetto|solo (?:dalla|la|per|dal)|ma (?:continuate|mantenete)|fino a|per ora|per il momento|anche (?:mia|mio|il mio|la mia|i miei|nostra)|(?:mia|mio) (?:moglie|marito|collega|madre|padre|capo|figli[oa]|amic[oa]|fratello|sorella))(?= )/,
  takenBack:
    / (?:per errore|per sbaglio|erroneamente|tornare (?:nella|in)|reiscriv\S*|reinseri\S*|di nuovo (?:nella|iscri\S*)|rimettete\S*|riiscriv\S*|scherzo|scherzavo|anzi|lascia(?:te)? perdere quello|ahah\S*|aspett[aie])(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase("(?:in|la|alla|mia) pensione|pensionat[oa]|collocat\\S a riposo"),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        `non (?:lavora|fa|collabora|e|opera|lavoro|faccio|collaboro|presta|sono|ricopre|risulta) piu(?= )(?! interess)|(?:ho|ha) lasciato (?:l' |la |il |questa |la nostra |definitivamente )?(?:azienda|societa|ditta|gruppo|\\S+)|non fa(?:ccio)? piu parte|mio ultimo giorno|decedut\\S|(?:si e|e) dimess\\S`,
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        "nuov[oa] (?:indirizzo|e-?mail|mail|casella|recapito|contatto)|(?:indirizzo|casella|mail|e-?mail)(?: \\S+)? (?:e cambiat\\S|non e piu)|(?:ho|abbiamo) cambiato (?:indirizzo|e-?mail|mail)|(?:d'ora|d' ora) in poi (?:scriv|utilizz)\\S*",
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "fuori (?:ufficio|sede|dall' ufficio)|(?:in|di) (?:ferie|vacanza|maternita|congedo|permesso|trasferta|malattia|viaggio)|assente|non (?:sono|saro) (?:in ufficio|reperibile|disponibile)|(?:rientro|rientrero|tornero|torno|ritornero|di ritorno) (?:\\S+ )?(?:il|in|lunedi|martedi|mercoledi|giovedi|venerdi|dal|al|a)|(?:uffici|azienda|ufficio) (?:\\S+ )?(?:chius[oia])|accesso limitato",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:abbiamo|e stata|e stato) (?:correttamente )?(?:ricevuto|ricevuta|presa in carico|registrata|preso in carico) (?:la|il) (?:sua|suo|tua|tuo|vostra|vostro) (?:richiesta|messaggio|e-?mail|mail|segnalazione)|(?:sua|tua|vostra) (?:richiesta|segnalazione|e-?mail|mail) (?:e stata|e|ha) (?:\\S+ )?(?:ricevuta|presa|registrata|inoltrata)|numero (?:del |di |della )?(?:ticket|caso|richiesta|pratica|segnalazione|riferimento)|ticket (?:n|nr|numero|#)?\\s?\\S*\\d|(?:risposta|messaggio|e-?mail|mail) automatic\\S|non rispondere a quest\\S|(?:le|ti|vi) (?:risponderemo|ricontatteremo) (?:\\S+ ){0,3}(?:possibile|breve|presto|ore)",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `non sono (?:io )?(?:la |il |l' )?(?:persona|referente|responsabile|interlocutore|contatto|incaricat\\S|competente|giust\\S)|(?:si rivolga|rivolgersi|rivolgetevi|contatti|contattare|contattate|scriva|scrivere|scrivete|parli|parlare|senta|chieda|chiedere|sentire)(?: pure| direttamente| invece| al| alla| a| il| la| con| all')* (?!mi|me)${upTo(5)}(?:\\S+@\\S+|collega|responsabile|direttore|direttrice|ufficio|reparto|dott\\S*|sig\\S*|titolare|\\S+ (?:, )?\\S+@\\S+)|(?:se ne occupa|si occupa di|in copia|inoltro|ho inoltrato|giro la)`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        "(?:in questo momento|al momento|ora|adesso|per ora|attualmente|per il momento|quest' anno|momentaneamente) (?:non|no)(?= )|non (?:ora|adesso|in questo momento|al momento|per ora|e il (?:caso|momento)|e (?:un )?buon momento|quest' anno|e il momento)|(?:ci (?:ri)?sentiamo|risentiamoci|sentiamoci|ricontatt\\S*|riscriv\\S*|scriv\\S*|richiam\\S*|riparliamone|riaggiorniamoci|aggiorniamoci|contatt\\S*|ne riparliamo|riprov\\S*|torn\\S*|vediamoci)(?: \\S+){0,4} (?:tra|fra|a (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)|piu avanti|in (?:seguito|autunno|primavera|estate|inverno|futuro)|dopo|il (?:prossimo|mese|trimestre)|l' anno prossimo|dal|nel|da)|piu avanti|(?:l' )?anno prossimo|budget (?:e )?(?:esaurito|chiuso|finito)|troppo impegnat\\S",
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        `(?:non|nessun|nessuno|senza) (?:\\S+ )?(?:\\S+ )?(?:interess\\S*|necessita|bisogno|serve|servono|rilevante)|no,? grazie|(?:abbiamo|ho|siamo|utilizziamo|usiamo|lavoriamo) gia(?= )|gia (?:un fornitore|coperti|fornitori|un)|siamo a posto|non fa per noi|non rientra`,
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        "(?:va bene|ok|perfetto|volentieri|d' accordo|certo|si|confermo|con piacere|ottimo|disponibile)(?: \\S+){0,5} (?:lunedi|martedi|mercoledi|giovedi|venerdi|domani|appuntamento|chiamata|call|incontro|riunione|telefonata|sentirci|incontrarci|demo|alle \\S+|fissiamo|fissare|incontriamoci|sentiamoci)|(?:lunedi|martedi|mercoledi|giovedi|venerdi|domani|prossima settimana|orario|data)(?: \\S+){0,4} (?:va bene|andrebbe bene|per me va|e perfetto|mi va|funziona|e ok)|(?:fissiamo|organizziamo|programmiamo|incontriamoci|vediamoci|pianifichiamo|sentiamoci) (?:\\S+ ){0,3}(?:chiamata|call|incontro|appuntamento|riunione|lunedi|martedi|mercoledi|giovedi|venerdi|domani|prossima)|mi chiami (?:pure )?(?:domani|lunedi|martedi|mercoledi|giovedi|venerdi|alle|quando|il)|(?:sono|saro|siamo) (?:libero|libera|disponibile|disponibili|liberi) (?:\\S+ )?(?:lunedi|martedi|mercoledi|giovedi|venerdi|domani|alle|il|dalle|la)|(?:mio|questo e il mio) (?:calendario|calendly)",
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:inviar\\S*|inviat\\S*|mandar\\S*|mandat\\S*|invi\\S*|fornir\\S*|ricevere|avere|dar\\S*|mandi|spedir\\S*|girar\\S*|mandami) ${upTo(4)}(?:prezz[oi]|listin[oi]|preventiv[oi]|informazioni|info|brochure|dettagli|catalog\\S*|offerta|tariffe|documentazione|presentazione|proposta|costi)|(?:maggiori|ulteriori|piu|altre) (?:informazioni|dettagli|info)(?! commerciali)|quanto (?:costa|costano|costerebbe|viene)|(?:qual e|quali sono) (?:il |i |le )(?:prezzo|prezzi|costi|costo|tariffe)|(?:sono|siamo|sarei|saremmo|molto) (?:\\S+ )?interessat\\S|(?:mi|ci) interess(?:a|erebbe)|saperne di piu|sembra interessante|mi dica di piu`,
      ),
    },
  ],
  automatic: phrase(
    "(?:risposta|messaggio|e-?mail|mail) (?:e )?(?:automatic[oa]|generat[oa] automaticamente)",
  ),
};
