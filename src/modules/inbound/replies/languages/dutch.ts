import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:reclame|spam|e-?)?-?(?:mails?|mailtjes?|mailings?)|berichten|berichtjes|nieuwsbrie(?:f|ven)|reclame|spam|sms(?:jes|'jes)?|aanbiedingen|post|informatie|acquisitie|telefoontjes|troep|rommel|onzin|rotzooi|bericht|reminders|herinneringen|correspondentie|contact|communicatie|zooi|appjes|advertenties)";
const me =
  "(?:mij|me|ons|mijn \\S+(?: adres)?|onze? \\S+|dit (?:e-?mail)?-?(?:mail)?adres|\\S+@\\S+)";
const list =
  "(?:\\S*lijst(?:en)?|bestand(?:en)?|database|databank|nieuwsbrief|mailing|systeem|administratie|crm|adressenbestand|verzendlijst|adresboek|campagne|klantenbestand|gegevens)";
const contacting =
  "(?:mailen|e-?mailen|schrijven|sturen|bellen|benaderen|lastigvallen|lastig te vallen|lastig vallen|spammen|contacteren|contact|appen|sms' en|sms'en|storen|toesturen|zenden|te (?:mailen|schrijven|sturen|bellen|benaderen|contacteren|spammen|zenden|storen)|toe te sturen|verzenden|stalken)";
const remove =
  "(?:verwijder(?:en|t)?|haal|halen|haalt|schrap(?:pen|t)?|wis(?:sen)?|verwijderd|gehaald|gooi|gooien|uitschrijven|zet|te halen|te verwijderen|afhalen|eraf halen)";

export const dutch: Grammar = {
  language: "nl",
  common: wordSet(
    "ik u je jullie wij we het de een en van niet mij me ons mijn uw is zijn ben heb heeft dat dit met op voor te aan om als maar ook nog geen meer graag bedankt dank hallo beste geachte kunt kan wil willen wel naar bij over wat hoe waarom er worden wordt groet alstublieft alsjeblieft momenteel tot",
  ),
  courtesy: wordSet(
    "graag aub svp alstublieft alsjeblieft bedankt dank u je wel hallo beste geachte heer mevrouw direct nu onmiddellijk per me mij ons van voor de deze nieuwsbrief mail mails dit s.v.p a.u.b met vriendelijke groet ik wil mijn",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "afmelden|afmelding|uitschrijven|uitschrijving|opzeggen|verwijderen|verwijder|meld af|schrijf uit|uitschrijven uit|uitgeschreven worden|afgemeld worden|afmelden a.u.b",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|stoppen|stop ermee|stop hiermee|ophouden|genoeg|hou op|houd op|kappen|kap ermee|nooit meer|geen|stop stop|geen reclame|geen spam",
      ),
    },
  ],
  alone: phrase("einde|annuleren|annuleer|beeindigen|weg"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:wis|verwijder|wissen|verwijderen|vernietig\\S*|verwijdert) (?:u |alle |al |onmiddellijk |direct |aub |graag |meteen )*(?:mijn|onze)(?: persoonlijke| eigen| persoons)* ?(?:gegevens|data|persoonsgegevens|informatie)|(?:mijn|onze) ${upTo(2)}(?:gegevens|persoonsgegevens|data) ${upTo(4)}(?:wissen|verwijderen|te wissen|te verwijderen|vernietigen|verwijderd|gewist)|recht (?:op vergetelheid|om vergeten)|(?:verwijdering|wissing) van (?:al )?mijn (?:persoons)?gegevens|artikel 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `(?:meld|schrijf) (?:u )?(?:aub |alsjeblieft |svp |graag |maar )*${me} ${upTo(5)}(?:af|uit)(?= )|(?:mij|me|ons|graag|hoe|wil|willen|kan|kunt|kunnen|wens|wensen|waar|verzoek|gelieve|aub|svp|wilt|zou) ${upTo(7)}(?:afmelden|af te melden|uitschrijven|uit te schrijven|uitgeschreven worden|afgemeld worden|opzeggen|op te zeggen|worden (?:uitgeschreven|afgemeld))|(?:verzoek|graag|wens|verzoeken) (?:om |tot |een )*(?:uitschrijving|afmelding)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        "(?:heb|hebben) (?:ik |wij |we )?(?:me|mij|ons) (?:al |reeds |toch )*(?:\\S+ ){0,3}(?:afgemeld|uitgeschreven)",
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `${remove} (?:u )?(?:aub |alsjeblieft |svp |dan |graag )*${me} ${upTo(3)}(?:van|uit|af) ${upTo(4)}${list}|${me} ${upTo(4)}(?:van|uit) ${upTo(4)}${list} ${upTo(3)}(?:af )?${remove}|verwijder(?:en|t)? (?:u )?(?:aub |alsjeblieft |svp |graag )*(?:mij|me|ons|(?:mijn|ons|dit|onze) (?:e-?mail)?-?(?:mail)?(?:adres|nummer|e-?mail|mail|naam|contact|telefoonnummer)) ?[.,]|(?:mij|me|(?:mijn|dit|ons) (?:e-?mailadres|mailadres|adres|nummer)) (?:te |aub |graag |svp )*(?:verwijderen|wissen) [.,]|(?:van|uit) ${upTo(3)}${list} (?:af|verwijderd|gehaald|(?:te )?(?:verwijderen|halen|schrappen|afhalen|wissen))(?= )|wil(?:len)? niet (?:meer |langer )?(?:op|in) ${upTo(4)}${list}`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:trek|trekken|intrek\\S*|bezwaar) ${upTo(5)}(?:toestemming|verwerking|gebruik)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:stop|stopt|stoppen|ophouden|hou|houd|houdt|kap|kappen|staak|staakt|staken)(?: u| jullie| aub| nu| alsjeblieft| eens| direct| onmiddellijk| op| toch)* (?:met |mij |om |het |de |deze |dit |die |al |alle |uw |jullie |alsjeblieft |op |ons |me |onmiddellijk |ongevraagde )*(?:${contacting}|${mail})|(?:stop|kap|hou op|houd op)(?: nu)? (?:hiermee|ermee|daarmee)`,
      ),
    },
    {
      as: "stop",
      rule: "send no more",
      words: phrase(
        `geen (?:enkele |verdere |andere |nieuwe |ongevraagde |commerciele )*${mail} ?(?:meer|[.]|aub|svp|van (?:jullie|u)|ontvangen|sturen|te ontvangen|alstublieft|naar)|stuur (?:mij |me |ons )?(?:nooit|geen|niets|niks|niet)|(?:stellen|stel|hebben|heb) (?:\\S+ )?geen (?:\\S+ )?(?:prijs op|behoefte aan|interesse in) ${upTo(3)}${mail}|(?:wil|willen|wens|wensen|hoef|hoeven)(?: ik| wij| we)? (?:\\S+ )?(?:geen|niets|niks|nooit)(?: \\S+){0,3} (?:ontvangen|krijgen|horen|te ontvangen|contact|te horen|hebben)`,
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `(?:mij|me|ons)(?: aub| alstublieft| in de toekomst| hier)* (?:niet|nooit) (?:meer|langer|weer|opnieuw) (?:te |meer |op deze manier |via )*(?:${contacting}|mailen|benader\\S*|lastig)|(?:mail|bel|benader|schrijf|contacteer|stoor|app|sms|stuur|spam)(?: mij| me| ons| aub| dit adres)* (?:alsjeblieft |aub )?(?:niet|nooit) (?:meer|weer|langer|opnieuw|nog)|neem(?: aub| alsjeblieft)? (?:nooit|geen|niet) (?:\\S+ )?(?:meer |contact ){0,2}(?:contact|op)|(?:wil|willen|wens|wensen)(?: ik| wij)? (?:niet|nooit) (?:meer |langer |verder )*(?:(?:door|via) \\S+ )?(?:benaderd|gemaild|gebeld|gecontacteerd|lastig|worden|te worden|op|ontvangen)|geen contact meer|(?<!(?:kan|kunnen|ik|we|wij) )(?:niet|nooit) (?:meer|langer|weer) (?:mailen|e-mailen|bellen|benaderen|contacteren|schrijven|appen|sturen|spammen|storen|lastigvallen)|val (?:mij|me|ons) niet (?:meer |langer )?lastig`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "laat (?:me|mij|ons)(?: toch| alsjeblieft| nou)? (?:met rust|met vrede)|rot(?: toch)? op|donder op|flikker op|sodemieter op|ga weg|val dood|krijg de|oprotten|opzouten|fuck off|fuck you|kanker\\S*|tyf op|zoek het uit",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        "(?:dit|dat|jullie|uw \\S+|het) (?:is|zijn|noem ik) (?:gewoon |pure |een vorm van |duidelijk |ongevraagde |niets anders dan )*(?:spam|stalking|ongewenst|oplichting|reclame|phishing|spammers)|(?:als spam|autoriteit persoonsgegevens|acm|spamklacht|ik (?:blokkeer|rapporteer|meld) (?:u|jullie|dit|deze))(?! map)",
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase("advocaat|juridische stappen|avg|aangifte|hoe komt? (?:u|jullie|je) aan mijn"),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `afmeld\\S*|af te melden|uitschrijv\\S*|uit te schrijven|afgemeld|uitgeschreven|(?:meld|schrijf) (?:ik )?(?:me|mij|mijn \\S+|onze \\S+)(?: \\S+){0,3} (?:af|uit)|nooit (?:voor )?(?:aangemeld|ingeschreven|toestemming|om (?:deze|dit|uw))|waarom (?:blijven|stuurt|sturen|mailt|krijg)`,
      ),
    },
  ],
  polite:
    /indien (?:het )?mogelijk|als (?:dat|het) (?:mogelijk is|kan)|als (?:u|je|jullie) niet (?:ophoud\w*|stop\w*)/g,
  negated:
    / (?:niet|nooit|geen|zonder|vooral niet|waarom (?:heeft|hebben|heb|ben|bent) (?:u|jullie|je|ik)|waarom) (?:gevraagd |om |te |mij |me |ons |u |jullie |heb |ik |hebt |wil |hoeft |dat |bedoeld |op |reden |toch |is |nodig )*$/,
  denied: new RegExp(
    [
      " (?:meld|schrijf|stop|stopt|verwijder|haal|hou|houd|schrap)(?: \\S+){0,5} niet(?! (?:meer|langer))(?= )(?: \\S+){0,3} (?:af|uit|op|met|van|alsjeblieft|aub|[.,])| stop (?:vooral |zeker |alsjeblieft )*niet",
      " (?:we|wij|ik|ze|zij)(?: \\S+){0,2} (?:stoppen|gestopt|stopte|stopten)(?= )| (?:stoppen|stop) (?:we|wij|ik)(?= )| ik moet stoppen| we stoppen",
      " (?:offerte|bestelling|afspraak|vergadering|factuur|contract|regel|bijlage|artikel|cc|kopie|agenda|order|punt|product|vragen|overleg)(?= )",
      " (?:ondersteunt|verwerkt|kan|biedt|heeft)(?: \\S+){0,2} (?:tool|systeem|product|software|oplossing|platform|programma)| (?:jullie|uw|het|de) (?:tool|systeem|product|software|oplossing|platform)(?= )",
      " spam-?\\s?(?:map|folder|filter|box)| (?:in|bij) (?:de |mijn |onze |het )?(?:spam|ongewenste)| geen spam| als spam aangemerkt| bushalte| tussenstop",
      " (?:heeft|hebben|ben|is|werd|bent|zijn)(?: \\S+){0,3} (?:door jullie |automatisch )?(?:uitgeschreven|afgemeld|verwijderd)(?! en|al)",
      " (?:ontvang|ontvangen|krijg|krijgen)(?: ik| we| wij)? (?!geen prijs)(?:\\S+ ){0,3}(?:niet|geen (?:\\S+ )?)\\s?meer(?! ontvangen)",
      " (?:bel|mail|stuur|schrijf|contacteer)(?: \\S+){0,2} (?:morgen|vandaag|vanavond|deze week|voor|tijdens|op mijn werk|tussen|in het weekend)(?: \\S+){0,1} (?:niet|geen)| (?:bel|mail|stuur|schrijf)(?: \\S+){0,2} niet (?:morgen|vandaag|deze week|voor|tijdens|op|tussen|in)",
      " (?:afmeld|uitschrijf)(?:percentage|pagina|proces|functie|knop)\\S*",
    ].join("|"),
  ),
  doubted:
    / (?:als|indien|anders|misschien|overweeg|overwegen|denk erover|denk eraan|zou kunnen|liever|in plaats daarvan|behalve|alleen|maar (?:wel|stuur)|tenzij|voorlopig|totdat|(?:mijn|onze) (?:vrouw|man|collega\S*|moeder|vader|baas|zoon|dochter|vriend\S*|voorganger|partner))(?= )/,
  takenBack:
    / (?:per ongeluk|per abuis|weer (?:aanmelden|toevoegen|inschrijven|op)|er weer op|grapje|lol|haha\S*|wacht|laat maar|toch niet|opnieuw (?:aanmelden|inschrijven))(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase("(?:met|mijn|zijn|haar|op) (?:vervroegd )?pensioen|gepensioneerd|met de vut"),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        `niet (?:meer|langer) (?:werkzaam|in dienst|bij|voor|actief|werkend|meer|te bereiken|verbonden)|werk(?:t|en)? (?:hier |er |\\S+ )?niet (?:meer|langer)|(?:heb|heeft|hebben) (?:\\S+ ){0,3}(?:verlaten|uit dienst)|uit dienst|(?:bedrijf|organisatie|ons) (?:heeft |heb )?verlaten|mijn laatste werkdag|overleden`,
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        "nieuwe? (?:e-?mail|mail|e-?mail-?\\s?)?-?(?:adres|e-?mailadres|mailadres|contactgegevens|e-?mail)|(?:e-?mailadres|mailadres|adres) (?:is (?:gewijzigd|veranderd|niet meer)|wijzigt)|(?:mailbox|postvak) wordt niet|voortaan (?:mailen|bereikbaar|naar)",
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "niet (?:op|in|aanwezig op) (?:het |mijn )?(?:kantoor|bereikbaar)|afwezig\\S*|(?:met|op) (?:vakantie|zwangerschapsverlof|ouderschapsverlof|verlof|reis|zakenreis)|vakantie|(?:weer|terug) (?:\\S+ ){0,4}(?:bereikbaar|aanwezig|op kantoor|terug)|buiten kantoor|beperkt bereikbaar|(?:kantoor|bedrijf) is (?:\\S+ ){0,5}gesloten|ziek thuis",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:hebben|is|heeft) (?:uw|je) (?:aanvraag|bericht|e-?mail|mail|verzoek|vraag|melding) (?:in goede orde |goed )?(?:ontvangen|geregistreerd)|(?:uw|je) (?:aanvraag|bericht|e-?mail|mail|verzoek|vraag|melding) (?:is|werd|hebben wij|hebben we) (?:in goede orde |goed |succesvol )?(?:ontvangen|geregistreerd)|(?:ticket|zaak|referentie|meldings|dossier)-?(?:nummer|nr)|ticket (?:nr|#)?\\s?\\S*\\d|ontvangstbevestiging|automatisch (?:bericht|gegenereerd\\S*|antwoord)|niet op dit bericht|(?:zo spoedig|zo snel) mogelijk (?:\\S+ ){0,4}(?:contact|antwoord|reactie|behandelen|beantwoorden)",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `(?:niet|verkeerde) (?:de |het )?(?:juiste|goede|aangewezen)? ?(?:persoon|contactpersoon|aanspreekpunt|verantwoordelijk\\S*)|(?:ga|gaat|ben) (?:ik )?(?:\\S+ ){0,2}niet over|(?:contact (?:opnemen|op)|neem contact op|richten|wenden|mailen|bellen|spreken|benaderen|schrijven|neem|vraag) (?:\\S+ )?(?:met|naar|aan|bij|tot) (?!mij|me |ons)${upTo(5)}(?:\\S+@\\S+|collega\\S*|afdeling|manager|directeur|hoofd|inkoop|mevrouw|dhr|heer|\\S+ (?:, )?\\S+@\\S+)|(?:is verantwoordelijk|verantwoordelijk voor)|(?:doorgestuurd|stuur \\S+ door|in cc|in kopie)|gaat hierover`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        `(?:komt|past|schikt) (?:\\S+ ){0,3}(?:nu |momenteel |even )*(?:niet|slecht)(?: goed)?(?: uit)?|(?:nu|momenteel|op dit moment|voorlopig|even|dit jaar|vooralsnog|vandaag) (?:even |is |hebben |heb |we |ik |wij |er )*(?:niet|geen)|niet (?:nu|op dit moment|dit jaar|het juiste moment|het goede moment)|geen (?:goed|geschikt|juist) moment|(?:neem|neemt|mail|bel|benader|kom|probeer|vraag|laten|spreken|horen|zullen)(?: \\S+){0,6} (?:over (?:\\d+|een|twee|drie|vier|vijf|zes|enkele|paar)|in (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|het (?:voorjaar|najaar|nieuwe))|volgend(?:e)? (?:jaar|kwartaal|maand)|later|na (?:de|het)|vanaf|weer contact)|budget is (?:op|vergeven)|(?:later|volgend jaar) (?:nog eens|misschien|weer)|te druk`,
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        `(?:geen|niet) (?:\\S+ )?(?:interesse|geinteresseerd|belangstelling|behoefte|relevant|nodig|van toepassing)|nee,? (?:bedankt|dank|dankje|dank je)|(?:al|reeds) (?:voorzien|een|goed|bij|met|geregeld|genoeg|iets|iemand|zo'n)|(?:hebben|heb|gebruiken|werken)(?: wij| we| ik)? al(?= )|zijn (?:al |reeds )?voorzien|tevreden (?:met|over)|niet nodig`,
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        "(?:maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|uur|tijd|datum|volgende week|voorstel|dat)(?: \\S+){0,4} (?:schikt|past|komt goed|is (?:goed|prima|akkoord)|lukt|uitstekend|kan)(?! (?:\\S+ )?niet)|(?:prima|graag|akkoord|goed|ja|leuk|oke|ok|tuurlijk|perfect)(?: \\S+){0,5} (?:afspraak|bellen|gesprek|afspreken|kennismaken|kennismaking|maandag|dinsdag|woensdag|donderdag|vrijdag|demo|overleg|call|meeting)|(?:laten we|zullen we|kunnen we|plan|plannen) (?:\\S+ ){0,5}(?:bellen|afspreken|afspraak|overleggen|inplannen|spreken|in)|bel (?:me|mij|ons)(?: gerust| maar| even)? (?:op|om|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|vanmiddag|volgende|na)|(?:ik ben|wij zijn|ben) (?:\\S+ ){0,2}(?:beschikbaar|vrij) (?:op|om|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|na|tussen)|mijn (?:agenda|calendly)",
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:stuur|sturen|toesturen|toezenden|mailen|mail|geven|ontvang|ontvangen|krijgen|zenden|opsturen)(?: \\S+){0,4} (?:prijs|prijzen|prijslijst|offerte|informatie|info|brochure|tarieven|documentatie|details|voorstel|catalogus|presentatie)|(?:prijs|prijzen|prijslijst|offerte|informatie|info|brochure|tarieven|documentatie|details|voorstel) (?:\\S+ )?(?:sturen|toesturen|toezenden|mailen|ontvangen|geven)|(?:wat|hoeveel) (?:kost\\S*|zijn|is) (?:het|dit|dat|de (?:prijs|kosten)|jullie (?:prijzen|tarieven)|de tarieven|uw)|(?:ben|zijn|klinkt|best|zeer|wel) (?:\\S+ ){0,2}(?:geinteresseerd|interessant)|(?:heb|hebben)(?: wij| we)? (?:wel |zeker )?interesse|meer (?:weten|informatie|info|details|horen)|vertel (?:me |mij |eens )*meer`,
      ),
    },
  ],
  automatic: phrase(
    "automatisch (?:antwoord|bericht|gegenereerd\\S*|e-?mail)|afwezigheidsbericht|afwezigheidsassistent",
  ),
};
