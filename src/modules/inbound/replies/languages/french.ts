import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:e-?)?mails?|courriels?|courriers?|messages?|newsletters?|sms|textos?|pubs?|publicites?|spams?|prospections?|sollicitations?|communications?|envois?|offres|demarchages?|relances?|infolettres?|lettres? d' information|informations? commerciales?|appels)";
const me = "(?:me|m'|nous|moi)";
const pron = `(?:${me} |l' |le |la |les |y |en |vous )*`;
const contacting =
  "(?:envoyer|ecrire|contacter|recontacter|relancer|appeler|rappeler|solliciter|demarcher|harceler|spammer|embeter|deranger|importuner|adresser|spamer|mailer|emmerder|saouler|bombarder|inonder|prospecter|polluer|transmettre)";
const contacted =
  "(?:envoyez|ecrivez|contactez|recontactez|relancez|sollicitez|demarchez|derangez|importunez|adressez|harcelez|spammez|envoie|ecris|contacte|appelez|appelle|embetez)";
const unsubInf = "(?:desabonner|desinscrire|desabonn[eé]r|desincrire|desengager|radier)";
const unsubImp =
  "(?:desabonnez|desinscrivez|desabonne|desinscris|radiez|desinscrire|desabonner|desincrivez)";
const removeInf =
  "(?:retirer|enlever|supprimer|oter|rayer|effacer|sortir|virer|exclure|radier|ne plus (?:figurer|apparaitre|faire partie))";
const removeImp =
  "(?:retirez|enlevez|supprimez|otez|rayez|effacez|sortez|virez|excluez|retire|enleve|supprime|efface)";
const list =
  "(?:listes?|mailing ?-?listes?|diffusions?|fichiers?|bases?|base de donnees|contacts|carnets?|newsletters?|envois|mails|emails|crm|systemes?|campagnes?|registres?|repertoires?|prospects)";
const end =
  "(?:[.,]|svp|stp|merci|s' il|immediatement|maintenant|de|et|des|definitivement|au plus vite|sans delai|sinon|rapidement)";
const ask =
  "(?:merci de|veuillez|pouvez-vous|pourriez-vous|peux-tu|pourrais-tu|priere de|je vous (?:demande|prie|saurai[st] gre|serai[st] reconnaissante?|invite)|je (?:veux|souhaite|voudrais|desire|demande|souhaiterais|aimerais)|nous (?:souhaitons|voulons|demandons)|comment|ou|il faut|impossible de|j' essaie de|n' arrive pas a|n' arrive plus a|arriver a|svp|s' il vous plait|possible de|j' exige|vous demander|demandons|bien vouloir)";

