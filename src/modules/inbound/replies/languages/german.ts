import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:werbe|spam|junk|e-?|massen)?-?mails?|nachrichten?|newsletters?|werbung|werbesendungen|zusendungen|sms|angebote|anfragen|mailings?|spam|post|informationen|infos|belastigungen?|nachfragen|kontaktaufnahmen?|kontaktversuche|anrufe|schreiben|erinnerungen|dreck|mist|scheiss\\S*|mull|kontakt|korrespondenz|kaltakquise|kontaktanfragen)";
const me =
  "(?:mich|mir|uns|meine? \\S+(?: adresse)?|unsere? \\S+(?: adresse)?|diese (?:e-?mail-?)?adresse|\\S+@\\S+)";
const list =
  "(?:\\S*verteilern?|\\S*listen?|\\S*datenbank|\\S*datei|kartei|newsletter|system|bestand|crm|adressbuch|verzeichnis|kampagne|aussendungen?|\\S*mails?|adressbestand|daten)";
const off =
  "(?:streichen|loschen|loeschen|entfernen|nehmen|nehmt|nimm|tragen|austragen|herausnehmen|rausnehmen|streicht|streich|loscht|losche?|loesche|entfernt|entferne?|werfen|schmeissen|abmelden|herauszunehmen|zu (?:streichen|loschen|entfernen|nehmen)|auszutragen|gestrichen|geloscht|entfernt|abgemeldet|ausgetragen|genommen)";
const contacting =
  "(?:schreiben|mailen|kontaktieren|anrufen|anschreiben|belastigen|senden|schicken|zusenden|nerven|zuspammen|spammen|anmailen|storen|zuzumullen|zumullen|bombardieren|terrorisieren|zu (?:schreiben|mailen|kontaktieren|belastigen|senden|schicken|nerven|storen|spammen|bombardieren|texten)|anzuschreiben|anzurufen|zuzusenden|zuzuspammen|zuzuschicken)";
const noMore =
  "(?:nicht mehr|nie (?:wieder|mehr)|niemals (?:wieder|mehr)?|nicht (?:wieder|weiter|langer|erneut|noch ?einmal)|keinesfalls mehr)";

