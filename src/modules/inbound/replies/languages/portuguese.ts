import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:e-?)?mails?|correios?|mensage(?:m|ns)|newsletters?|publicidade|propagandas?|spam|sms|comunicac(?:ao|oes)|ofertas|promoc(?:ao|oes)|ligac(?:ao|oes)|chamadas|contatos?|contactos?|notificac(?:ao|oes)|lixo|propostas|informativos?|boletins|boletim|anuncios|torpedos|nada|isso|isto|whatsapps?)";
const contacting =
  "(?:enviar|enviando|mandar|mandando|escrever|escrevendo|contatar|contactar|contatando|contactando|ligar|ligando|incomodar|incomodando|perturbar|perturbando|encher|enchendo|importunar|chatear|insistir|spammar|assediar|entrar em contato|telefonar|bombardear|remeter|aborrecer)(?:-?me|-?nos|-?lhe)?";
const contacted =
  "(?:envie[m]?|enviem|mande[m]?|manda|escreva[m]?|escreve|contate[m]?|contacte[m]?|ligue[m]?|liga|incomode[m]?|perturbe[m]?|entre[m]? em cont[a]c?to|insista[m]?|envia|contactar|contatar|escrever|enviar|mandar|ligar|incomodar|importune[m]?|entrar em contato|telefone[m]?)(?:-me|-nos)?";
const remove =
  "(?:remov[ae]m?|remover|retir[ae]m?|retirar|exclu[ai]m?|excluir|exclua|tir[ae]m?|tirar|apagu?e?[ma]?m?|apagar|elimin[ae]m?|eliminar|delet[ae]m?|deletar|risque[m]?|cancel[ae]m?|descadastr[ae]m?|descadastrar|suprim[ai]m?)(?:-me|-nos|-o)?";
const list =
  "(?:listas?|base de dados|bases?|banco de dados|newsletter|mailing|cadastros?|sistemas?|contatos|contactos|envios|e-?mails|crm|registos?|registros?|campanhas?|ficheiros|difusao|distribuicao|agenda)";
const want =
  "(?:quero|queria|gostaria|gostava|desejo|queremos|desejamos|gostariamos|favor|peco|pedimos|solicito|solicitamos|como|posso|podem|pode|poderiam|poderia|agradeco|agradecia|exijo|preciso|onde|tento|tentei|consigo|faco)";

