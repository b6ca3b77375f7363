import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";
import { englishMeanings } from "./english-meanings.ts";

const contacting =
  "(?:(?:cold )?e-?mail|mail|messag|contact|writ|text|call|phon|ring|spam|bother|harass|pester|bug|annoy|solicit|market|advertis|send|disturb|hound|bombard|stalk|reach|blast|ping|dm|bill|follow|try|push)[tmg]?in[g']?(?: (?:out|up))?";
const contact =
  "(?:e-?mail|mail|message|msg|contact|write|text|call|phone|ring|spam|bother|harass|pester|bug|annoy|disturb|solicit|reach out|follow up|ping)";
const mail =
  "(?:e-?mails?|mails?|messages?|msgs|newsletters?|texts?|sms|spam|ads?|adverts?|advertising|advertisements?|promos?|promotions?|promotional|offers|mailings?|marketing|communications?|correspondence|solicitations?|junk|crap|shit|bullshit|garbage|nonsense|notifications?|outreach|follow-?ups|reminders|sequences?)";
const listWord =
  "(?:\\S*list|lists|listing|database|databases|db|mailings?|distribution|systems?|records?|contacts|crm|campaigns?|newsletters?|files?|e-?mails?|messages|texts|spam|subscriptions?|everything|sequences?|cadence|outreach|marketing|this|it|these|here|future)";
const end =
  "(?:[.,]|and|or|now|please|immediately|asap|already|thanks|thank|at once|today|right|forever|permanently|again|any ?more|for good|at all|ever|as|because|since|i|you|we|effective)";
const mine = `(?:me|us|my ${upTo(3)}|our ${upTo(3)}|myself|this (?:e-?mail|address|mailbox|account|number|inbox|contact)(?: address)?|the (?:e-?mail |following )?(?:e-?mail )?address|everyone here|\\S+@\\S+)`;
const unsub =
  "(?:un-?subscribe|unsub|unsuscribe|unsubcribe|unsubscibe|opt[ -]?out|optout|deregister|unenroll?|un-?register|un-?list)";
const third =
  "(?:him|her|them|(?:my|our|his|her|their) (?:wife|husband|spouse|partner|son|daughter|mother|father|mom|dad|mum|parents?|friend|colleagues?|co-?workers?|boss|manager|assistant|client|customers?|predecessor|brother|sister|employees?|neighbou?r))";