export const german: Grammar = {
  language: "de",
  commasBind: true,
  common: wordSet(
    "ich sie wir und der die das ist nicht bitte mir mich uns ihre ihrer ihren ihr mit von zu den dem ein eine einen fur auf aus bei im am an es bin sind haben habe hat wird werden kein keine danke vielen dank guten tag hallo herr frau mehr wenn aber auch noch nur zur zum derzeit momentan grusse wie was warum kann konnen gerne schon hier als ab bis",
  ),
  courtesy: wordSet(
    "bitte danke vielen dank guten tag hallo herr frau sehr geehrte damen und herren sofort jetzt umgehend mich uns mir den die vom von ihrem newsletter sofortige sofortigst email e-mail mails dringend hiermit wieder ich mfg lg vg gruss grusse",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "abmelden|abmeldung|abbestellen|abbestellung|austragen|austragung|abmelden lassen|loschen|loeschen|entfernen|streichen|adresse loschen|email loschen|kundigen|newsletter abmelden|newsletter abbestellen",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|stopp|stop stop|stopp stopp|schluss|schluss damit|aufhoe?ren|es reicht|reicht|genug|keine werbung|keine werbung mehr|ruhe|schnauze|unterlassen|nie wieder|keine mails|keine mails mehr",
      ),
    },
  ],
  alone: phrase("ende|abbrechen|kundigung|beenden|raus"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:loschen|loeschen|loscht|losche?|vernichten|entfernen) (?:sie |ihr |bitte |umgehend |sofort |alle |samtliche |saemtliche |alles )*(?:meine|unsere|alle|samtliche|von mir)(?: gespeicherten| personenbezogenen| personlichen| bei ihnen)* (?:daten|kontaktdaten|informationen|angaben)|(?:meine|unsere) ${upTo(4)}daten ${upTo(4)}(?:loschen|loeschen|vernichten|entfernen|zu loschen|geloscht)|loschung (?:meiner|unserer|aller|samtlicher) ${upTo(3)}daten|recht auf (?:vergessenwerden|loschung)|art(?:ikel)? 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `(?:melden|melde|meldet|tragen|trage|tragt) (?:sie )?(?:bitte |doch |sofort |endlich )*${me} (?:bitte |sofort |umgehend )*(?:${upTo(5)}(?:ab|aus)(?= \\.)|${upTo(4)}(?:ab|aus)(?= (?:und|danke|sonst|vielen|vom)))|(?:mich|uns|wir|man|${me}) ${upTo(6)}(?:abmelden|abzumelden|abbestellen|austragen|auszutragen|abgemeldet werden|ausgetragen werden)|(?:mochte|moechte|mochten|will|wollen|wie|wo|bitte|wunsche|hiermit|kann|konnen) ${upTo(7)}(?:newsletter|mails|werbung|abo|abonnement|zusendung\\S*) ${upTo(3)}(?:abbestellen|abmelden|kundigen|beenden|abzubestellen|stornieren)|bestelle (?:ich )?${upTo(4)}ab [.]|(?:um|bitte|wunsche|mochte|bitte um|beantrage) ${upTo(3)}(?:abmeldung|austragung|abbestellung)(?: |$)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        `(?:habe|haben) (?:ich |wir )?(?:mich|uns|den newsletter|newsletter|ihre mails) ${upTo(5)}(?:abgemeldet|abbestellt|ausgetragen)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `(?:streichen|loschen|loeschen|entfernen|nehmen|nehmt|nimm|tragen|streicht|streich|loscht|losche?|entfernt|entferne?|werfen|schmeissen)(?: sie| ihr)? ${upTo(4)}${me} ${upTo(4)}(?:aus|von|vom) ${upTo(5)}${list}|${me} ${upTo(3)}(?:aus|von|vom) ${upTo(5)}${list} ${upTo(4)}${off}|(?:loschen|loeschen|entfernen|streichen|losche|entferne)(?: sie)? (?:bitte |umgehend |sofort )*(?:mich|uns|(?:meine|unsere|diese) (?:e-?mail)?[- ]?(?:e-?mail-?adresse|adresse|mail|e-?mail|nummer|mailadresse|telefonnummer|kontaktdaten|rufnummer)) ?(?:adresse )?[.]|(?:mich|(?:meine|unsere|diese) (?:e-?mail-?adresse|adresse|mailadresse|nummer)) ${upTo(2)}(?:loschen|loeschen|entfernen|zu loschen|zu entfernen|geloscht|austragen) [.]|raus aus ${upTo(3)}${list}|bitte ${upTo(2)}(?:aus|von|vom) ${upTo(3)}(?:\\S*verteilern?|\\S*listen?|\\S*datenbank) ${upTo(2)}${off}`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:widerrufe?n?|widerspreche?n?|entziehe|ziehe)(?: ich| wir| hiermit)* ${upTo(6)}(?:einwilligung\\S*|zustimmung|nutzung|verwendung|verarbeitung|erlaubnis|zusendung|werbung|datenverarbeitung)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:hoe?re?n?|hoe?rt)(?: sie| ihr)?(?: bitte| endlich| jetzt| sofort| doch| mal)* auf(?= )(?: ${upTo(6)}(?:${contacting}|${mail}|damit|[.]))?|aufhoe?ren ${upTo(6)}(?:${contacting}|${mail})|(?:stoppen|beenden|unterlassen|stoppt|unterlasst|unterlasse|stop|stopp|stoppe|lassen|einstellen|verzichten)(?: sie)? (?:bitte |sofort |umgehend |endlich |es |mit |auf |zukunftig |kunftig |in zukunft )*(?:die |den |das |diese |diesen |ihre |jede |jegliche |alle |weitere |weiteren |solche |der |mir |mich |uns |dieser |jeglichen |unerwunschte )*(?:${mail}|${contacting}|zusendung\\S*)|(?:mail|werbung|spam|${mail}) ${upTo(2)}(?:einstellen|einzustellen|unterlassen|zu unterlassen)|stellen sie ${upTo(5)}(?:ein|${mail} ein)(?= )`,
      ),
    },
    {
      as: "stop",
      rule: "send no more",
      words: phrase(
        `keine?n?(?: weiteren?| solchen?| unaufgeforderten?| neuen?| werbe\\S*)* ${mail}(?:${upTo(0)} ${upTo(5)}(?:mehr|erhalten|bekommen|senden|schicken|zusenden|empfangen|wunschen|erwunscht|zukommen|haben|zu senden|zu schicken|zuzusenden|bitte|von ihnen|danke|[.]))?(?= (?:mehr|erhalten|bekommen|bitte|[.]|danke|von|an|und|schicken|senden|zu|zusenden))|(?:von|auf) (?:weiteren|weitere|jeglichen|solchen|zukunftigen) ${mail} ${upTo(4)}(?:abzusehen|absehen|verzichten|zu verzichten|verschonen|abstand)`,
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `(?:kontaktieren|schreiben|mailen|belastigen|rufen|schicken|senden|storen|nerven|kontaktiert|schreibt|schreib|schick|kontaktiere|behelligen|anschreiben)(?: sie| ihr)?(?: bitte)*(?: mich| mir| uns| hier| dieser adresse| bitte)* (?:bitte )?${noMore}|(?:mich|mir|uns)(?: bitte| kunftig| zukunftig| in zukunft)* ${noMore} ${upTo(3)}(?:${contacting}|kontaktiert|angeschrieben|belastigt|behelligt|anzuschreiben)|(?:mochte|moechte|mochten|will|wollen|wunsche|wunschen)(?: ich| wir)? (?:von ihnen |bitte |ab sofort |kunftig |in zukunft |auch |uberhaupt )*(?:nicht mehr|nie wieder|nicht(?: weiter| langer)?|keinerlei|keinen|keine) ${upTo(4)}(?:kontaktiert|angeschrieben|belastigt|angerufen|angemailt|horen|erhalten|bekommen|kontakt|empfangen|zugesandt)|kein interesse an (?:weiteren|ihren) ${mail}|(?:nicht|nie) mehr (?:von ihnen )?(?:kontaktiert|angeschrieben|belastigt)|(?:bitte|danke|interesse)(?: mich| uns| hier)? (?:nicht|nie) (?:mehr|wieder|weiter) ${contacting}`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "(?:lassen sie|lasst|lass) (?:mich|uns) (?:bitte |endlich |doch )*(?:in ruhe|in frieden|zufrieden)|verpiss\\S*|verschwinde\\S*|fick\\S*|leck(?:t|en)? (?:mich|mir)|hau(?:t)? ab|halt(?:s|en sie)? (?:das )?maul|fahr zur holle|scher(?:en)? (?:dich|sie sich)|gehen sie mir nicht auf|nervt nicht|nerven sie (?:mich )?nicht|zieh leine|arschloch",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        `(?:das|dies|es|ihre? \\S+|hier) (?:ist|sind|nenne ich|handelt es sich um) (?:doch |reiner |reine |klar |eindeutig |nur |einfach |nichts als |unerwunschte |eine |um |unverlangte |ein )*(?:spam|belastigung|werbung|scam|betrug|phishing)|als spam (?:markiert|gemeldet|melden|gemeldet)|(?:scheiss|verdammter|drecks)[- ]?spam|ich (?:melde|blockiere|sperre) (?:sie|diese|ihre)|(?:wettbewerbszentrale|verbraucherzentrale|datenschutzbehorde|bundesnetzagentur|abmahn\\S*|unterlassungs\\S*)`,
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase(
        "anwalt|rechtliche schritte|dsgvo|unverlangt\\S*|woher haben sie (?:meine|unsere)|anzeige erstatten",
      ),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `abmeld\\S*|abzumelden|abbestell\\S*|abgemeldet|melde (?:ich )?(?:mich|uns) (?:\\S+ )?ab|(?:melden|tragen) (?:sie )?(?:bitte )?(?:auch )?(?:meine|meinen|unseren|unsere) (?:\\S+ )?(?:ab|aus)|nie (?:angemeldet|bestellt|zugestimmt|abonniert|angefordert)|warum (?:schreiben|schicken|senden|mailen) sie (?:mir|uns)`,
      ),
    },
  ],
  polite:
    /(?:wenn|falls|sofern) (?:es )?(?:moglich|sie so freundlich|sie konnten|sie konnen)(?: ist| waren| wurden)?|wenn sie nicht aufhoren/g,
  negated:
    / (?:nicht|nie|niemals|nie(?:mals)? darum|warum haben sie|wieso haben sie|weshalb haben sie|ohne|keinesfalls|warum wurde(?:n)?|wieso wurde(?:n)?) (?:darum |gebeten |mich |mir |uns |ich |wir |um |zu |verlangt |gesagt |dass |sie |gewollt |bitte |wollte |will |mochte )*$/,
  denied: new RegExp(
    [
      " (?:melden|melde|meldet|tragen|hoe?ren|streichen|loschen|entfernen|nehmen|hort|hor)(?: sie)?(?: \\S+){0,5} nicht (?:ab|aus|auf|von|vom|aus der|heraus)(?= )",
      " (?:wir|ich) (?:haben |habe )?(?:hoe?ren|stoppen|beenden|stellen|horte)(?! auf mit ihren)",
      " (?:positionen?|posten|artikel|vertrag\\S*|angebot|rechnung|termin|besprechung|bestellung|version|datei|anhang|punkt|zeile|auftrag|cc|kopie|treffen|meeting|fragen|bedarf)(?= )",
      " (?:kann|konnen|unterstutzt|verarbeitet|bietet|hat|gibt es)(?: \\S+){0,4} (?:tool|system|produkt|software|losung|plattform|programm)| (?:ihr|das|die|ihre) (?:tool|system|produkt|software|losung|plattform)(?= )",
      " (?:spam|junk)(?:-| )?(?:ordner|filter|verdacht|verzeichnis)| im spam| als spam eingestuft| kein(?:e)? spam",
      " (?:haben sie|hat|wurde|wurden|warum|bin)(?: \\S+){0,3} (?:abgemeldet|ausgetragen|entfernt|gestrichen|geloscht)",
      " (?:bekomme|erhalte|bekommen|erhalten|kriege|empfange)(?: ich| wir)? (?!.{0,30}weiterhin)(?:\\S+ ){0,3}(?:nicht|keine) (?:\\S+ )?mehr",
      " (?:abmelde|abmeldungs)(?:rate|quote|seite|prozess|funktion)\\S*",
      " (?:rufen|schreiben|senden|schicken|kontaktieren|mailen)(?: \\S+){0,4} (?:nicht|keine \\S+) (?:vor|bis|heute|morgen|am|diese|zwischen|nach|wahrend|im buro|jetzt|so)(?= )",
      " haltestelle| non-?stop| zwischenstopp",
    ].join("|"),
  ),
  doubted:
    / (?:wenn|falls|sofern|ansonsten|vielleicht|uberlege\S*|erwage\S*|denke (?:daruber nach|daran)|werde ich mich|werde mich|stattdessen|lieber|ausser|nur noch|nur (?:den|vom|die)|aber (?:die|bitte weiterhin)|bis auf weiteres|vorerst|vorlaufig|(?:meinen?|unseren?|meiner) (?:frau|mann|kolleg\S*|mutter|vater|chef\S*|sohn|tochter|freund\S*|vorganger\S*|partner\S*))(?= )/,
  takenBack:
    / (?:versehentlich|aus versehen|irrtumlich|wieder (?:eintragen|anmelden|aufnehmen|hinzufugen)|doch nicht|war (?:nur )?(?:ein )?(?:spass|scherz)|lol|moment mal|vergessen sie das)(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase(
        "(?:im|in|in den|meinen|seinen|ihren|in die|wohlverdienten|den) (?:wohlverdienten )?(?:ruhestand|rente|pension|vorruhestand)|pensioniert|berentet|in rente",
      ),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        `(?:nicht mehr|nicht langer) (?:in|bei|fur|im|unter|an|mehr|beschaftigt|tatig|mitarbeiter\\S*) ?${upTo(4)}(?:tatig|beschaftigt|angestellt|unternehmen|firma|haus|uns|mitarbeiter\\S*|team)|(?:habe|hat|haben) (?:ich |wir )?(?:das|die|unser|unsere|unseren|den|unser|leider)? ?(?:unternehmen|firma|haus|betrieb|gesellschaft|uns|unternehmen) (?:\\S+ ){0,4}verlassen|(?:aus|ist) (?:dem |unserem |der |unserer )?(?:unternehmen|firma|betrieb|gesellschaft)? ?ausgeschieden|(?:mein|ihr|sein) letzter arbeitstag|arbeitet nicht mehr|verstorben|nicht mehr bei`,
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        "neue[nr]? (?:e-?mail-?|mail)?-?(?:adresse|e-?mail-?adresse|e-?mail|mailadresse|kontaktdaten)|(?:e-?mail-?|mail)?adresse (?:hat sich geandert|lautet (?:jetzt|nun|ab)|ist nicht mehr (?:gultig|aktiv))|(?:postfach|adresse|mailbox) (?:wird|ist) nicht mehr|nur noch unter|unter (?:der )?neuen",
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "(?:im|in|aus dem|in den|auf) (?:\\S+ )?(?:urlaub|elternzeit|mutterschutz|dienstreise|betriebsferien|ferien|geschaftsreise)|(?:nicht|ausser) (?:im|in meinem|in|am) (?:buro|hause|haus|arbeitsplatz)|nicht im buro|abwesend|abwesenheit|ausser haus|(?:ab|erst|wieder) (?:dem |am |montag |wieder )*.{0,30}(?:wieder )?(?:erreichbar|im buro|zuruck|fur sie da)|nicht erreichbar|krankgeschrieben|in elternzeit|keinen zugriff auf|(?:buro|betrieb) (?:ist|bleibt) .{0,30}geschlossen",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:anfrage|nachricht|e-?mail|mail|anliegen|schreiben|meldung) (?:ist |wurde |haben wir |erfolgreich )*(?:bei uns )?(?:eingegangen|erhalten|empfangen|registriert|aufgenommen)|(?:ticket|vorgangs|fall|bearbeitungs|referenz|anfrage)-?(?:nummer|nr|id)|ticket (?:nr|#)?\\s?\\S*\\d|(?:haben|hat) ihre (?:anfrage|nachricht|e-?mail|mail|meldung) (?:\\S+ )?(?:erhalten|empfangen|aufgenommen)|(?:schnellstmoglich|baldmoglichst|so schnell wie moglich|innerhalb von \\S+ \\S+|in kurze|umgehend) (?:\\S+ ){0,5}(?:bearbeiten|beantworten|melden|antworten)|automatisch\\S* (?:generiert|erstellt|erzeugt)\\S*|eingangsbestatigung|nicht auf diese (?:e-?mail|nachricht)",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `(?:nicht|falsche[r]?|nicht der richtige|nicht die richtige) (?:der |die |mehr |dafur |hierfur |mein |ihr )*(?:zustandig|richtige|ansprechpartner\\S*|verantwortlich|zustandigkeit\\S*|bereich)|(?:wenden|richten|kontaktieren|schreiben|sprechen|melden|nehmen)(?: sie)?(?: sich)?(?: bitte| dazu| direkt| hierzu| doch| dafur)* (?:an |bei |mit |meinen |meine |unseren |unsere |herrn |frau |kontakt mit |kontakt zu |die |den |auf )*(?!mich|uns|mir)${upTo(5)}(?:\\S+@\\S+|koll\\S+|abteilung|herrn|frau|chef\\S*|\\S*leiter\\S*|einkauf|kontakt|vertretung)|zustandig (?:ist|sind|dafur ist)|(?:leite|habe)(?: ich)? (?:\\S+ ){0,3}(?:weiter|weitergeleitet)|in (?:kopie|cc)|ansprechpartner\\S* (?:ist|fur|dafur)`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        `(?:momentan|derzeit|aktuell|im moment|zurzeit|zur zeit|gerade|jetzt|heute|dieses jahr|vorerst|augenblicklich) (?:ist |besteht |haben |habe |passt |es |wir |ich |sind |leider |noch |bei uns )*(?:kein\\S*|nicht|schlecht|ungunstig|zu viel)|(?:passt|ist) (?:es |mir |uns |gerade |momentan |leider |jetzt |im moment |derzeit )+(?:nicht|schlecht|ungunstig)|nicht (?:jetzt|der richtige|der passende|zum jetzigen|dieses jahr|in diesem)(?= )|(?:kein|nicht) (?:guter|der richtige|passender) zeitpunkt|(?:melden|kontaktieren|schreiben|fragen|kommen|versuchen|rufen|sprechen|horen|reden)(?: sie| wir)? (?:\\S+ ){0,6}(?:in (?:\\d+|einem|einer|zwei|drei|vier|funf|sechs|ein paar|einigen|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)|im (?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|herbst|sommer|fruhjahr|winter|nachsten|kommenden|neuen|\\S+ quartal)|nachste[sn]? (?:jahr|quartal|monat)|spater|nach (?:dem|der|den)|ab)|erst (?:wieder )?(?:im|in|ab|nachstes)|budget (?:ist )?(?:aufgebraucht|verplant|erschopft|ausgeschopft)|spater (?:noch ?mal|wieder|vielleicht)|nachstes jahr`,
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        `(?:keine?n?|keinerlei) (?:\\S+ )?(?:interesse|bedarf|verwendung)|nicht (?:\\S+ )?(?:interessiert|interessant|relevant|benotigt|in frage)|nein,? danke|(?:bereits|schon|anderweitig|gut) (?:versorgt|gut versorgt|ausgestattet|aufgestellt|bedient|einen|eine|mit|bestens)|(?:haben|nutzen|arbeiten|verwenden)(?: wir| ich)? (?:bereits|schon) \\S+|(?:brauchen|benotigen)(?: wir| ich)? (?:\\S+ )?(?:nicht|nichts|keine?n?)|verzichte(?:n)?|(?:lehne|lehnen)(?: ich| wir)? (?:\\S+ ){0,3}ab|(?:anderen|anderes) (?:anbieter|dienstleister|partner|produkt)`,
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        `(?:montag|dienstag|mittwoch|donnerstag|freitag|morgen|termin|uhr|zeit|das|nachste woche|vorschlag)(?: \\S+){0,5} (?:passt|geht|ginge|klappt|in ordnung|perfekt|ist (?:gut|ok|okay|super))(?! (?:\\S+ ){0,2}nicht)|(?:gerne|gern|einverstanden|ja|klar|ok|okay|super|prima|perfekt|freue mich)(?: \\S+){0,5} (?:termin|treffen|telefonat|telefonieren|gesprach|montag|dienstag|mittwoch|donnerstag|freitag|austauschen|austausch|demo|meeting|call|kennenlernen)|(?:lassen sie uns|konnen wir|wollen wir|sollten wir|vereinbaren|machen) (?:\\S+ ){0,6}(?:telefonieren|treffen|sprechen|termin|vereinbaren|austauschen|zusammensetzen|aus)|(?:passt|bis) ,? ?(?:\\S+ )?(?:montag|dienstag|mittwoch|donnerstag|freitag) um|(?:rufen|ruf)(?: sie)? mich (?:gerne |bitte |gern |doch )*(?:an|am|morgen|montag|dienstag|mittwoch|donnerstag|freitag|heute|um|nachste)|(?:termin|kalender)(?:vorschlag|einladung|link)\\S*|(?:bin|ware|waere|hatte|habe)(?: ich)? (?:\\S+ ){0,4}(?:verfugbar|frei|zeit)`,
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:senden|schicken|zusenden|schick|sende|zukommen|zuschicken|ubermitteln|geben|erhalten|bekommen|brauche|benotige|hatte gern\\S*)(?: sie)?(?: mir| uns| bitte| gerne| doch| mal| noch| ich| wir)* ${upTo(4)}(?:preise?|preisliste|angebot|informationen|infos|unterlagen|infomaterial|broschure|prasentation|details|katalog|kostenvoranschlag|muster|beispiele|prospekt|informationsmaterial|weitere|mehr)|(?:was|wie viel|wieviel|welche) (?:kostet|kosten|sind|ware|wurde|ist)(?= )|(?:klingt|hort sich|sehr|bin|sind|ware|finde) (?:\\S+ ){0,3}interess(?:ant|iert)|(?:mehr|weitere|nahere|genauere) (?:informationen|infos|details|dazu|daruber|erfahren)|interesse (?:besteht|hatte|habe|haben|an)|habe (?:\\S+ )?interesse|mehr (?:\\S+ )?(?:erfahren|wissen)|(?:preisliste|angebot|infos|unterlagen) (?:\\S+ )?(?:schicken|senden|zusenden|zukommen)`,
      ),
    },
  ],
  automatic: phrase(
    "automatisch\\S* (?:antwort|generiert\\S*|nachricht|erstellt\\S*|erzeugt\\S*|e-?mail)|abwesenheitsnotiz|abwesenheitsnachricht",
  ),
};
