import { phrase, type Rule, upTo } from "../grammar.ts";

/** What an English reply says besides asking to stop. */
export const englishMeanings: readonly Rule[] = [
  {
    as: "retired",
    rule: "retired",
    words: phrase(
      `(?:i|he|she|\\S+) (?:have |has |am |is |are )?(?:now |recently |officially |just |since )*retired(?! the)|(?:in|into|entered|my|his|her|enjoying|begun|started) (?:my |his |her |full )?retirement|retiring from`,
    ),
  },
  {
    as: "left",
    rule: "left the company",
    words: phrase(
      `(?:no longer|not) (?:works?|working|employed|employ|with|at|part of|an employee|a member|in (?:this|the) (?:role|company|position|team)) ?(?:is |here|at|for|with|by|of|the|us|our|in|\\S+)|(?:has|have|had) (?:now |since |recently |sadly )?left (?:the (?:company|business|organi[sz]ation|firm|team|practice)|us|our|my (?:role|position|job)|[^ ]+ [.,]|\\S+ (?:ltd|inc|gmbh|llc|corp|\\S+))|left the (?:company|business|organi[sz]ation|firm)|(?:my|her|his) last day (?:at|with|was|is|of)|no longer (?:here|monitored because|with)|moved on (?:from|to (?:a )?new)|(?:has|have) (?:passed away|died|resigned|departed)|deceased|is no longer available at`,
    ),
  },
  {
    as: "moved",
    rule: "new address",
    words: phrase(
      `(?:new|changed|updated) (?:my |our |to |to a )*(?:e-?mail|mail|address|contact)(?: address)?(?: to| is| as|[.,])|(?:e-?mail|address|mailbox|account)(?: address)? (?:has changed|is changing|is no longer (?:in use|active|monitored|used|valid|checked)|has moved)|(?:update|change) (?:my|your) (?:address book|contact|records|e-?mail)|(?:use|reach me (?:at|on)|write to|email me at|contact me at) ${upTo(5)}(?:private|personal|new|other|from now on)`,
    ),
  },
  {
    as: "out_of_office",
    rule: "out of office",
    words: phrase(
      `(?:out|away) of (?:the )?office|out-of-office|ooo|(?:on|taking) ${upTo(2)}(?:annual |maternity |paternity |parental |sick |medical |personal )?(?:leave|vacation|holidays?|pto|sabbatical)|(?:away|out) (?:from|until|till|this week|on|for|at (?:a )?conference|and will|with)|not (?:in|at) the office|limited (?:access|connectivity|availability)|(?:i am|i will be) (?:currently )?(?:away|travell?ing|out|unavailable|off)|(?:return|returning|be back|back) (?:to|in|at) (?:the )?office|office is closed|we are closed|will respond (?:when|upon|on) (?:i|my) return\\S*`,
    ),
  },
  {
    as: "support_auto_response",
    rule: "ticket",
    words: phrase(
      `(?:ticket|case|request|reference|enquiry|inquiry|incident)(?: id| number| no| nr| #)?,? (?:is |has been |was |, )*(?:#?\\d\\S*|created|opened|received|logged|assigned)|(?:opened|created) (?:a |your )?(?:ticket|case)|(?:received|for) your (?:request|e-?mail|message|inquiry|enquiry|query|submission|ticket)|(?:thank you|thanks) for (?:contacting|reaching out to|getting in touch with|writing to) (?:us|our|the|[^ ]+ (?:support|customer|help))|(?:will|shall) (?:get back to|respond to|be in touch with|contact) you (?:within|as soon|shortly|soon)|do not reply to this|unmonitored|one of our (?:agents|team|representatives)`,
    ),
  },
  {
    as: "referred",
    rule: "names another",
    words: phrase(
      `(?:not|never) (?:be )?(?:the|a) (?:right|correct|best|proper|person|appropriate|responsible|decision)(?: person| contact| one| maker)?|wrong (?:person|contact|department)|(?:should|can|could|please|best to|need to|might want to|suggest you|would|try|better to|better) (?:talk|speak|contact|reach|write|email|get in touch|call|ask|connect|direct|forward|refer|check with|try (?!again|later|to|us|me))(?: out| to| with| this| your| it)* ${upTo(5)}(?:\\S+@\\S+|who|instead|our|head|manager|director|my (?:colleague|boss|manager|assistant|coworker)|team|department|in charge|responsible|handles)|(?:copying|cc'?ing|cc|looping in|loop in|introduc\\S+|adding|connect\\S* you with|forward(?:ed|ing) (?:this|your|it)) ${upTo(5)}(?:\\S+|here)|(?:handles|deals with|is responsible for|is in charge of|takes care of|looks after) (?:this|that|these|it|our|all|such|purchasing|procurement)`,
    ),
  },
  {
    as: "not_now",
    rule: "not now",
    words: phrase(
      `(?:not|is not|no) (?:a |the |really )?(?:good|right|great|best|ideal) (?:time|moment)|not (?:right now|now|at (?:the|this) (?:moment|time|stage|point)|currently|yet|this (?:year|quarter|month|week)|today|for now|in the market|ready)|(?:maybe|perhaps|try|again|back|touch base|circle back|follow up|reach out|reconnect|revisit|check in|talk|contact me|ping me|call me|get back to me|come back|check back|later|email me|write)( again| later| back| to me| with me| to us| please| about this| this| then)* (?:later|in (?:the )?(?:\\d+|a|an|one|two|three|four|five|six|few|couple|new|next|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|spring|summer|autumn|fall|winter|late|early|mid|20\\d\\d)|next (?:year|quarter|month|week|spring|summer|fall|autumn|winter|monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|october|november|december)|after (?:the|we|i|\\S+)|towards|until|at the end)|budget (?:is |has been )?(?:gone|frozen|spent|exhausted|locked|used up)|too busy|swamped|let us (?:talk|speak|touch base|connect|revisit) (?:in|next|later|after)|on hold`,
    ),
  },
  {
    as: "not_interested",
    rule: "not interested",
    words: phrase(
      `(?:not|no longer|un|never) (?:be |at all |really |currently |that )?interested|uninterested|no interest|no,? (?:thank you|thanks|thx)|not for (?:me|us)|(?:we are|i am|am|are|already) all set|(?:already|currently) (?:have|use|using|work with|working with|got|covered|sorted|signed) ?${upTo(3)}(?:[.,]|\\S+)|(?:will|going to|have to) pass|pass on this|not (?:looking|a (?:good )?fit|relevant|needed|something we|what we|what i|applicable|in need)|(?:do not|no) need (?:for |of |to )?(?:this|that|it|any|your|these|help|a|such|[.,])|happy with (?:our|my|what|the)|thanks? but no|(?:decided|going) (?:against|with (?:another|someone|a different|somebody))|no ,? not|hard pass`,
    ),
  },
  {
    as: "agreed_to_meet",
    rule: "agrees to meet",
    words: phrase(
      `(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|that|time|\\d+(?:,\\d+)?(?:am|pm)?|afternoon|morning|noon|it|this|which|slot|invite|date) (?:at \\S+ |,? ?\\d+\\S* )?(?:works|suits|sounds (?:good|great|fine|perfect)|is (?:good|fine|perfect|great|ok|okay)|would (?:work|be (?:great|good|fine|perfect|ok)|suit))|(?:happy|glad|keen|love|like|open|pleased|willing|delighted) to (?:have a |jump on a |hop on a |do a |take a |schedule a |set up a |arrange a |book a |a )?(?:quick |short |brief )?(?:call|chat|meet|meeting|talk|speak|demo|connect|discuss|zoom|catch up)|let us (?:meet|talk|speak|chat|schedule|set up|book|do it|have a|do a|connect|jump|arrange|do (?:monday|tuesday|wednesday|thursday|friday|tomorrow))|(?:book|schedule|arrange|set up|send) (?:me )?(?:a |an |the )?(?:call|meeting|demo|chat|time|calendar invite|invite)|(?:here is|see|use|check|via) my (?:calendar|calendly|availability|scheduling)|calendly|(?:i am|we are) (?:free|available) (?:on|at|next|this|tomorrow|any|after|between|from|monday|tuesday|wednesday|thursday|friday)|(?:call|ring|phone) me (?:on|at|tomorrow|today|next|any ?time|monday|tuesday|wednesday|thursday|friday)|(?:meet|talk|speak|see you) (?:on|at|next|tomorrow) |does (?:monday|tuesday|wednesday|thursday|friday|tomorrow|\\d+) ${upTo(3)}work|(?:talk|speak|meet|chat|call|do) (?:on |at |this |next )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow)|accept(?:ed)? (?:your|the) invit\\S+`,
    ),
  },
  {
    as: "wants_information",
    rule: "wants information",
    words: phrase(
      `(?:send|give|share|provide|forward|get)(?: me| us| over| through| it| along| out)* ?(?:a |an |the |some |your |more |any |over |further |additional )*(?:pricing|prices?|price list|quote|quotation|information|info|details|brochure|deck|proposal|catalog(?:ue)?|case stud(?:y|ies)|examples?|documentation|materials?|rates|samples?|presentation|one-?pager|estimate)|(?:tell|know|learn|hear|find out|understand|read) (?:me |us )?(?:a bit |a little )?more|more (?:information|info|details)|(?:what|how) (?:is|are|does|do|much|would) ${upTo(5)}(?:prices?|pricing|cost|costs|rates|fees?|charge)|how does (?:it|this|that) work|how much|(?:i am|we are|very|quite|sounds|looks|am|are|could be|might be|would be|definitely|certainly) interest(?:ed|ing)|(?<!(?:not|no longer|never|longer|un) (?:\\S+ )?)interested [.,]|(?<!(?:not|longer|never) (?:\\S+ )?)interested in (?:learning|knowing|hearing|seeing|your|the|a|this|more)|elaborate|keen to (?:learn|know|hear)|do you (?:offer|have|provide|support|integrate)`,
    ),
  },
];
