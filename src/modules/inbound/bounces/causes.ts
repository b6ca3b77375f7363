import type { FailureClass } from "./understanding.ts";

/** Why a message was not delivered, as far as its server said. */
export type Cause = keyof typeof classOfCause;

export const classOfCause = {
  no_such_mailbox: "hard",
  domain_unknown: "hard",
  accepts_no_mail: "hard",
  moved: "hard",
  mailbox_full: "soft",
  mailbox_disabled: "soft",
  too_large: "soft",
  greylisted: "soft",
  busy: "soft",
  expired: "soft",
  network: "soft",
  server_trouble: "soft",
  loop: "soft",
  spam: "policy",
  blocked: "policy",
  authentication: "policy",
  reverse_dns: "policy",
  rate: "policy",
  sender_refused: "policy",
  relaying: "policy",
  filtered: "policy",
  virus: "policy",
  content: "policy",
  policy: "policy",
  refused: "policy",
  /** "User unknown" of which nothing shows that it answers the recipient. */
  unconfirmed: "unknown",
  unknown: "unknown",
} as const satisfies Record<string, FailureClass>;

/**
 * What mail servers write, most telling first: the first cause with a phrase in
 * the text is taken. Texts are in lower case, without addresses, links and
 * repeated blanks (`plainWords`), so that a domain's name is no reason. What
 * speaks of the sender or of the message stands before what speaks of the
 * recipient: "550 5.1.1 sender rejected" says nothing of the mailbox.
 */