export const french: Grammar = {
  language: "fr",
  common: wordSet(
    "je vous nous de le la les des du un une et est ne pas plus merci votre vos mon ma mes pour par sur avec dans que qui ce cette suis sommes bonjour madame monsieur j' m' l' d' n' c' s' qu' au aux en me moi mais si ou avez ai a bien tres mails svp cordialement actuellement jusqu' arretez liste",
  ),
  courtesy: wordSet(
    "merci svp stp s' il vous plait te bonjour bonsoir salut madame monsieur messieurs de la le les l' immediatement maintenant tout suite veuillez je a cordialement urgent vos votre cette newsletter mails emails et me m' moi nous d' avance moi-meme",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "desinscription|desabonnement|desinscrire|desabonner|desabonnez-moi|desinscrivez-moi|desabonnez-nous|desinscrivez-nous|desabonnez|desinscrivez|desinscris-moi|desabonne-moi|resiliation|resilier|retirez-moi|supprimez-moi|enlevez-moi|radiation",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|stop pub|stop spam|stop sms|stop mail|stop mails|arret|arretez|arrete|arreter|ca suffit|assez|stop stop|stop stop stop|plus jamais",
      ),
    },
  ],
  alone: phrase("annuler|annulation|fin|quitter|retirer|supprimer"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:effac|supprim|detrui|retir)\\S*(?: de| moi)? ?(?:toutes? |l' integralite de |l' ensemble de )*(?:mes|nos|les) (?:donnees|informations|coordonnees)|(?:suppression|effacement) de (?:toutes )?(?:mes|nos) (?:donnees|informations|coordonnees)|droit a l' (?:oubli|effacement)|article 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `${unsubImp}[- ](?:moi|nous|m'|cette adresse|mon)|${ask} ${upTo(4)}(?:${me} |se |s' |nous )*${unsubInf}|${ask} ${upTo(4)}(?:desinscription|desabonnement|desabonne|desinscrite?|desabonnee|radie)|(?:desinscription|desabonnement) (?:de|immediate?|a) ${upTo(4)}(?:[.,]|liste|newsletter|adresse)|(?:pour|bien|prendre en compte|demande de|proceder a) (?:ma |mon |me |notre |nous )+(?:${unsubInf}|desinscription|desabonnement|retrait)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        "(?:me suis|m' etais|suis|nous sommes) (?:pourtant )?(?:deja |bien )*(?:desabonnee?s?|desinscrite?s?)|deja (?:demande|clique) .{0,40}(?:desabonn|desinscri)\\S*",
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `(?:${ask} ${upTo(4)}(?:${me} )?${removeInf}|${removeImp}[- ](?:moi|nous|mon|notre|cette)|etre (?:retiree?|enlevee?|supprimee?|radiee?|rayee?)) ?${upTo(6)}${list}|${removeImp}[- ](?:moi|nous) ${end}|${removeImp} (?:mon|notre|cette) (?:adresse|e-?mail|mail|numero|contact|nom)|(?:merci de|veuillez|pouvez-vous|priere de|pourriez-vous) ${pron}${removeInf} (?:mon|notre|cette) (?:adresse|e-?mail|mail|numero|contact|nom)|(?:merci de|veuillez|priere de) (?:m'|me|nous) ?(?:retirer|enlever|supprimer|radier|rayer) ${end}|(?:retirer|supprimer|enlever|radier) de (?:la|votre|vos|cette|ta) ${upTo(2)}${list}|ne (?:veux|souhaite|souhaitons|voulons) (?:plus|pas) (?:faire partie|etre (?:sur|dans|inscrite?|abonnee?)|figurer)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:retire|revoque|oppose|m' oppose|retirer|revoquer)(?: par la presente)? ${upTo(3)}(?:consentement|traitement|prospection|utilisation|accord|autorisation)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:arretez?|arreter|cessez?|cesser|stoppez?|stopper|stop|finissez|abstenir|abstenez-vous|eviter|evitez)(?: donc| svp| immediatement| tout de suite| s' il vous plait| enfin)* (?:d'|de|avec|a) ?${pron}(?:${contacting}|vos|ces|tous|tout|cette|les)|(?:arretez?|arreter|cessez?|cesser|stoppez?|stopper|stop|halte) (?:immediatement |tout de suite |tous |toutes |tout |avec |a |aux )*(?:vos|ces|les|cet|cette|ce|votre)? ?(?:${mail}|harcelement|spam|envoi|contact)`,
      ),
    },
    {
      as: "stop",
      rule: "asked to stop",
      words: phrase(
        "(?:demande|dit|merci|svp|veuillez) (?:d'|de) ?(?:arreter|cesser|stopper) [.,]|arretez (?:ca|cela|tout|svp|maintenant|s' il vous plait|immediatement)",
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `(?:ne|n') (?:plus |pas |jamais )+${pron}(?:re)?${contacting}|(?:ne|n') ${pron}${contacted} (?:plus|jamais|pas)|${contacted}[- ](?:moi|nous) (?:plus|pas)|ne (?:veux|souhaite|souhaitons|voulons|desire|desirons|voudrais) (?:plus|pas|aucun\\S*) ${upTo(3)}(?:recevoir|etre (?:contact|sollicit|demarch|relanc|derang|appel|import)\\S*|avoir|de (?:vos|ces)|entendre|vos|votre|${mail})|(?:veux|souhaite|voulons|souhaitons) (?:ne )?(?:plus|pas) (?:recevoir|${me} )`,
      ),
    },
    {
      as: "stop",
      rule: "receive no more",
      words: phrase(
        `ne (?:plus|pas|jamais) (?:recevoir|etre (?:contact|sollicit|demarch|relanc|derang|import)\\S*)|(?:plus|aucun) (?:de |d' |aucun |autres? )*${mail} (?:de (?:votre|ta) part|svp|merci|s' il|[.,])`,
      ),
    },
    {
      as: "stop",
      rule: "asks not to be written to",
      words: phrase(
        `(?:inutile|pas la peine|pas besoin|inutiles) (?:de|d') ${pron}(?:re)?${contacting}|oubliez[- ](?:moi|nous|mon)`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "(?:foutez|fichez|laissez|lache|lachez|laisse|fous|fiche)[- ](?:moi|nous)(?: la)?(?: paix| tranquilles?| grappe)?|allez vous faire|va te faire|casse toi|degage\\S*|cassez-vous|ta gueule|fermez-la|allez au diable|vous (?:me|nous) (?:emmerd|saoul|harcel|fatigu|casse)\\S*|ras le bol|marre de (?:vos|ces)",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        "(?:c' est|ceci est|voila|est|sont|pur|votre) (?:du |un |des |de la |clairement )*(?:spams?|harcelement|pourriels?|arnaques?|hameconnage)(?! (?:ou|folder))|(?:vous|votre|ce|cet) (?:\\S+ )?(?:signaler?|signale|denonce\\S*|bloque\\S*)|(?:signaler?|signale|denoncer?|bloquer?|bloque) (?:a la cnil|comme (?:spam|indesirable)|cet? (?:expediteur|mail|message))|(?:plainte|signalement|signaler) (?:a|aupres de) la cnil",
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase("cnil|mon avocat|rgpd|poursuites?"),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        "desabonn\\S*|desinscri\\S*|pourquoi (?:vous )?(?:m' |me |continuez)\\S* ?(?:ecri|envoy|contact)\\S*|jamais (?:demande|souscrit|donne)\\S* .{0,40}(?:mails?|abonne\\S*|recevoir|accord|inscri\\S*)|comment avez-vous (?:eu|obtenu)",
      ),
    },
  ],
  polite:
    /si (?:c' est )?possible|s' il (?:vous|te) plait|si vous (?:pouvez|le voulez bien|pourriez|pouviez|voulez bien)|si vous n' arretez pas/g,
  negated:
    / (?:ne|n'|pas|jamais|sans|surtout pas|inutile|aucun besoin|pourquoi|pas (?:demande|voulu|souhaite)|jamais (?:demande|voulu)) (?:me |m' |nous |se |s' |le |la |les |pas |jamais |surtout |a |de |d' |etre |ai |avez |avons |demande |voulu |souhaite |que |vous |m' avez |avez-vous |veux |souhaite |voulais |dit |vouloir |besoin |pas de )*$/,
  denied: new RegExp(
    [
      ` (?:nous|j'|je|on) (?:avons |ai |a )?(?:arretons|arrete|arretes|cesse|cessons|stoppe|arreterons) (?!de (?:me|nous|vous dire)|vos|ces|de recevoir)`,
      " (?:votre|vos|cet|le|l'|la) (?:outil|logiciel|produit|solution|plateforme|systeme|service|application)(?: \\S+){0,2} (?:gere|gere-t|permet|propose|prend|offre|supporte|inclut|traite)",
      " n' (?:arrete|arretez|arretons|arretent|arreter|hesitez)| n' (?:ai|avons|ont|a) (?:pas|jamais) (?:arrete|cesse|demande)",
      " (?:dans|en|parmi|vers|de) (?:mes|nos|les|le|mon|dossier|notre) ?(?:dossier |courriers? |courrier )?(?:spams?|indesirables?)| (?:dossier|filtre|boite) (?:de |a )?(?:spams?|indesirables?)| (?:est-ce|serait-ce|n' est pas|pas) (?:du |un )?spam",
      " (?:avez|a|ont|avez-vous|a-t-il|ai ete|a ete|ete) (?:\\S+ )?(?:desabonnee?s?|desinscrite?s?|retiree?|supprimee?)",
      " pas encore| (?:ligne|option|article|produit|piece jointe|commande|devis|contrat|reunion|facture|copie|boucle|conversation|invitation)(?= )",
      " (?:taux|page|gestion|bouton|processus) (?:de |d' )?(?:desabonnement|desinscription)",
      " (?:appelez|contactez|ecrivez|envoyez|rappelez)(?: \\S+){0,2} (?:demain|ce soir|cette semaine|au (?:bureau|travail)|avant|apres|pendant|le (?:week-end|soir|matin|lundi|mardi)|entre)",
    ].join("|"),
  ),
  doubted:
    / (?:si|sinon|peut-etre|envisage|pense a|songe a|pensais a|vais (?:finir par )?(?:me|nous)|allons (?:me|nous)|risque de|plutot|a la place|sauf|seulement|uniquement|mais gardez|jusqu'|jusqu' au|pour l' instant|(?:desabonner|desinscrire|desabonnez|desinscrivez|retirer|supprimer|contacter) (?:aussi |egalement )?(?:ma|mon|mes|notre|nos) (?:femme|mari|collegues?|mere|pere|patron|fils|fille|ami|amie|assistante?|epouse|epoux))(?= )/,
  takenBack:
    / (?:par erreur|par megarde|re-?inscri\S*|reabonn\S*|remettre|remettez|finalement|je (?:rigole|plaisante)|mdr|lol|oubliez (?:ca|mon))(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase(
        "(?:a|en|ma|sa|pris|parti\\S* a|part\\S* en) (?:la |sa |ma |prends ma )?retraite|retraitee?",
      ),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        "(?:ne|n') (?:fait|fais|travaille|est|exerce|occupe|suis|sera) plus (?:partie|dans|chez|pour|parmi|au sein|a |en poste|ce poste|salarie|ses fonctions|employe|joignable a)? ?\\S*|(?:a|ai|ayant|avons) (?:definitivement )?quitte (?:la |l' |notre |le |mon |ses |mes |son )?(?:societe|entreprise|groupe|poste|fonctions|agence|equipe|cabinet|\\S+)|(?:est|etait) (?:decede|decedee)|mon depart de|n' est plus (?:valide|active|utilise)\\S*",
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        `nouvelle adresse|nouveau (?:mail|e-?mail|courriel)|adresse (?:e-?mail |mail |de messagerie )?(?:a change|change|n' est plus)|change d' adresse|(?:utiliser|utilisez) (?:desormais|dorenavant|maintenant)|boite (?:mail |e-?mail )?n' est plus`,
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "absente?s?(?! d)|en (?:conges?|vacances|deplacement|arret|rtt|formation|seminaire)|conges? (?:maternite|paternite|annuels?|parental|maladie)|absente? du bureau|(?:de|mon) retour (?:le|au|a|lundi|mardi|mercredi|jeudi|vendredi)|pendant mon absence|(?:bureaux|entreprise|societe) (?:est|sont|sera|seront) fermee?s?|acces limite a",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:demande|requete) a (?:ete |bien ete )?(?:bien )?(?:recue|enregistree|prise en compte)|(?:bien )?(?:recu|enregistre|pris en compte|receptionne) votre (?:demande|message|mail|e-?mail|courriel|requete)|(?:numero|n°|reference) (?:de |du )?(?:ticket|dossier|demande|votre)|ticket (?:n°|numero|no|#)?\\s?\\S*\\d|accusons reception|accuse de reception|(?:reponse|message) automatique|ne pas repondre a ce|(?:vous (?:repondra|repondrons|recontactera|recontacterons)) (?:dans|sous|au plus|rapidement)|traiterons? votre demande",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `(?:pas|plus) (?:moi |la |le |etre la )*(?:bonne? (?:personne|interlocut\\S*|contact)|interlocut\\S*|en charge|responsable|concernee?|decisionnaire)|(?:contactez|contacter|adressez-vous|adresser|voyez|voir|rapprocher|rapprochez-vous|ecrivez|ecrire|appelez|joindre)(?: plutot| directement| a| de| mon| ma| notre| le| la| l'| avec)* (?:\\S+@\\S+|collegue|responsable|directeur|directrice|service|mme|m|mr|monsieur|madame|\\S+ (?:\\S+ )?,? ?(?:\\S+@\\S+))|(?:mon|ma) collegue ${upTo(4)}(?:s' occupe|est en charge|gere|pourra)|(?:s' occupe de|en copie|transf\\S+ (?:votre|a)|est en charge)`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        "pas (?:le |au |un )?(?:bon |tres bon )?moment|pas (?:pour le moment|pour l' instant|maintenant|actuellement|cette annee|ce trimestre|tout de suite|aujourd' hui|a l' ordre du jour|dans l' immediat)|(?:recontactez|rappelez|relancez|revenez|reecrivez|contactez|rappeler|recontacter|revenir|reparlons|reprenons|reparler|voyons|on en reparle)(?:-moi|-nous|-en)?(?: \\S+){0,4} (?:dans|en|apres|a partir|l' annee|le (?:mois|trimestre)|plus tard|a la rentree|au (?:printemps|prochain|deuxieme|second|\\S+ trimestre)|debut|courant|fin|d' ici)|plus tard|budget (?:est )?(?:boucle|epuise|gele|clos)|trop occupe|l' annee prochaine",
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        "(?:pas|plus|aucunement|ni) (?:du tout |vraiment |tres )?interessee?s?|(?:ne|n') (?:m'|nous|me) ?interesse(?:nt)? (?:pas|plus)|non,? merci|sans facon|(?:pas|aucun) (?:besoin|interet)|(?:n' ai|n' avons) (?:pas|aucun) (?:besoin|l' utilite)|(?:avons|ai|sommes) deja (?:un|une|notre|ce|equipe|tout|pourvu|engage|des)\\S*|pas (?:de|d') (?:besoin|interet)|ne (?:correspond|souhaitons|souhaite) (?:pas|donner suite)|ne donner\\S* pas suite",
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        "(?:lundi|mardi|mercredi|jeudi|vendredi|demain|semaine prochaine|\\d+h\\d*|creneau|date|horaire|ca|cela|heure)(?: \\S+){0,3} (?:me |nous )?(?:convient|conviendrait|va|irait|me va|est parfait|est bon)|(?:d' accord|ok|partante?|volontiers|disponible|dispo|oui|ravie?|parfait)(?: \\S+){0,3} (?:rendez-vous|rdv|appel|visio|demo|echanger|rencontrer|reunion|lundi|mardi|mercredi|jeudi|vendredi|demain)|(?:fixons|planifions|organisons|prenons|convenons|calons|echangeons|rencontrons-nous|voyons-nous|appelons-nous)(?: \\S+){0,4}|(?:appelez|rappelez|telephonez)-(?:moi|nous) (?:demain|lundi|mardi|mercredi|jeudi|vendredi|quand|a )|(?:suis|sommes) (?:disponibles?|libres?|dispo) (?:le|demain|lundi|mardi|mercredi|jeudi|vendredi|la|a|des)|voici mon (?:agenda|calendrier)|mon calendly",
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:envoyer|envoyez|transmettre|transmettez|communiquer|faire parvenir|donner|envoie|fournir|adresser|recevoir|avoir)(?:-moi|-nous)? ${upTo(3)}(?:tarifs?|prix|devis|brochures?|documentations?|plaquettes?|informations|infos|details|renseignements|catalogue|presentation|propositions?|offre|exemples)|(?:dites|dire|savoir|apprendre|sais|saurais)(?:-m'|-moi|-nous|-nous-en| m')? ?(?:en )?(?:davantage|plus)|(?:plus|davantage|complement) (?:de |d' )(?:details|informations|infos|renseignements|precisions)|(?:combien|quels? (?:est|sont)|quelles? sont) ${upTo(4)}(?:coute\\S*|prix|tarifs?|conditions)|combien (?:ca|cela) coute|(?:suis|sommes|serais|serions|tres|etre) interessee?s?|(?:m'|nous) interesse(?:rait|raient)?(?! pas)|ca m' interesse|en savoir plus`,
      ),
    },
  ],
  automatic: phrase(
    "(?:reponse|message|e-?mail|courriel) (?:est )?(?:automatique|genere automatiquement|automatise)\\S*",
  ),
};