export const english: Grammar = {
  language: "en",
  common: wordSet(
    "the and you your for is are this that with have not do please we our my me to of will be i from it on can would thanks thank am any but if when what who how it been was no more at as by in out about just regards hi hello dear back get remove stop list email emails",
  ),
  courtesy: wordSet(
    "please kindly thanks thank you thx hi hello hey dear sir madam team all now immediately asap just already right it this that ok okay yes and sincerely regards best cheers me us today again the emails email newsletter request i said mr ms from here urgent everything permanently forever hereby",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        `${unsub}|unsubscribed|opt me out|remove|remove me|removed|take me off|off (?:your |mailing )?list|off your mailing list|list removal|removal`,
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|stopp|stop all|stopall|enough|cease|desist|no more|stop stop|stop stop stop|stop stop stop stop|leave me alone",
      ),
    },
  ],
  alone: phrase("cancel|end|quit|delete|revoke|off|out|delete me|cancel subscription"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:delete|erase|remove|destroy|purge|wipe|forget)(?: of)? (?:all |any |every |everything )*(?:of )?(?:my|our|me|us) ?(?:personal |private |contact |own )*(?:data|information|info|details|records)|(?:deletion|erasure|removal) of (?:all )?(?:my|our) ${upTo(2)}(?:data|information|details)|right to (?:be forgotten|erasure)|(?:forget|erase) me|(?:article|art) 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `(?:un-?subscribe|unsub|unsuscribe|unsubcribe|unsubscibe|opt out|opt-out|optout|deregister|unenroll?|un-?register|un-?list) (?:me|us|my|our|this|the address|\\S+@\\S+|from(?! (?:my|our|his|her|their))|all|it|request|at|myself|${end})`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "wants to unsubscribe",
      words: phrase(
        `(?:how|where|way|able|can not|unable|tried|trying|want|wants|like|wish|need|let me|help me|allow me|possible|asked?|asking|requested|request|requesting|demand|must|please) ${upTo(5)}(?:to )?(?:${unsub}|(?:be|get|being) (?:removed|taken off|unsubscribed|opted out|deleted|dropped)|(?:off|out) (?:of )?(?:your|this|the|these) ${upTo(3)}${listWord})`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        `(?:i|we) (?:have |had )?(?:already |just |now |previously |also )*(?:unsubscribed|opted out|tried to unsubscribe|hit unsubscribe|clicked unsubscribe)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "opt me out",
      words: phrase(
        `opt ${mine} ?out|(?:i|we) (?:would like to |want to |wish to |hereby |am )?opt(?:ing)? out`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `(?:remov(?:e|ing)|delet(?:e|ing)|tak(?:e|ing)|get|strike|drop|scratch|cross|pull|erase|purge|exclude|wipe|kick|scrub|cut|leave|keep) ${mine} ?${upTo(3)}(?:off|from|out)(?: of)? ${upTo(5)}${listWord}|(?:remov(?:e|ing)|delet(?:e|ing)) (?:me|us|my (?:e-?mail|address|number|name|contact|details|info|account)(?: address)?|this (?:e-?mail|address|number)(?: address)?) ${end}|tak(?:e|ing) (?:me|us) (?:off|out) ${end}|(?:be|have (?:me|us|my ${upTo(2)})) ?(?:removed|deleted|unsubscribed|taken off|opted out|excluded) (?:from|off|${end})`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:withdraw|revoke|rescind)(?:ing)? ${upTo(3)}(?:consent|permission|opt-?in)|object(?:ing)? to ${upTo(4)}(?:processing|marketing)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:stop|quit|cease|discontinue|halt|refrain from|desist from|cease and desist from|stop with|knock off|give up|done) ${upTo(3)}${contacting} (?:me|us|my|our|this|these|those|such|any|anything|more|stuff|people|here|it|in|to|all|your|every|unsolicited|so much|things|${mail}|${end})`,
      ),
    },
    {
      as: "stop",
      rule: "stop receiving",
      words: phrase(
        `stop (?:receiving|getting|seeing|hearing|being) (?:me|your|these|this|those|any|all|the|from|${mail}|contacted|emailed|on)`,
      ),
    },
    {
      as: "stop",
      rule: "stop the mail",
      words: phrase(
        `(?:stop|quit|cease|discontinue|halt|no more|no further|enough(?: of| with)?|end|kill|cut|cancel) (?:with |of |from |the |these |this |those |all |your |any |all of |further |fucking |damn |bloody |stupid |unsolicited |unwanted |constant |marketing |junk |sales |cold |my )*(?:${mail}|subscription|cease)`,
      ),
    },
    {
      as: "stop",
      rule: "asked to stop",
      words: phrase(
        `(?:please|just|must|will you|you to|should|you guys|all of you|fucking|now|you people) (?:please |just |now )?(?:stop|cease|desist|quit)(?: it| this| that| now| already| immediately| please| at once| or)? [.,]`,
      ),
    },
    {
      as: "stop",
      rule: "cease and desist",
      words: phrase("cease (?:and|&) desist|stop or i will|stop it or|stop this now"),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `(?:do not|never|not to|no longer|please not) (?:ever |please |bother |you dare |dare |try to |to |you ever |keep |again )*(?:${contact}|${contacting})(?: to| with)? (?:(?:me|us|this (?:number|address|e-?mail|account)(?: address)?|here|my ${upTo(2)}|our ${upTo(2)}) ?(?:[.,]|again|any ?more|any longer|ever|further|in future|in the future|please|at all|and|or|with|for any|under)|again|any ?more|ever again|[.])`,
      ),
    },
    {
      as: "stop",
      rule: "send no more",
      words: phrase(
        `(?:do not|never|not to|no longer|please not) (?:ever |please |bother |keep |to )*send(?:ing)? (?:me |us |to me |to us |this address )?(?:any |more |further |your |these |this |those |such |anything|unsolicited |that |stuff|again|any ?more|shit|crap|${mail})`,
      ),
    },
    {
      as: "stop",
      rule: "not to be contacted",
      words: phrase(
        `(?:do not|not|no longer|never|rather not|prefer not)(?: want| wish| like| care| need| expect)? (?:to )?be ?(?:contacted|e?-?mailed|called|texted|messaged|solicited|bothered|spammed|approached|added to|on (?:your|this|any|the))`,
      ),
    },
    {
      as: "stop",
      rule: "wants no mail",
      words: phrase(
        `(?:do not|does not|would not|no longer|not|never|nor|neither|did not|rather not|prefer not) (?:really |ever |currently |any ?more )?(?:want|wish|care|like|desire|interested in|need|to|ask for|appreciate|welcome) ?(?:to |for |getting |receiving )*${upTo(2)}(?:(?:receiv(?:e|ing)|get|have|see|hearing|hear) ${upTo(4)}(?:from you|from your|${mail}|from this|from any)|(?:hear|receive|get) (?:from|any of|anything|more|this|these|it)|(?:any |your |these |this |those |more |such |any of |further |of )+${upTo(2)}${mail})`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "leave (?:me|us) (?:the \\S+ )?alone|lose (?:my|our|this) (?:number|e-?mail|address|contact|info)|(?:f[u*@#]\\S*|fuck) (?:you|off|u|yourself)|f off|stfu|gtfo|(?:piss|bugger|sod|buzz|bog|naff|eff|jog) off|get lost|go away|go (?:to hell|fuck)|screw (?:you|off)|shove it|up yours|drop dead|go f\\S* yourself|get (?:the )?\\S+ out of my inbox|eat shit|kiss my ass|not welcome",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        `(?:this|it|that|these|those|you|your ${upTo(2)}|all this) (?:is|are|looks like|constitutes) (?:just |nothing but |pure |all |obvious |obviously |clearly |illegal |a |an |unwanted |total |complete )*(?:spam|spams|scam|spammers?|spamming|junk|harassment|harassing|unsolicited|phishing)|(?:stupid|fucking|goddamn|damn) spam\\S*|spammers? [.]|(?:report|mark|flag|block)(?:ed|ing)? (?:you|this|it|your|these|as) ${upTo(4)}(?:spam|junk|phishing|to the|ico|ftc|bbb|sender|address|domain)|(?:report|block|blacklist)(?:ed|ing)? (?:you|your (?:domain|address|company|e-?mails?|number|ip)) [.,]|blocked and reported`,
      ),
    },
    {
      as: "stop",
      rule: "threatens",
      firm: true,
      words: phrase(
        `(?:if you|one more|another|next) ${upTo(2)}(?:${contact}s?|hear from you)(?: to)? ?${upTo(3)}(?:again|one more|once more|any ?more|another|and i|i will|[.,] (?:and )?i will)|violat\\S+ ${upTo(3)}(?:can-?spam|gdpr|tcpa|casl|pecr)|do not call (?:registry|list)`,
      ),
    },
    {
      as: "stop",
      rule: "asks not to be written to",
      words: phrase(
        `(?:no need|pointless|no point|useless|waste of time) ${upTo(3)}(?:contacting|emailing|writing|following up|contact|email|follow up) ${upTo(3)}(?:again|any ?more|further|me|us)|wrong (?:number|person) ${upTo(2)}remove`,
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase(
        `legal action|my (?:lawyer|attorney|solicitor)|can-?spam|report (?:you|this) to`,
      ),
    },
    {
      as: "stop",
      rule: "never signed up",
      doubtful: true,
      words: phrase(
        `(?:never|not|did not) (?:sign(?:ed)? up|subscribed?|ask(?:ed)? for|consent(?:ed)?|opt(?:ed)?[ -]in|request(?:ed)?|agree[d]? to) ${upTo(4)}(?:this|these|it|emails?|contact|newsletter|[.])|how did you get my|where did you get my`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `unsubscrib\\S*|opt(?:ing|ed)?[ -]out|remove (?:${third}) (?:[.,]|from ${upTo(3)}list)|take (?:${third}) off`,
      ),
    },
    {
      as: "stop",
      rule: "speaks of stopping mail",
      doubtful: true,
      words: phrase(
        `(?:stop|quit|cease) ${upTo(2)}(?:e-?mail|messag|contact|text|call|spam|bother|harass|send)[m]?ing|why (?:do|are) you (?:keep |still |people )*(?:e?-?mailing|contacting|writing|sending|texting|calling|spamming)|when will you stop|do not (?:e-?mail|contact|text|message) (?:me|us) (?:about|unless|any of|regarding|for)|too many e-?mails|(?:keep|love|enjoy|more) ${upTo(3)}(?:spam|spamming)`,
      ),
    },
  ],
  polite:
    /if (?:at all )?possible|if you (?:can|could|would|do not mind|please|would be so kind)|if it is not too much (?:trouble|to ask)|(?:appreciate (?:it )?|grateful|great|nice|happy|glad|thankful|obliged|wonderful|lovely|kind|good) if you (?:would|could|can)|if you (?:do not|did not|will not|fail to|refuse to)/g,
  negated:
    / (?:not|never|no need to|no reason to|without|no intention(?: of)?(?: to)?|rather than|instead of|hardly|why did you|why have you|why was i|why were we|did you|have you|had you|why would i|by no means|no plans? to|hate to|do n't) (?:please |ever |just |even |to |you |me |want |wanted |wish |ask |asked |asking |ever asked |be |been |being |get |going |need |have to |think |mean |meant |say |said |saying |telling |told |should |trying |like |planning |intend |i |we |would |that |for |of |requested |request |requesting |wanting |must |worry |let |dare |about |yet |anyone |want you )*$/,
  denied: new RegExp(
    [
      ` (?:i|we|they|he|she)(?: have| had| all| just| recently| also| both)*(?: need to| should| must| will| can| have to| had to| want to| could| might| did| are going to| am going to| plan to| decided to)?(?: not)? (?:stop|stopped|quit|ceased|end|discontinued|paused|cease) (?!receiving|getting|being|${mail} |your|these|this|hearing|seeing|emailing me|sending me|contacting me|calling me|messaging me)`,
      ` (?:i|we) (?:have )?(?:stopped|no longer|did not|do not|are not|am not|have not) (?:receiv\\S+|get|getting|got|seen|see) (?!any of this)`,
      ` (?:can|could|does|do|will|would|how does|how do)(?: your| the| this| it| you)+ (?:\\S+ ){0,3}(?:handle|support|manage|process|offer|track|deal with|include|have|provide|allow|help|feature|stop emails?|prevent|avoid|reduce|filter)`,
      " (?:is|was|are) (?:this|it|that|these) (?:spam|a scam|phishing|legit)| not (?:a )?(?:spam|scam|junk)| (?:spam|junk)(?:[ -]?mail)? (?:folder|box|filter|filters|score|trap|file)",
      " (?:in|into|to|as|by|from|out of) (?:my |our |the |your )?(?:spam|junk)(?! list)",
      " unsubscribe (?:rates?|requests?|handling|feature|function|reasons?|page|flow|numbers?|statistics|management|option in your)| opt[ -]?outs? (?:rates?|handling|feature|management|process|list)",
      " (?:you|she|he|they|somebody|someone|who|wife|husband|people|customers|users|subscribers|recipients|colleague|system|it|everyone|nobody) (?:have |has |had |already |also |just |never )*(?:unsubscribed|removed|opted out)",
      " (?:she|he|they|who|people|customers|users|subscribers|recipients|contacts|everyone) (?:unsubscribe|opt out)",
      " (?:was|were|been|got|getting|am|are) (?:automatically |already |suddenly |just |all )?(?:unsubscribed|opted out|removed)",
      " from (?:the )?(?:cc|thread|conversation|chain|meeting|invite|invitation|quote|order|agenda|call|loop|chat|channel|group chat|calendar)",
      " (?:stop|quit|end|cease) (?:by|in at|over|at the|sign|light|loss|press|watch|motion|date|words?|me if|thinking|worrying|laughing|talking about)",
      " stop (?:emailing|calling|texting|messaging|contacting|sending) (?:you|them|him|her|customers|clients|people who|our customers|our clients|prospects|users)",
      " (?:you|they|he|she|people|team|reps?|who|nobody|anyone|it) (?:do not|does not|did not|never) (?:e-?mail|contact|call|write|ring|text|message|send|phone)",
      " (?:call|contact|email|write|text|phone|ring|message|send)(?: me| us| it)? (?:at (?:work|home|night|the office)|on (?:weekends?|sundays?|saturdays?|mondays?|fridays?)|tomorrow|today|tonight|this (?:week|morning|afternoon|evening)|next week|before \\d+|before (?:noon|monday|the)|after \\d+|until|till|during|yet|so (?:early|late)|while|between|over the weekend)",
      " (?:we|i) (?:do not|never|would not|did not) (?:send|spam|e-?mail|contact|text|call)",
      " (?:we|i) (?:do not|never|would not|did not) (?:send|spam|e-?mail|contact|text|call)",
      " (?:never|not|can not|could not|do not) stop (?:thinking|laughing|talking|smiling|reading)",
    ].join("|"),
  ),
  doubted:
    / (?:if|unless|otherwise|or else|might|may|maybe|perhaps|thinking (?:about|of)|considering|tempted to|about to|(?:going|ready|have|has) to (?:unsubscribe|opt|block|report)|tempted|(?:i|we) (?:will|shall|would) (?:have to |be forced to |just |probably |soon |now |then |be )*(?:unsubscrib|opt|mov|leav|remov|cancel)\S*|instead|rather use|only|except|but keep|but please keep|but still|keep sending|until|for now|for a while|temporarily|use my (?:private|other|personal|work)|(?:unsubscribe|remove|take|delete|stop (?:emailing|contacting|calling|texting)) (?:also |the )?(?:him|her|them|my (?:wife|husband|colleagues?|mother|father|boss|son|daughter|friend|partner|predecessor|brother|sister|assistant|co-?workers?)))(?= )/,
  takenBack:
    / (?:by (?:mistake|accident)|accidentally|add (?:me|us) (?:back|again)|re-?subscribe|put (?:me|us) back|back on (?:the|your) list|never ?mind|(?:just|only) (?:kidding|joking)|wait|on second thought|changed my mind|jk|lol|haha\S*|ignore (?:my|that|this))(?= )/,
  meanings: englishMeanings,
  automatic: phrase(
    `auto(?:matic|mated)?[ -]?(?:reply|response|responder|message|generated|mated)|automatically generated|this is an automat\\S+|out of office auto\\S*`,
  ),
};
