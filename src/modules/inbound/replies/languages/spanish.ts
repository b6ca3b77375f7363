import { type Grammar, phrase, upTo, wordSet } from "../grammar.ts";

const mail =
  "(?:(?:e-?)?mails?|correos?|mensajes?|newsletters?|boletin(?:es)?|publicidad|propaganda|spam|sms|comunicaci(?:on|ones)|ofertas|promociones|llamadas|informacion comercial|envios|notificaciones|basura|cosas|anuncios|mailings?|whatsapps?|textos|nada)";
const me = "(?:me|nos|mi|nuestro|nuestra|mis|este|esta)";
const contacting =
  "(?:enviar|enviando|mandar|mandando|escribir|escribiendo|contactar|contactando|molestar|molestando|llamar|llamando|spamear|spameando|acosar|acosando|fastidiar|insistir|insistiendo|joder|jodiendo|remitir|bombardear|hacer spam|hacerme spam|escribirnos|importunar)(?:me|nos|le|les|lo|melo|melos)?";
const contacted =
  "(?:envien?|envies?|manden?|mandes?|escriban?|escribas?|contacten?|contactes?|molesten?|molestes?|llamen?|llames?|envieis|mandeis|escribais|insistan?|remitan?|moleste|contacteis|llameis|molesteis)";
const remove =
  "(?:elimin|quit|borr|sac|suprim|retir|remuev|exclu[iy]|saqu|quiten)(?:a|e|en|ad|ar|o|an|me|nos|en?me|ame|adme|anme|enme|eme|arme|arnos|ennos|enos|enlo|ir|irme|ime|imir|imirme|iman|imame|ima|imanme|ais|amos|ase)?";
const list =
  "(?:listas?|base de datos|bases?|boletin|newsletter|mailing|envios|correos|registros?|sistemas?|contactos|agenda|crm|suscripcion|campanas?|ficheros?|directorio|difusion|todo|distribucion)";
const baja =
  "(?:dar(?:me|nos|se|le)?|den(?:me|nos)?|de(?:me|nos)|dad(?:me|nos)?|da(?:me|nos)|doy|darlo|dando(?:me)?|tramit\\S*|solicit\\S*|pid\\S*|quier[oe]|gestion\\S*|proced\\S* (?:a|con)|curs\\S*)";
const want =
  "(?:quiero|deseo|queremos|deseamos|quisiera|quisieramos|necesito|me gustaria|solicito|pido|como|donde|puedo|ruego|rogamos|exijo|intento|favor|podrian|pueden|puede|podria|podeis|les pido)";