export const portuguese: Grammar = {
  language: "pt",
  common: wordSet(
    "que nao de a o os as um uma e em no na do da dos das por favor para com me meu minha se ao mais ja esta estou sou seu sua vossa vossos obrigado obrigada ola bom boa dia tarde voce voces isso isto mas como muito temos tenho pode podem ate emails lista quero estarei foi",
  ),
  courtesy: wordSet(
    "por favor obrigado obrigada ola bom boa dia tarde prezados caros senhores ja agora imediatamente de da a o me meu minha quero do tudo urgente lista emails newsletter esta este e att gentileza pf pfv solicito vossa sua",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "descadastrar|descadastro|descadastre|descadastrar-me|desinscrever|desinscricao|desinscrever-me|cancelar inscricao|cancelar subscricao|cancelamento|cancelar assinatura|cancelar subscricao|anular subscricao|remover|remova|remova-me|remover-me|removam-me|excluir|retirar|retirem-me|retire-me|desabonner|sair lista|descadastramento|descadastrem-me|anular inscricao",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|pare|parem|parar|para|chega|basta|nao mais|nunca mais|pare ja|parem ja|parem com isso|pare com isso|stop stop",
      ),
    },
  ],
  alone: phrase("cancelar|cancela|cancele|sair|fim|anular"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `${remove} (?:todos |imediatamente |por completo |completamente )*(?:os |as )?(?:meus|nossos|minhas) ?(?:dados|informacoes)|(?:exclusao|eliminacao|remocao|apagamento) (?:de todos |imediata )*(?:dos|do|de|das|os)? ?(?:meus?|nossos?|minhas?) (?:dados|informacoes|e-?mail|registo|cadastro)|direito (?:ao esquecimento|ao apagamento|a eliminacao)|artigo (?:17|18)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `${want} ${upTo(6)}(?:descadastr\\S*|desinscrever\\S*|(?:cancelar|anular|cancelem|anulem|cancele) (?:a |o |minha |a minha |o meu |meu )*(?:inscricao|subscricao|assinatura|cadastro|registo)|(?:ser|seja) (?:removid\\S|retirad\\S|excluid\\S|descadastrad\\S)|sair d(?:a|esta|essa) (?:\\S+ )?lista)|(?:cancelem?|cancele|anulem?|anule|cancela) (?:a |o |minha |a minha |nossa )*(?:inscricao|subscricao|assinatura|cadastro)|(?:me|nos) descadastr\\S*|descadastr(?:em|e|a)(?:-me|-nos| me| meu| o meu)|(?:o|meu|solicito|peco) (?:\\S+ )?descadastr(?:o|amento)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        "(?:ja )(?:me |cancelei |pedi |solicitei )(?:\\S+ ){0,2}(?:descadastrei|descadastr\\S*|inscricao|subscricao|cancelamento|remocao|para sair|removid\\S)",
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `(?:me |nos )?${remove} ${upTo(4)}(?:da|do|de|das|dos|desta|dessa|deste|desse) ${upTo(4)}${list}|${remove} (?:o |este |esse )?(?:meu |nosso |minha )?(?:e-?mail|endereco|numero|contato|contacto|nome|telefone)|(?:remova|remover|retire|exclua|removam|retirem|excluam|tirem|tire)[- ](?:me|nos) ?(?:[.,]|da|do|de|por|imediatamente|ja)|(?:me|nos) (?:tira|tire|tirem|remova|removam|retire|retirem|exclua|excluam|remove|exclui)(?= )|nao (?:quero|desejo|queremos|desejamos) (?:mais )?(?:estar|fazer parte|permanecer|constar|continuar)|(?:sair|fora) d(?:a|esta|essa|este) ${upTo(2)}${list}`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:revogo|retiro|revogar|retirar|revogamos|me oponho|oponho-me) ${upTo(3)}(?:consentimento|autorizacao|tratamento|uso|permissao)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:parem?|para|parar|deixem?|deixar|cessem?|cessar|evitem?|evitar|desista[m]?|abstenham-se|abster-se|suspendam?) (?:ja |imediatamente |agora |por favor )*(?:de |com |os |as |o |esses |essas |estes |estas |este |tanto |tantos |esse |tanta |a )*(?:me |nos )?(?:${contacting}|${mail})|(?:chega|basta) (?:de |com |desses |dessas |destes |destas )+(?:me |nos |tantos |tantas |seus |suas )?(?:${mail}|${contacting})|(?:interrompam?|cancelem|suspendam) (?:o |os |a |as )?(?:envios?|${mail})`,
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `nao (?:me |nos |voltem? a |volte a |tornem? a |continuem? a )*${contacted}(?: \\S+){0,2} (?:mais|nunca|novamente|de novo|nada|outra vez|${mail})|(?:nao|nunca)(?: mais)? (?:me |nos )?${contacted} (?:mais|nada|nunca|novamente|[.,]|${mail})|nunca mais (?:me |nos )?(?:${contacted}|${contacting})|nao (?:voltem?|volte|volta|tornem?) (?:\\S+ )?a (?:me |nos )?${contacting}|nao (?:quero|desejo|queremos|desejamos|pretendo|pretendemos|gostaria|autorizo|tenho interesse em)(?: mais| que| de)* (?:receber|ser (?:contactad|contatad|incomodad)\\S|saber|me (?:${contacted})|ter (?:mais )?contato|ouvir)(?! o\\b)|(?:ja )?nao (?:quero|desejo|queremos|desejamos) (?:mais )?(?:os |as |seus |suas |vossos |vossas )*${mail}|nao (?:me |nos )?(?:escrever|contatar|contactar|enviar|ligar|incomodar) mais`,
      ),
    },
    {
      as: "stop",
      rule: "no more mail",
      words: phrase(
        `(?:nenhum|nem mais um|sem mais|mais nenhum|nao mais) ${mail}|nao (?:preciso|necessito|necessitamos) de mais ${mail}`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "(?:deixem?|deixa|deixe)(?:-me|-nos)?(?: me| nos)? em paz|me (?:deixem?|deixa|deixe) em paz|(?:va|vao|vai) (?:a|para a|pra|se|para o|ao) (?:merda|foder|inferno|caralho|\\S+ que)|vai tomar|vao tomar|(?:vao|va)-se (?:foder|lixar)|foda-se|desaparecam|some daqui|sumam|nao (?:encham?|enche|chateiem?) (?:o |a )?(?:\\S+ )?(?:saco|paciencia)?|esqueca[m]? (?:o )?meu (?:numero|email)|estou fart\\S|apaguem? o meu (?:numero|contacto)",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        "(?:isto|isso|este|esse|e|sao) (?:e |puro |mail |email |claramente |um |so |apenas |uma )*(?:spam|assedio|golpe|lixo|phishing|burla|perseguicao)|(?:vou|vamos|irei|estou a|ja|sera) (?:os |te |vos |a )?(?:denunciar?|denunciei|denunciad\\S|bloque\\S*|reportar|reportei)|(?:denunci\\S*|marqu\\S*|marc\\S*|report\\S*) (?:como|a|ao|na|no) (?:spam|anpd|cnpd|procon|autoridades)",
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase("meu advogado|medidas legais|acao judicial|lgpd|rgpd|procon|anpd|cnpd"),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `descadastr\\S*|(?:cancelar|anular|cancelei) (?:a |minha |o )*(?:inscricao|subscricao|assinatura)|nunca (?:me inscrevi|pedi|solicitei|autorizei|subscrevi|me cadastrei)(?! (?:para|que|o cancel|a rem))|como (?:conseguiram|obtiveram) (?:o )?meu|por que (?:voces )?(?:continuam|me mandam|me enviam)`,
      ),
    },
  ],
  polite: /se (?:for |fosse )?possivel|se (?:puderem|puder|pudessem)|se nao (?:pararem|parar)/g,
  negated:
    / (?:nao|nunca|jamais|sem|por que|porque|nem) (?:me |nos |se |o |os |que |pedi |pedi que |pedi para |para |ser |quis |queria |quero |voces |te |solicitei |disse |de |e preciso |precisam? |por favor |parem |deixem |foi |fui |mais )*$/,
  denied: new RegExp(
    [
      " nao (?:parem?|para|pares|deixem? de|hesite[m]?|remova[m]?|removam|descadastr\\S*|me (?:remov\\S*|retir\\S*|exclu\\S*|tir\\S*|descadastr\\S*)|retirem|cancelem)(?= )",
      " (?:fui|foi|fomos|me)(?: \\S+){0,1} (?:removid[oa]|descadastrad[oa]|excluid[oa]|descadastraram|removeram|excluiram)|(?: voces| vocês) (?:me )?(?:descadastraram|removeram)",
      " (?:orcamento|reuniao|pedido|fatura|produto|item|contrato|anexo|artigo|encomenda|copia|conversa|documento|ficheiro|arquivo|consulta)(?= )",
      " (?:ferramenta|software|sistema|produto|plataforma|solucao|programa)(?: \\S+){0,4} (?:trata|gere|permite|oferece|suporta|inclui|gerencia|faz)",
      " (?:ao|no|na|para o|pasta de|caixa de|como|filtro de) (?:spam|lixo)| nao e spam",
      " (?:ja )?nao (?:recebo|recebemos|recebi|tenho recebido|me chega\\S*|consigo|consegui)(?! (?:me |cancelar|sair|descadastr))| deixei de receber",
      " (?:paramos|parei|deixamos|deixei) de (?!receber)| paragem(?= )| parada (?:de|do)",
      " nao (?:me |nos )?(?:ligue|ligues|ligar|telefone|contacte|contate|escreva|envie|mande)(?:-me)? (?:amanha|hoje|esta semana|antes|depois|durante|no trabalho|ate|ao fim|entre|ainda|a noite|de manha|aos)",
      " (?:taxa|pagina|processo|gestao|botao) de (?:cancelamento|descadastro)| nao tenho mais",
    ].join("|"),
  ),
  doubted:
    / (?:se|senao|talvez|estou a pensar|pensando em|penso em|considerando|a ponderar|vou (?:acabar por )?cancelar|vou me|vou ter|em vez|prefiro que|exceto|menos|apenas d[ao]|so d[ao]|mas (?:mantenham|continuem)|por enquanto|por agora|tambem (?:a|o) (?:minha|meu)|(?:a )?minha (?:esposa|mulher|colega|mae|chefe|filha|amiga|irma)|(?:o )?meu (?:marido|colega|pai|chefe|filho|amigo|irmao|socio))(?= )/,
  takenBack:
    / (?:por engano|sem querer|por erro|por lapso|de novo (?:na|incluir)|incluir(?:-me|-nos)? (?:de novo|novamente|outra vez)|reinscrev\S*|voltar (?:a|para a) lista|me (?:incluam|adicionem) (?:de novo|novamente)|brincadeira|brincando|kkk\S*|espera|esquec[ae]m?(?: isso)?|rsrs\S*|readicion\S*)(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase(
        "(?:aposentad|reformad)[oa]s?|(?:me|se) (?:aposentei|reformei|aposentou|reformou)|(?:na|minha|da|a) (?:minha )?(?:aposentadoria|reforma)",
      ),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        `(?:ja |mais )?nao (?:trabalha|faz|esta|integra|colabora|trabalho|faco|pertence|se encontra|exerce|atua) (?:mais )?(?:nesta|nessa|na|aqui|mais|parte|conosco|connosco|a|na nossa|em|para|no)(?= )|ja nao (?:trabalha|faz parte|esta|integra|colabora|trabalho|pertence)|nao trabalha mais|(?:deixei|deixou|saiu|sai|desligou-se|desliguei-me|se desligou) (?:d?[aeo] |de trabalhar na |da nossa )(?:empresa|companhia|organizacao|\\S+)|meu ultimo dia|falec\\S+`,
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        "nov[oa] (?:e-?mail|mail|endereco|correio|contato|contacto|caixa)|(?:e-?mail|endereco)(?: \\S+)? (?:mudou|foi alterado|nao e mais|ja nao e)|(?:mudei|mudamos|alterei) (?:de |o meu )(?:e-?mail|endereco)|(?:caixa|conta|e-?mail) (?:ja nao|nao e mais|deixou)",
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "fora d[oe] (?:escritorio|o escritorio)|(?:de|em) (?:ferias|licenca|viagem|baixa|folga|gozo de ferias)|ausente|nao (?:estou|estarei) (?:no escritorio|disponivel|na empresa)|(?:regresso|regressarei|retorno|retornarei|volto|voltarei|estarei de volta) (?:\\S+ )?(?:no|na|a|ao|em|dia|segunda\\S*|terca\\S*|quarta\\S*|quinta\\S*|sexta\\S*)|acesso limitado|escritorio (?:estara|esta) (?:fechado|encerrado)",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:recebemos|recebido|registamos|registramos|foi recebid[oa]) (?:com sucesso )?(?:o |a )?(?:seu|sua|vosso|vossa|teu) (?:pedido|mensagem|e-?mail|solicitacao|contato|contacto|chamado)|numero (?:do |de |da )?(?:seu |sua )?(?:chamado|ticket|protocolo|pedido|solicitacao|processo|caso)|(?:ticket|protocolo|chamado) (?:n|numero|#)?\\s?\\S*\\d|(?:resposta|mensagem|e-?mail) automatic\\S|nao responda a est\\S|(?:responderemos|entraremos em contato|retornaremos) (?:\\S+ ){0,3}(?:possivel|breve|horas|brevidade)|obrigad[oa] por (?:entrar em contato|contactar|contatar|nos contactar)",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `nao sou (?:eu )?(?:a |o )?(?:pessoa|responsavel|contacto|contato|indicad\\S|cert\\S|quem|decisor)|(?:fale|falar|contacte|contatar|contactar|contate|escreva|escrever|procure|procurar|dirija-se|converse|entre em contato|entre em contacto|enviar|envie|consulte)(?: por favor| diretamente| antes)* (?:com|para|a|ao|o|pelo) ?(?:a |o )?(?!mim|migo)${upTo(5)}(?:\\S+@\\S+|colega|responsavel|diretor\\S*|departamento|gerente|chefe|sr|sra|setor|\\S+ (?:, )?\\S+@\\S+|compras)|(?:em copia|encaminh\\S+|reencaminh\\S+|quem trata|quem cuida|responsavel por)`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        "(?:neste momento|no momento|agora|por agora|por enquanto|de momento|atualmente|este ano|para ja) (?:nao|ja nao)(?= )|nao (?:agora|neste momento|no momento|por agora|por enquanto|este ano|para ja|e (?:o |um |uma )?(?:boa |bom |melhor )?(?:momento|altura|hora))|(?:procure|procur\\S*|contact\\S*|contat\\S*|fal\\S*|volt\\S*|escrev\\S*|retom\\S*|ligu\\S*|retorn\\S*|tent\\S*|convers\\S*)(?: \\S+){0,4} (?:daqui a|dentro de|em (?:\\d+|um|uma|dois|duas|tres|quatro|cinco|seis|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|alguns)|mais tarde|mais para a frente|no (?:proximo|ano|fim|inicio|segundo)|na proxima|depois d|a partir|apos)|mais (?:tarde|para a frente|adiante)|(?:no )?(?:ano que vem|proximo ano|proximo trimestre)|(?:sem|nao (?:ha|temos)) (?:orcamento|verba)",
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        `(?:nao|sem|nenhum) (?:\\S+ )?(?:\\S+ )?(?:interess\\S*|necessidade|necessari\\S)|nao,? (?:muito )?obrigad\\S|(?:ja )?(?:temos|tenho|trabalhamos com|usamos|utilizamos) (?:ja )?(?:um |uma |outro |o nosso )?(?:fornecedor\\S*|solucao|parceir\\S|servico|contrato|quem)|ja (?:temos|tenho|usamos|utilizamos|trabalhamos)(?= )|nao (?:precisamos|preciso|necessitamos)|estamos (?:bem servidos|satisfeitos|bem)`,
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        "(?:combinado|perfeito|claro|pode ser|ok|sim|otimo|com prazer|vamos|podemos|aceito|certo|fechado|confirmado)(?: \\S+){0,5} (?:segunda\\S*|terca\\S*|quarta\\S*|quinta\\S*|sexta\\S*|amanha|reuniao|chamada|ligacao|call|conversar|encontro|falar|marcar|agendar|demo|reunir)|(?:segunda|terca|quarta|quinta|sexta|segunda-feira|terca-feira|quarta-feira|quinta-feira|sexta-feira|amanha|proxima semana|horario|data|dia \\S+)(?: \\S+){0,5} (?:esta bom|esta otimo|funciona|e bom|da-me jeito|serve|da jeito|pode ser|fica bem|por mim tudo bem|convem|perfeito|esta bem)|(?:marcar|agendar|marquemos|agendemos|marcamos|combinar) (?:\\S+ ){0,3}(?:reuniao|chamada|ligacao|conversa|call|encontro|horario|demo)|(?:me ligue|ligue-me|me liga) (?:amanha|na|segunda\\S*|terca\\S*|quarta\\S*|quinta\\S*|sexta\\S*|as|quando)|(?:estou|estarei|estamos) (?:disponivel|livre|disponiveis|livres) (?:\\S+ )?(?:segunda\\S*|terca\\S*|quarta\\S*|quinta\\S*|sexta\\S*|amanha|as|na|no|a|dia)|(?:minha|meu) (?:agenda|calendly)",
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:envi\\S*|mand\\S*|pass\\S*|fornec\\S*|receber|ter|partilh\\S*|compartilh\\S*|gostaria|queria|preciso|encaminh\\S*) ${upTo(4)}(?:precos?|tabela|orcamento|informac\\S*|catalogo|detalhes|proposta|brochura|apresentacao|info|cotacao|valores|folheto|documentacao)(?! comercial)|mais (?:informac\\S*|detalhes|info|dados)|(?:quanto|qual|quais) (?:custa|custam|e o (?:preco|valor|custo)|sao os (?:precos|valores)|o (?:preco|valor|custo)|fica|sai)|(?:tenho|temos|ha|estou|estamos|muito|fiquei) (?:muito |todo o |algum )?interess\\S*|(?:me|nos) interess(?:a|aria|ou)|interessa-me|(?:saber|conhecer) mais|parece interessante`,
      ),
    },
  ],
  automatic: phrase(
    "(?:resposta|mensagem|e-?mail) (?:e )?(?:automatic[oa]|gerad[oa] automaticamente)",
  ),
};