export const phrases: readonly (readonly [Cause, RegExp])[] = [
  // Sentences of one server that say more than their words do elsewhere.
  ["policy", /group you tried to contact|連絡しようとしたグループ/],
  ["domain_unknown", /account or domain may not exist, they may be blacklisted/],
  ["filtered", /recipient preferences|^\s*(?:smtp;? ?)?550 ?: user unknown/],
  // Yahoo writes it to the message itself, also where a filter refused it.
  ["unconfirmed", /this user doesn't have an? (?:\S+ )?account/],
  ["no_such_mailbox", /check if (?:the )?address is correct/],
  [
    "mailbox_full",
    /(?:mail ?box|in ?box|mail ?folder|maildir|mail ?drop|account|user|recipient|storage|disk|folder)[^.]{0,60}(?:\bfull\b|over ?quota|over (?:its |the |their )?(?:\w+ )?(?:limit|quota)|quota (?:was |is |has been )?exceed|out of (?:space|storage)|exceed(?:s|ed|ing)? (?:its |the |their |his |allowed |allocated |maximum |storage |mailbox |disk |set )*(?:size|quota|storage|limit|capacity|space))/,
  ],
  [
    "mailbox_full",
    /over ?quota|quota[ _-]?exceeded|exceed(?:s|ed|ing)?[^.]{0,30} quota|quota (?:violation|limit|full)|\bquota\b[^.]{0,20}(?:reached|used up)|\bmailbox_?full\b|mail ?box (?:is )?too (?:big|large)|mail ?box size limit|too much mail(?: data)?|mail quota|not enough (?:storage |disk )?space[^.]{0,30}mail ?box|insufficient (?:disk |storage )?space[^.]{0,20}(?:mail ?box|user)|no (?:more )?(?:room|space left) (?:in|for)[^.]{0,20}(?:mail ?box|user)|out of storage space|user has (?:exhausted|too many messages)|message would exceed|would be over the allowed quota|full mail ?box|\bstorequota|stornosp|quotaexceed|has reached (?:its|the) (?:quota|storage)|delivery would exceed|maximum allowable size|disk space (?:limit|usage)/,
  ],
  [
    "mailbox_full",
    /postfach[^.]{0,40}voll|speicherplatz[^.]{0,40}(?:ersch|überschritten|voll)|kontingent[^.]{0,30}überschritten|bo[iî]te[^.]{0,40}pleine|quota[^.]{0,20}dépass|buz[oó]n[^.]{0,40}llen[oa]|casella[^.]{0,40}piena|caixa[^.]{0,40}cheia|ящик[^.]{0,40}(?:переполнен|заполнен)|превышена квота|переполнен|(?:邮箱|郵箱|信箱)[^。]{0,20}(?:已满|已滿|空间不足|容量)|メールボックス[^。]{0,30}(?:一杯|いっぱい|容量|超)|容量[^。]{0,20}超|postvak[^.]{0,30}\bvol\b|mailbox[^.]{0,20}\b(?:vol|voll|pleine|llena|piena|cheia)\b/,
  ],
  [
    "too_large",
    /message (?:size |length |is |was )*(?:too (?:big|large|long)|exceed)|(?:size|length) of (?:the |this |your )?message|message size (?:limit|exceed)|exceed[^.]{0,60}(?:message|mail) size|(?:message|mail|email) (?:file )?(?:is )?(?:too |larger than|bigger than|over the)[^.]{0,10}(?:big|large|size|limit)|max(?:imum)? (?:message|allowed|mail) size|size (?:limit|exceeds|larger)|message header size|fixed maximum|larger than the (?:current )?(?:system )?limit|nachricht[^.]{0,20}zu gro(?:ß|ss)|message trop (?:gros|volumineux)|mensaje[^.]{0,20}demasiado grande|messaggio[^.]{0,20}troppo grande/,
  ],
  [
    "greylisted",
    /gr[ea]y[- ]?list|postgrey|temporarily (?:deferred|rejected|delayed) (?:as|by|for)[^.]{0,30}(?:spam|policy|precaution)/,
  ],
  [
    "network",
    /not accept(?:ing|ed)? (?:our )?(?:requests? to connect|connections?)|malformed or unexpected name server|(?:wasn't|not|un) ?able to establish an smtp connection|(?:while|during)[^.]{0,30}(?:helo|ehlo|starttls) handshake|does not support (?:tls|starttls)|tls (?:is )?(?:required|handshake|negotiation)|dns (?:temporary|timeout)|all hosts have been failing|lost connection/,
  ],
  ["virus", /\bvirus|malware|\bworm\b|infected|\btrojan|clamav|phish/],
  [
    "authentication",
    /\b(?:spf|dkim|dmarc|arc)\b|\bunauthenticated\b|not authenticated|sender policy framework|sender id \(pra\)|email authentication|authenticat(?:ion|e)[^.]{0,40}(?:check|result|fail|information)|5\.7\.2[0-79]\b|5\.7\.509|unauthorized by/,
  ],
  [
    "reverse_dns",
    /mismatches client ip|reverse (?:dns|lookup|hostname|host|address)|\br?ptr\b|\bdns ptr\b|(?:cannot|can't|unable to|could not) (?:find|resolve|lookup)[^.]{0,20}your (?:reverse )?(?:host ?name|ip|address)|no reverse|rdns|unresolvable (?:host|relay)|but my name was|helo|ehlo[^.]{0,20}(?:invalid|reject|require)|client host rejected: cannot find|ip name (?:lookup failed|forged)|forged|fix (?:your )?reverse|must resolve/,
  ],
  [
    "rate",
    /\brate[- ]?limit|too many (?:messages|mails|emails|connections|concurrent|sessions|recipients|errors|invalid|unknown|bad|smtp)|too much (?:traffic|mail from)|throttl|too (?:fast|frequent)|(?:sending|message|hourly|daily|connection)[- ](?:rate|limit|quota)|rate (?:of|exceed)|limit(?:s)? (?:has been |have been |was |is )?(?:exceeded|reached)|exceeded the (?:maximum|max|number|limit|allowed)|exceed(?:s|ed)[^.]{0,20}limit|unusual (?:rate|sending)|slow(?:ing)? down|4\.7\.28\b|resources restricted|max[^.]{0,12}connections|sending limits|receiving mail (?:at a rate|too quickly)|excessive (?:number|rate|volume)/,
  ],
  [
    "spam",
    /\bspam|(?:anti|no)-?spam|spamming|\bjunk (?:e?mail|filter)|unsolicited|\bu[bc]e\b|bulk (?:e?mail|message)|suspicious|spamassassin|dspam|bogofilter|rspamd|likely (?:abuse|unwanted)|unwanted|message looks|classified as|bayes|commercial e?mail|スパム|迷惑メール|垃圾邮件|спам/,
  ],
  [
    "blocked",
    /black ?-?list|block[- _]?list|deny ?list|blocked|\bbanned\b|reputation|\b(?:dns|r)[bw]l\b|spamhaus|barracuda|spamcop|sorbs|uceprotect|abuseat|cloudmark|senderscore|senderbase|proofpoint|surriel|(?<!not )listed (?:at|in|on|by)|is listed\b|your (?:ip|host|server|network|isp|e?mail server|address) (?:\S+ )?(?:has been|is|was|have been|does)|(?:connection|access|client|session|host)[^.]{0,20}(?:refused|denied|rejected|dropped|not allowed)[^.]{0,30}(?:by|due|because|policy|from|reputation|ip)|we do not accept (?:mail|connection)|not accept(?:ing)? (?:mail|connections?|e-?mail) from|dynamic|residential|poor|dul\b|bad host|no access from|not (?:allowed|permitted) to connect|client host rejected|host (?:is )?(?:denied|refused)|blacklisted|ip address[^.]{0,40}(?:reject|denied|refus)|rejecting[^.]{0,40}(?:connection|open proxy)|tss\d\d|cs01|closed to spammers/,
  ],
  [
    "sender_refused",
    /sender(?:'s)? (?:address |domain |e-?mail |verification |verify |callout |ip |is )*(?:rejected|denied|refused|failed|invalid|not|does|unknown|could|couldn|must|required|ok|verify|address)|(?:invalid|bad|unknown|unverified|unresolvable|illegal|forbidden|verify|reject(?:ed)?|nonexistent|mandatory|from|of|envelope) sender|mail from[^.]{0,40}(?:reject|denied|refus|not|invalid|domain|must)|(?:domain|hostname) of (?:the )?(?:sender|return)|reverse-path|return path|backscatter|bounces? (?:message|mail)[^.]{0,20}(?:not|reject)|not (?:authori[sz]ed|allowed|permitted) to (?:send|post|submit|mail)|from (?:address|header|domain)[^.]{0,30}(?:reject|invalid|not|required|verif)|send(?:ing)?er[^.]{0,20}(?:not exist|restricted)|null sender|access is denied|only (?:accepts|allows) (?:mail|messages) from|your (?:email|e-mail|address|domain)[^.]{0,40}(?:reject|not|denied)|permission to (?:send|post)|not (?:been )?verified|unauthori[sz]ed sender|member[s]? (?:only|are allowed)/,
  ],
  [
    "accepts_no_mail",
    /null ?mx|indicated no smtp service|mx[^.]{0,10}"?\."? |does(?: not|n't) (?:accept|receive) (?:any )?(?:e-?)?mail\b|(?:never|do not|don't) accepts? (?:any )?mail|mail (?:is )?not accepted (?:for|by) (?:this|the)? ?(?:domain|host)|domain[^.]{0,20}(?:not configured|no mail)|no smtp service here|smtp service is not available/,
  ],
  [
    "relaying",
    /relay(?:ing)?[^.]{0,30}(?:denied|not|prohibited|refused|forbidden|reject|disallowed|attempt|restrict)|(?:unable|not (?:authori[sz]ed|allowed|permitted)|cannot|can't|refuse|won't|don't|do not) to? ?(?:accept |act as )?[^.]{0,12}relay|no relay|allowed rcpthosts|we do not relay|relay access|is not one of our|not (?:a )?(?:gateway|local(?:ly hosted)? domain)|insecure mail relay|relay (?:from|to)|relayingdenied/,
  ],
  [
    "mailbox_disabled",
    /(?:account|mail ?box|user|recipient|address|e-?mail|customer|domain)(?:'s)?[^.]{0,50}(?:disabled|suspended|inactive|deactivated|\blocked\b|frozen|not active|on hold|expired|temporarily (?:unavailable|closed)|de-?activated|not been activated|been closed)|(?:disabled|suspended|inactive|deactivated|locked|frozen|dormant) (?:account|user|mail ?box|recipient|address|e-?mail)|no longer (?:active|enabled)|not logged in (?:for|to)|has not (?:logged|been used)|currently suspended|\bdisabled\b|out of service|vacated|account_?(?:disabled|suspended)|(?:konto|postfach)[^.]{0,20}(?:deaktiviert|gesperrt)|compte[^.]{0,20}désactivé|cuenta[^.]{0,20}(?:desactivada|suspendida)|(?:заблокирован|отключен)|(?:被禁用|已停用|冻结)/,
  ],
  [
    "moved",
    /(?:has|have|is|was|been) moved\b[^.]{0,40}|mailbox (?:has )?moved|new e?-?mail address|has been replaced by|changed (?:his|her|their|my|its|the)? ?(?:e-?mail )?address|user not local; (?:please|will)|no longer on (?:this )?server|5\.1\.6\b|forwarding address/,
  ],
  [
    "domain_unknown",
    /(?:host|domain|domain name)[^.]{0,30}(?:not found|unknown|does(?: not|n't) exist|not exist|could ?n[o']t be (?:found|resolved)|is not (?:valid|known|found|registered)|non-?existent|cannot be (?:found|resolved)|lookup failed|not resolvable|(?:is )?invalid)|unknown (?:host|domain|mail domain|mail exchanger)|no such (?:host|domain)|nxdomain|invalid (?:host|domain)|bad (?:host|domain|destination (?:system|host|domain))|(?:name or )?service not known|non-?existent (?:host|domain)|unrout?eable mail domain|unrout?able mail domain|illegal host|no (?:valid |usable )?(?:mx|mail exchanger|mail server|mailserver)s?(?: records?| hosts?)?[^.]{0,20}(?:found|for|exist|available|could)|(?:can't|cannot|couldn't|unable to|failed to) (?:find|locate|resolve|look ?up)[^.]{0,30}(?:host|domain|mx|mail exchanger|mail server)|mx records? (?:point|not)|name server: (?:\.: )?host not found|no mx or|domain is not reachable|hostunknown|unbekannte (?:domain|host)|domaine[^.]{0,20}(?:introuvable|inconnu|n'existe)|dominio[^.]{0,20}(?:no existe|non esiste|inesistente)|домен[^.]{0,20}не (?:найден|существует)|域名[^。]{0,10}(?:不存在|错误)|ドメイン[^。]{0,20}(?:見つかり|存在)/,
  ],
  [
    "no_such_mailbox",
    /(?:user|recipient|mail ?box|account|address|addressee|alias|e-?mail|customer|person|local ?part|member|name|adres|user ?id|inbox|subscriber|rcpt|username|mail ?drop|maildir|destination|utilisateur|usuario|utente|benutzer|empfänger)s?(?:'s)?(?: |:|;|\()[^.]{0,60}(?:unknown|not found|does(?: not|n't|nt| no)(?: currently)? exist|do not exist|not exist|doesn't exist|doesn\?t exist|did not exist|no(?:t)? longer (?:exists?|valid|available|in use|here|accept|receiv|works?|employed|with)|not (?:a )?(?:known|valid|listed|local|recogni[sz]ed|on file|here|registered|been found|in (?:the |our )?(?:directory|table|list|system|database|domain|address book|local))|isn't (?:a )?(?:valid|known|here|listed)|invalid|non-?existent|nonexist|could not be found|couldn't be found|wasn'?t found|was not found|cannot be found|can't be found|is bad|incorrect|not exist|terminated|deleted|removed|misspelled|rejected: (?:user|undeliverable|unknown))/,
  ],
  [
    "no_such_mailbox",
    /unknown (?:user|recipient|mail ?box|account|address|local|e-?mail|alias|name|rcpt|or illegal|person|login|virtual|destination mailbox)|no (?:such|valid|matching) (?:user|mail ?box|recipient|address|account|person|local|customer|e-?mail|alias|name|known user|smtp|domino|id|record|virtual|login|member|one|people|inbox)|(?:invalid|bad|illegal|non-?existent|nonexistent|wrong|undefined) (?:e-?mail |destination |final |or unknown |local |delivery )*(?:recipient|mail ?box|user|address|account|alias|local ?part|username|virtual)|no mail ?box|no (?:account|user|one|person|recipient|addressee) (?:here|by|with|found|exist|named|of that|at this)|there is no one|there is no such|no longer (?:exists?|valid|available|here|in use|works? (?:here|for)|employed|a valid|an? employee|uses?)|not (?:a )?(?:valid|known|our) (?:user|recipient|mail ?box|address|account|customer|e-?mail)|isn't a valid|does(?: not|n't) (?:have|match)[^.]{0,30}(?:account|mail ?box|user|recipient|address)|not listed in|not on (?:this|our) (?:system|server)|user_?unknown|userunknown|(?:un)?rout?e?able address|unrout?e?able|address (?:unknown|error|not present|does)|recipientnotfound|exrecipnotfound|recipnotfound|not our customer|recipient (?:not found|unknown|is unknown)|(?:can't|cannot|couldn't|could not|unable to|unable) (?:find|locate|verify|open|lookup)[^.]{0,20}(?:user|recipient|mail ?box|address|account|maildir|alias)|not exist here|no such$|who\?|user dosn't|dosn't exist|names? not found|vdeliver: invalid|invalid virtual user|is not accepting mail for|not a deliverable|undeliverable address|bad address|mailbox not available|delivery to[^.]{0,20}address[^.]{0,20}not allowed|said: unknown|non-delivery to|is a deactivated|addresses? (?:not )?rejected: (?:undeliverable|unverified)|user doesn't|recipient does not|doesn't (?:have an?|like) [^.]{0,12}(?:account|recipient)|left the (?:company|organi[sz]ation)|5\.4\.1\b[^.]{0,60}access denied|mail ?box unavailable|\b542\b[^.]{0,20}rejected/,
  ],
  [
    "no_such_mailbox",
    /unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden)|(?:inconnue?s?|n'existe pas|introuvable|n'a pas été trouvé)|(?:no existe|desconocid[oa]|no se (?:encontr|ha encontrado|pudo encontrar)|no encontrad)|(?:non esiste|sconosciut[oa]|inesistente|non trovat[oa]|non è stato trovato)|(?:n[ãa]o existe|inexistente|desconhecid[oa]|n[ãa]o (?:foi )?encontrad[oa])|(?:не существует|не найден|нет такого|неизвестн|не зарегистрирован)|(?:不存在|查无此|無此|无此|找不到|没有此用户|无效的(?:收件人|邮箱|地址)|收件人[^。]{0,8}(?:不存在|有误))|(?:見つかりません|存在しません|存在しない|見つからな|ユーザー?[^。]{0,10}不明|宛先[^。]{0,20}(?:不明|誤)|あて先[^。]{0,20}(?:ありません|不明))|(?:bestaat niet|onbekend|niet gevonden|kan niet worden gevonden)|(?:nie istnieje|neexistuje|bulunamadı|존재하지 않|찾을 수 없)/,
  ],
  [
    "loop",
    /too many hops|hop count|mail loop|\bloop(?:s|ing)?\b|routing loop|maximum hop|loops back|delivered-to[^.]{0,20}already/,
  ],
  [
    "content",
    /(?:content|attachment|subject|header|body|format|encoding|mime|line|url|link)s?[^.]{0,40}(?:reject|not allowed|prohibit|refus|denied|blocked|invalid|malformed|missing|filter|inappropriate|violat|not compliant|duplicate)|rfc ?-?\d{4}|(?:un-?acceptable|improper|malformed|prohibited|illegal) (?:content|attachment|header|message|mime|format)|bare (?:lf|linefeed|carriage|cr)|duplicate|non-?compliant|message (?:content )?(?:was )?rejected/,
  ],
  [
    "filtered",
    /\bfilter|user (?:has )?reject|reject(?:ed)? by (?:the )?(?:recipient|user|addressee)|recipient (?:has )?(?:been )?(?:rejected|refus|denied)|recipient[^.]{0,30}(?:not accept|only accept|restrict)|refus(?:ed|es) to (?:accept|receive)|not accept(?:ing|ed)? (?:mail|messages|e-?mail|delivery)|delivery[^.]{0,30}not (?:authori[sz]ed|allowed|permitted)|refused by (?:recipient|user)|extended inbound|denied by (?:recipient|user)|whitelist|white list|not in (?:the )?(?:allow|white)/,
  ],
  [
    "policy",
    /polic(?:y|ies)|prohibit|restrict(?:ed|ion)|administrative|not permitted|not allowed|forbidden|security|not authori[sz]ed|authenticat|authori[sz]ation|requires? (?:tls|encryption|starttls)|permission|denied|must issue|disallowed|5\.7\.[01]\b|unauthori[sz]ed|compliance|legal|abuse|complain/,
  ],
  [
    "expired",
    /timed? ?-?out|time-?out|retry (?:time|timeout)|expired|has been (?:in the queue|trying|waiting)|too (?:long|old)|(?:could not|couldn't|cannot|not) (?:be )?(?:sent|delivered?|send)[^.]{0,40}(?:for|within|after|in) (?:the (?:past|last) )?\d+|(?:for|after|past|last|within) \d+ ?(?:h|d|hours?|days?|minutes?|weeks?)\b|retries|max(?:imum)? (?:retry|time|queue)|giving up|no (?:answer|response) from|not responding|did not respond|timeout|unable to deliver[^.]{0,30}days|deferred|zu lange|délai|tiempo|время ожидания/,
  ],
  [
    "network",
    /connect(?:ion|ing|ed)?[^.]{0,60}(?:refused|lost|dropped|reset|closed|failed|abort|broken|error|establish|unexpected)|(?:can't|cannot|couldn't|unable to|failed to|could not|wasn't able to)[^.]{0,30}(?:connect|establish|contact|reach)|no route to host|network (?:is )?(?:unreachable|error|down|problem)|host is (?:down|unreachable)|unreachable|all hosts[^.]{0,20}(?:fail|unreach|down)|dns (?:error|server|lookup|fail|problem|query|temporary)|name ?server|servfail|temporary (?:lookup|name|dns|resolution)|name service error|soft bounce|lookup|mx host|starttls|tls|ssl|socket|network/,
  ],
  [
    "busy",
    /\bbusy\b|overload|load (?:average|is too)|too busy|try (?:again|later|your message)|temporar(?:y|ily)|resources? (?:temporarily )?(?:unavailable|insufficient)|insufficient (?:system )?(?:resources|memory)|please (?:retry|try)|service (?:is )?(?:currently )?(?:not available|unavailable|temporar)|come back|erneut|später|plus tard|más tarde|più tardi|mais tarde|позже|稍后|しばらく/,
  ],
  [
    "server_trouble",
    /(?:local|internal|system|server|configuration|config|mailer|protocol|i\/o|software|application|delivery|write|disk|filesystem|file system|processing|database|ldap|queue|storage|script|command|program|pipe|procmail|maildrop|dovecot)[^.]{0,30}(?:error|fail|problem|full|died|crash|trouble|exit|fault|exceed|not recogni|unrecogni|insufficient|signal)|can't create|cannot open|insufficient[^.]{0,10}(?:storage|space|disk)|no space left|misconfigur|not implemented|syntax error|bad sequence|unrecogni[sz]ed command|exec |can't (?:exec|open|write)|signal \d|exit(?:ed)? (?:status|code|with)|command (?:died|failed|rejected|unrecogni|not|time)|return code|service unavailable|unexpected|error writing/,
  ],
  [
    "refused",
    /recipient address rejected|\breject|refus|not accept|declin|transaction failed|bounced?|access denied|undeliver/,
  ],
];