export const spanish: Grammar = {
  language: "es",
  common: wordSet(
    "que no por favor de la el los las un una y en su sus me mi con para se es del al lo les le mas ya gracias hola buenos dias estoy esta este usted ustedes quiero como pero si muy soy tengo puede correo correos saludos nos cordial buenas hasta estare numero",
  ),
  courtesy: wordSet(
    "por favor gracias hola buenos dias buenas tardes estimados estimado senores ya ahora inmediatamente de la el su me mi quiero del todo urgente muchas saludos un cordial saludo boletin lista correos emails esta este y a los solicito",
  ),
  bare: [
    {
      as: "unsubscribe",
      rule: "bare unsubscribe",
      words: phrase(
        "baja|darme baja|dar baja|darse baja|denme baja|deme baja|dame baja|dadme baja|baja suscripcion|cancelar suscripcion|cancelen suscripcion|cancele suscripcion|cancela suscripcion|desuscribir|desuscribirme|desuscribirse|desuscripcion|anular suscripcion|eliminar|eliminarme|eliminenme|borrenme|borrarme|quitenme|remover|removerme|borrar|borren numero",
      ),
    },
    {
      as: "stop",
      rule: "bare stop",
      words: phrase(
        "stop|alto|basta|parar|paren|para|pare|no mas|no molestar|no mas correos|no mas mensajes|no molesten|suficiente|detener|detengan|detenganse|stop stop",
      ),
    },
  ],
  alone: phrase("cancelar|cancela|cancele|fin|salir|anular"),
  requests: [
    {
      as: "unsubscribe",
      rule: "erase my data",
      erase: true,
      words: phrase(
        `(?:${remove}|destruy\\S*) (?:todos |toda |de |por completo |inmediatamente |completamente )*(?:mis|nuestros|mi|mi informacion|nuestra) ?(?:datos|informacion|registro)|(?:eliminacion|supresion|borrado|cancelacion) de (?:todos )?(?:mis|nuestros|la) (?:datos|informacion)|derecho (?:al olvido|de supresion|a la supresion|de cancelacion)|articulo 17`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "unsubscribe me",
      words: phrase(
        `${baja} ${upTo(4)}baja(?= )|${want} ${upTo(5)}(?:cancelar|anular|cancelen|desuscribirme|desuscribir|desuscriban|desapuntarme|borrarme|anule|anulen) ?${upTo(4)}(?:suscripcion|boletin|newsletter|[.,]|envio|lista|de)|(?:cancelen?|anulen?|cancela|cancelar|cancelad) (?:mi|la|nuestra|esta) suscripcion|desuscrib\\S*(?:me|nos)|desuscriban?(?= )|causar baja|la baja (?:de|del|inmediata)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "has unsubscribed already",
      report: true,
      words: phrase(
        "(?:ya )?(?:me he dado|me di|nos dimos|pedi|solicite|he pedido|he solicitado|nos hemos dado) (?:ya )?(?:de |la )?baja",
      ),
    },
    {
      as: "unsubscribe",
      rule: "take me off the list",
      words: phrase(
        `${remove} ?(?:me |nos )?${upTo(4)}(?:de|del) ${upTo(4)}${list}|(?:me|nos) ${remove} ${upTo(3)}(?:de|del) ${upTo(4)}${list}|(?:${remove}) (?:mi|este|nuestro|mis) (?:correo|e-?mail|mail|direccion|numero|telefono|contacto|nombre)(?: electronico)?|(?:eliminen|borren|quiten|saquen|retiren|supriman|eliminad|borrad|quitad|elimine|borre|quite|saque|retire)(?:me|nos)(?= )|no (?:quiero|deseo|queremos|deseamos) (?:estar|seguir|figurar|pertenecer|aparecer)`,
      ),
    },
    {
      as: "unsubscribe",
      rule: "withdraws consent",
      words: phrase(
        `(?:revoco|retiro|revocar|retirar|revocamos|me opongo|oponerme) ${upTo(3)}(?:consentimiento|autorizacion|tratamiento|permiso|uso)`,
      ),
    },
    {
      as: "stop",
      rule: "stop contacting me",
      words: phrase(
        `(?:dejen?|dejad|deja|pare|paren|parad|para|cesen?|eviten?|dejes|abstenganse|absténganse|detengan|dejar|parar|que dejen|termine|suspendan|suspender|cesar) (?:ya )?(?:inmediatamente )?(?:de |con )?(?:una vez )?(?:de )?(?:estar )?(?:${me} )?${contacting}|(?:dejen?|dejad|deja|paren?|parad|para|detengan|suspendan|suspender|cesen|basta|stop|no mas)(?: ya)? (?:con |de |el |los |la |las |estos |estas |este |tanto |tantos |sus |todo |todos |todas |enviar )*${mail}`,
      ),
    },
    {
      as: "stop",
      rule: "do not contact me",
      words: phrase(
        `no (?:vuelvan?|vuelvas|volvais|sigan?|sigas|volver|continuen?) (?:nunca |jamas )?(?:a )?(?:${me} )?${contacting}|no (?:me|nos) ${contacted} ?${upTo(4)}(?:mas|nunca|jamas|nada|otra vez|[.,]|por favor|${mail})|no (?:mas )?(?:${contacted}|${contacting}) (?:mas|nada|nunca|${mail})|(?:nunca|jamas) (?:mas )?(?:me|nos) (?:vuelvan? a )?(?:${contacted}|${contacting})|no (?:quiero|deseo|queremos|deseamos|quisiera|autorizo|me interesa|necesito)(?: \\S+){0,1} (?:volver a |seguir |que )*(?:recib\\S*|ser contactad\\S*|saber|me (?:${contacted})|nos (?:${contacted})|tener|oir)(?! el\\b)|(?:no|ya no) (?:quiero|deseo|queremos|deseamos) ${upTo(2)}${mail}`,
      ),
    },
    {
      as: "stop",
      rule: "no more mail",
      words: phrase(
        `(?:no|ni un|ningun) (?:mas )?(?:${mail}|correo) ?(?:mas|por favor|[.,]|gracias)|no mas ${mail}|abstener\\S* de ${contacting}`,
      ),
    },
    {
      as: "stop",
      rule: "tells off",
      words: phrase(
        "(?:deje|dejen|dejad|deja)(?:me|nos) (?:ya )?(?:en paz|tranquil\\S*)|(?:vete|vayanse|vayase|iros|idos|vayan) a (?:la |tomar |freir |cagar )?\\S+|que os den|vayanse al|jodete|jodanse|no (?:jodan|jodas|fastidien)|largo de aqui|me tienen hart\\S*|estoy hart\\S* de|pierdan? mi (?:numero|correo)|chinga\\S*|hijos? de puta|olvid(?:en|a|e) mi (?:numero|correo)|a la mierda",
      ),
    },
    {
      as: "stop",
      rule: "calls it spam",
      words: phrase(
        "(?:esto|eso|este|es|son|su) (?:correo |mensaje |un |una |puro |es |claramente |mas que |solo )*(?:spam|acoso|basura|estafa|publicidad no deseada|phishing)|(?:los|les|lo|te) (?:voy a |vamos a |estoy |he )?(?:denunci\\S*|report\\S*|bloque\\S*)|(?:denunci\\S*|report\\S*|marc\\S*) (?:a|ante|como|por) (?:la |el )?(?:agencia|aepd|spam|acoso|autoridades|policia)",
      ),
    },
    {
      as: "stop",
      rule: "legal threat",
      doubtful: true,
      words: phrase("mi abogado|acciones legales|rgpd|lopd|aepd"),
    },
    {
      as: "unsubscribe",
      rule: "speaks of unsubscribing",
      doubtful: true,
      words: phrase(
        `(?:de|la) baja|desuscri\\S*|nunca (?:me suscribi|pedi|solicite|autorice)(?! (?:que|la|el|darme|ser|para))|como (?:consiguieron|obtuvieron|tienen) mi|por que me (?:siguen|escriben|envian|mandan)`,
      ),
    },
  ],
  polite:
    /si (?:es|fuera|fuese) (?:tan amable|posible)|si (?:pueden|puede|podrian)|si no dejan|si no paran/g,
  negated:
    / (?:no|nunca|jamas|sin|por que|ni) (?:me |nos |les |se |le |he |pedi |pedi que |pido |queria |quiero |que |pedido |solicite |solicite que |digo |dije |a |para |quise |necesito |hace falta |dejen |de |ser |vayan a |han |dieron |por favor )*$/,
  denied: new RegExp(
    [
      " (?:estoy|esta|encuentro|estare|estuve|sigo|estaba)(?: \\S+){0,2} de baja| baja (?:medica|laboral|por (?:maternidad|paternidad|enfermedad))| mas baj[ao]| baj[ao] (?:el|la|demanda|calidad|precio|cuota|tension|prioridad)",
      " no (?:dejen|deje|dejes|paren|pare|pares|dejeis|dude|duden|dudes)(?= )",
      " (?:dimos|dieron|han dado|ha dado|dio|fui|fue|hemos sido|he sido|estan|estaba)(?: \\S+){0,1} de baja(?! tres| dos| varias| y| pero)(?= \\S)(?<! me di)",
      " (?:me|nos) (?:dieron|han dado|dio|han eliminado|eliminaron|borraron|quitaron)",
      " (?:su|la|el|vuestra|vuestro) (?:herramienta|software|sistema|producto|plataforma|solucion|programa)(?: \\S+){0,3} (?:gestiona|permite|maneja|ofrece|soporta|incluye|trata)",
      " (?:carpeta|bandeja|filtro) (?:de )?(?:spam|correo no deseado)| (?:en|al|a|como) (?:el |la )?(?:spam|correo no deseado)| no es spam",
      " (?:producto|presupuesto|reunion|pedido|factura|oferta adjunta|articulo|linea|cita|contrato|copia|hilo|conversacion|cotizacion|archivo|documento|pedidos)(?= )",
      " (?:dejamos|deje|hemos dejado|paramos) de (?!recibir)| no puedo (?:dejar|parar) de",
      " (?:ya )?no (?:recibo|recibimos|he recibido|hemos recibido|me llega\\S*)",
      " (?:llame|llamen|escriba|escriban|contacte|contacten|envie|envien|mande)(?: \\S+){0,1} (?:manana|hoy|esta (?:semana|tarde)|en el trabajo|antes|despues|hasta|los (?:fines|lunes)|entre|todavia|aun|al trabajo|por la)",
      " parada (?:de|del)| por parada",
      " (?:tasa|proceso|gestion|pagina|numero|indice) de bajas?",
    ].join("|"),
  ),
  doubted:
    / (?:si|quizas?|tal vez|pensando en|pienso en|considerando|vere si|acabare|voy a (?:terminar|acabar)|me dare|en su lugar|en vez de|mejor (?:a|al)|excepto|salvo|solamente|solo (?:de|el|la|del)|pero (?:sigan|mantengan)|por ahora|por el momento|hasta|tambien a (?:mi|mis|nuestro|nuestra)|a mi (?:esposa|esposo|marido|mujer|companer\\S+|colega|madre|padre|jef[ae]|hij[ao]|amig[ao]|herman[ao]))(?= )/,
  takenBack:
    / (?:por error|sin querer|por equivocacion|vuelvan? a (?:incluir|suscrib|anad|agreg|poner)\S*|incluir(?:me|nos) de nuevo|suscrib\S* de nuevo|(?:es|era) broma|jaja\S*|espera|mejor dicho|olvid(?:en|a)lo|resuscri\S*)(?= )/,
  meanings: [
    {
      as: "retired",
      rule: "retired",
      words: phrase(
        "jubilad[oa]s?|(?:me|se) (?:he |ha )?jubil\\S*|(?:en|mi|su) (?:mi |la |su )?jubilacion|retirad[oa] (?:del|de la)",
      ),
    },
    {
      as: "left",
      rule: "left the company",
      words: phrase(
        `ya no (?:trabaja|labora|forma|pertenece|esta|trabajo|laboro|formo|pertenezco|estoy|se encuentra|presta|colabora|trabajan)(?= )(?! interes)(?: parte| en| con| de| aqui| para| a| servicios)?|(?:ha|he|haya) (?:dejado|abandonado) (?:de (?:trabajar|laborar|formar)|la (?:empresa|compania|organizacion)|nuestra)|(?:deje|dejo) (?:la empresa|la compania|de trabajar)|(?:fallecio|fallecido|fallecida)|mi ultimo dia`,
      ),
    },
    {
      as: "moved",
      rule: "new address",
      words: phrase(
        "nuev[oa] (?:correo|e-?mail|mail|direccion|buzon|cuenta)|(?:correo|direccion|e-?mail|mail)(?: \\S+)? (?:ha cambiado|cambio|ya no|es ahora)|(?:he|hemos) cambiado de (?:correo|e-?mail|direccion)|(?:buzon|cuenta|correo) ya no",
      ),
    },
    {
      as: "out_of_office",
      rule: "out of office",
      words: phrase(
        "fuera de (?:la |mi )?oficina|de vacaciones|(?:de|en) (?:viaje|permiso|baja|licencia)(?: \\S+)?|ausente|no (?:estoy|estare|me encuentro) (?:en (?:la|mi) oficina|disponible)|acceso limitado|(?:regreso|regresare|vuelvo|volvere|me reincorporo|reincorporar\\S*) (?:el|a|al|la)|oficina (?:esta|estara|permanecera) cerrada",
      ),
    },
    {
      as: "support_auto_response",
      rule: "ticket",
      words: phrase(
        "(?:hemos|se ha) recibido (?:correctamente )?(?:su|tu) (?:solicitud|mensaje|correo|consulta|peticion|email|e-mail)|(?:numero|num|no|n°) de (?:caso|ticket|solicitud|incidencia|referencia|expediente)|(?:su|el) (?:ticket|caso) (?:\\S+ )?\\S*\\d|(?:recibimos|recibido) su (?:solicitud|mensaje|correo|consulta)|(?:respuesta|mensaje|correo) automatic\\S*|no responda a este|(?:le|nos) (?:responderemos|atenderemos|contactaremos|pondremos en contacto) (?:\\S+ ){0,3}(?:brevedad|breve|horas|lo antes|pronto)|gracias por (?:contactar|ponerse en contacto|comunicarse|contactarnos)",
      ),
    },
    {
      as: "referred",
      rule: "names another",
      words: phrase(
        `no soy (?:yo )?(?:la |el )?(?:persona|contacto|responsable|indicad\\S*|encargad\\S*|adecuad\\S*|quien)|(?:contacte|contacten|contactar|hable|hablar|escriba|escribir|comuniquese|comunicarse|dirijase|dirigirse|pongase|preguntar|pregunte|contacta|dirigete|consulte|consultar)(?: por favor| en contacto| directamente| mejor| usted)* (?:con|a|al) (?!migo|mi (?:mismo)?(?:correo|numero))${upTo(5)}(?:\\S+@\\S+|colega|companer\\S*|responsable|director\\S*|departamento|jef[ae]|encargad\\S*|gerente|sr|sra|\\S+ (?:, )?\\S+@\\S+|compras)|(?:encargad[oa]|responsable) (?:de (?:eso|esto|este|compras|estos)|es)|(?:en copia|reenvio|reenvie|he reenviado|le paso)|se (?:encarga|ocupa) de`,
      ),
    },
    {
      as: "not_now",
      rule: "not now",
      words: phrase(
        "(?:no|ahora) (?:\\S+ )?(?:es|seria) (?:un |el )?(?:buen |mejor )?momento|(?:ahora|actualmente|por ahora|por el momento|de momento|en este momento|este ano|ahora mismo) (?:no|ya no|mismo no)(?= )|no (?:por )?(?:ahora|en este momento|de momento|por el momento|este ano|todavia|aun)|(?:escrib\\S*|contact\\S*|llam\\S*|habl\\S*|vuelv\\S*|retom\\S*|busq\\S*|intent\\S*|recontact\\S*|pregunt\\S*|volv\\S*|lo vemos|vemos)(?: \\S+){0,4} (?:dentro de|en (?:\\d+|un|una|dos|tres|cuatro|cinco|seis|unos|unas|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|mas adelante|el (?:proximo|ano|mes|trimestre)|la proxima|despues de|a partir|a finales|a principios|proximo)|mas adelante|(?:el )?(?:ano que viene|proximo ano|proximo trimestre)|no (?:hay|tenemos) presupuesto|presupuesto (?:agotado|cerrado)",
      ),
    },
    {
      as: "not_interested",
      rule: "not interested",
      words: phrase(
        `no (?:me|nos|estoy|estamos|tengo|tenemos|hay|es|sera) ?(?:\\S+ )?(?:interes\\S*|necesari\\S*|relevante)|sin interes|no,? (?:muchas )?gracias|(?:ya )?(?:tenemos|tengo|contamos con|trabajamos con|usamos|utilizamos|disponemos de) (?:ya )?(?:un |una |otro |nuestro )?(?:proveedor\\S*|cubiert\\S*|solucion|alguien|servicio|contrat\\S*|empresa|resuelto)|ya (?:tenemos|tengo|contamos|usamos|trabajamos)(?= )|no (?:lo |la |los |las )?(?:necesito|necesitamos|requerimos|requiero|precisamos)|estamos (?:bien|cubiertos|satisfechos)`,
      ),
    },
    {
      as: "agreed_to_meet",
      rule: "agrees to meet",
      words: phrase(
        "(?:lunes|martes|miercoles|jueves|viernes|manana|proxima semana|hora|fecha|horario|dia|\\d+(?::\\d+)?)(?: \\S+){0,5} (?:me |nos )?(?:viene bien|va bien|parece bien|funciona|queda bien|conviene|esta bien|sirve|perfecto|va perfecto)|(?:perfecto|de acuerdo|claro|encantad[oa]|vale|si|con gusto|genial|ok|por supuesto|podemos)(?: \\S+){0,5} (?:reunion|llamada|reunirnos|hablar|hablamos|cita|demo|agend\\S*|videollamada|vernos|lunes|martes|miercoles|jueves|viernes|quedar|quedamos)|(?:agendemos|agendamos|coordinemos|concertemos|fijemos|programemos|hablemos|reunamonos|quedamos|organicemos|veamonos|conversemos)(?: \\S+){0,4}|(?:me|nos) (?:va|viene|parece|queda) (?:muy )?bien|llam[ae](?:me|nos|dme) (?:el |a |al |manana|cuando|este|la )|(?:estoy|estamos|estare) (?:disponible|libre)s? (?:el|manana|la|los|a|este|lunes|martes|miercoles|jueves|viernes|por)|(?:mi|este es mi) (?:calendario|agenda|calendly)",
      ),
    },
    {
      as: "wants_information",
      rule: "wants information",
      words: phrase(
        `(?:envi\\S*|mand\\S*|pas\\S*|facilit\\S*|dar\\S*|recibir|proporcion\\S*|compart\\S*|remit\\S*|necesito|quisiera|quiero|tener|solicito) ${upTo(4)}(?:precios?|tarifas?|informacion(?! comercial)|presupuesto|cotizacion|catalogo|detalles|folleto|propuesta|presentacion|info|dossier|costos?|ejemplos)|mas (?:informacion|detalles|info|datos|sobre)|(?:cuanto|que|cual|cuales) (?:cuesta|cuestan|precio|vale|valen|es el (?:precio|costo|coste)|son los precios|costo|coste)|(?:si |estoy |estamos |muy |estaria |me )(?:muy )?interes(?:ad\\S*|a|aria)|nos interesa(?:ria)?|suena (?:interesante|bien)|(?:saber|conocer) mas|me interesa|cuenteme mas`,
      ),
    },
  ],
  automatic: phrase(
    "(?:respuesta|mensaje|correo) (?:es )?(?:automatic[oa]|generad[oa] automaticamente)|respuesta automatica",
  ),
};
